"""Write parts to editors' records: how a law pack or an import comes in."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from plugins.registry import make_block_name
from screening_block.models import ChartRow, Screener, ThresholdValue

from . import editor_note_records
from .from_models import CITATION_FIELDS, MARKS, RULES
from .parts import QUESTION_WORDS, Part, PartName


def _date(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None


def _fill_source(record: Any, piece: dict[str, Any]) -> None:
    kept = editor_note_records.read_record_notes(record)
    record.citations = [
        {"type": "citation", "value": _citation(c)} for c in piece.get("citations", [])
    ]
    editor_note_records.write_record_notes(record, kept)
    record.status = piece["status"]
    record.checked_on = _date(piece.get("checked_on"))


def _citation(citation: dict[str, str]) -> dict[str, str]:
    said = {name: citation.get(name, "") for name in CITATION_FIELDS}
    return {**said, "editors_note": ""}


def fill_threshold(threshold: Any, part: Part) -> None:
    piece, texts = part["piece"], part["texts"]
    threshold.label = texts["label"]
    threshold.note = texts.get("note", "")
    threshold.kind = piece["type"]
    threshold.unit = piece.get("unit") or ""
    threshold.checked_by = piece.get("checked_by") or ""
    _fill_source(threshold, piece)
    threshold.values = [
        ThresholdValue(
            sort_order=place,
            starts_on=_date(value["from"]),
            number=None if piece["type"] == "date" else value["value"],
            day=_date(value["value"]) if piece["type"] == "date" else None,
        )
        for place, value in enumerate(piece["values"])
    ]


def fill_chart(chart: Any, part: Part) -> None:
    labels = part["texts"]["columns"]
    words = part["texts"].get("values", {})
    chart.label = part["texts"]["label"]
    chart.columns = [
        {
            "type": "column",
            "value": {
                "key": column["key"],
                "label": labels[column["key"]],
                "kind": column["type"],
                "values": [
                    {"key": v, "label": words.get(column["key"], {}).get(v, v)}
                    for v in column["values"]
                ],
                "default": _list(column.get("default")),
            },
        }
        for column in part["piece"]["columns"]
    ]


def fill_row(row: ChartRow, part: Part) -> None:
    row.label = part["texts"]["label"]
    row.cells = part["piece"]["cells"]
    _fill_source(row, part["piece"])


def fill_settings(screener: Screener, part: Part) -> None:
    piece, texts = part["piece"], part["texts"]
    screener.title = texts["title"]
    screener.intro = texts.get("intro", "")
    screener.at_hand = texts.get("at_hand", "")
    screener.foreign_words = texts.get("foreign_words", "")
    screener.minutes = piece.get("about", {}).get("minutes")
    screener.jurisdiction = piece["jurisdiction"]
    screener.time_zone = piece["time_zone"]
    screener.roll = piece["roll"]
    review = piece["review"]
    screener.reviewer = review.get("reviewer") or ""
    screener.reviewed_on = _date(review.get("reviewed_on"))
    screener.next_review_due = _date(review.get("next_due"))
    screener.exclusive = piece.get("exclusive", [])
    shown = piece.get("shown", {})
    screener.open_most = shown.get("open_most")
    groups: Any = _result_groups(shown, texts.get("shown", {}))
    screener.result_groups = groups


def _result_groups(
    shown: dict[str, Any], headings: dict[str, str]
) -> list[dict[str, Any]]:
    """Return a screener's own groups of findings, and its headings for the others."""
    groups = {one["key"]: one["of"] for one in shown.get("groups", ())}
    values = [
        ("group", {"key": key, "of": of, "heading": headings.get(key, "")})
        for key, of in groups.items()
    ]
    values += [
        ("heading", {"group": key, "heading": heading})
        for key, heading in headings.items()
        if key not in groups
    ]
    # Without an id each would get another one whenever the screener is opened.
    return [
        {"type": kind, "value": value, "id": str(uuid4())} for kind, value in values
    ]


def build_block(name: PartName, part: Part) -> dict[str, Any]:
    """Return what stands in a list of the screener as raw StreamField data,
    `{type, value}`."""
    makers = {
        "question": _question_block,
        "fact": _fact_block,
        "finding": _finding_block,
    }
    return makers.get(name.kind, _line_block)(part["piece"], part["texts"])


def _question_block(piece: dict[str, Any], texts: dict[str, Any]) -> dict[str, Any]:
    value = {name: given for name, given in piece.items() if name != "type"}
    value |= {word: texts.get(word, "") for word in QUESTION_WORDS}
    if "options" in piece:
        value["options"] = [
            {
                "key": option["key"],
                "label": texts["options"][option["key"]],
                "exclusive": option.get("exclusive", False),
            }
            for option in piece["options"]
        ]
    return {"type": make_block_name(piece["type"]), "value": value}


def _fact_block(piece: dict[str, Any], texts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "fact", "value": {**piece, "label": texts["label"]}}


def _line_block(piece: dict[str, Any], texts: dict[str, Any]) -> dict[str, Any]:
    # What an untouched form posts.
    value = {"when": None, "reassures": False, **piece, "text": texts["text"]}
    return {"type": "line", "value": value}


def _finding_block(piece: dict[str, Any], texts: dict[str, Any]) -> dict[str, Any]:
    copied = ("key", "group", "severity", "status", "checked_on", *RULES)
    value = {name: piece.get(name) for name in copied}
    value |= {name: piece.get(name, False) for name in MARKS}
    value |= {"heading": texts["heading"], "body": texts["body"]}
    # What an untouched form posts.
    value |= {"checked_by": "", "watch": [], "editors_note": ""}
    value["citations"] = [_citation(c) for c in piece.get("citations", [])]
    value["notes"] = [
        {"reassures": False, **note, "text": texts["notes"][note["key"]]}
        for note in piece.get("notes", [])
    ]
    value["actions"] = [
        {
            "key": action["key"],
            "kind": action["type"],
            "label": texts["actions"][action["key"]],
            "url": action.get("url", ""),
            "subject": action.get("subject", ""),
        }
        for action in piece.get("actions", [])
    ]
    return {"type": "finding", "value": value}


def _list(value: Any) -> list:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def replace_block(old: dict, new: dict) -> dict:
    """Return `new` in the place of `old`, with the editor notes and next review of
    `old`."""
    value = {k: v for k, v in old["value"].items() if k == "next_review"}
    value = {**new["value"], **value}
    if new["type"] == "finding":
        value = editor_note_records.replace_finding_notes(
            value, editor_note_records.read_raw_finding_notes(old["value"])
        )
    return {**new, "id": old.get("id"), "value": value}


#: How a record of the law is filled with a part.
FILLERS: dict[str, Callable[[Any, Part], None]] = {
    "threshold": fill_threshold,
    "chart": fill_chart,
    "row": fill_row,
}
