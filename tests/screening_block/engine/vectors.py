"""Reads `tests/vectors/*.json` and completes their releases, as their README says."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from screening_block.engine.model import lines_of

FOLDER = Path(__file__).parents[2] / "vectors"
AS_OF = "2026-11-23"
OPERATORS = (
    "all",
    "any",
    "not",
    "at_least",
    "is",
    "in",
    "has_any",
    "has_all",
    "has_none",
    "column",
    "compare",
    "elapsed",
    "fact",
    "dont_know",
)
#: The level of a finding whose only condition, applies_when, has this value.
LEVELS = {"yes": "applies", "unknown": "may_apply", "no": "not_apply"}

_RELEASE: dict[str, Any] = {
    "format": 1,
    "key": "vectors",
    "jurisdiction": "us-ca",
    "locale": "en",
    "time_zone": "America/Los_Angeles",
    "roll": "last_day",
    "review": {"reviewer": None, "reviewed_on": None, "next_due": None},
    "questions": [],
    "charts": {},
    "thresholds": {},
    "facts": [],
    "findings": [],
}
_CITED: dict[str, Any] = {"citations": [], "status": "verified"}
_THRESHOLD = {**_CITED, "unit": None, "checked_by": None, "checked_on": None}
_ROW = {**_CITED, "checked_on": None, "cells": {}}
_FINDING = {
    **_CITED,
    "group": "risk",
    "severity": "info",
    "checked_on": None,
    "actions": [],
}


def load(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def complete(part: dict[str, Any]) -> dict[str, Any]:
    """A whole release from the part a vector gives."""
    data = copy.deepcopy({**_RELEASE, **part})
    data["thresholds"] = {k: {**_THRESHOLD, **t} for k, t in data["thresholds"].items()}
    for chart in data["charts"].values():
        chart["rows"] = [{**_ROW, **row} for row in chart["rows"]]
    data["findings"] = [{**_FINDING, **finding} for finding in data["findings"]]
    given = data.get("texts", {})
    data["texts"] = {**given, "en": _over(_texts(data), given.get("en", {}))}
    return data


def with_condition(part: dict[str, Any], when: Any) -> dict[str, Any]:
    """A whole release whose one finding `x` applies when `when` is yes."""
    return complete({**part, "findings": [{"key": "x", "applies_when": when}]})


def with_finding(name: str, finding: dict[str, Any]) -> dict[str, Any]:
    """The release of a file with one finding `x`."""
    return complete({**load(name)["release"], "findings": [{"key": "x", **finding}]})


def _plain(key: str) -> str:
    return key.replace("_", " ")


def _labels(entries: Any) -> dict[str, str]:
    return {entry["key"]: _plain(entry["key"]) for entry in entries}


def _texts(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": "Vectors",
        "questions": {
            q["key"]: {
                "label": _plain(q["key"]),
                "why": _plain(q["key"]),
                "options": _labels(q.get("options", ())),
            }
            for q in data["questions"]
        },
        "charts": {
            key: {
                "label": _plain(key),
                "columns": _labels(chart["columns"]),
                "rows": _labels(chart["rows"]),
            }
            for key, chart in data["charts"].items()
        },
        "thresholds": {key: {"label": _plain(key)} for key in data["thresholds"]},
        "facts": {f["key"]: {"label": _plain(f["key"])} for f in data["facts"]},
        "findings": {
            f["key"]: {
                "heading": _plain(f["key"]),
                "body": _plain(f["key"]),
                "notes": _labels(f.get("notes", ())),
                "actions": _labels(f["actions"]),
            }
            for f in data["findings"]
        },
        "short": _labels(line for _part, line in lines_of(data)),
        "shown": _labels(data.get("shown", {}).get("groups", ())),
    }


def with_shown(case: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The release of a case of `presented`'s `shown`, and the answers to it."""
    yes = {"op": "is", "question": "yes", "value": True}
    no = {"op": "is", "question": "yes", "value": False}
    conditions = {
        "yes": yes,
        "no": no,
        "unknown": {"op": "is", "question": "q1", "value": True},
    }
    keys = ["yes", "q1", "q2", "q3", "held"]
    questions: list[dict[str, Any]] = [{"key": k, "type": "yes_no"} for k in keys]
    questions[-1]["ask_when"] = no
    findings = []
    for given in case["findings"]:
        key, group, severity, level, missing, mark = [*given, [], ""][:6]
        finding = {"key": key, "group": group, "severity": severity}
        if missing:
            waits = [{"op": "is", "question": q, "value": True} for q in missing]
            finding["applies_when"] = {"op": "all", "of": waits}
        elif level == "may_apply":
            finding["may_apply_when"] = yes
        else:
            finding["applies_when"] = yes if level == "applies" else no
        if mark == "note":
            finding["notes"] = [{"key": "n", "when": yes, "reassures": True}]
        elif mark:
            finding["reassures"] = True
        findings.append(finding)
    if not findings:
        findings.append({"key": "nothing", "applies_when": no})
    part: dict[str, Any] = {"questions": questions, "findings": findings}
    if "lines" in case:
        part["short"] = {
            name: [
                {"key": key}
                | ({"when": conditions[when]} if when in conditions else {})
                | ({"reassures": True} if mark else {})
                for key, when, *mark in lines
            ]
            for name, lines in case["lines"].items()
        }
    if "shown" in case:
        part["shown"] = case["shown"]
    return complete(part), {"yes": True, "q1": None, "q2": None, "q3": None}


def picture_of(case: dict[str, Any], shown: dict[str, Any]) -> dict[str, Any]:
    """A result in the short form of a case of `shown`, as far as the case has it."""
    found = {
        "short": [[x["part"], x["key"], x["finding"]] for x in shown["short"]],
        "open": shown["open"],
        "groups": [[x["key"], x["findings"], x["questions"]] for x in shown["groups"]],
    }
    return {name: value for name, value in found.items() if name in case}


def expected(case: dict[str, Any]) -> dict[str, Any]:
    return {n: case[n] for n in ("short", "open", "groups") if n in case}


def _over(base: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    merged = {**base, **given}
    for key, value in base.items():
        if isinstance(value, dict) and key in given:
            merged[key] = _over(value, given[key])
    return merged
