"""Editor notes: what editors record about a part and no release contains.

They are a mapping whose members may all be absent::

    {
        "note": "...",                # for editors, in lines
        "checked_by": "...",          # who read the law (for a threshold it is public)
        "watch": [                    # the law watch: what would change it
            {"what": "...", "look_again": "2027-01-15", "url": "https://..."}
        ],
        "citations": [{"text": "INA 101", "note": "..."}],  # notes on citations
    }

A citation is named by its text. In a pack's files each note stands where it belongs: in
its citation, or in the rule, the chart row or the threshold. The note of a threshold is
called `editors_note` there, because its `note` is for visitors.
"""

from collections.abc import Iterator, Mapping
from typing import Any

EditorNotes = dict[str, Any]

#: Of what a pack's sections and their lists are, as kinds of parts.
_KINDS = {"thresholds": "threshold", "findings": "finding"}
_NOTES = {"threshold": "editors_note"}


def take_notes(kind: str, item: dict[str, Any]) -> EditorNotes:
    """Remove the editor notes from a pack's threshold, row or finding; return them."""
    notes = {
        "note": item.pop(_NOTES.get(kind, "note"), ""),
        "checked_by": "" if kind == "threshold" else item.pop("checked_by", ""),
        "watch": [drop_empty(one) for one in item.pop("watch", [])],
        "citations": [
            {"text": one["text"], "note": note}
            for one in item.get("citations", [])
            if (note := one.pop("note", ""))
        ],
    }
    return drop_empty(notes)


def add_notes(kind: str, item: dict[str, Any], notes: EditorNotes) -> dict[str, Any]:
    """Return an item of a pack with its editor notes put back."""
    cited_notes = notes_by_citation(notes)
    citations = [
        one
        | ({"note": cited_notes.pop(one["text"])} if one["text"] in cited_notes else {})
        for one in item.get("citations", [])
    ]
    added = {_NOTES.get(kind, "note"): notes.get("note", "")}
    added |= {name: notes.get(name) for name in ("checked_by", "watch")}
    cited = {"citations": citations} if "citations" in item else {}
    return {**item, **cited, **drop_empty(added)}


def take_all_notes(
    parts: Mapping[str, Any],
) -> Iterator[tuple[tuple[str, str], EditorNotes]]:
    """Remove the editor notes from a pack's parts, and yield them by kind and key.

    The key of a row is `chart/row`. Pass a copy: `parts` is changed.
    """
    for section, kind in _KINDS.items():
        for item in parts[section]:
            yield (kind, item["key"]), take_notes(kind, item)
    for chart in parts["charts"]:
        for row in chart["rows"]:
            yield ("row", f"{chart['key']}/{row['key']}"), take_notes("row", row)


def notes_by_citation(notes: EditorNotes) -> dict[str, str]:
    """Return the notes on citations by citation text; those of one text are joined."""
    by_text: dict[str, str] = {}
    for one in notes.get("citations", []):
        before = by_text.get(one["text"])
        by_text[one["text"]] = f"{before}\n{one['note']}" if before else one["note"]
    return by_text


def drop_checker(notes: EditorNotes) -> EditorNotes:
    """Return notes without `checked_by`: what they say about the law."""
    return {name: value for name, value in notes.items() if name != "checked_by"}


def drop_empty(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping without its empty members."""
    return {name: value for name, value in given.items() if value}
