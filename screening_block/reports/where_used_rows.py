"""What the report on uses lists: each thing of the law, with what uses it.

What it is is known at once; its uses are read where they are shown.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Union
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from wagtail import hooks

from screening_block.admin_urls import admin_url
from screening_block.fields.chart_cells import latest_columns
from screening_block.models import Chart, ChartRow, Threshold
from screening_block.publishing.parts import PartName
from screening_block.publishing.stored_uses import VALUE, cut
from screening_block.usage.index import LocatedUse
from screening_block.usage.reader import (
    FIELDS,
    KINDS,
    UsageReader,
    find_column_tests,
    get_edit_url,
    list_values,
)

from .law_report import Link
from .saved_records import SavedRecord, list_records

#: Of what many use, so much stands beside what else is listed; the rest is a page on.
FEW = 10


@dataclass(frozen=True)
class UsageRow:
    """Something of the law, with what uses it.

    `names`: what rules can name of it. `tested`: of a row of a chart, what it is and
    the columns of the chart. `cited`: what else cites it, with the thing that does if
    rules can name that.
    """

    kind: str
    title: str
    names: tuple[PartName, ...]
    words: "UsageWords"
    cited: list[Union[Link, "UsageRow"]] = field(default_factory=list)
    tested: tuple[Any, list[dict[str, Any]]] | None = None
    model: Any = None
    pk: int = 0

    @property
    def url(self) -> str:
        return admin_url(self.model, "edit", self.pk) if self.model else ""

    @property
    def citing(self) -> "list[UsageRow]":
        """Of what cites this, the things that rules can name."""
        return [one for one in self.cited if isinstance(one, UsageRow)]

    def list_read(self) -> Iterator[PartName]:
        """Yield the names of which the uses must be read to say those of this."""
        for name in () if self._counted is not None else self.names:
            whole = name.key.partition("=")[0]
            yield PartName("column", whole) if name.kind == VALUE else name

    def list_named(self) -> Iterator[PartName]:
        """Yield what rules can name of this and of what cites it."""
        yield from self.names
        for record in self.citing:
            yield from record.names

    def is_in(self, names: Collection[PartName]) -> bool:
        """Whether any of `names`, which rules name, is of this or of what cites it."""
        if any(cut(name) in names for name in self.names):
            return True
        return any(record.is_in(names) for record in self.citing)

    @cached_property
    def found(self) -> list[LocatedUse]:
        index = self.words.reader.index
        found = index.of(*(name for name in self.names if name.kind != VALUE))
        return found + (find_column_tests(*self.tested, index) if self.tested else [])

    @cached_property
    def places(self) -> dict[Any, LocatedUse]:
        return {(each.page, each.use.at, each.use.anchor): each for each in self.found}

    @property
    def _counted(self) -> dict[int, int] | None:
        """In how many places each screener uses this, where that is known."""
        return self.words.counts.get(self.names[0]) if len(self.names) == 1 else None

    @cached_property
    def used_in(self) -> list[int]:
        """The screeners, by their pages."""
        known = self.words.screeners
        found: set[int] = set()
        for row in (self, *self.citing):
            if all(name in known for name in row.names):
                found.update(*(known[name] for name in row.names))
            else:
                found.update(each.page for each in row.found)
        return sorted(found)

    @property
    def count(self) -> int:
        counted = self._counted
        own = len(self.places) if counted is None else sum(counted.values())
        return own + len(self.cited)

    @property
    def rules(self) -> tuple[Link, ...]:
        return self._say_rules(None)

    @property
    def screeners(self) -> tuple[Link, ...]:
        return tuple(map(self.words.screener, self.used_in))

    @property
    def pages(self) -> tuple[Link, ...]:
        return self._showing(self.used_in)

    @property
    def first_rules(self) -> tuple[Link, ...]:
        most = self.words.most
        return self._cut(self._say_rules(most)[:most], self.count)

    @property
    def first_screeners(self) -> tuple[Link, ...]:
        shown = self.used_in[: self.words.most]
        return self._cut(tuple(map(self.words.screener, shown)), len(self.used_in))

    @property
    def first_pages(self) -> tuple[Link, ...]:
        most = self.words.most
        pages = self._showing(self.used_in[:most])
        return self._cut(pages[:most], len(pages))

    def _say_rules(self, most: int | None) -> tuple[Link, ...]:
        places = self._first_places(most) if most else list(self.places.values())
        own = dict.fromkeys(map(self.words.rule, places))
        cited = self.cited[:most] if most else self.cited
        return (*own, *map(_say_record, cited))

    def _first_places(self, most: int) -> list[LocatedUse]:
        if self._counted is None:
            return list(self.places.values())[:most]
        pages: list[int] = []
        left = most
        for page, count in self._counted.items():
            if left <= 0:
                break
            pages.append(page)
            left -= count
        return self.words.reader.index.of_pages(pages, *self.names)[:most]

    def _showing(self, pages: Iterable[int]) -> tuple[Link, ...]:
        showing = [link for page in pages for link in self.words.showing(page)]
        return tuple(dict.fromkeys(showing))

    def _cut(self, shown: tuple[Link, ...], of: int) -> tuple[Link, ...]:
        """Return some links, and what leads to all `of` them."""
        if self.words.most is None or of <= len(shown):
            return shown
        more = _("%(number)s more") % {"number": of - len(shown)}
        only = urlencode({"only": self.title, "kind": str(self.kind)})
        return (*shown, Link(more, f"?{only}"))


def _say_record(cited: Link | UsageRow) -> Link:
    if isinstance(cited, Link):
        return cited
    return Link(f"{cited.kind} “{cited.title}”", cited.url)


class UsageWords:
    """Says uses as links; those of a screener are made once. `most`: the first of what
    a row has of a kind, or all."""

    def __init__(self, reader: UsageReader, most: int | None = FEW):
        self.reader, self.most = reader, most
        #: Of what is shown, in how many places each screener uses it, and which use it
        #: (see the index).
        self.counts: dict[PartName, dict[int, int]] = {}
        self.screeners: dict[PartName, set[int]] = {}
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


class UsageRows:
    """The rows, of which nothing is read but what they are. `used`: everything that
    rules name."""

    def __init__(self, words: UsageWords):
        self.words = words
        self.used = words.reader.index.names()
        models = {"threshold": Threshold, "chart": Chart, "row": ChartRow}
        self._kinds = {model: str(KINDS[kind]) for kind, model in models.items()}
        self._cited: dict[str, list[Link | UsageRow]] = defaultdict(list)

    def all(self) -> Iterator[UsageRow]:
        for threshold in list_records(Threshold):
            name = PartName("threshold", threshold.key)
            yield self._make(Threshold, threshold, (name,))
        used: dict[str, list[PartName]] = defaultdict(list)
        for name in sorted(name for name in self.used if name.kind == "column"):
            used[name.key.partition("/")[0]].append(name)
        for chart in list_records(Chart):
            names = (PartName("chart", chart.key), *used[chart.key])
            yield self._make(Chart, chart, names)
        charts = {chart.pk: chart for chart in Chart.objects.all()}
        columns = {pk: latest_columns(chart) for pk, chart in charts.items()}
        for row in list_records(ChartRow, charts):
            name = PartName("row", f"{row.chart.key}/{row.key}")
            tested: Any = (row, columns[row.chart.pk])
            names = (name, *list_values(*tested))
            yield self._make(ChartRow, row, names, tested)
        for more in hooks.get_hooks("screening_block_citations"):
            for text, link in more():
                self._cited[text].append(link)
        cites = [name.key for name in self.used if name.kind == "citation"]
        kind = str(KINDS["citation"])
        for text in dict.fromkeys([*cites, *self._cited]):
            name = PartName("citation", text)
            cited = self._cited.get(text, [])
            yield UsageRow(kind, text, (name,), self.words, cited)

    def _make(
        self,
        model: Any,
        record: SavedRecord,
        names: tuple[PartName, ...],
        tested: Any = None,
    ) -> UsageRow:
        kind, title = self._kinds[model], record.label
        made = UsageRow(
            kind, title, names, self.words, tested=tested, model=model, pk=record.pk
        )
        for text in record.citations:
            self._cited[text].append(made)
        return made
