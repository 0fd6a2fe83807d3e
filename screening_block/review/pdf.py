"""The reading copy as a PDF, made here: nothing of it leaves the server.

A script there is no font for is named on the first page, and a sign stands where its
words would be: nothing is lost without a trace.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _, gettext_lazy

from screening_block.choices import STATUSES
from screening_block.pdf.press import GREY, Press, StyledText, TextStyle
from screening_block.pdf.typeset import Typesetter
from screening_block.review.reading_copy import Chapter, ReadingEntry

TITLE = TextStyle(20, bold=True, after=6)
LEAD = TextStyle(9, colour=(68, 68, 68), after=4)
CONTENTS = TextStyle(9.5, colour=(0, 85, 92))
CHAPTER = TextStyle(15, bold=True, before=20, leads=True, level=0)
PART = TextStyle(11, bold=True, before=14, leads=True, level=1)
KEY = TextStyle(7.5, colour=GREY, leads=True)
LABEL = TextStyle(8, colour=GREY, before=4, leads=True)
TEXT = TextStyle(9.5)


#: Scripts that readers know by another name than Unicode gives them.
SCRIPTS = {
    "": gettext_lazy("some symbols"),
    "Latin": gettext_lazy("some Latin letters"),
    "Han": gettext_lazy("Chinese characters"),
    "Hangul": gettext_lazy("Korean"),
    "Hiragana": gettext_lazy("Japanese"),
    "Katakana": gettext_lazy("Japanese"),
}


class Paragraph(NamedTuple):
    words: str
    style: TextStyle
    #: The kind of chapter it heads, or leads to.
    at: str = ""
    to: str = ""


def write_pdf(
    title: str, version: str, foot: str, chapters: list[Chapter], locale: str
) -> bytes:
    """A PDF with headings, an outline and page numbers; the same always gives the same.

    `version` says below the title of what it is, `foot` on every page.
    """
    unchecked = {str(STATUSES["needs_checking"]), _("needs checking")}
    mark = re.compile("|".join(map(re.escape, sorted(unchecked))))
    setter = Typesetter(locale)

    def block(said: Paragraph) -> StyledText:
        text = setter.text(said.words, said.style.bold, mark)
        return StyledText(said.words, text, said.style, said.at, said.to)

    press = Press(setter, title, version, f"{title} · {foot}")
    front = [*map(block, (Paragraph(title, TITLE), Paragraph(version, LEAD)))]
    body = [*map(block, _contents(chapters)), *map(block, _body(chapters))]
    # Only now is it known what no font can print.
    return press.print([*front, *map(block, _missing(setter)), *body])


def _missing(setter: Typesetter) -> Iterator[Paragraph]:
    if setter.missing:
        names = sorted(str(SCRIPTS.get(name, name)) for name in setter.missing)
        words = _(
            "No font is installed here for: %(scripts)s. In this document, %(sign)s "
            "stands in for such words."
        )
        said = ", ".join(dict.fromkeys(names))
        yield Paragraph(words % {"scripts": said, "sign": setter.instead}, TEXT)


def _contents(chapters: list[Chapter]) -> Iterator[Paragraph]:
    for chapter in chapters:
        words = f"{chapter.title} ({len(chapter.parts)})"
        yield Paragraph(words, CONTENTS, to=chapter.kind)


def _body(chapters: list[Chapter]) -> Iterator[Paragraph]:
    for chapter in chapters:
        yield Paragraph(chapter.title, CHAPTER, at=chapter.kind)
        for entry in chapter.parts:
            yield from _entry(entry)


def _entry(entry: ReadingEntry) -> Iterator[Paragraph]:
    yield Paragraph(entry.title, PART)
    if entry.key:
        yield Paragraph(entry.key, KEY)
    for field in entry.fields:
        yield Paragraph(field.label, LABEL)
        for line in field.lines:
            yield Paragraph(line, TEXT)
