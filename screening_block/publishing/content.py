"""Which records screeners are made of: live, as last saved, or as some act leaves them.

Whoever compiles takes every record from one `Content`. What an act would do to
visitors is asked of a `Content` in which it is done already, so that nothing is
written to find out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from wagtail.models import Locale

from screening_block.models import Chart, ChartRow, Screener, Threshold
from screening_block.public import unrestricted

from .from_models import chart_part, row_part, screener_parts, threshold_part
from .parts import Name, Part

Record = Threshold | Chart | ChartRow

_PARTS: dict[str, Callable[[Any], Part]] = {
    "threshold": threshold_part,
    "chart": chart_part,
    "row": row_part,
}


def source_of(screener: Screener) -> Screener:
    """The page whose structure counts: the default locale's, else the oldest."""
    return Content().source_of(screener)


def used(screener: Screener) -> tuple[set[str], set[str]]:
    """Keys of the thresholds and the charts that a screener names."""
    return _used(screener_parts(screener))


def name_of(record: Record) -> Name:
    """What a screener that is made of `record` names; of a row, that is its chart."""
    if isinstance(record, Threshold):
        return Name("threshold", record.key)
    if isinstance(record, ChartRow):
        return Name("chart", record.chart.key)
    return Name("chart", record.key)


class Content:
    """The records that count, each read at most once.

    `drafts`: thresholds, charts and rows as last saved, otherwise as published. `put`:
    records, saved or not, that stand in the place of what is stored, as they are (off
    line where `live` is False). `gone`: stored records that are there no more.

    Good for as long as nothing is written.
    """

    def __init__(
        self,
        *,
        drafts: bool = False,
        put: Iterable[Screener | Record] = (),
        gone: Iterable[Screener | Record] = (),
    ):
        self._drafts = drafts
        self._put = list(put)
        # A record that is put in hides the one it is made from, wherever that stood.
        self._hidden = {_place(one) for one in [*self._put, *gone]}
        self._hidden |= {(type(one), one.pk) for one in [*self._put, *gone]}
        self._pages: dict[UUID, list[Screener]] = {}
        # By model and locale, then by key.
        self._shared: dict[Any, dict[str, list[Any]]] = defaultdict(dict)
        # By object: a page in memory may differ from the one that is stored. Each is
        # held together with what was read of it, so that no other takes its id.
        self._read: dict[int, tuple[Any, Any]] = {}

    # -- Screeners

    def source_of(self, screener: Screener) -> Screener:
        """The page whose structure counts: the default locale's, else the oldest."""
        pages = self.pages(screener.translation_key)
        source = source_among(pages, Locale.get_default().pk) or screener
        return screener if source.pk == screener.pk else source

    def pages(self, translation_key: UUID) -> list[Screener]:
        """A screener's pages in all languages, live or not, the oldest first."""
        self._read_pages([translation_key])
        return self._pages[translation_key]

    def live_sources(self) -> list[Screener]:
        """The page whose structure counts of every screener that has it live."""
        live = Screener.objects.live().values_list("translation_key", flat=True)
        put = [one.translation_key for one in self._put if isinstance(one, Screener)]
        keys = list(dict.fromkeys([*live, *put]))
        self._read_pages(keys)
        default = Locale.get_default().pk
        sources = [source_among(self._pages[key], default) for key in keys]
        return sorted((page for page in sources if page and page.live), key=_age)

    def _read_pages(self, translation_keys: Iterable[UUID]) -> None:
        keys = [key for key in translation_keys if key not in self._pages]
        if not keys:
            return
        stored = Screener.objects.filter(translation_key__in=keys)
        self._pages |= {key: [] for key in keys}
        for page in self._overlaid(Screener, stored.select_related("locale")):
            if page.translation_key in keys:
                self._pages[page.translation_key].append(page)
        for key in keys:
            self._pages[key].sort(key=_age)

    def translations(self, source: Screener) -> list[Screener]:
        """The pages of a screener in other languages that everybody may read.

        An alias says nothing of its own; it is written after what it shows.
        """
        found = [
            page
            for page in self.pages(source.translation_key)
            if page.live and page.pk != source.pk and not page.alias_of_id
        ]
        if stored := [page.pk for page in found if page.pk]:
            pages = unrestricted(Screener.objects.filter(pk__in=stored))
            opened = {None, *pages.values_list("pk", flat=True)}
            found = [page for page in found if page.pk in opened]
        return sorted(found, key=lambda page: page.locale.language_code)

    def parts(self, screener: Screener) -> dict[Name, Part]:
        """`screener_parts`, read once for each page."""
        return self._once(screener, screener_parts)

    def used(self, screener: Screener) -> tuple[set[str], set[str]]:
        """Keys of the thresholds and the charts that a screener names."""
        return _used(self.parts(screener))

    def names(self, screener: Screener) -> set[Name]:
        """The same as names (see `name_of`)."""
        thresholds, charts = self.used(screener)
        return {Name("threshold", key) for key in thresholds} | {
            Name("chart", key) for key in charts
        }

    # -- What they share

    def shared(
        self, thresholds: Iterable[str], charts: Iterable[str], locale: Locale
    ) -> dict[Name, Any]:
        """The thresholds and charts of these keys with all their rows, by their names
        as parts. What is not there is left out."""
        records: dict[Name, Any] = {}
        for key, found in self._records(Threshold, locale, thresholds).items():
            records |= {Name("threshold", key): threshold for threshold in found}
        rows = self._records(ChartRow, locale, charts)
        for key, found in self._records(Chart, locale, charts).items():
            for chart in found:
                records[Name("chart", key)] = chart
                records |= {Name("row", f"{key}/{row.key}"): row for row in rows[key]}
        return records

    def shared_parts(
        self, thresholds: Iterable[str], charts: Iterable[str], locale: Locale
    ) -> dict[Name, Part]:
        """The same as parts."""
        records = self.shared(thresholds, charts, locale)
        return {
            name: self._once(record, _PARTS[name.kind])
            for name, record in records.items()
        }

    def _records(
        self, model: type[Record], locale: Locale, keys: Iterable[str]
    ) -> dict[str, list[Any]]:
        """By key, in order: the record of a locale that counts; of rows (whose key is
        here that of their chart) all that do."""
        wanted = sorted(keys)
        known = self._shared[model, locale.pk]
        if missing := [key for key in wanted if key not in known]:
            known |= {key: [] for key in missing}
            for record in self._overlaid(model, _stored(model, locale, missing)):
                key = name_of(record).key
                counts = record.locale_id == locale.pk and (self._drafts or record.live)
                if counts and key in missing:
                    known[key].append(record)
            for key in missing:
                known[key].sort(key=_order)
        return {key: known[key] for key in wanted}

    # -- Both

    def _overlaid(self, model: type[Any], stored: Iterable[Any]) -> list[Any]:
        """Stored records of a model as they count here, and all that are put in."""
        found = [one for one in stored if not self._is_hidden(one)]
        if self._drafts and model is not Screener:
            found = [one.get_latest_revision_as_object() for one in found]
        return [*found, *(one for one in self._put if type(one) is model)]

    def _is_hidden(self, stored: Any) -> bool:
        own = {(type(stored), stored.pk), _place(stored)} if self._hidden else set()
        return not self._hidden.isdisjoint(own)

    def _once(self, record: Any, read: Callable[[Any], Any]) -> Any:
        if id(record) not in self._read:
            self._read[id(record)] = (record, read(record))
        return self._read[id(record)][1]


def source_among(pages: list[Screener], default_locale: int) -> Screener | None:
    """Of a screener's pages, the oldest first, the one whose structure counts."""
    own = [page for page in pages if not page.alias_of_id] or pages
    return next(
        (page for page in own if page.locale_id == default_locale),
        own[0] if own else None,
    )


def _place(record: Screener | Record) -> tuple[Any, ...]:
    """Where at most one record can stand."""
    if isinstance(record, Screener):
        place: tuple[Any, ...] = (record.translation_key, record.alias_of_id)
    elif isinstance(record, ChartRow):
        place = (record.chart_id, record.key)
    else:
        place = (record.key,)
    return (type(record), record.locale_id, *place)


def _stored(model: Any, locale: Locale, keys: list[str]) -> Any:
    if model is ChartRow:
        rows = model.objects.filter(locale=locale, chart__key__in=keys)
        return rows.select_related("chart")
    records = model.objects.filter(locale=locale, key__in=keys)
    return records.prefetch_related("values") if model is Threshold else records


def _order(record: Any) -> tuple[int, bool, int]:
    return getattr(record, "sort_order", 0), *_age(record)


def _age(record: Any) -> tuple[bool, int]:
    """To sort the oldest first; what is not stored yet is the newest."""
    return record.pk is None, record.pk or 0


def _used(parts: dict[Name, Part]) -> tuple[set[str], set[str]]:
    thresholds: set[str] = set()
    charts: set[str] = set()
    for part in parts.values():
        if chart := part["piece"].get("chart"):
            charts.add(chart)
        for value in part["piece"].values():
            thresholds |= _named_thresholds(value)
        thresholds |= _placeholders(part["texts"])
    return thresholds, charts


def _named_thresholds(value: Any) -> set[str]:
    """Every `{"threshold": key}` operand in a condition, however deep."""
    if isinstance(value, dict):
        named = {key for key in [value.get("threshold")] if isinstance(key, str)}
        return named.union(*map(_named_thresholds, value.values()))
    if isinstance(value, list):
        return set().union(*map(_named_thresholds, value))
    return set()


def _placeholders(texts: Any) -> set[str]:
    """Every `{key}` in a text; those that are no threshold the check reports."""
    if isinstance(texts, str):
        return set(re.findall(r"\{([a-z0-9_]+)\}", texts))
    return set().union(*map(_placeholders, texts.values()))
