"""Break text into lines that are never wider than they may be."""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter

from .typeset import Piece, Token, TokenizedText, changes_sign_before

Line = list[Piece]
#: All of a piece but its text.
KIND = itemgetter(1, 2, 3, 4)
#: The width of a piece, and its width without the blanks at its end.
Measure = Callable[[Piece], tuple[float, float]]


def break_lines(text: TokenizedText, width: float, measure: Measure) -> Iterator[Line]:
    """Yield the lines of a text, their pieces in visual order, left to right."""
    line: Line = []
    taken = 0.0
    for token in text.tokens:
        wide, narrow = _widths(token, measure)
        # A blank at the end of a line takes no room.
        if line and taken + narrow > width:
            yield _arrange(line)
            line, taken = [], 0.0
        if narrow <= width:
            line += token
            taken += wide
            continue
        *parts, line = _split_token(token, width, measure)
        yield from map(_arrange, parts)
        taken = _widths(line, measure)[0]
    if line:
        yield _arrange(line)


def _widths(token: Token, measure: Measure) -> tuple[float, float]:
    if len(token) == 1:
        return measure(token[0])
    before = sum(measure(piece)[0] for piece in token[:-1])
    wide, narrow = measure(token[-1]) if token else (0.0, 0.0)
    return before + wide, before + narrow


def _split_token(token: Token, width: float, measure: Measure) -> Iterator[Token]:
    """Yield the parts of a token that is wider than a line."""
    part: Token = []
    for cluster in (one for piece in token for one in _clusters(piece)):
        longer = _join(part, cluster)
        if part and _widths(longer, measure)[1] > width:
            yield part
            longer = [cluster]
        part = longer
    yield part


def _join(part: Token, cluster: Piece) -> Token:
    """Return a token with one cluster more. Joined letters have another width than
    apart."""
    if part and part[-1][1:] == cluster[1:]:
        last = part[-1]._replace(text=part[-1].text + cluster.text)
        return [*part[:-1], last]
    return [*part, cluster]


def _clusters(piece: Piece) -> Iterator[Piece]:
    """Yield a piece sign by sign, each with its marks and what is joined to it."""
    start = 0
    text = piece.text
    for at in range(1, len(text) + 1):
        joined = at < len(text) and (
            changes_sign_before(text[at]) or text[at - 1] == "\u200d"
        )
        # Who writes a thousand marks on a letter gets them in more than one line.
        if not joined or at - start > 30:
            yield piece._replace(text=text[start:at])
            start = at


def _strip(line: Line) -> Line:
    if not line or not line[-1].text.endswith(" "):
        return line
    last = line[-1]._replace(text=line[-1].text.rstrip(" "))
    return [*line[:-1], last] if last.text else _strip(line[:-1])


def _arrange(line: Line) -> Line:
    """Return neighbours of one kind as one piece, and all from left to right."""
    whole: Line = [
        Piece("".join(piece.text for piece in run), *kind)
        for kind, run in groupby(_strip(line), KIND)
    ]
    for level in range(max((piece.level for piece in whole), default=0), 0, -1):
        whole = _reverse_runs(whole, level)
    return whole


def _reverse_runs(line: Line, level: int) -> Line:
    """Apply bidirectional rule L2: reverse runs of this level or more."""
    turned: Line = []
    run: Line = []
    for piece in line:
        if piece.level >= level:
            run.insert(0, piece)
        else:
            turned += [*run, piece]
            run = []
    return [*turned, *run]
