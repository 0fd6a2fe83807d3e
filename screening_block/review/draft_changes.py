"""Compare a draft with what is published, for a reviewer."""

from typing import Any

from screening_block.models import Chart, ChartRow, Release, Screener, Threshold
from screening_block.publishing import editor_note_records
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.from_models import READERS, screener_parts
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
    kept = editor_note_records.read_screener_notes(screener)
    return LawState(screener_parts(screener), data, screener.locale.language_code, kept)


def _state(record: Any) -> LawState:
    name = PartName(_KINDS[type(record)], record.key)
    parts: dict[PartName, Part] = {}
    if isinstance(record, ChartRow):
        # The row's words are labels of its chart.
        chart = record.chart
        parts[PartName("chart", chart.key)] = READERS["chart"](chart)
        name = PartName("row", f"{chart.key}/{record.key}")
    parts[name] = READERS[name.kind](record)
    locale = record.locale.language_code
    kept = {name: editor_note_records.read_record_notes(record)}
    data = assemble_release(parts, locale, {})
    return LawState({name: parts[name]}, data, locale, kept)


_KINDS: dict[type, str] = {Threshold: "threshold", Chart: "chart", ChartRow: "row"}


def is_reviewable(record: Any) -> bool:
    """Whether changes of `record` can be described in words."""
    return isinstance(record, Screener) or type(record) in _KINDS
