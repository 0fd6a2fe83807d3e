"""Where each threshold, chart, chart row and citation is used.

An app above this one adds the places where its pages cite the law by the hook
`screening_block_citations`: a function without arguments that gives pairs of the
citation's text and a `Link`.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from screening_block.publishing.parts import PartName
from screening_block.usage.reader import UsageReader

from .law_report import (
    LawReport,
    LinksColumn,
    RowTitle,
    SortedColumn,
    build_choice_filter,
    build_multiple_filter,
)
from .where_used_rows import FEW, UsageRow, UsageRows, UsageWords

USED = {"used": gettext_lazy("Used"), "unused": gettext_lazy("Not used")}


class _Listed(list[UsageRow]):
    """Rows of which those of one page of the report are read together, or all."""

    reader: UsageReader

    def __getitem__(self, part: Any) -> Any:
        rows = super().__getitem__(part)
        if isinstance(part, slice):
            self._read(rows)
        return rows

    def __iter__(self) -> Iterator[UsageRow]:
        self.reader.index.read_all()
        pages = self.reader.index.pages
        self.reader.find_showing(pages)
        self.reader.index.outlines(pages)
        return super().__iter__()

    def _read(self, rows: list[UsageRow]) -> None:
        if not rows:
            return
        index, words = self.reader.index, rows[0].words
        if words.most:
            single = [row.names[0] for row in rows if len(row.names) == 1]
            words.counts = index.counts(single)
            named = (name for row in rows for name in row.list_named())
            words.screeners = index.screeners(named)
        index.of(*(name for row in rows for name in row.list_read()))
        shown = {page for row in rows for page in row.used_in[: row.words.most]}
        self.reader.find_showing(shown)
        index.outlines(shown)


class WhereUsed(LawReport):
    slug = "where_used"
    page_title = gettext_lazy("Where used")
    header_icon = "link"
    intro = gettext_lazy(
        "Which rules and texts use a threshold, a chart, a row or a citation, and the "
        "screeners and pages that show them. A row is used where a rule finds "
        "what it has in a column."
    )
    default_ordering = "title"
    columns = [
        RowTitle(gettext_lazy("What")),
        SortedColumn("kind", gettext_lazy("Kind")),
        SortedColumn("count", gettext_lazy("Uses")),
        LinksColumn("rules", gettext_lazy("Rules and texts"), accessor="first_rules"),
        LinksColumn("screeners", gettext_lazy("Screeners"), accessor="first_screeners"),
        LinksColumn(
            "pages", gettext_lazy("Pages that show them"), accessor="first_pages"
        ),
    ]

    @cached_property
    def reader(self) -> UsageReader:
        return UsageReader(self.request.user)

    @cached_property
    def only(self) -> str | None:
        """The title of the one thing to list, with all that uses it."""
        return self.request.GET.get("only")

    @cached_property
    def listed(self) -> UsageRows:
        return UsageRows(UsageWords(self.reader, None if self.only else FEW))

    def rows(self) -> Iterable[UsageRow]:
        rows = self.listed.all()
        return [row for row in rows if not self.only or row.title == self.only]

    def get_filtered_queryset(self) -> Any:
        if self.ordering and self.ordering.lstrip("-") == "count":
            self.reader.index.read_all()
        found = _Listed(super().get_filtered_queryset())
        found.reader = self.reader
        return found

    def filter_fields(self) -> dict[str, Any]:
        index = self.reader.index
        titles = dict.fromkeys(index.title(page) for page in index.pages)
        return {
            "kind": build_multiple_filter(_("Kind"), self.kinds()),
            "screener": build_multiple_filter(
                _("Screener"), [(title, title) for title in titles]
            ),
            "used": build_choice_filter(_("Used"), list(USED.items())),
        }

    def is_wanted(self, row: UsageRow, given: dict[str, Any]) -> bool:
        if given.get("used"):
            used = bool(row.cited) or row.is_in(self.listed.used)
            if used != (given["used"] == "used"):
                return False
        if given.get("screener") and not row.is_in(self.used_there):
            return False
        return super().is_wanted(row, given)

    @cached_property
    def used_there(self) -> Collection[PartName]:
        """What is used by the screeners that are filtered by."""
        titles, index = self.filters.form.cleaned_data["screener"], self.reader.index
        return index.names(
            [page for page in index.pages if index.title(page) in titles]
        )

    def _says(self, row: Any, words: list[str]) -> bool:
        # By what it is: what uses it is found by its screener.
        text = f"{row.title}\n{row.kind}".lower()
        return all(word in text for word in words)
