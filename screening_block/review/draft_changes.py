"""Compare a draft with what is published, for a reviewer."""

from collections.abc import Callable
from typing import Any

from screening_block.models import Chart, ChartRow, Release, Screener, Threshold
from screening_block.publishing import editor_note_records
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.from_models import (
    chart_part,
    row_part,
    screener_parts,
    threshold_part,
)
from screening_block.publishing.parts import Part, PartName, assemble_release

from .changes import EMPTY_STATE, LawState, PartChange, compare_states


def draft_changes(record: Any) -> list[PartChange]:
    """Return what publishing the newest draft of `record` changes in it, in plain
    words.

    If nothing is published yet, all of it is new.
    """
    draft = record.get_latest_revision_as_object()
    published = type(record).objects.filter(pk=record.pk, live=True).first()
    if isinstance(record, Screener):
        new = _screener_state(draft, compile_screener(draft, drafts=True))
        if published is None:
            return compare_states(EMPTY_STATE, new)
        current = Release.current(record.key)
        data = current.load().data if current else compile_screener(published)
        return compare_states(_screener_state(published, dict(data)), new)
    old = _state(published) if published else EMPTY_STATE
    return compare_states(old, _state(draft))


def _screener_state(screener: Screener, data: dict[str, Any]) -> LawState:
    locale, kept = (
        screener.locale.language_code,
        editor_note_records.read_screener_notes(screener),
    )
    return LawState(screener_parts(screener), data, locale, kept)


def _state(record: Any) -> LawState:
    name, read = _PARTS[type(record)]
    parts: dict[PartName, Part] = {name(record): read(record)}
    locale = record.locale.language_code
    around = dict(parts)
    if isinstance(record, ChartRow):
        # The row's words are labels of its chart.
        around = {
            PartName("chart", record.chart.key): chart_part(record.chart),
            **parts,
        }
    kept = {name(record): editor_note_records.read_record_notes(record)}
    return LawState(parts, assemble_release(around, locale, {}), locale, kept)


_PARTS: dict[type, tuple[Callable[[Any], PartName], Callable[[Any], Part]]] = {
    Threshold: (lambda record: PartName("threshold", record.key), threshold_part),
    Chart: (lambda record: PartName("chart", record.key), chart_part),
    ChartRow: (
        lambda record: PartName("row", f"{record.chart.key}/{record.key}"),
        row_part,
    ),
}


def is_reviewable(record: Any) -> bool:
    """Whether changes of `record` can be described in words."""
    return isinstance(record, Screener) or type(record) in _PARTS
