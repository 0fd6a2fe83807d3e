"""From live records to a release dict."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale

from screening_block.models import Chart, ChartRow, Screener, Threshold

from .from_models import chart_part, row_part, screener_parts, threshold_part
from .parts import Name, Part, put_together


def source_of(screener: Screener) -> Screener:
    """The page whose structure counts: the default locale's, else the oldest."""
    pages = Screener.objects.filter(translation_key=screener.translation_key)
    default = pages.filter(locale=Locale.get_default()).first()
    source = default or pages.order_by("pk").first() or screener
    return screener if source.pk == screener.pk else source


def used(screener: Screener) -> tuple[set[str], set[str]]:
    """Keys of the thresholds and the charts that a screener names."""
    thresholds: set[str] = set()
    charts: set[str] = set()
    for part in screener_parts(screener).values():
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


def compile_screener(screener: Screener, *, drafts: bool = False) -> dict[str, Any]:
    """The release dict of a screener page with the thresholds and charts it uses.

    `screener` itself is taken as given (it may hold unpublished changes); what it
    uses is taken live, or with `drafts` as last saved. A threshold or chart that
    is not there is left out: the engine's check then names each place using it.
    """
    source = source_of(screener)
    own = screener_parts(source)
    locale = source.locale
    shared = _shared_records(*used(source), locale, drafts)
    parts = {**_parts_of(shared), **own}
    translations = {
        other.locale.language_code: {
            name: part["texts"]
            for name, part in {
                **shared_parts(*used(source), other.locale, drafts),
                **screener_parts(other),
            }.items()
            if name in parts
        }
        for other in _translations(source, screener)
    }
    release = put_together(parts, locale.language_code, translations)
    release["review"] = {
        **release["review"],
        "next_due": _next_due(source, shared.values()),
    }
    return release


def _next_due(screener: Screener, records: Iterable[Any]) -> str | None:
    """The earliest day on which the screener or a part of it is to be reviewed."""
    days = [
        screener.next_review_due,
        *(finding.value["next_review"] for finding in screener.findings),
        *(getattr(record, "next_review", None) for record in records),
    ]
    return min((day.isoformat() for day in days if day), default=None)


def _translations(source: Screener, given: Screener) -> list[Screener]:
    others = (
        Screener.objects.live()
        .filter(translation_key=source.translation_key)
        .exclude(pk=source.pk)
        .select_related("locale")
        .order_by("locale__language_code")
    )
    # The page being published is taken from memory: its row may be older.
    return [given if other.pk == given.pk else other for other in others]


def _shared_records(
    thresholds: set[str], charts: set[str], locale: Locale, drafts: bool
) -> dict[Name, Any]:
    """The thresholds, charts and rows of a screener, by the names of their parts."""
    records: dict[Name, Any] = {}
    for threshold in _records(Threshold, drafts, locale, key__in=thresholds):
        records[Name("threshold", threshold.key)] = threshold
    for chart in _records(Chart, drafts, locale, key__in=charts):
        records[Name("chart", chart.key)] = chart
        for row in _records(ChartRow, drafts, locale, chart__key=chart.key):
            records[Name("row", f"{chart.key}/{row.key}")] = row
    return records


def shared_parts(
    thresholds: set[str], charts: set[str], locale: Locale, drafts: bool
) -> dict[Name, Part]:
    """The thresholds and charts of these keys, with all rows: live or as last saved."""
    return _parts_of(_shared_records(thresholds, charts, locale, drafts))


def _parts_of(records: dict[Name, Any]) -> dict[Name, Part]:
    make = {"threshold": threshold_part, "chart": chart_part, "row": row_part}
    return {name: make[name.kind](record) for name, record in records.items()}


def _records(model: Any, drafts: bool, locale: Locale, **where: Any) -> list[Any]:
    records = model.objects.filter(locale=locale, **where)
    if model is ChartRow:
        records = records.order_by("sort_order", "pk")
    else:
        records = records.order_by("key")
    if model is Threshold:
        records = records.prefetch_related("values")
    if not drafts:
        return list(records.filter(live=True))
    return [record.get_latest_revision_as_object() for record in records]
