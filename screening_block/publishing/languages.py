"""Find the records of a part, and make those of another language."""

from typing import Any

from wagtail.models import Locale

from screening_block.models import Chart, ChartRow, Screener, Threshold

from .parts import PartName

#: The kinds of parts that are records of their own, beside the screener.
LAW_MODELS: dict[str, Any] = {"threshold": Threshold, "chart": Chart, "row": ChartRow}


def find_record(name: PartName, locale: Locale) -> Any:
    """Return a threshold, chart or row in a language, or None."""
    where: dict[str, Any] = {"key": name.key}
    if name.kind == "row":
        chart, key = name.key.split("/")
        where = {"chart__key": chart, "key": key}
    return LAW_MODELS[name.kind].objects.filter(locale=locale, **where).first()


def new_record(
    name: PartName, locale: Locale, source: Locale | None, place: int
) -> Any:
    """Return a new threshold, chart or row, not saved yet.

    With `source` it is the translation of the record in that language. `place` orders
    the rows of a chart, which must exist.
    """
    key = name.key.rpartition("/")[2]
    if source:
        record = find_record(name, source).copy_for_translation(locale)
    else:
        record = LAW_MODELS[name.kind](locale=locale, key=key)
    if isinstance(record, ChartRow):
        record.sort_order = place
        chart = name.key.partition("/")[0]
        record.chart = find_record(PartName("chart", chart), locale)
    return record


def translate_screener(key: str, source: Locale, locale: Locale) -> Screener:
    """Return a new page of the screener `key` in another language, as a draft.

    It stands below its parent’s page in that language; without one, below an alias of
    the parent.
    """
    page = Screener.objects.get(key=key, locale=source)
    translated: Screener = page.copy_for_translation(locale, copy_parents=True)
    return translated
