"""Editors' records as parts (see `parts`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plugins.registry import parse_block_name
from screening_block.fields.chart_cells import columns_of
from screening_block.models import Chart, ChartRow, Screener, Threshold

from .parts import Name, Part, is_empty

QUESTION_WORDS = ("label", "help", "why", "where")
RULES = ("applies_when", "may_apply_when", "unless", "urgent_when")


def threshold_part(threshold: Threshold) -> Part:
    values = sorted(threshold.values.all(), key=lambda value: value.starts_on)
    return {
        "piece": {
            "type": threshold.kind,
            "unit": threshold.unit or None,
            "values": [
                {
                    "from": value.starts_on.isoformat(),
                    "value": value.day.isoformat() if value.day else value.number,
                }
                for value in values
            ],
            **_checked(threshold),
            "checked_by": threshold.checked_by or None,
        },
        "texts": _filled({"label": threshold.label, "note": threshold.note}),
    }


def chart_part(chart: Chart) -> Part:
    columns = columns_of(chart)
    return {
        "piece": {
            "columns": [
                {name: column[name] for name in ("key", "type", "values", "default")}
                for column in columns
            ]
        },
        "texts": {
            "label": chart.label,
            "columns": {column["key"]: column["label"] for column in columns},
            "values": {column["key"]: column["words"] for column in columns},
        },
    }


def row_part(row: ChartRow) -> Part:
    return {
        "piece": {"key": row.key, "cells": row.cells, **_checked(row)},
        "texts": {"label": row.label},
    }


def screener_parts(screener: Screener) -> dict[Name, Part]:
    """The screener's own parts: its settings, questions, facts and findings."""
    parts = {Name("screener", screener.key): _settings_part(screener)}
    for kind, make in (
        ("question", question_part),
        ("fact", _fact_part),
        ("finding", finding_part),
    ):
        for child in getattr(screener, f"{kind}s"):
            part = make(child.block_type, child.value)
            parts[Name(kind, _unused(parts, kind, part["piece"]["key"]))] = part
    return parts


def _unused(parts: dict[Name, Part], kind: str, key: str) -> str:
    """`key`, or one that keeps a second part with it apart (the check reports it)."""
    while Name(kind, key) in parts:
        key += " "
    return key


def question_part(kind: str, value: Any) -> Part:
    """`value`: the StructValue of a question block; `kind`: its question type."""
    piece: dict[str, Any] = {"key": value["key"], "type": parse_block_name(kind)}
    texts = _filled({word: value[word] for word in QUESTION_WORDS})
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
    return {"piece": piece, "texts": texts}


def _fact_part(_kind: str, value: Any) -> Part:
    return {
        "piece": {"key": value["key"], "when": value["when"]},
        "texts": {"label": value["label"]},
    }


def finding_part(_kind: str, value: Any) -> Part:
    piece = {
        "key": value["key"],
        "group": value["group"],
        "severity": value["severity"],
        **{rule: value[rule] for rule in RULES if value[rule]},
        "citations": citations(value["citations"]),
        "status": value["status"],
        "checked_on": _day(value["checked_on"]),
        **({"off_paper": True} if value.get("off_paper") else {}),
    }
    texts = {"heading": value["heading"], "body": value["body"]}
    if notes := list(value["notes"]):
        piece["notes"] = [{"key": n["key"], "when": n["when"]} for n in notes]
        texts["notes"] = {n["key"]: n["text"] for n in notes}
    actions = list(value["actions"])
    piece["actions"] = [
        _filled({"key": a["key"], "type": a["kind"], "url": a["url"]}) for a in actions
    ]
    if actions:
        texts["actions"] = {a["key"]: a["label"] for a in actions}
    return {"piece": piece, "texts": texts}


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
    return {
        "piece": piece,
        "texts": {"title": screener.title, "intro": screener.intro},
    }


def citations(blocks: Iterable[Any]) -> list[dict[str, str]]:
    """Citation struct values (or stream children holding them) as the release has."""
    values = (getattr(block, "value", block) for block in blocks)
    return [
        _filled({name: v[name] for name in ("text", "url", "status", "source")})
        for v in values
    ]


def _checked(record: Threshold | ChartRow) -> dict[str, Any]:
    return {
        "citations": citations(record.citations),
        "status": record.status,
        "checked_on": _day(record.checked_on),
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
