"""Conditions of many screeners in plain words, from their outlines.

Only what the conditions name is read: the words of a screener's own parts from its
outline, those of the law from its records as last saved. No screener is compiled.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from screening_block import engine
from screening_block.models import Chart, ChartRow, Threshold
from screening_block.publishing.content import as_last_saved
from screening_block.publishing.from_models import READERS
from screening_block.publishing.parts import Part, PartName, assemble_release
from screening_block.publishing.uses import list_named

from .index import DraftOutline, LocatedUse, UsageIndex

#: By the id of a locale and the name there.
Law = dict[tuple[int, PartName], Part]


class Sentences:
    """Says the conditions of uses; what several need is read once."""

    def __init__(self, index: UsageIndex):
        self.index = index
        self._law: Law = {}
        self._releases: dict[int, dict[str, Any]] = {}

    def prepare(self, found: Iterable[LocatedUse]) -> None:
        """Read together what is needed to say these uses."""
        conditions: dict[int, list[Any]] = defaultdict(list)
        for each in found:
            conditions[each.page].append(each.use.whole)
        outlines = self.index.outlines(conditions)
        named: dict[int, set[PartName]] = {}
        wanted: dict[int, set[PartName]] = defaultdict(set)
        for page, outline in outlines.items():
            charts = _charts_of(outline)
            names = {n for one in conditions[page] for n in list_named(one, charts)}
            named[page] = {_whose(name) for name in names} | names
            wanted[outline.locale] |= named[page]
        for locale, names in wanted.items():
            self._read_law(locale, names)
        for page, outline in outlines.items():
            self._releases[page] = self._assemble(outline, named[page])

    def describe(self, page: int, condition: dict[str, Any]) -> str:
        """Return a condition of a use that was prepared, in plain words."""
        release = self._releases[page]
        today = timezone.localdate().isoformat()
        return engine.describe(condition, release, release["locale"], today)

    def _assemble(self, outline: DraftOutline, names: set[PartName]) -> dict[str, Any]:
        law = {
            name: self._law[outline.locale, name]
            for kind in READERS
            for name in names
            if name.kind == kind and (outline.locale, name) in self._law
        }
        charts = {name.key for name in law if name.kind == "chart"}
        own = {
            name: part
            for name, part in outline.parts.items()
            if name.kind in ("question", "fact") and name in names
        }
        sound = {
            name: part
            for name, part in law.items()
            if name.kind != "row" or name.key.split("/")[0] in charts
        }
        return assemble_release({**sound, **own}, outline.language, {})

    def _read_law(self, locale: int, names: set[PartName]) -> None:
        keys: dict[str, list[str]] = defaultdict(list)
        for name in names:
            if (locale, name) not in self._law:
                keys[name.kind].append(name.key)
        thresholds = Threshold.objects.filter(key__in=keys["threshold"])
        charts = Chart.objects.filter(key__in=keys["chart"])
        rows = Q(pk=None)
        for key in keys["row"]:
            chart, _slash, row = key.partition("/")
            rows |= Q(chart__key=chart, key=row)
        found = {
            "threshold": thresholds.prefetch_related("values"),
            "chart": charts,
            "row": ChartRow.objects.filter(rows).select_related("chart"),
        }
        for kind, records in found.items():
            for record in records.filter(locale=locale):
                saved = as_last_saved(record)
                key = f"{record.chart.key}/{saved.key}" if kind == "row" else saved.key
                self._law[locale, PartName(kind, key)] = READERS[kind](saved)


def _charts_of(outline: DraftOutline) -> dict[str, str]:
    """Return the chart of each question that takes its options from one."""
    return {
        name.key: part["piece"]["chart"]
        for name, part in outline.parts.items()
        if name.kind == "question" and part["piece"].get("chart")
    }


def _whose(name: PartName) -> PartName:
    """Return the chart of a row or a column; anything else is its own."""
    inside = name.kind in ("row", "column")
    return PartName("chart", name.key.split("/")[0]) if inside else name
