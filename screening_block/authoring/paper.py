"""The reading copy as a PDF, made here: nothing of it leaves the server.

The same content gives the same bytes. The fonts come with the library; what they have
no sign for is written as its number, so that nothing is lost without a trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from .reading_copy import Chapter, Entry
from .words import STATUSES

FONT, BOLD = "Vera", "VeraBd"
MARGIN = 2 * cm
#: Signs the fonts lack, in signs that say the same.
INSTEAD = {"→": "->", "‑": "-", "−": "-", "\u2009": " ", "\u202f": " ", "✓": "x"}


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    more = {"fontName": FONT, "leading": size * 1.4, **more}
    return ParagraphStyle(name, fontSize=size, **more)


TITLE = _style("title", 20, fontName=BOLD, spaceAfter=6)
LEAD = _style("lead", 9, textColor="#444444", spaceAfter=4)
CHAPTER = _style("chapter", 15, fontName=BOLD, spaceBefore=20, keepWithNext=1)
PART = _style("part", 11, fontName=BOLD, spaceBefore=14, keepWithNext=1)
KEY = _style("key", 7.5, textColor="#555555", keepWithNext=1)
LABEL = _style("label", 8, textColor="#555555", spaceBefore=4, keepWithNext=1)
TEXT = _style("text", 9.5)


def write_pdf(
    title: str, version: str, foot: str, told: list[Chapter], locale: str
) -> bytes:
    """A PDF with headings, an outline and page numbers.

    `version` says below the title of what it is, `foot` on every page.
    """
    if FONT not in pdfmetrics.getRegisteredFontNames():
        for name in (FONT, BOLD):
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
        pdfmetrics.registerFontFamily(FONT, FONT, BOLD, FONT, BOLD)
    file = BytesIO()
    paper = _Paper(
        file,
        f"{title} · {foot}",
        title=title,
        subject=version,
        author="",
        creator="",
        lang=locale,
        pagesize=LETTER,
        invariant=1,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
    )
    paper.build([*_front(title, version, told), *_body(told)])
    return file.getvalue()


class _Paper(BaseDocTemplate):
    """Pages with a foot line; headings become the outline."""

    def __init__(self, file: BytesIO, foot: str, **kwargs: Any):
        super().__init__(file, **kwargs)
        self.foot = foot
        frame = Frame(self.leftMargin, self.bottomMargin, self.width, self.height)
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=self._number))

    def _number(self, canvas: Any, _template: Any) -> None:
        canvas.saveState()
        canvas.setFont(FONT, 7)
        canvas.setFillColor("#555555")
        page = _("Page %(number)s") % {"number": canvas.getPageNumber()}
        room = self.width - pdfmetrics.stringWidth(page, FONT, 7) - cm
        canvas.drawString(self.leftMargin, cm, _shortened(self.foot, room))
        canvas.drawRightString(self.leftMargin + self.width, cm, page)
        canvas.restoreState()

    def afterFlowable(self, flowable: Any) -> None:
        level = {"chapter": 0, "part": 1}.get(getattr(flowable, "style", TEXT).name)
        if level is None:
            return
        mark = flowable.mark
        self.canv.bookmarkPage(mark)
        self.canv.addOutlineEntry(flowable.getPlainText(), mark, level, closed=True)


def _shortened(text: str, room: float) -> str:
    text = _printable(text)
    if pdfmetrics.stringWidth(text, FONT, 7) <= room:
        return text
    while pdfmetrics.stringWidth(f"{text}…", FONT, 7) > room:
        text = text[:-1]
    return f"{text}…"


def _front(title: str, version: str, told: list[Chapter]) -> Iterator[Paragraph]:
    yield _paragraph(title, TITLE)
    yield _paragraph(version, LEAD)
    for chapter in told:
        words = f"{chapter.title} ({len(chapter.parts)})"
        link = f'<a href="#{chapter.kind}" color="#00555c">{_marked(words)}</a>'
        yield Paragraph(link, TEXT)


def _body(told: list[Chapter]) -> Iterator[Paragraph]:
    for chapter in told:
        yield _heading(chapter.title, CHAPTER, chapter.kind)
        for number, entry in enumerate(chapter.parts):
            yield from _entry(entry, f"{chapter.kind}-{number}")


def _entry(entry: Entry, mark: str) -> Iterator[Paragraph]:
    yield _heading(entry.title, PART, mark)
    if entry.key:
        yield _paragraph(entry.key, KEY)
    for field in entry.fields:
        yield _paragraph(field.label, LABEL)
        for line in field.lines:
            yield _paragraph(line, TEXT)


def _heading(text: str, style: ParagraphStyle, mark: str) -> Paragraph:
    heading = _paragraph(text, style)
    heading.mark = mark  # type: ignore[attr-defined]
    return heading


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(_marked(text), style)


def _marked(text: str) -> str:
    """Text as a paragraph takes it, with what is not checked yet in bold."""
    marked = escape(_printable(text))
    for open_mark in {str(STATUSES["needs_checking"]), _("needs checking")}:
        marked = marked.replace(open_mark, f"<b>{open_mark}</b>")
    return marked


def _printable(text: str) -> str:
    known = pdfmetrics.getFont(FONT).face.charToGlyph  # type: ignore[attr-defined]
    return "".join(
        sign if ord(sign) in known else INSTEAD.get(sign, f"[U+{ord(sign):04X}]")
        for sign in text
    )
