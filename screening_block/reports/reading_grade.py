"""How hard each text that visitors read is to read.

An app above this one adds the texts of its pages by the hook `screening_block_texts`:
a function without arguments that gives `GradedText`s.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy
from wagtail import hooks

from screening_block.admin_urls import admin_url
from screening_block.models import Chart, ChartRow, Screener, Threshold
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.parts import Part, PartName, split_release
from screening_block.review.part_words import part_title
from screening_block.usage.index import DraftOutline, UsageIndex
from screening_block.usage.reader import FIELDS, KINDS, get_edit_url

from .law_report import (
    LawReport,
    RowTitle,
    SortedColumn,
    build_choice_filter,
    build_multiple_filter,
)
from .reading import compute_grade, split_words

LEVELS = {
    "9": gettext_lazy("Harder than grade 9"),
    "7": gettext_lazy("Harder than grade 7"),
    "0": gettext_lazy("Grade 7 or easier"),
}
LENGTHS = {
    "1": gettext_lazy("Any"),
    "8": gettext_lazy("8 words or more"),
    "20": gettext_lazy("20 words or more"),
}
#: Of fewer words the grade says little, so that they are left out unless asked for.
MIN_WORDS = 8
SHARED: dict[str, Any] = {"threshold": Threshold, "chart": Chart, "row": ChartRow}


@dataclass(frozen=True)
class GradedText:
    """An English text with what it belongs to; `where` says which text of that."""

    kind: Any
    title: str
    where: Any
    within: str
    text: str
    url: str

    @cached_property
    def grade(self) -> float:
        return round(compute_grade(self.text), 1)

    @cached_property
    def words(self) -> int:
        return len(split_words(self.text))


def list_texts() -> Iterator[GradedText]:
    """Yield every English text as last saved: of screeners, the law, and by hooks."""
    seen = set()
    index = UsageIndex()
    drafts = index.outlines(index.pages)
    for page in Screener.objects.filter(pk__in=drafts).order_by("pk"):
        release = compile_screener(page.get_latest_revision_as_object(), drafts=True)
        if not is_english(release["locale"]):
            continue
        for name, part in split_release(release).items():
            if name not in seen:
                within = "" if name.kind in SHARED else drafts[page.pk].title
                draft = drafts[page.pk]
                yield from _list_part_texts(name, part, within, draft, page.pk)
            if name.kind in SHARED:
                seen.add(name)
    for more in hooks.get_hooks("screening_block_texts"):
        yield from more()


def is_english(locale: str) -> bool:
    """Tell whether the grade, which is made for English, says anything about it."""
    return locale.split("-")[0] == "en"


def _list_part_texts(
    name: PartName, part: Part, within: str, version: DraftOutline, page: int
) -> Iterator[GradedText]:
    for field, text in _list_leaves(part["texts"]):
        if name.kind in SHARED:
            url = _get_record_url(name)
        else:
            block = version.anchors.get(name, "")
            url = get_edit_url(page, f"{block}.{field}" if block else field)
        kind, title = KINDS[name.kind], part_title(name, part)
        yield GradedText(kind, title, FIELDS.get(field, field), within, text, url)


def _list_leaves(texts: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text with the field it stands in."""
    for key, value in texts.items():
        if isinstance(value, str):
            yield field or key, value
        else:
            yield from _list_leaves(value, field or key)


def _get_record_url(name: PartName) -> str:
    model = SHARED[name.kind]
    chart, _slash, key = name.key.rpartition("/")
    records = model.objects.filter(key=key)
    if name.kind == "row":
        records = records.filter(chart__key=chart)
    return admin_url(model, "edit", records.values_list("pk", flat=True)[0])


class ReadingGrade(LawReport):
    slug = "reading_grade"
    page_title = gettext_lazy("Reading grade")
    header_icon = "glasses"
    intro = gettext_lazy(
        "The school grade at which each English text reads (Flesch-Kincaid). Aim for 7 "
        "or less. Texts of fewer than 8 words are left out unless you filter by length."
    )
    default_ordering = "-grade"
    columns = [
        RowTitle(gettext_lazy("In")),
        SortedColumn("where", gettext_lazy("Text")),
        SortedColumn("grade", gettext_lazy("Grade")),
        SortedColumn("words", gettext_lazy("Words")),
        SortedColumn("text", gettext_lazy("What it says"), sort_key=None),
        SortedColumn("kind", gettext_lazy("Kind")),
    ]
    exported = {
        "kind": {"kind": gettext_lazy("Kind"), "within": gettext_lazy("Part of")}
    }

    def rows(self) -> Iterable[GradedText]:
        return list_texts()

    def filter_fields(self) -> dict[str, Any]:
        return {
            "grade": build_choice_filter(_("Grade"), list(LEVELS.items())),
            "length": build_choice_filter(_("Length"), list(LENGTHS.items())),
            "kind": build_multiple_filter(_("Kind"), self.kinds()),
        }

    def is_wanted(self, row: GradedText, given: dict[str, Any]) -> bool:
        if level := given.get("grade"):
            wanted = row.grade <= 7 if level == "0" else row.grade > int(level)
            if not wanted:
                return False
        if row.words < int(given.get("length") or MIN_WORDS):
            return False
        return super().is_wanted(row, given)
