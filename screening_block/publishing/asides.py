"""What editors keep beside a part of the law, which is never compiled into a release.

An **aside** is a mapping whose members may all be absent::

    {
        "note": "...",                # for editors, in lines
        "checked_by": "...",          # who read the law (of a threshold it is public)
        "watch": [                    # the law watch: what would change it
            {"what": "...", "look_again": "2027-01-15", "url": "https://..."}
        ],
        "citations": [{"text": "INA 101", "note": "..."}],  # notes, by citation
    }

A citation is named by its text. In a pack's files all of it stands where it belongs: a
note in its citation, the rest in the rule, the chart row or the threshold. There the
note of a threshold is called `editors_note`, because its `note` is for visitors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Aside = dict[str, Any]

#: Of what a pack's sections and their lists are, as kinds of parts.
_KINDS = {"thresholds": "threshold", "findings": "finding"}
_NOTES = {"threshold": "editors_note"}


def lift(kind: str, item: dict[str, Any]) -> Aside:
    """Take what is for editors out of a pack's threshold, row or finding."""
    aside = {
        "note": item.pop(_NOTES.get(kind, "note"), ""),
        "checked_by": "" if kind == "threshold" else item.pop("checked_by", ""),
        "watch": [filled(one) for one in item.pop("watch", [])],
        "citations": [
            {"text": one["text"], "note": note}
            for one in item.get("citations", [])
            if (note := one.pop("note", ""))
        ],
    }
    return filled(aside)


def lower(kind: str, item: dict[str, Any], aside: Aside) -> dict[str, Any]:
    """`item` of a pack with its aside in it again."""
    notes = by_citation(aside)
    citations = [
        one | ({"note": notes.pop(one["text"])} if one["text"] in notes else {})
        for one in item.get("citations", [])
    ]
    said = {_NOTES.get(kind, "note"): aside.get("note", "")}
    said |= {name: aside.get(name) for name in ("checked_by", "watch")}
    held = {"citations": citations} if "citations" in item else {}
    return {**item, **held, **filled(said)}


def of_parts(parts: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Aside]]:
    """What a pack's parts keep, by kind and key (`chart/row` of a row), and lift it.

    Whoever calls this gives parts of their own: nothing for editors is left in them.
    """
    for section, kind in _KINDS.items():
        for item in parts[section]:
            yield (kind, item["key"]), lift(kind, item)
    for chart in parts["charts"]:
        for row in chart["rows"]:
            yield ("row", f"{chart['key']}/{row['key']}"), lift("row", row)


def by_citation(aside: Aside) -> dict[str, str]:
    """The notes of the citations by the citations' texts, those of one text as one."""
    notes: dict[str, str] = {}
    for one in aside.get("citations", []):
        before = notes.get(one["text"])
        notes[one["text"]] = f"{before}\n{one['note']}" if before else one["note"]
    return notes


def told(aside: Aside) -> Aside:
    """What an aside says about the law. Who read it is no part of that."""
    return {name: said for name, said in aside.items() if name != "checked_by"}


def filled(given: Mapping[str, Any]) -> dict[str, Any]:
    """Without the members that say nothing."""
    return {name: value for name, value in given.items() if value}
