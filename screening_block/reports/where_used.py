"""Where each threshold, chart, chart row and citation is used.

An app above this one adds the places where its pages cite the law by the hook
`screening_block_citations`: a function without arguments that gives pairs of the
citation's text and a `Link`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy
from wagtail import hooks
from wagtail.models import Locale

from screening_block.admin_urls import admin_url
from screening_block.fields.chart_cells import latest_columns
from screening_block.models import Chart, ChartRow, Threshold
from screening_block.publishing.content import as_last_saved
from screening_block.publishing.parts import PartName
from screening_block.usage.index import LocatedUse
from screening_block.usage.reader import (
    FIELDS,
    KINDS,
    UsageReader,
    find_column_tests,
    get_edit_url,
    list_names,
)

from .law_report import (
    LawReport,
    Link,
    LinksColumn,
    RowTitle,
    SortedColumn,
    build_choice_filter,
    build_multiple_filter,
)

USED = {"used": gettext_lazy("Used"), "unused": gettext_lazy("Not used")}


@dataclass(frozen=True)
class UsageRow:
    """Something of the law, with what uses it; said only where it is asked for.

    `found`: its uses; `cited`: what else cites it, with the screeners of that.
    """

    kind: Any
    title: str
    url: str
    found: list[LocatedUse]
    cited: list[tuple[Link, list[int]]]
    words: "_UsageWords"

    @cached_property
    def count(self) -> int:
        places = {(each.page, each.use.at, each.use.anchor) for each in self.found}
        return len(places) + len(self.cited)

    @cached_property
    def rules(self) -> tuple[Link, ...]:
        own = dict.fromkeys(map(self.words.rule, self.found))
        return (*own, *(link for link, _pages in self.cited))

    @cached_property
    def screeners(self) -> tuple[Link, ...]:
        return tuple(self.words.screener(page) for page in self._used_in)

    @cached_property
    def pages(self) -> tuple[Link, ...]:
        showing = [link for page in self._used_in for link in self.words.showing(page)]
        return tuple(dict.fromkeys(showing))

    @cached_property
    def _used_in(self) -> list[int]:
        pages = [each.page for each in self.found]
        pages += [page for _link, of_record in self.cited for page in of_record]
        return list(dict.fromkeys(pages))


class _UsageWords:
    """Says uses as links; those of a screener are made once."""

    def __init__(self, reader: UsageReader):
        self.reader = reader
        self._screeners: dict[int, Link] = {}

    def rule(self, found: LocatedUse) -> Link:
        use = found.use
        text = _("%(kind)s “%(label)s”, %(field)s") % {
            "kind": KINDS[use.at.kind],
            "label": self.reader.part_label(found.page, use.at),
            "field": FIELDS.get(use.field, use.field),
        }
        return Link(text, get_edit_url(found.page, use.anchor))

    def screener(self, page: int) -> Link:
        if page not in self._screeners:
            title = self.reader.index.title(page)
            self._screeners[page] = Link(title, get_edit_url(page))
        return self._screeners[page]

    def showing(self, page: int) -> list[Link]:
        return [Link(*each) for each in self.reader.showing(page)]


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
        LinksColumn("rules", gettext_lazy("Rules and texts")),
        LinksColumn("screeners", gettext_lazy("Screeners")),
        LinksColumn("pages", gettext_lazy("Pages that show them")),
    ]

    def rows(self) -> Iterable[UsageRow]:
        return _UsageRows(UsageReader(self.request.user)).all()

    def filter_fields(self) -> dict[str, Any]:
        titles = [str(link) for row in self.all_rows for link in row.screeners]
        return {
            "kind": build_multiple_filter(_("Kind"), self.kinds()),
            "screener": build_multiple_filter(
                _("Screener"), [(title, title) for title in dict.fromkeys(titles)]
            ),
            "used": build_choice_filter(_("Used"), list(USED.items())),
        }

    def is_wanted(self, row: UsageRow, given: dict[str, Any]) -> bool:
        if given.get("used") and bool(row.count) != (given["used"] == "used"):
            return False
        titles = {str(link) for link in row.screeners}
        if given.get("screener") and not titles & set(given["screener"]):
            return False
        return super().is_wanted(row, given)


def pick_sources(records: Any) -> list[Any]:
    """Return records as last saved; of several languages the one whose rules count."""
    default = Locale.get_default().pk
    found: dict[Any, Any] = {}
    for record in records:
        if record.translation_key not in found or record.locale_id == default:
            found[record.translation_key] = record
    return [as_last_saved(record) for record in found.values()]


class _UsageRows:
    """The rows of the report, from one reading of everything."""

    def __init__(self, reader: UsageReader):
        self.reader, self.index = reader, reader.index
        self.words = _UsageWords(reader)
        reader.find_showing(self.index.pages)
        self.index.outlines(self.index.pages)
        #: By citation: what else cites it, with the screeners that is used in.
        self.cited: dict[str, list[tuple[Link, list[int]]]] = defaultdict(list)

    def all(self) -> Iterator[UsageRow]:
        used = self.index.names()
        for threshold in pick_sources(Threshold.objects.all()):
            found = self.index.of(*list_names(threshold, self.index))
            url = admin_url(Threshold, "edit", threshold.pk)
            yield self._record("threshold", threshold, url, found)
        columns = {}
        for chart in pick_sources(Chart.objects.all()):
            columns[chart.pk] = latest_columns(chart)
            found = self.index.of(*list_names(chart, self.index))
            url = admin_url(Chart, "edit", chart.pk)
            yield self._record("chart", chart, url, found)
        rows = ChartRow.objects.select_related("chart")
        for row in pick_sources(rows):
            found = self.index.of(*list_names(row, self.index))
            of_chart = columns.get(row.chart_id, [])
            found += find_column_tests(row, of_chart, self.index)
            yield self._record("row", row, admin_url(ChartRow, "edit", row.pk), found)
        for more in hooks.get_hooks("screening_block_citations"):
            for text, link in more():
                self.cited[text].append((link, []))
        yield from self._citations(used)

    def _record(
        self, kind: str, record: Any, url: str, found: list[LocatedUse]
    ) -> UsageRow:
        thing = self._thing(KINDS[kind], record.label, url, found)
        link = Link(f"{KINDS[kind]} “{record.label}”", url)
        for child in getattr(record, "citations", ()):
            pages = [each.page for each in found]
            self.cited[child.value["text"]].append((link, pages))
        return thing

    def _citations(self, used: list[PartName]) -> Iterator[UsageRow]:
        names = [name.key for name in used if name.kind == "citation"]
        for text in dict.fromkeys([*names, *self.cited]):
            found = self.index.of(PartName("citation", text))
            cited = self.cited.get(text, [])
            yield self._thing(KINDS["citation"], text, "", found, cited)

    def _thing(
        self,
        kind: Any,
        title: str,
        url: str,
        found: list[LocatedUse],
        cited: Iterable[tuple[Link, list[int]]] = (),
    ) -> UsageRow:
        return UsageRow(kind, title, url, found, list(cited), self.words)
