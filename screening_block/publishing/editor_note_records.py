"""Read editor notes (see `editor_notes`) from records, and write them to records.

The note on a citation is found by the citation's text. If the citation is gone, its
note is added to the note of the rule, so that nothing is lost.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from screening_block.models import ChartRow, Screener, Threshold

from .content import Content
from .editor_notes import EditorNotes, drop_empty, notes_by_citation
from .parts import PartName

#: Editor notes by part. A part that is missing has no notes or, in a file, is not
#: mentioned.
NotesByPart = Mapping[PartName, EditorNotes]


def read_record_notes(record: Any) -> EditorNotes:
    """Return the notes of a threshold or chart row; a chart has none."""
    if not isinstance(record, Threshold | ChartRow):
        return {}
    return _build_notes(
        record.editors_note,
        record.checked_by if isinstance(record, ChartRow) else "",
        (child.value for child in record.watch),
        (child.value for child in record.citations),
    )


def read_finding_notes(value: Any) -> EditorNotes:
    """Return the notes of a finding; `value` is the StructValue of its block."""
    by = value["checked_by"]
    return _build_notes(value["editors_note"], by, value["watch"], value["citations"])


def read_screener_notes(screener: Screener) -> dict[PartName, EditorNotes]:
    """Return the notes of a screener's findings."""
    found = {
        PartName("finding", child.value["key"]): read_finding_notes(child.value)
        for child in screener.findings
    }
    return drop_empty_notes(found)


def read_all_notes(
    screener: Screener, *, drafts: bool = False
) -> dict[PartName, EditorNotes]:
    """Return the notes of a screener and all it uses (see `compile_screener`)."""
    content = Content(drafts=drafts)
    source = content.source_of(screener)
    records = content.shared(*content.used_keys(source), source.locale)
    found = {name: read_record_notes(record) for name, record in records.items()}
    return drop_empty_notes({**found, **read_screener_notes(source)})


def drop_empty_notes(notes_by_part: NotesByPart) -> dict[PartName, EditorNotes]:
    """Return `notes_by_part` without the parts that have no notes."""
    return {name: notes for name, notes in notes_by_part.items() if notes}


def write_record_notes(record: Any, notes: EditorNotes) -> None:
    """Replace the notes of a threshold or a row by `notes`.

    `checked_by` stays unless `notes` has it.
    """
    cited_notes = notes_by_citation(notes)
    cited = record.citations.get_prep_value()
    for raw in cited:
        raw["value"]["editors_note"] = cited_notes.pop(raw["value"]["text"], "")
    record.citations = cited
    record.editors_note = _append_notes(notes.get("note", ""), cited_notes)
    record.watch = [
        {"type": "watch", "value": _watch_block(one)} for one in notes.get("watch", [])
    ]
    if isinstance(record, ChartRow) and notes.get("checked_by"):
        record.checked_by = notes["checked_by"]


def replace_finding_notes(value: dict[str, Any], notes: EditorNotes) -> dict[str, Any]:
    """Return the raw value of a finding's block with its notes replaced by `notes`."""
    cited_notes = notes_by_citation(notes)
    citations = [
        {**one, "editors_note": cited_notes.pop(one["text"], "")}
        for one in map(_list_item, value["citations"])
    ]
    return {
        **value,
        "citations": citations,
        "editors_note": _append_notes(notes.get("note", ""), cited_notes),
        "watch": [_watch_block(one) for one in notes.get("watch", [])],
        "checked_by": notes.get("checked_by") or value.get("checked_by") or "",
    }


def read_raw_finding_notes(value: Mapping[str, Any]) -> EditorNotes:
    """Return the notes of a finding, given the raw value that a stream stores."""
    return _build_notes(
        value.get("editors_note"),
        value.get("checked_by"),
        map(_list_item, value.get("watch") or ()),
        map(_list_item, value.get("citations") or ()),
    )


def _build_notes(
    note: Any, checked_by: Any, watch: Iterable[Any], citations: Iterable[Any]
) -> EditorNotes:
    notes = {
        "note": note,
        "checked_by": checked_by,
        "watch": [_watch_entry(one) for one in watch],
        "citations": [
            {"text": one["text"], "note": one["editors_note"]}
            for one in citations
            if one.get("editors_note")
        ],
    }
    return drop_empty(notes)


def _watch_entry(watch: Any) -> dict[str, str]:
    """Return an entry of the law watch as files have it."""
    day = watch.get("look_again")
    iso = day if isinstance(day, str) or not day else day.isoformat()
    entry = {"what": watch["what"], "look_again": iso, "url": watch.get("url")}
    return drop_empty(entry)


def _watch_block(entry: Mapping[str, str]) -> dict[str, str | None]:
    """Return the raw block value of an entry of the law watch."""
    return {
        "what": entry["what"],
        "look_again": entry.get("look_again"),
        "url": entry.get("url", ""),
    }


def _list_item(item: Any) -> dict[str, Any]:
    """Return the value of a raw child of a list block, with or without an id."""
    inner = item.get("value")
    return dict(inner if isinstance(inner, Mapping) else item)


def _append_notes(note: str, cited_notes: Mapping[str, str]) -> str:
    lines = [f"{citation}: {text}" for citation, text in cited_notes.items()]
    return "\n".join(filter(None, [note, *lines]))
