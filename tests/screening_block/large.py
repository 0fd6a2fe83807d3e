"""A release as large as a law firm's longest form: 150 questions, 108 facts and 250
findings that hang on one another's facts, thresholds and answers."""

from __future__ import annotations

import random
from typing import Any

SECTIONS = 15
QUESTIONS = 150
FACTS = 108
FINDINGS = 250

Condition = dict[str, Any]

#: Of each section's questions: the gate, then these. The first are asked where its
#: answer was yes; a release may have no more than 500 conditions.
BEHIND_GATE = 5
KINDS = (
    *("choice", "integer", "choices", "date", "yes_no"),
    *("choice", "yes_no", "yes_no", "choice"),
)


def large(seed: int = 7, *, entangled: bool = False) -> dict[str, Any]:
    """The release. The same for the same seed.

    A fact hangs on answers and on two facts of the first half that hang on answers
    alone; where `entangled`, on any two before it, so that nearly everything hangs on
    nearly everything.
    """
    chance = random.Random(seed)
    questions = _questions()
    facts: list[dict[str, Any]] = []
    for number in range(FACTS):
        before = facts[: FACTS // 2] if number >= FACTS // 2 else []
        known = [fact["key"] for fact in (facts[-12:] if entangled else before)]
        when = _coupled(chance, questions, known, 3)
        facts.append({"key": f"fact_{number}", "when": when})
    names = [fact["key"] for fact in facts]
    findings = [_finding(chance, questions, names, n) for n in range(FINDINGS)]
    law = {"citations": [], "status": "verified", "checked_on": "2026-01-15"}
    return {
        "format": 1,
        "key": "large",
        "jurisdiction": "us-ca",
        "locale": "en",
        "time_zone": "America/Los_Angeles",
        "roll": "last_day",
        "review": {"reviewer": None, "reviewed_on": None, "next_due": None},
        "questions": questions,
        "charts": {},
        "thresholds": {
            f"line_{n}": {
                "type": "integer",
                "unit": "days",
                "values": [{"from": "1996-09-30", "value": 90 * (n + 1)}],
                "checked_by": None,
                **law,
            }
            for n in range(8)
        },
        "facts": facts,
        "findings": findings,
        "texts": {"en": _texts(questions, facts, findings)},
    }


def _questions() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for section in range(SECTIONS):
        gate = f"q{section}_gate"
        made.append({"key": gate, "type": "yes_no"})
        for place, kind in enumerate(KINDS):
            question: dict[str, Any] = {"key": f"q{section}_{place}", "type": kind}
            if place < BEHIND_GATE:
                when = {"op": "is", "question": gate, "value": True}
                question["ask_when"] = when
            if kind in ("choice", "choices"):
                question["options"] = [{"key": key} for key in ("a", "b", "c", "d")]
            if kind == "integer":
                question |= {"unit": "days", "min": 0}
            made.append(question)
    return made


def _asks(chance: random.Random, question: dict[str, Any]) -> Condition:
    """A condition on one question's answer."""
    key = question["key"]
    match question["type"]:
        case "yes_no":
            return {"op": "is", "question": key, "value": chance.random() < 0.6}
        case "choice":
            return {"op": "is", "question": key, "value": chance.choice("abcd")}
        case "choices":
            values = sorted(chance.sample("abcd", 2))
            return {"op": "has_any", "question": key, "values": values}
        case "integer":
            line = {"threshold": f"line_{chance.randrange(8)}"}
            left = {"question": key}
            return {"op": "compare", "left": left, "cmp": "ge", "right": line}
    until = {"today": True}
    days = {"threshold": f"line_{chance.randrange(8)}"}
    since = {"question": key}
    same = {"op": "elapsed", "from": since, "until": until, "unit": "days"}
    return {**same, "cmp": "ge", "n": days}


def _coupled(
    chance: random.Random, questions: list[dict[str, Any]], facts: list[str], most: int
) -> Condition:
    """Answers of several sections together with some of `facts`."""
    parts = [_asks(chance, question) for question in chance.sample(questions, most)]
    named = chance.sample(facts, min(len(facts), 2))
    parts += [{"op": "fact", "fact": fact} for fact in named]
    chance.shuffle(parts)
    inner = {"op": "any", "of": parts[:2]}
    return {"op": "all", "of": [inner, parts[2]]} if len(parts) > 2 else inner


def _finding(
    chance: random.Random, questions: list[dict[str, Any]], facts: list[str], n: int
) -> dict[str, Any]:
    finding = {
        "key": f"finding_{n}",
        "group": chance.choice(("risk", "next")),
        "severity": chance.choice(("high", "caution", "info")),
        "applies_when": _coupled(chance, questions, facts, 2),
        "citations": [{"text": f"INA 212(a)({n})", "status": "needs_checking"}],
        "status": "verified",
        "checked_on": None,
        "actions": [{"key": "ask", "type": "step"}],
    }
    if n % 10 == 0:
        fact = {"op": "fact", "fact": chance.choice(facts)}
        finding["unless"] = {"op": "all", "of": [fact, _asks(chance, questions[n % 7])]}
    return finding


def _texts(
    questions: list[dict[str, Any]],
    facts: list[dict[str, Any]],
    findings: list[dict[str, Any]],
) -> dict[str, Any]:
    options = {key: f"Answer {key}" for key in "abcd"}
    return {
        "title": "Large screener",
        "intro": "Many questions.",
        "questions": {
            question["key"]: {
                "label": f"Question {question['key']}?",
                "why": "The rules differ.",
                **({"options": options} if "options" in question else {}),
            }
            for question in questions
        },
        "charts": {},
        "thresholds": {f"line_{n}": {"label": f"Line {n}"} for n in range(8)},
        "facts": {fact["key"]: {"label": f"Known: {fact['key']}"} for fact in facts},
        "findings": {
            finding["key"]: {
                "heading": f"It may matter: {finding['key']}",
                "body": "This **can** matter. Ask a lawyer.",
                "actions": {"ask": "Ask a lawyer about it."},
            }
            for finding in findings
        },
    }
