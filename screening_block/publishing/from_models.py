"""Convert editors' records to parts (see `parts`)."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from plugins.registry import parse_block_name
from screening_block.fields.chart_cells import columns_of
from screening_block.models import Chart, ChartRow, Screener, Threshold

from .parts import LISTS, QUESTION_WORDS, Part, PartName, is_empty, make_part

CITATION_FIELDS = ("text", "url", "status", "source")
#: What a finding is or is not, beside its rules.
MARKS = ("off_paper", "reassures")
RULES = ("applies_when", "may_apply_when", "unless", "urgent_when")


def threshold_part(threshold: Threshold) -> Part:
    values = sorted(threshold.values.all(), key=lambda value: value.starts_on)
    piece = {
        "type": threshold.kind,
        "unit": threshold.unit or None,
        "values": [
            {"from": _day(value.starts_on), "value": _day(value.day) or value.number}
            for value in values
        ],
        **_source_fields(threshold),
        "checked_by": threshold.checked_by or None,
    }
    texts = {"label": threshold.label, "note": threshold.note}
    return make_part(piece, _filled(texts))


def chart_part(chart: Chart) -> Part:
    columns = columns_of(chart)
    kept = ("key", "type", "values", "default")
    piece = {"columns": [{name: column[name] for name in kept} for column in columns]}
    texts = {
        "label": chart.label,
        "columns": {column["key"]: column["label"] for column in columns},
        "values": {column["key"]: column["words"] for column in columns},
    }
    return make_part(piece, texts)


def row_part(row: ChartRow) -> Part:
    piece = {"key": row.key, "cells": row.cells, **_source_fields(row)}
    return make_part(piece, {"label": row.label})


def screener_parts(screener: Screener) -> dict[PartName, Part]:
    """Return the screener's own parts: its settings, questions, facts and findings."""
    parts = {PartName("screener", screener.key): _settings_part(screener)}
    makers = {"question": question_part, "fact": _fact_part, "finding": finding_part}
    for kind, plural in LISTS.items():
        make = makers.get(kind, _line_part)
        for child in getattr(screener, plural):
            part = make(child.block_type, child.value)
            parts[PartName(kind, _unused(parts, kind, part["piece"]["key"]))] = part
    return parts


def _unused(parts: dict[PartName, Part], kind: str, key: str) -> str:
    """Return `key`, changed if a part has it already; the check then reports the
    second."""
    while PartName(kind, key) in parts:
        key += " "
    return key


def question_part(kind: str, value: Any) -> Part:
    """`value`: the StructValue of a question block; `kind`: its question type."""
    piece: dict[str, Any] = {"key": value["key"], "type": parse_block_name(kind)}
    texts = _filled({word: value.get(word) for word in QUESTION_WORDS})
    for name, given in value.items():
        if name in (*QUESTION_WORDS, "key") or is_empty(given):
            continue
        if name == "options":
            options = list(given)
            if options and not value.get("chart"):
                piece["options"] = [
                    _filled({"key": o["key"], "exclusive": o["exclusive"]})
                    for o in options
                ]
                texts["options"] = {o["key"]: o["label"] for o in options}
        else:
            piece[name] = given
    return make_part(piece, texts)


def _fact_part(_kind: str, value: Any) -> Part:
    piece = {"key": value["key"], "when": value["when"]}
    return make_part(piece, {"label": value["label"]})


def _line_part(_kind: str, value: Any) -> Part:
    piece = _filled({name: value[name] for name in ("key", "when", "reassures")})
    return make_part(piece, {"text": value["text"]})


def finding_part(_kind: str, value: Any) -> Part:
    piece = {
        "key": value["key"],
        "group": value["group"],
        "severity": value["severity"],
        **{rule: value[rule] for rule in RULES if value[rule]},
        "citations": read_citations(value["citations"]),
        "status": value["status"],
        "checked_on": _day(value["checked_on"]),
        **_filled({name: value.get(name) for name in MARKS}),
    }
    texts = {"heading": value["heading"], "body": value["body"]}
    if notes := list(value["notes"]):
        piece["notes"] = [
            {"key": n["key"], "when": n["when"]}
            | _filled({"reassures": n.get("reassures")})
            for n in notes
        ]
        texts["notes"] = {n["key"]: n["text"] for n in notes}
    actions = list(value["actions"])
    piece["actions"] = [
        _filled(
            {
                "key": a["key"],
                "type": a["kind"],
                "url": a["url"],
                "subject": a["subject"] if a["kind"] == "help" else "",
            }
        )
        for a in actions
    ]
    if actions:
        texts["actions"] = {a["key"]: a["label"] for a in actions}
    return make_part(piece, texts)


def _settings_part(screener: Screener) -> Part:
    piece = {
        "key": screener.key,
        "jurisdiction": screener.jurisdiction,
        "time_zone": screener.time_zone,
        "roll": screener.roll,
        "review": {
            "reviewer": screener.reviewer or None,
            "reviewed_on": _day(screener.reviewed_on),
            "next_due": _day(screener.next_review_due),
        },
    }
    if screener.exclusive:
        piece["exclusive"] = screener.exclusive
    if screener.minutes:
        piece["about"] = {"minutes": screener.minutes}
    headings = {}
    groups = []
    for child in screener.result_groups:
        value = child.value
        if child.block_type == "group":
            groups.append({"key": value["key"], "of": list(value["of"])})
        key = value["key"] if child.block_type == "group" else value["group"]
        headings[key] = value["heading"]
    if shown := _filled({"open_most": screener.open_most, "groups": groups}):
        piece["shown"] = shown
    texts = {"title": screener.title, "intro": screener.intro}
    said = _filled({"at_hand": screener.at_hand, "shown": headings})
    # Of the source language there are none: its own words are not foreign to it.
    if screener.foreign_words and screener.is_translation:
        said["foreign_words"] = screener.foreign_words
    return make_part(piece, texts | said)


def read_citations(blocks: Iterable[Any]) -> list[dict[str, str]]:
    """Return citation values (or stream children holding them) as in a release."""
    values = (getattr(block, "value", block) for block in blocks)
    return [_filled({name: v[name] for name in CITATION_FIELDS}) for v in values]


def _source_fields(record: Threshold | ChartRow) -> dict[str, Any]:
    return {
        "citations": read_citations(record.citations),
        "status": record.status,
        "checked_on": _day(record.checked_on),
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


#: How a record of the law is read as a part.
READERS: dict[str, Callable[[Any], Part]] = {
    "threshold": threshold_part,
    "chart": chart_part,
    "row": row_part,
}
