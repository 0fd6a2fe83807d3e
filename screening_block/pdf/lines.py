"""Pieces of text in lines that are never wider than they may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter

from .typeset import Piece, Text, Token, leans

Line = list[Piece]
#: All of a piece but its text.
KIND = itemgetter(1, 2, 3, 4)
#: The width of a piece, and its width without the blanks at its end.
Measure = Callable[[Piece], tuple[float, float]]


def fill(text: Text, width: float, measure: Measure) -> Iterator[Line]:
    """The lines of a text, their pieces in the order they stand in, left to right."""
    line: Line = []
    taken = 0.0
    for token in text.tokens:
        wide, narrow = _widths(token, measure)
        # A blank at the end of a line takes no room.
        if line and taken + narrow > width:
            yield _arranged(line)
            line, taken = [], 0.0
        if narrow <= width:
            line += token
            taken += wide
            continue
        *parts, line = _parts(token, width, measure)
        yield from map(_arranged, parts)
        taken = _widths(line, measure)[0]
    if line:
        yield _arranged(line)


def _widths(token: Token, measure: Measure) -> tuple[float, float]:
    if len(token) == 1:
        return measure(token[0])
    before = sum(measure(piece)[0] for piece in token[:-1])
    wide, narrow = measure(token[-1]) if token else (0.0, 0.0)
    return before + wide, before + narrow


def _parts(token: Token, width: float, measure: Measure) -> Iterator[Token]:
    """What is wider than a line, in parts that are not."""
    part: Token = []
    for cluster in (one for piece in token for one in _clusters(piece)):
        longer = _joined(part, cluster)
        if part and _widths(longer, measure)[1] > width:
            yield part
            longer = [cluster]
        part = longer
    yield part


def _joined(part: Token, cluster: Piece) -> Token:
    """With one cluster more. Letters that join are not as wide as each alone."""
    if part and part[-1][1:] == cluster[1:]:
        last = part[-1]._replace(text=part[-1].text + cluster.text)
        return [*part[:-1], last]
    return [*part, cluster]


def _clusters(piece: Piece) -> Iterator[Piece]:
    """A piece sign by sign, marks and what is joined to a sign with it."""
    start = 0
    text = piece.text
    for at in range(1, len(text) + 1):
        joined = at < len(text) and (leans(text[at]) or text[at - 1] == "\u200d")
        # Who writes a thousand marks on a letter gets them in more than one line.
        if not joined or at - start > 30:
            yield piece._replace(text=text[start:at])
            start = at


def _stripped(line: Line) -> Line:
    if not line or not line[-1].text.endswith(" "):
        return line
    last = line[-1]._replace(text=line[-1].text.rstrip(" "))
    return [*line[:-1], last] if last.text else _stripped(line[:-1])


def _arranged(line: Line) -> Line:
    """Neighbours of one kind as one piece, and all from left to right."""
    whole: Line = [
        Piece("".join(piece.text for piece in run), *kind)
        for kind, run in groupby(_stripped(line), KIND)
    ]
    for level in range(max((piece.level for piece in whole), default=0), 0, -1):
        whole = _turned(whole, level)
    return whole


def _turned(line: Line, level: int) -> Line:
    """Rule L2 of the bidirectional algorithm: runs of this level or more, reversed."""
    turned: Line = []
    run: Line = []
    for piece in line:
        if piece.level >= level:
            run.insert(0, piece)
        else:
            turned += [*run, piece]
            run = []
    return [*turned, *run]
