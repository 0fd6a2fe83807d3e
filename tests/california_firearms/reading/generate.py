"""Sets of answers, drawn with a fixed seed: near every boundary, often not sure.

Most sets answer what the law file asks; one in fifteen answers every question, also
those that are not asked beside its other answers. No set is left incomplete.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from .case import Case
from .logic import YES, years_after
from .questions import QUESTIONS, Question
from .thresholds import DAYS

CALM: dict[str, Any] = {
    "removed_before": False,
    "listed_arrest": False,
    "victim_protected": False,
    "drug_charge": False,
    "open_cases": False,
    "must_register_290": False,
    "serious_or_violent_felony": False,
    "other_convictions": "none",
    "relief_obtained": ["none"],
    "more_counts": False,
    "probation_status": "completed",
    "program_kind": "pc1000_deferred_entry",
}
"""What most people answer; in half of the sets mostly this, or the paths would seldom
be reached."""

UNGATED = 15
NOT_SURE = (0.0, 0.0, 0.06, 0.12, 0.12, 0.4)


def _moved(day: date, years: int, days: int) -> date:
    return years_after(day, years) + timedelta(days)


def _date(random: Random, key: str, today: date, before: dict[str, Any]) -> str:
    """A day: close to where something turns, or to another answer, or any."""
    others = [
        date.fromisoformat(value)
        for other, value in before.items()
        if value and other.endswith(("_date", "_since"))
    ]
    drawn = random.random()
    if key == "filing_date" and drawn < 0.7:
        day = today + timedelta(random.randrange(0, 400))
    elif drawn < 0.2:
        day = _moved(random.choice(DAYS), 0, random.randint(-1, 1))
    elif drawn < 0.4:
        years = random.choice((0, -1, -2, -3, -4, -5, -7, -10))
        day = _moved(today, years, random.randint(-1, 1))
    elif drawn < 0.7 and others:
        years = random.choice((0, 0, 3, 5, -3, -5))
        day = _moved(random.choice(others), years, random.randint(-1, 1))
    elif drawn < 0.75 and others:
        day = random.choice(others).replace(day=random.randint(1, 28))
    else:
        day = date(1985, 1, 1) + timedelta(random.randrange(0, 15_300))
    return min(max(day, date(1900, 1, 1)), date(2100, 12, 31)).isoformat()


def _value(random: Random, question: Question, case: Case) -> Any:
    if question.kind == "yes_no":
        return random.random() < 0.5
    if question.kind == "date":
        return _date(random, question.key, case.today, dict(case.answers))
    if question.kind == "integer":
        if random.random() < 0.75:
            return max(0, random.choice(question.near) + random.randint(-1, 1))
        return random.randrange(0, 4_000)
    options = (*question.options, *question.often)
    if question.kind != "choices":
        return random.choice(options)
    picked = {random.choice(options)}
    while random.random() < 0.3:
        picked.add(random.choice(options))
    alone = picked.intersection(question.alone)
    return sorted(alone or picked)


def answer_set(seed: int, number: int, today: date) -> dict[str, Any]:
    """The set of that number, the same on every machine."""
    random = Random(f"{seed} {number}")
    not_sure, calm = random.choice(NOT_SURE), random.random() < 0.5
    ungated = number % UNGATED == 0
    answers: dict[str, Any] = {}
    for question in QUESTIONS:
        case = Case(answers, today)
        if not ungated and question.gate and question.gate(case) != YES:
            continue
        if random.random() < not_sure:
            answers[question.key] = None
        elif calm and question.key in CALM and random.random() < 0.8:
            answers[question.key] = CALM[question.key]
        else:
            answers[question.key] = _value(random, question, case)
        if not ungated:
            _agree(answers)
    return answers


def _agree(answers: dict[str, Any]) -> None:
    """Nobody answers that a ticket was a felony, or probation was never granted where
    that was the sentence."""
    if answers.get("disposition") == "infraction" and answers.get("offense_level"):
        answers["offense_level"] = "infraction"
    if answers.get("disposition") == "infraction" and answers.get("sentence_type"):
        answers["sentence_type"] = "jail_or_fine_no_probation"
    never = answers.get("probation_status") == "never_granted"
    if answers.get("sentence_type") == "probation" and never:
        answers["probation_status"] = "completed"


def answer_sets(seed: int, count: int, today: date) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        yield answer_set(seed, number, today)
