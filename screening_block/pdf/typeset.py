"""Split text of any script into what one font prints in one direction.

A text becomes *tokens*, between which a line may end; a token is a list of pieces.
"""

import re
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple
from unicodedata import bidirectional, category, normalize

from fpdf import FPDF
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

from .fonts import LAST, Face, find_faces, script_of

#: What fonts may lack, in signs that say the same.
SUBSTITUTES = {"→": "->", "‑": "-", "−": "-", "≤": "<=", "≥": ">=", "✓": "x"}
#: Blanks at which no line ends.
BLANKS = {"\xa0": "\xa0", "\u2007": "\xa0", "\u202f": "\xa0"}
#: What stands for a word that no font here can print; the first that is there.
MISSING = "□\ufffd?"
#: They print nothing themselves, and say how the signs beside them look.
JOINERS = "\u200c\u200d\ufe0e\ufe0f"
#: Signs that look the same alone as beside others, so that their widths add up: Latin,
#: Greek, Cyrillic, Armenian, Georgian, Chinese, Japanese, Korean, and symbols.
ALONE = re.compile(
    "[\u0020-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0587\u10a0-\u10ff\u1e00-\u1fff\u2010-\u2027"
    "\u2030-\u205e\u2070-\u20cf\u2100-\u2bff\u2e80-\u3029\u3030-\u3096\u309b-\ua4cf"
    "\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\ufffd\U00020000-\U0003ffff]"
)
EAST = (
    "\u2e80-\u2fdf\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60"
    "\U00020000-\U0003ffff"
)
CLOSING = (
    r",.;:!?)\]}%”’»、。，．：；！？）】》」』〉〕…·ー々"
    "ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
OPENING = r"(\[{“‘«（【《「『〈〔"
#: Where a line may end: after blanks and hyphens, and between the letters of scripts
#: that write no blanks, but not before a closing sign nor after an opening one.
BREAK = re.compile(
    rf" +|(?<=[-–—/])(?=\w)|(?<=[{EAST}])(?![{CLOSING} ])(?<![{OPENING}])"
    rf"|(?<=[^ {OPENING}])(?=[{EAST}])(?![{CLOSING}])"
)
#: The same in scripts that write blanks.
SPACED = re.compile(r"(?<= )(?=[^ ])|(?<=[-–—/])(?=\w)")
#: A sentence that quotes is read in its own direction, whatever it quotes.
QUOTED = re.compile("“([^“”]*)”")
QUOTE = "\ufffc"
#: More signs without a direction than any text has: the library looks over them with a
#: call for each.
NEUTRAL = re.compile(r"((?:[\W_]){100,})")
RIGHT = {"R", "AL"}


class Piece(NamedTuple):
    text: str
    font: str
    bold: bool
    #: Of the bidirectional algorithm: what is odd reads from right to left.
    level: int
    #: Whether the font has to be asked how the signs join.
    shaped: bool


Token = list[Piece]


class TokenizedText(NamedTuple):
    """A paragraph, ready to be set in lines."""

    tokens: list[Token]
    right_to_left: bool = False


def clean(text: str) -> str:
    """Return a text in one line, composed, without control and direction signs."""
    return "".join(filter(None, map(_clean_sign, normalize("NFC", text))))


def _clean_sign(sign: str) -> str:
    if sign.isspace():
        return BLANKS.get(sign, " ")
    if sign in JOINERS:
        return sign
    # Half a sign cannot be written to any file.
    return {"Cc": "", "Cf": "", "Cs": "\ufffd"}.get(category(sign), sign)


class Typesetter:
    """Prepares the texts of one document and knows which signs its fonts must have."""

    def __init__(self, locale: str):
        self.locale = locale
        self.faces = find_faces(locale)
        self.base = self.faces[0]
        self._plain = frozenset(filter(ALONE.fullmatch, map(chr, self.base.codes)))
        self._found: dict[str, Face | None] = {}
        self._words: dict[tuple[str, bool], Token] = {}
        #: The signs that each font has to print.
        self._used: dict[tuple[Face, bool], set[str]] = {}
        #: Scripts there is no font for; "" stands for symbols.
        self.missing: set[str] = set()
        self.instead = next(filter(self._face, MISSING))

    def text(
        self, text: str, bold: bool = False, mark: re.Pattern[str] | None = None
    ) -> TokenizedText:
        """Return the tokens of a text; what `mark` matches is bold."""
        if not self._plain.issuperset(text):
            text = self._printable(clean(text))
        marked = [match.span() for match in mark.finditer(text)] if mark else []
        if self._plain.issuperset(text) and (bold or not marked):
            # Most texts are of this kind, and need not be looked at sign by sign.
            self._use(self.base, bold, text)
            return TokenizedText([self._word(one, bold) for one in SPACED.split(text)])
        bolds = [bold] * len(text)
        for start, end in marked:
            bolds[start:end] = [True] * (end - start)
        right_to_left, levels = _levels(text)
        fonts = self._fonts(text, levels)
        kinds = list(zip(fonts, bolds, levels, _shaped(text, levels), strict=True))
        tokens = []
        for start, end in pairwise(_token_bounds(text)):
            token = []
            for kind, places in groupby(range(start, end), kinds.__getitem__):
                part = "".join(text[at] for at in places)
                face, heavy, level, shaped = kind
                self._use(face, heavy, part)
                token.append(Piece(part, face.key, heavy, level, shaped))
            tokens.append(token)
        return TokenizedText(tokens, right_to_left)

    def _word(self, word: str, bold: bool) -> Token:
        if (word, bold) not in self._words:
            self._words[word, bold] = [Piece(word, self.base.key, bold, 0, False)]
        return self._words[word, bold]

    def add_fonts(self, pdf: FPDF, folder: Path) -> None:
        """Add the fonts of the texts so far, as files in `folder`."""
        for (face, bold), signs in self._used.items():
            face.add(pdf, bold, sorted(signs), folder)

    def _use(self, face: Face, bold: bool, signs: str) -> None:
        self._used.setdefault((face, bold), set()).update(signs)

    def _face(self, sign: str) -> Face | None:
        if sign not in self._found:
            faces = (face for face in self.faces if sign in face)
            self._found[sign] = next(faces, None)
        return self._found[sign]

    def _printable(self, text: str) -> str:
        """Return a text with one sign in place of each run that no font prints."""
        out: list[str] = []
        for gap, run in groupby(text, lambda sign: not self._can(sign)):
            signs = list(run)
            if gap:
                self.missing.update(map(script_of, signs))
                out.append(self.instead)
            else:
                out += (s if self._face(s) else SUBSTITUTES.get(s, s) for s in signs)
        return "".join(out)

    def _can(self, sign: str) -> bool:
        return sign in JOINERS or sign in SUBSTITUTES or self._face(sign) is not None

    def _fonts(self, text: str, levels: list[int]) -> list[Face]:
        """Return the family of each sign: one for as long as it can be."""
        found: list[Face] = []
        last = self.base
        for sign, level in zip(text, levels, strict=True):
            stays = (
                changes_sign_before(sign)
                or sign in " \xa0"
                or (level % 2 and not sign.isalpha())
            )
            if sign in " \xa0" and last.key in LAST:
                stays = False
            if not (stays and (sign in last or sign in JOINERS)):
                last = self._face(sign) or last
            found.append(last)
        return found


def changes_sign_before(sign: str) -> bool:
    """Whether it changes how the sign before it looks."""
    return sign in JOINERS or category(sign)[0] == "M"


def _shaped(text: str, levels: list[int]) -> list[bool]:
    leaning = [*map(changes_sign_before, text[1:]), False]
    return [
        bool(level % 2) or leans or not ALONE.match(sign)
        for sign, level, leans in zip(text, levels, leaning, strict=True)
    ]


def _token_bounds(text: str) -> list[int]:
    """Return where tokens start and end."""
    inner = {match.end() for match in BREAK.finditer(text)}
    return sorted(inner | {0, len(text)})


def _levels(text: str) -> tuple[bool, list[int]]:
    """Return whether a text is read from right to left, and the level of each sign.

    What it quotes stands apart: “…” holds its place, and its own signs lie deeper.
    """
    if not any(bidirectional(sign) in RIGHT for sign in text):
        return False, [0] * len(text)
    base = _base(QUOTED.sub("", text), _base(text, 0))
    outer = _resolve_levels(QUOTED.sub(f"“{QUOTE}”", text), base)
    levels: list[int] = []
    end = 0
    for quote in QUOTED.finditer(text):
        before = quote.start(1) - end
        levels += outer[:before]
        inner = _base(quote[1], base)
        deeper = 2 if base or not inner else 0
        levels += [level + deeper for level in _resolve_levels(quote[1], inner)]
        outer = outer[before + len(QUOTE) :]
        end = quote.end(1)
    return bool(base), levels + outer


def _base(text: str, otherwise: int) -> int:
    """Return 1 if the first letter is read from right to left, 0 if not."""
    strong = (bidirectional(sign) for sign in text)
    first = next((one for one in strong if one == "L" or one in RIGHT), None)
    return otherwise if first is None else int(first in RIGHT)


def _resolve_levels(text: str, base: int) -> list[int]:
    direction = TextDirection.RTL if base else TextDirection.LTR
    levels: list[int] = []
    for part in NEUTRAL.split(text):
        if NEUTRAL.fullmatch(part):
            levels += [base] * len(part)
        else:
            paragraph = BidiParagraph(part, direction, preserve_bn_chars=True)
            levels += [sign.embedding_level for sign in paragraph.characters]
    return levels
