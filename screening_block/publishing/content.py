"""The records a screener is made of: live, as last saved, or as an action leaves them.

A compilation reads every record through one `Content`. To find out what an action would
change for visitors, compile a `Content` in which it has been done: nothing is written.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from wagtail.models import Locale

from screening_block.models import Chart, ChartRow, Screener, Threshold
from screening_block.public import unrestricted

from .from_models import READERS, screener_parts
from .parts import Part, PartName

Record = Threshold | Chart | ChartRow


def source_of(screener: Screener) -> Screener:
    """Return the page with the structure: the default locale's, else the oldest."""
    return Content().source_of(screener)


def used_keys(screener: Screener) -> tuple[set[str], set[str]]:
    """Return the keys of the thresholds and of the charts that a screener uses."""
    return _used_keys(screener_parts(screener))


def as_last_saved(record: Any) -> Any:
    """Return a record with what its draft says, or as it is where it has none."""
    if record.has_unpublished_changes and record.latest_revision_id:
        return record.get_latest_revision_as_object()
    return record


def used_names(parts: dict[PartName, Part]) -> set[PartName]:
    """Return the names (see `part_name`) of the thresholds and charts in a screener's
    own parts."""
    thresholds, charts = _used_keys(parts)
    return {PartName("threshold", key) for key in thresholds} | {
        PartName("chart", key) for key in charts
    }


def part_name(record: Record) -> PartName:
    """Return the name by which screeners use `record`; a row has that of its chart."""
    if isinstance(record, Threshold):
        return PartName("threshold", record.key)
    if isinstance(record, ChartRow):
        return PartName("chart", record.chart.key)
    return PartName("chart", record.key)


class Content:
    """The records to compile, each read at most once.

    `drafts`: thresholds, charts and rows as last saved, otherwise as published.
    `overlay`: records, saved or not, that replace what is stored, as they are
    (unpublished where `live` is False). `deleted`: stored records to leave out.

    Valid only until something is written.
    """

    def __init__(
        self,
        *,
        drafts: bool = False,
        overlay: Iterable[Screener | Record] = (),
        deleted: Iterable[Screener | Record] = (),
    ):
        self._drafts = drafts
        self._overlay = list(overlay)
        # A record of the overlay hides the one it is made from, wherever that stood.
        self._hidden = {_place(one) for one in [*self._overlay, *deleted]}
        self._hidden |= {(type(one), one.pk) for one in [*self._overlay, *deleted]}
        self._pages: dict[UUID, list[Screener]] = {}
        # By model and locale, then by key.
        self._shared: dict[Any, dict[str, list[Any]]] = defaultdict(dict)
        # By object: a page in memory may differ from the one that is stored. Each is
        # held together with what was read of it, so that no other takes its id.
        self._read: dict[int, tuple[Any, Any]] = {}

    # -- Screeners

    def source_of(self, screener: Screener) -> Screener:
        """Do the function `source_of` with these records."""
        pages = self.pages(screener.translation_key)
        source = pick_source(pages, Locale.get_default().pk) or screener
        return screener if source.pk == screener.pk else source

    def pages(self, translation_key: UUID) -> list[Screener]:
        """Return a screener's pages in all languages, live or not, the oldest first."""
        self._read_pages([translation_key])
        return self._pages[translation_key]

    def live_sources(self, among: Iterable[UUID] | None = None) -> list[Screener]:
        """Return the structure page of every screener whose structure page is live.

        `among`: only of these screeners, by translation key, and those of the overlay.
        """
        live = Screener.objects.live().values_list("translation_key", flat=True)
        if among is not None:
            live = live.filter(translation_key__in=set(among)).order_by()
        put = [page for page in self._overlay if isinstance(page, Screener)]
        keys = list(dict.fromkeys([*live, *(page.translation_key for page in put)]))
        self._read_pages(keys)
        default = Locale.get_default().pk
        sources = [pick_source(self._pages[key], default) for key in keys]
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
        """Return the pages of a screener in other languages that everybody may read.

        Aliases are left out: they have no content of their own.
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

    def parts(self, screener: Screener) -> dict[PartName, Part]:
        """Return `screener_parts` of a page, computed once."""
        return self._once(screener, screener_parts)

    def used_keys(self, screener: Screener) -> tuple[set[str], set[str]]:
        """Return the keys of the thresholds and of the charts that a screener uses."""
        return _used_keys(self.parts(screener))

    def names(self, screener: Screener) -> set[PartName]:
        """Return the same keys as part names (see `part_name`)."""
        return used_names(self.parts(screener))

    # -- Thresholds and charts

    def shared(
        self, thresholds: Iterable[str], charts: Iterable[str], locale: Locale
    ) -> dict[PartName, Any]:
        """Return the thresholds and charts with these keys, and all rows, by part name.

        Missing ones are left out.
        """
        records: dict[PartName, Any] = {}
        for key, found in self._records(Threshold, locale, thresholds).items():
            records |= {PartName("threshold", key): threshold for threshold in found}
        rows_by_chart = self._records(ChartRow, locale, charts)
        for key, found in self._records(Chart, locale, charts).items():
            rows = {PartName("row", f"{key}/{r.key}"): r for r in rows_by_chart[key]}
            for chart in found:
                records |= {PartName("chart", key): chart, **rows}
        return records

    def shared_parts(
        self, thresholds: Iterable[str], charts: Iterable[str], locale: Locale
    ) -> dict[PartName, Part]:
        """Return the same records as parts."""
        records = self.shared(thresholds, charts, locale)
        return {n: self._once(record, READERS[n.kind]) for n, record in records.items()}

    def _records(
        self, model: type[Record], locale: Locale, keys: Iterable[str]
    ) -> dict[str, list[Any]]:
        """Return the records of a locale by key; rows, several, by the key of their
        chart."""
        wanted = sorted(keys)
        known = self._shared[model, locale.pk]
        if missing := [key for key in wanted if key not in known]:
            known |= {key: [] for key in missing}
            for record in self._overlaid(model, _stored(model, locale, missing)):
                key = part_name(record).key
                counts = record.locale_id == locale.pk and (self._drafts or record.live)
                if counts and key in missing:
                    known[key].append(record)
            for key in missing:
                known[key].sort(key=_order)
        return {key: known[key] for key in wanted}

    # -- Both

    def _overlaid(self, model: type[Any], stored: Iterable[Any]) -> list[Any]:
        """Return the stored records that are not hidden, and those of the overlay."""
        found = [one for one in stored if not self._is_hidden(one)]
        if self._drafts and model is not Screener:
            found = [as_last_saved(one) for one in found]
        return [*found, *(one for one in self._overlay if type(one) is model)]

    def _is_hidden(self, stored: Any) -> bool:
        own = {(type(stored), stored.pk), _place(stored)} if self._hidden else set()
        return not self._hidden.isdisjoint(own)

    def _once(self, record: Any, read: Callable[[Any], Any]) -> Any:
        if id(record) not in self._read:
            self._read[id(record)] = (record, read(record))
        return self._read[id(record)][1]


def pick_source(pages: list[Screener], default_locale: int) -> Screener | None:
    """Return the page that gives the structure, of pages with the oldest first."""
    own = [page for page in pages if not page.alias_of_id] or pages
    ours = [page for page in own if page.locale_id == default_locale]
    return next(iter([*ours, *own]), None)


def _place(record: Screener | Record) -> tuple[Any, ...]:
    """Return what identifies a record in its locale: at most one can have it."""
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
    """Return a sort key, the oldest first; what is not stored yet is the newest."""
    return record.pk is None, record.pk or 0


def _used_keys(parts: dict[PartName, Part]) -> tuple[set[str], set[str]]:
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
    """Return the key of every `{"threshold": key}` operand in a condition."""
    if isinstance(value, dict):
        named = {key for key in [value.get("threshold")] if isinstance(key, str)}
        return named.union(*map(_named_thresholds, value.values()))
    if isinstance(value, list):
        return set().union(*map(_named_thresholds, value))
    return set()


def _placeholders(texts: Any) -> set[str]:
    """Return every `{key}` in the texts; the check reports those without threshold."""
    if isinstance(texts, str):
        return set(re.findall(r"\{([a-z0-9_]+)\}", texts))
    return set().union(*map(_placeholders, texts.values()))
