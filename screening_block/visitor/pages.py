"""What the result page groups and how it names things."""

from __future__ import annotations

import datetime as dt
from typing import Any

from screening_block import engine
from screening_block.choices import RESULT_SECTIONS, SHOWN_LEVELS
from screening_block.engine.presented import is_open, sections
from screening_block.engine.wording import Wording


def build_result_page(
    release: engine.Release,
    outcome: dict[str, Any],
    w: Wording,
) -> dict[str, Any]:
    """Build the result template's context: groups, unknowns and papers to get.

    A finding that does not apply is not shown; the API lists it. `off` marks what is
    on the screen and not on paper.
    """
    marked = engine.marked_questions(release)
    shown = [f for f in outcome["findings"] if f["level"] != "not_apply"]
    for finding in shown:
        finding["off"] = finding["off_paper"] == "finding"
        if finding["off_paper"] == "reasons":
            finding["body"] = finding["body"].removesuffix(
                "\n\n".join(finding["notes"])
            )
            finding["apart"] = True
        finding["level_label"] = SHOWN_LEVELS[finding["level"]]
        finding["folded"] = not is_open(finding)
        finding["unknown"] = [
            {
                **_get_question_words(w, missing["question"]),
                "off": missing["question"] in marked,
            }
            for missing in finding["missing"]
        ]
    groups = []
    for group, members in sections(shown):
        off = all(finding["off"] for finding in members)
        title = RESULT_SECTIONS[group]
        groups.append({"key": group, "title": title, "findings": members, "off": off})
    unsure = {m["question"] for f in shown for m in f["missing"]}
    on_paper = {m["question"] for f in shown if not f["off"] for m in f["missing"]}
    on_paper -= marked
    return {
        "result": outcome,
        "groups": groups,
        "unsure": [
            {**_get_question_words(w, key), "off": key not in on_paper}
            for key in release.questions
            if key in unsure
        ],
        "unsure_off": not on_paper,
        "as_of": dt.date.fromisoformat(outcome["as_of"]),
    }


def _get_question_words(w: Wording, key: str) -> dict[str, str]:
    return {
        "label": w.raw("questions", key, "label"),
        "where": w.raw("questions", key, "where"),
    }


def describe_given_answer(
    release: engine.Release, key: str, answer: Any, w: Wording
) -> dict[str, Any]:
    """Return one of the answers so far: question and answer in words, and its mark."""
    return {
        "key": key,
        "label": w.raw("questions", key, "label"),
        "answer": w.answer(key, answer),
        "off": key in engine.marked_questions(release),
    }
