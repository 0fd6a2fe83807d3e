"""Print paragraphs on the pages of a PDF file."""

import datetime as dt
from codecs import BOM_UTF16_BE
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import TextDirection
from fpdf.line_break import Fragment

from .fonts import CoreFace
from .lines import Line, break_lines
from .typeset import Piece, TokenizedText, Typesetter, clean

#: All lengths are in points; a page is a US letter, 612 by 792.
MARGIN = 57.0
GREY = (85, 85, 85)


class TextStyle(NamedTuple):
    """How a paragraph looks; a colour is its red, green and blue to 255."""

    size: float
    bold: bool = False
    colour: tuple[int, int, int] = (0, 0, 0)
    before: float = 0
    after: float = 0
    #: Stays on one page with what follows.
    leads: bool = False
    #: Of a heading: its depth in the outline.
    level: int | None = None

    @property
    def leading(self) -> float:
        return self.size * 1.4


FOOT = TextStyle(7, colour=GREY)


class StyledText(NamedTuple):
    """A paragraph. A click on one goes from its `to` to the one with that `at`."""

    words: str
    text: TokenizedText
    style: TextStyle
    at: str = ""
    to: str = ""


class InLines(NamedTuple):
    block: StyledText
    lines: list[Line]

    @property
    def height(self) -> float:
        style = self.block.style
        return style.before + len(self.lines) * style.leading + style.after


class _Pages(FPDF):
    def shaped(self, x: float, y: float, text: str, direction: TextDirection) -> None:
        """Print `text` as the font joins its signs, all read in one direction.

        The library's own cells would cut a word in two at each mark on a letter.
        """
        state = self._get_current_graphics_state()
        state.text_shaping = _shaping(direction)
        joined = Fragment(text, state, self.k).render_pdf_text(0, 0, 0, x, y, self.h)
        self.text(x, y, "")
        at = f"{x * self.k:.2f} {(self.h - y) * self.k:.2f}"
        colour = self.text_color.serialize().lower() if self.text_color else ""
        drawn = f"q {colour} BT {at} Td {joined} ET Q"
        if direction == TextDirection.LTR:
            # Letters that join are drawn in another order than they are written in.
            # Programs that read a PDF turn what reads from right to left themselves.
            said = (BOM_UTF16_BE + text.encode("utf-16-be")).hex()
            drawn = f"/Span <</ActualText <{said}>>> BDC {drawn} EMC"
        self._out(drawn)


class Press:
    """Prints one document: the same paragraphs give the same bytes."""

    def __init__(self, setter: Typesetter, title: str, subject: str, foot: str):
        self.setter = setter
        self.foot = setter.text(foot)
        # All that the foot line may need has to be known before it is printed.
        setter.text(self._page_words("0123456789") + "…")
        self.pdf = pdf = _Pages(unit="pt", format="letter")
        pdf.set_title(clean(title))
        pdf.set_subject(clean(subject))
        pdf.set_lang(setter.locale)
        pdf.set_creation_date(dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
        pdf.set_auto_page_break(False)
        pdf.alias_nb_pages("")
        pdf.c_margin = 0
        self.room = pdf.w - 2 * MARGIN
        self.bottom = pdf.h - MARGIN
        self.y = MARGIN
        self._widths: dict[Piece, tuple[float, float]] = {}
        self._links: dict[str, int] = {}

    def print(self, blocks: list[StyledText]) -> bytes:
        with TemporaryDirectory() as folder:
            self.setter.add_fonts(self.pdf, Path(folder))
            self._new_page()
            waiting = [self._in_lines(block) for block in blocks]
            for at, paragraph in enumerate(waiting):
                self._print(paragraph, self._wanted(waiting, at))
            return bytes(self.pdf.output())

    def _in_lines(self, block: StyledText) -> InLines:
        size = block.style.size
        lines = break_lines(block.text, self.room / size, self._measure)
        return InLines(block, list(lines))

    def _wanted(self, waiting: list[InLines], at: int) -> float:
        """Return the room a paragraph needs on its page, with what must follow it
        there."""
        wanted = 0.0
        for index in range(at, len(waiting)):
            paragraph = waiting[index]
            style = paragraph.block.style
            if not style.leads:
                return wanted + (style.before if wanted else 0) + style.leading
            wanted += paragraph.height
        return wanted

    def _print(self, paragraph: InLines, wanted: float) -> None:
        block, style = paragraph.block, paragraph.block.style
        if self.y + wanted > self.bottom:
            self._new_page()
        elif self.y > MARGIN:
            self.y += style.before
        if block.at:
            self.pdf.set_link(self._link(block.at), y=self.y, page=self.pdf.page)
        if style.level is not None:
            self.pdf.set_y(self.y)
            self.pdf.start_section(clean(block.words), style.level)
        for line in paragraph.lines:
            if self.y + style.leading > self.bottom:
                self._new_page()
            self._line(line, style, block.text.right_to_left)
            if block.to:
                link = self._link(block.to)
                self.pdf.link(MARGIN, self.y, self.room, style.leading, link)
            self.y += style.leading
        self.y += style.after

    def _link(self, name: str) -> int:
        if name not in self._links:
            self._links[name] = self.pdf.add_link()
        return self._links[name]

    def _new_page(self) -> None:
        self.pdf.add_page()
        self.y = self.bottom + (MARGIN - FOOT.leading) / 2
        number = self.setter.text(self._page_words(str(self.pdf.page_no())))
        (page,) = break_lines(number, self.room, self._measure)
        room = self.room / FOOT.size - self._wide(page) - 4
        first, *more = break_lines(self.foot, room, self._measure)
        self._line([*first, *self.setter.text("…").tokens[0]] if more else first, FOOT)
        self._line(page, FOOT, at_right=True)
        self.y = MARGIN

    @staticmethod
    def _page_words(number: str) -> str:
        return _("Page %(number)s") % {"number": number}

    def _line(self, line: Line, style: TextStyle, at_right: bool = False) -> None:
        x = MARGIN
        if at_right:
            x += self.room - self._wide(line) * style.size
        self.pdf.set_text_color(*style.colour)
        for at, piece in enumerate(line):
            self._piece(piece, style.size, x)
            if at < len(line) - 1:
                x += self._measure(piece)[0] * style.size

    def _piece(self, piece: Piece, size: float, x: float) -> None:
        pdf = self.pdf
        pdf.set_font(piece.font, "B" if piece.bold else "", size)
        # Lines of all scripts stand on one height.
        baseline = self.y + size * 1.1
        if not piece.shaped or piece.font == CoreFace.KEY:
            backwards = piece.level % 2
            pdf.text(x, baseline, piece.text[::-1] if backwards else piece.text)
            return
        pdf.shaped(x, baseline, piece.text, _direction(piece))

    def _wide(self, line: Line) -> float:
        return sum(self._measure(piece)[0] for piece in line)

    def _measure(self, piece: Piece) -> tuple[float, float]:
        """Return the width of a piece at font size 1, and that without its final
        blanks."""
        if piece not in self._widths:
            wide = narrow = self._width(piece)
            if piece.text.endswith(" "):
                narrow = self._width(piece._replace(text=piece.text.rstrip(" ")))
            self._widths[piece] = (wide, narrow)
        return self._widths[piece]

    def _width(self, piece: Piece) -> float:
        font = self.pdf.fonts[f"{piece.font.lower()}{'B' if piece.bold else ''}"]
        text, shaping = piece.text, None
        if piece.font == CoreFace.KEY:
            text = text.encode(CoreFace.ENCODING).decode("latin-1")
        elif piece.shaped:
            shaping = _shaping(_direction(piece))
        return font.get_text_width(text, 1, shaping)[1]


def _direction(piece: Piece) -> TextDirection:
    return TextDirection.RTL if piece.level % 2 else TextDirection.LTR


def _shaping(direction: TextDirection) -> dict[str, Any]:
    return {"features": {}, "fragment_direction": direction}
