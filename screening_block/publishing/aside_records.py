"""What editors keep beside the law (see `asides`): read from records, written to them.

A note of a citation goes by the citation's text. Where a citation is gone, its note
becomes part of the note of the rule, so that nobody's words are lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from screening_block.models import ChartRow, Screener, Threshold

from .asides import Aside, by_citation, filled
from .content import Content
from .parts import Name

#: What editors keep beside parts, by the parts' names. A part that is not in it keeps
#: nothing, or, of a file, is not spoken of.
Asides = Mapping[Name, Aside]


def of_record(record: Any) -> Aside:
    """What is kept beside a record of the law; beside a chart there is nothing."""
    if not isinstance(record, Threshold | ChartRow):
        return {}
    return _aside(
        record.editors_note,
        record.checked_by if isinstance(record, ChartRow) else "",
        (child.value for child in record.watch),
        (child.value for child in record.citations),
    )


def of_finding(value: Any) -> Aside:
    """The same of a finding; `value` is the StructValue of its block."""
    by = value["checked_by"]
    return _aside(value["editors_note"], by, value["watch"], value["citations"])


def of_screener(screener: Screener) -> dict[Name, Aside]:
    """The same of a screener's findings."""
    found = {
        Name("finding", child.value["key"]): of_finding(child.value)
        for child in screener.findings
    }
    return filled_only(found)


def of_whole(screener: Screener, *, drafts: bool = False) -> dict[Name, Aside]:
    """The same of a screener and all it uses, as `compile_screener` takes them."""
    content = Content(drafts=drafts)
    source = content.source_of(screener)
    records = content.shared(*content.used(source), source.locale)
    found = {name: of_record(record) for name, record in records.items()}
    return filled_only({**found, **of_screener(source)})


def filled_only(asides: Asides) -> dict[Name, Aside]:
    return {name: aside for name, aside in asides.items() if aside}


def put_record(record: Any, aside: Aside) -> None:
    """Let a threshold or a row keep `aside`, and nothing else.

    Who checked it stays, where `aside` does not say.
    """
    notes = by_citation(aside)
    cited = record.citations.get_prep_value()
    for raw in cited:
        raw["value"]["editors_note"] = notes.pop(raw["value"]["text"], "")
    record.citations = cited
    record.editors_note = _with(aside.get("note", ""), notes)
    record.watch = [
        {"type": "watch", "value": _watch(one)} for one in aside.get("watch", [])
    ]
    if isinstance(record, ChartRow) and aside.get("checked_by"):
        record.checked_by = aside["checked_by"]


def put_finding(value: dict[str, Any], aside: Aside) -> dict[str, Any]:
    """The raw value of a finding's block that keeps `aside`, and nothing else."""
    notes = by_citation(aside)
    citations = [
        {**one, "editors_note": notes.pop(one["text"], "")}
        for one in map(_inner, value["citations"])
    ]
    return {
        **value,
        "citations": citations,
        "editors_note": _with(aside.get("note", ""), notes),
        "watch": [_watch(one) for one in aside.get("watch", [])],
        "checked_by": aside.get("checked_by") or value.get("checked_by") or "",
    }


def of_raw_finding(value: Mapping[str, Any]) -> Aside:
    """`of_finding` for the raw value of a block, as a stream stores it."""
    return _aside(
        value.get("editors_note"),
        value.get("checked_by"),
        map(_inner, value.get("watch") or ()),
        map(_inner, value.get("citations") or ()),
    )


def _aside(
    note: Any, checked_by: Any, watch: Iterable[Any], citations: Iterable[Any]
) -> Aside:
    aside = {
        "note": note,
        "checked_by": checked_by,
        "watch": [_said(one) for one in watch],
        "citations": [
            {"text": one["text"], "note": one["editors_note"]}
            for one in citations
            if one.get("editors_note")
        ],
    }
    return filled(aside)


def _said(watch: Any) -> dict[str, str]:
    """An entry of the law watch as files have it."""
    day = watch.get("look_again")
    iso = day if isinstance(day, str) or not day else day.isoformat()
    said = {"what": watch["what"], "look_again": iso, "url": watch.get("url")}
    return filled(said)


def _watch(said: Mapping[str, str]) -> dict[str, str | None]:
    """The raw value of its block."""
    return {
        "what": said["what"],
        "look_again": said.get("look_again"),
        "url": said.get("url", ""),
    }


def _inner(item: Any) -> dict[str, Any]:
    """A raw child of a list block: with its id beside it, or alone, as once was."""
    inner = item.get("value")
    return dict(inner if isinstance(inner, Mapping) else item)


def _with(note: str, homeless: Mapping[str, str]) -> str:
    lines = [f"{citation}: {said}" for citation, said in homeless.items()]
    return "\n".join(filter(None, [note, *lines]))
