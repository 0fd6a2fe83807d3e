"""Who uses a threshold, a chart or a row, as an editor reads it, with links."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import swapper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import ReferenceIndex

from screening_block.choices import SHORT_LISTS
from screening_block.fields.chart_cells import picked
from screening_block.models import Chart, ChartRow, Threshold
from screening_block.publishing.parts import PartName
from screening_block.publishing.stored_uses import name_value
from screening_block.publishing.uses import Use

from .condition_sentences import Sentences
from .index import LocatedUse, UsageIndex

Page = swapper.load_model("wagtailcore", "Page")

KINDS = {
    "screener": _("Screener"),
    "question": _("Question"),
    "fact": _("Fact"),
    "finding": _("Finding"),
    **SHORT_LISTS,
    "threshold": _("Threshold"),
    "chart": _("Chart"),
    "row": _("Chart row"),
    "column": _("Column"),
    "citation": _("Citation"),
}
FIELDS = {
    "applies_when": _("applies when"),
    "may_apply_when": _("may apply when"),
    "unless": _("never when"),
    "urgent_when": _("is urgent when"),
    "when": _("is true when"),
    "ask_when": _("ask when"),
    "notes": _("extra sentence"),
    "actions": _("next step"),
    "options": _("option"),
    "citations": _("citation"),
    "chart": _("options from this chart"),
    "title": _("title"),
    "intro": _("introduction"),
    "at_hand": _("what to have at hand"),
    "foreign_words": _("words left in the other language"),
    "section": _("section heading"),
    "label": _("label"),
    "help": _("explanation"),
    "why": _("why we ask"),
    "where": _("where to find it"),
    "heading": _("heading"),
    "body": _("text"),
    "text": _("text"),
    "shown": _("groups that unfold"),
    "note": _("note"),
    "columns": _("column"),
    "values": _("value"),
}
#: A condition longer than this is shown by the part of it that matters here.
MAX_SENTENCE = 240


@dataclass
class UsePlace:
    """One use, said and linked."""

    kind: Any
    label: str
    field: Any
    sentence: str
    partial: bool
    url: str
    state: str


@dataclass
class UsedBy:
    """A screener with its places and the pages that show it."""

    title: str
    url: str
    places: list[UsePlace] = field(default_factory=list)
    pages: list[tuple[str, str]] = field(default_factory=list)


class UsageReader:
    """Says uses of one index; what it looks up is looked up once."""

    def __init__(self, user: Any):
        self.index = UsageIndex()
        self.finder = AdminURLFinder(user)
        self.sentences = Sentences(self.index)
        self._showing: dict[int, list[tuple[str, str]]] = {}

    def used_by(self, found: Iterable[LocatedUse]) -> list[UsedBy]:
        """Group the uses by screener."""
        grouped: dict[int, list[LocatedUse]] = {}
        for each in found:
            grouped.setdefault(each.page, []).append(each)
        self.sentences.prepare(each for uses in grouped.values() for each in uses)
        self.find_showing(grouped)
        return [
            UsedBy(
                self.index.title(page),
                get_edit_url(page),
                [self.place(each) for each in uses],
                self.showing(page),
            )
            for page, uses in grouped.items()
        ]

    def place(self, found: LocatedUse) -> UsePlace:
        """Return a use with its sentence."""
        use = found.use
        sentence, partial = self.sentence(found.page, use)
        return UsePlace(
            KINDS[use.at.kind],
            self.part_label(found.page, use.at),
            FIELDS.get(use.field, use.field),
            sentence,
            partial,
            get_edit_url(found.page, use.anchor),
            found.state,
        )

    def sentence(self, page: int, use: Use) -> tuple[str, bool]:
        """Return a condition in plain words, or the text; and whether it is a part
        only."""
        if isinstance(use.whole, dict):
            whole = self.sentences.describe(page, use.whole)
            if len(whole) <= MAX_SENTENCE or use.excerpt is use.whole:
                return whole, False
            return self.sentences.describe(page, use.excerpt), True
        return (use.excerpt if isinstance(use.whole, str) else ""), False

    def part_label(self, page: int, name: PartName) -> str:
        part = self.index.outline(page).parts.get(name)
        texts = part["texts"] if part else {}
        for word in ("heading", "label", "title"):
            if texts.get(word):
                return str(texts[word])
        return name.key

    def showing(self, page: int) -> list[tuple[str, str]]:
        """Return title and editor address of the pages that show a screener."""
        self.find_showing([page])
        return self._showing[page]

    def find_showing(self, pages: Iterable[int]) -> None:
        """Look up together which pages show these screeners."""
        missing = [page for page in pages if page not in self._showing]
        if not missing:
            return
        # As pages alone: what a screener says is not read for this.
        shown = Page.objects.filter(pk__in=missing)
        found = ReferenceIndex.get_grouped_references_to_in_bulk(shown)
        for screener, references in found.items():
            self._showing[screener.pk] = [
                (str(source), self.finder.get_edit_url(source) or "")
                for source, _references in references
                if source.pk != screener.pk
            ]


def get_edit_url(page: int, anchor: str = "") -> str:
    """Return the URL of a screener's editor, at a field of it."""
    url = reverse("wagtailadmin_pages:edit", args=[page])
    return f"{url}#:w:contentpath={anchor}" if anchor else url


def list_names(
    record: Threshold | Chart | ChartRow, index: UsageIndex
) -> list[PartName]:
    """Return what rules can name of a record."""
    if isinstance(record, Threshold):
        return [PartName("threshold", record.key)]
    if isinstance(record, ChartRow):
        return [PartName("row", f"{record.chart.key}/{record.key}")]
    return [PartName("chart", record.key), *index.columns(record.key)]


def list_values(row: ChartRow, columns: list[dict]) -> list[PartName]:
    """Return what a row has in the columns, by the names that tests of it have."""
    return [
        name_value(f"{row.chart.key}/{column['key']}", value)
        for column in columns
        for value in picked(row.cells.get(column["key"], column["default"]))
    ]


def find_column_tests(
    row: ChartRow,
    columns: list[dict],
    index: UsageIndex,
    pages: Collection[int] | None = None,
) -> list[LocatedUse]:
    """Return the conditions that test a column for what this row has in it.

    `pages`: of these screeners alone.
    """
    found = []
    for column in columns:
        value = row.cells.get(column["key"], column["default"])
        name = PartName("column", f"{row.chart.key}/{column['key']}")
        uses = index.of(name) if pages is None else index.of_pages(pages, name)
        for use in uses:
            if set(picked(value)) & set(use.use.excerpt.get("values", ())):
                found.append(use)
    return found
