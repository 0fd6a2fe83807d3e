"""Compare the answers that two releases offer.

A search for differences can only try answers that both releases accept. So that a new
option or chart row is looked at too, the older release is widened as if it had offered
it all along: its rules meet the new answer, and a new row has only blank cells there.
"""

import copy
from dataclasses import dataclass
from typing import Any

from screening_block import engine


@dataclass(frozen=True)
class AnswerChanges:
    """`old` is the older release with the new answers added; `more` and `fewer` name
    the answers that are added and removed, as visitors read them."""

    old: engine.Release
    more: tuple[str, ...] = ()
    fewer: tuple[str, ...] = ()


def compare_answers(old: engine.Release, new: engine.Release) -> AnswerChanges:
    """Return what can be answered in only one of two releases."""
    more = [*_options(new, old), *_rows(new, old)]
    fewer = [*_options(old, new), *_rows(old, new)]
    data = copy.deepcopy(dict(old.data))
    changed = False
    for question in data["questions"]:
        changed |= _widen(question, _questions(new).get(question["key"]))
    for key, chart in data["charts"].items():
        there = {row["key"] for row in chart["rows"]}
        for row in new.data["charts"].get(key, {"rows": []})["rows"]:
            if row["key"] not in there:
                chart["rows"].append({**row, "cells": {}})
                changed = True
    if not changed:
        return AnswerChanges(old, tuple(more), tuple(fewer))
    texts = data["texts"][old.locale]
    _fill_in(texts, new.data["texts"][new.locale], data)
    return AnswerChanges(engine.load_release(data), tuple(more), tuple(fewer))


def _questions(release: engine.Release) -> dict[str, Any]:
    return {question["key"]: question for question in release.data["questions"]}


def _widen(question: dict[str, Any], newer: dict[str, Any] | None) -> bool:
    """Let a question accept what the newer one accepts; return whether that differs."""
    if newer is None or newer["type"] != question["type"]:
        return False
    before = copy.deepcopy(question)
    if "options" in question and "options" in newer:
        kept = {option["key"] for option in newer["options"]}
        gone = [one for one in question["options"] if one["key"] not in kept]
        question["options"] = [*copy.deepcopy(newer["options"]), *gone]
    for limit in ("min", "max"):
        question.pop(limit, None)
        if limit in newer:
            question[limit] = newer[limit]
    return question != before


def _fill_in(texts: dict[str, Any], newer: dict[str, Any], data: Any) -> None:
    """Fill in the texts of what was added."""
    for question in data["questions"]:
        key = question["key"]
        for option in question.get("options", ()):
            words = texts["questions"][key].setdefault("options", {})
            if option["key"] not in words:
                words[option["key"]] = newer["questions"][key]["options"][option["key"]]
    for key, chart in data["charts"].items():
        words = texts["charts"][key]["rows"]
        for row in chart["rows"]:
            if row["key"] not in words:
                words[row["key"]] = newer["charts"][key]["rows"][row["key"]]


def _options(one: engine.Release, other: engine.Release) -> list[str]:
    """Return the options that only `one` release has, of questions that both have."""
    theirs = _questions(other)
    return [
        one.text(one.locale, "questions", key, "options", option["key"])
        for key, question in _questions(one).items()
        if key in theirs
        for option in question.get("options", ())
        if option["key"] not in {o["key"] for o in theirs[key].get("options", ())}
    ]


def _rows(one: engine.Release, other: engine.Release) -> list[str]:
    charts = other.data["charts"]
    return [
        one.text(one.locale, "charts", key, "rows", row["key"])
        for key, chart in one.data["charts"].items()
        if key in charts
        for row in chart["rows"]
        if row["key"] not in {row["key"] for row in charts[key]["rows"]}
    ]
