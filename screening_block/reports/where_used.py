"""Where each threshold, chart, chart row and citation is used.

An app above this one adds the places where its pages cite the law by the hook
`screening_block_citations`: a function without arguments that gives pairs of the
citation's text and a `Link`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from screening_block.admin_urls import admin_url
from screening_block.fields.chart_cells import latest_columns
from screening_block.models import Chart, ChartRow, Threshold
from screening_block.publishing.parts import Name
from screening_block.usage.index import Found
from screening_block.usage.reader import (
    FIELDS,
    KINDS,
    Reader,
    names_of,
    page_url,
    tested_columns,
)

from .base import LawReport, Link, Links, Listed, RowTitle, choice, several
from .claim import one_per_translation

USED = {"used": gettext_lazy("Used"), "unused": gettext_lazy("Not used")}


@dataclass(frozen=True)
class Thing:
    """Something of the law, with what uses it."""

    kind: Any
    title: str
    url: str
    rules: tuple[Link, ...]
    screeners: tuple[Link, ...]
    pages: tuple[Link, ...]

    @property
    def count(self) -> int:
        return len(self.rules)


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
        Listed("kind", gettext_lazy("Kind")),
        Listed("count", gettext_lazy("Uses")),
        Links("rules", gettext_lazy("Rules and texts")),
        Links("screeners", gettext_lazy("Screeners")),
        Links("pages", gettext_lazy("Pages that show them")),
    ]
    export_headings = {
        "title": gettext_lazy("What"),
        "kind": gettext_lazy("Kind"),
        "count": gettext_lazy("Uses"),
        "rules": gettext_lazy("Rules and texts"),
        "screeners": gettext_lazy("Screeners"),
        "pages": gettext_lazy("Pages that show them"),
    }

    def rows(self) -> Iterable[Thing]:
        return _Things(Reader(self.request.user)).all()

    def filter_fields(self) -> dict[str, Any]:
        titles = [str(link) for row in self.all_rows for link in row.screeners]
        return {
            "kind": several(_("Kind"), self.kinds()),
            "screener": several(
                _("Screener"), [(title, title) for title in dict.fromkeys(titles)]
            ),
            "used": choice(_("Used"), list(USED.items())),
        }

    def is_wanted(self, row: Thing, given: dict[str, Any]) -> bool:
        if given.get("used") and bool(row.count) != (given["used"] == "used"):
            return False
        titles = {str(link) for link in row.screeners}
        if given.get("screener") and not titles & set(given["screener"]):
            return False
        return super().is_wanted(row, given)


class _Things:
    """The rows of the report, from one reading of everything."""

    def __init__(self, reader: Reader):
        self.reader, self.index = reader, reader.index
        #: By citation: what else cites it, with the screeners that is used in.
        self.cited: dict[str, list[tuple[Link, list[int]]]] = defaultdict(list)

    def all(self) -> Iterator[Thing]:
        for threshold in one_per_translation(Threshold.objects.all()):
            found = self.index.of(*names_of(threshold, self.index))
            url = admin_url(Threshold, "edit", threshold.pk)
            yield self._record("threshold", threshold, url, found)
        columns = {}
        for chart in one_per_translation(Chart.objects.all()):
            columns[chart.pk] = latest_columns(chart)
            found = self.index.of(*names_of(chart, self.index))
            yield self._record(
                "chart", chart, admin_url(Chart, "edit", chart.pk), found
            )
        rows = ChartRow.objects.select_related("chart")
        for row in one_per_translation(rows):
            found = self.index.of(*names_of(row, self.index))
            of_chart = columns.get(row.chart_id, [])
            found += tested_columns(row, of_chart, self.index)
            yield self._record("row", row, admin_url(ChartRow, "edit", row.pk), found)
        for more in hooks.get_hooks("screening_block_citations"):
            for text, link in more():
                self.cited[text].append((link, []))
        yield from self._citations()

    def _record(self, kind: str, record: Any, url: str, found: list[Found]) -> Thing:
        thing = self._thing(KINDS[kind], record.label, url, found)
        link = Link(f"{KINDS[kind]} “{record.label}”", url)
        for child in getattr(record, "citations", ()):
            pages = [each.page for each in found]
            self.cited[child.value["text"]].append((link, pages))
        return thing

    def _citations(self) -> Iterator[Thing]:
        names = [name.key for name in self.index.names() if name.kind == "citation"]
        for text in dict.fromkeys([*names, *self.cited]):
            found = self.index.of(Name("citation", text))
            yield self._thing(
                KINDS["citation"], text, "", found, self.cited.get(text, [])
            )

    def _thing(
        self,
        kind: Any,
        title: str,
        url: str,
        found: list[Found],
        cited: Iterable[tuple[Link, list[int]]] = (),
    ) -> Thing:
        pages = [each.page for each in found]
        pages += [page for _link, of_record in cited for page in of_record]
        pages = list(dict.fromkeys(pages))
        showing = [Link(*each) for page in pages for each in self.reader.showing(page)]
        titles = self.index.drafts
        return Thing(
            kind,
            title,
            url,
            (*dict.fromkeys(map(self._link, found)), *(link for link, _pages in cited)),
            tuple(Link(titles[page].title, page_url(page)) for page in pages),
            tuple(dict.fromkeys(showing)),
        )

    def _link(self, found: Found) -> Link:
        use = found.use
        said = _("%(kind)s “%(label)s”, %(field)s") % {
            "kind": KINDS[use.at.kind],
            "label": self.reader.part_label(found.page, use.at),
            "field": FIELDS.get(use.field, use.field),
        }
        return Link(said, page_url(found.page, use.anchor))
