"""“Question 7 of about 20”: how true the totals are that the pack's visitors are told.

They are learnt from a spread of the scenarios, and measured over all of them.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pytest

from screening_block.engine import Walk, walk
from screening_block.publishing.visit_lengths import MOST_VISITS, count_lengths
from screening_block.visitor.totals import list_ranges, reckon_total
from tests.california_firearms.people import AS_OF
from tests.california_firearms.six import SIX
from tests.law_pack import law_pack, law_release

#: Of all totals told: how many are that close to the truth, and what part of all
#: questions shows one.
CLOSE_ENOUGH, OFTEN_ENOUGH = 0.95, 0.4
#: Of the truth, how far off.
FAR = 0.2


class Told(NamedTuple):
    """A question of a visit: the total that is told there, and the true one."""

    question: str
    total: int | None
    truth: int


@cache
def ranges() -> dict[str, list[int]]:
    return list_ranges(count_lengths(law_release(), list(law_pack().scenarios)))


def follow(answers: dict[str, object], as_of: str) -> list[Told]:
    """What a visitor is told from question to question."""
    whole = finish(answers, as_of)
    told = []
    for place, key in enumerate(whole.asked):
        so_far = whole._replace(
            asked=whole.asked[:place], next=key, left=whole.left[: place + 1]
        )
        total = reckon_total(so_far, ranges())
        told.append(Told(key, total, len(whole.asked)))
    return told


@cache
def unsure() -> dict[str, object]:
    return dict.fromkeys(law_release().questions)


def finish(answers: dict[str, object], as_of: str) -> Walk:
    """Whoever has no answer is not sure."""
    return walk(law_release(), unsure() | answers, as_of)


@cache
def visits() -> dict[str, list[Told]]:
    """Of every scenario."""
    return {s["name"]: follow(s["answers"], s["as_of"]) for s in law_pack().scenarios}


def test_the_totals_that_are_told_are_close_and_not_seldom() -> None:
    every = [told for visit in visits().values() for told in visit]
    shown = [told for told in every if told.total is not None]
    close = [t for t in shown if abs(t.total - t.truth) <= FAR * t.truth]
    assert len(close) >= CLOSE_ENOUGH * len(shown)
    assert len(shown) >= OFTEN_ENOUGH * len(every)


def test_nearly_everybody_is_told_a_total_in_the_end() -> None:
    without = [
        name
        for name, visit in visits().items()
        if len(visit) > 10 and not any(told.total for told in visit)
    ]
    assert without == []


def never_rises(visit: list[Told]) -> bool:
    totals = [told.total for told in visit if told.total is not None]
    return totals == sorted(totals, reverse=True)


def test_no_total_ever_rises() -> None:
    assert [name for name, visit in visits().items() if not never_rises(visit)] == []


@pytest.mark.parametrize("name", SIX)
def test_no_total_rises_for_the_six_people(name: str) -> None:
    visit = follow(SIX[name].answers, AS_OF)
    assert never_rises(visit)
    for place, told in enumerate(visit):
        assert told.total is None or told.total > place


def test_a_total_is_told_as_the_visit_goes_on() -> None:
    """A walk that is not over knows no more than one that goes on."""
    visit = follow(SIX["Maria"].answers, AS_OF)
    given = SIX["Maria"].answers
    asked = [told.question for told in visit]
    for place in (5, 12, 20):
        so_far = {key: given.get(key) for key in asked[:place]}
        step = walk(law_release(), so_far, AS_OF)
        assert reckon_total(step, ranges()) == visit[place].total


def test_what_is_learnt_is_small_and_always_the_same() -> None:
    cases = list(law_pack().scenarios)
    first = count_lengths(law_release(), cases)
    assert count_lengths(law_release(), cases) == first
    reached = [reached for reached, _, _ in first.values()]
    assert max(reached) <= MOST_VISITS
    assert set(ranges()) < set(law_release().questions)
