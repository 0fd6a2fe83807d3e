"""The pack and this reading, given the same answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from screening_block.engine import Release, evaluate, parse_answers, walk

from .case import Case
from .explained import is_explained
from .generate import CALM, answer_sets
from .logic import LEVELS, YES
from .questions import BY_KEY, QUESTIONS
from .rules import RULES

FOLLOWUP = "unsure_followup"
NOT_DERIVED = (FOLLOWUP, "get_records")
"""Findings that speak of what is not sure; what they miss is not counted."""

PLAIN: dict[str, Any] = {
    "immigration_status": "lpr",
    "entry_manner": "let_in",
    "disposition": "convicted_plea",
    "offense_statute": "pc_25850",
    "item": "regular_gun",
    "offense_act": "carry",
    "offense_level": "misdemeanor",
    "suspension_type": "not_suspended",
    "sentence_type": "probation",
    "punishment_ordered": ["probation"],
    "relief_reason": "none_stated",
    "immigration_advice_given": "yes",
    "judge_gave_warning": True,
    "citizenship_disclosure": "before_and_listed",
}
"""Whose answers are looked at while a difference is made small."""

Found = dict[str, tuple[str, str]]


class Difference(NamedTuple):
    """What this reading says of a finding, and what the pack says."""

    rule: str
    ours: str
    theirs: str
    answers: dict[str, Any]
    explained: bool


def reading(answers: Mapping[str, Any], today: date) -> dict[str, str]:
    case = Case(answers, today)
    return {key: LEVELS[case.level(key)] for key in RULES}


def differences(release: Release, answers: Mapping[str, Any], today: date) -> Found:
    """By finding: this reading's level and the pack's. A finding that only one of them
    knows differs by "-"."""
    outcome = evaluate(release, parse_answers(release, answers), today.isoformat())
    theirs = {finding.key: str(finding.level) for finding in outcome.findings}
    ours = reading(answers, today)
    waiting = {
        missing.question
        for finding in outcome.findings
        for missing in finding.missing
        if finding.key not in NOT_DERIVED
        and missing.state == "not_sure"
        and not BY_KEY[missing.question].optional
    }
    not_sure = any(
        value is None and not BY_KEY[key].optional for key, value in answers.items()
    )
    ours[FOLLOWUP] = "not_apply"
    if waiting:
        ours.update(dict.fromkeys(NOT_DERIVED, "applies"))
    elif not_sure:
        ours[FOLLOWUP] = theirs.get(FOLLOWUP, "-")
        if ours["get_records"] != "applies":
            ours["get_records"] = theirs.get("get_records", "-")
    return {
        key: (ours.get(key, "-"), theirs.get(key, "-"))
        for key in {**ours, **theirs}
        if ours.get(key, "-") != theirs.get(key, "-")
    }


def all_differences(
    release: Release, seed: int, count: int, today: date
) -> Iterator[Difference]:
    """What differs over so many sets of answers, the explained differences included.

    Of a set that answers every question, what a visitor is asked beside the other
    answers is compared: nobody's leftovers may change a result.
    """
    for answers in answer_sets(seed, count, today):
        if len(answers) == len(QUESTIONS):
            asked = walk(release, answers, today.isoformat()).answers
        else:
            asked = answers
        for key, (ours, theirs) in differences(release, asked, today).items():
            case = Case(asked, today)
            allowed = is_explained(key, case, ours, theirs)
            yield Difference(key, ours, theirs, asked, allowed)


def _fitting(answers: dict[str, Any], today: date) -> dict[str, Any]:
    """The answers that are asked beside each other, with calm ones where some lack."""
    kept: dict[str, Any] = {}
    for question in QUESTIONS:
        if question.gate and question.gate(Case(kept, today)) != YES:
            continue
        kept[question.key] = answers.get(question.key, _neutral(question.key))
    return kept


def _neutral(key: str) -> Any:
    question = BY_KEY[key]
    if key in CALM or key in PLAIN:
        return {**CALM, **PLAIN}[key]
    if question.kind == "choices":
        return list(question.alone)
    fixed = {"yes_no": False, "integer": 0, "date": "2020-06-15"}
    return fixed[question.kind]


def minimal(difference: Difference, release: Release, today: date) -> dict[str, Any]:
    """What of a set of answers a difference turns on: the answers that are not plain
    ones (`PLAIN`, `CALM`), after as many as may be were made plain."""
    key, pair = difference.rule, (difference.ours, difference.theirs)

    def same(answers: Mapping[str, Any]) -> bool:
        return differences(release, answers, today).get(key) == pair

    answers = dict(difference.answers)
    fitting = _fitting(answers, today)
    if same(fitting):
        answers = fitting
    fits = answers is fitting
    for question in list(answers):
        if question not in answers or answers[question] == _neutral(question):
            continue
        less = {**answers, question: _neutral(question)}
        less = _fitting(less, today) if fits else less
        if same(less):
            answers = less
    telling = {k: v for k, v in answers.items() if v != _neutral(k)}
    return telling
