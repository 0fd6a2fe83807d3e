"""The day it turns: the first day on which time can make a finding's level better.

Worked out from the finding's conditions and never from one wait alone: of two waits
that must both be over, the later counts.

- *Better* is the next step up, `not_apply`, `may_apply`, `applies`. A finding on the
  highest step that its conditions know (`may_apply` without an `applies_when`) has
  nothing above it: "it is too early" can only end, so there better is a step down that
  no missing answer could take back: what is not known has not ended. It does not
  depend on the finding's group, which only says where its text is shown.
- A level *can* be better if answers that are missing (not asked, not sure) could make
  it so. Whatever else is unknown, a row of a chart or a threshold before its first
  date, no answer settles: it stays unknown. Each test is taken by itself, so that two
  which exclude each other count as open both; that can only hide a day.
- A plugin's operator is asked again on every such day, but has no days of its own.
"""

from collections.abc import Iterator
from typing import NamedTuple

from .answers import Answers, parse_answers, parse_as_of
from .canonical import Json
from .dates import (
    LAST_YEAR,
    date_key,
    date_text,
    day_key,
    key_day,
    known_date,
    shift_key,
)
from .errors import EngineError, Problem
from .evaluate import AnyAnswers, FindingOutcome
from .levels import level_of
from .model import LEVEL_CONDITIONS
from .release import Release

#: The most days that are tried for one finding.
MOST_DAYS = 200
#: No later day is shown.
LAST_DAY = LAST_YEAR * 10000 + 1231
_SIDES = (("left", "from"), ("right", "until"))
_RANKS = {"not_apply": 0, "may_apply": 1, "applies": 2}
#: A test flips on the day that is reckoned or the next one. Reckoned backwards (from
#: today until an answer, in months), several days are one: 28 to 31 January are all a
#: month before 28 February.
_FLIPS, _BACKWARDS = range(2), range(-3, 5)


class Wait(NamedTuple):
    """A time from or until the date that a question has."""

    question: str
    #: From that date to the flip; below zero if it is reckoned backwards.
    period: int
    unit: str
    next_day: bool


class Plan(NamedTuple):
    """The days on which tests may turn: date keys that are known, and those that hang
    on an answer."""

    days: list[int]
    waits: list[Wait]


def turning_date(
    release: Release, finding: FindingOutcome, answers: AnyAnswers, as_of: str
) -> str | None:
    """The first day after `as_of` on which the level can be better, `YYYY-MM-DD`.

    None if there is no such day in the engine's calendar, if the level could be better
    on `as_of` already by what is missing, or if on the first day on which it can be it
    is not. `finding` is an outcome of these answers on that day; one of another release
    is an `EngineError`.
    """
    as_of = parse_as_of(as_of)
    given = parse_answers(release, answers)
    if finding.key not in release.findings:
        raise EngineError([Problem("", "release", "This finding is of another one.")])
    ranks = _Ranks(release, finding.key, given)
    today = ranks.on(as_of)
    up = today.level < ranks.highest

    def better(rank: int) -> bool:
        return rank > today.level if up else rank < today.level

    if better(today.most if up else today.least):
        return None
    start = known_date(as_of)
    nodes = nodes_of(release, finding.key)
    for key in days_ahead(release, plan_of(release, nodes, start), given, start):
        day = ranks.on(date_text(key))
        if better(day.most if up else day.least):
            sure = day.level if up else day.most
            return date_text(key) if better(sure) else None
    return None


def is_wait(node: Json) -> bool:
    """Whether an atom is a time until today that has to pass."""
    return (
        node["op"] == "elapsed"
        and node["cmp"] in ("ge", "gt")
        and "today" in node["until"]
        and "today" not in node["from"]
    )


def plan_of(release: Release, nodes: list[Json], today: int) -> Plan:
    """The days from `today` (a date key) on, on which one of the atoms may turn."""
    days: dict[int, None] = {}
    waits: dict[Wait, None] = {}
    for node in nodes:
        for found in _stretches(release, node, today):
            if isinstance(found, Wait):
                waits[found] = None
            else:
                days[found] = None
    return Plan(sorted(days), list(waits))


def days_ahead(release: Release, plan: Plan, answers: Answers, today: int) -> list[int]:
    """The days of a plan that are after `today`, in order, and at most so many."""
    found = set(plan.days)
    for wait in plan.waits:
        since = answers.cells[release.questions[wait.question].index]
        if type(since) is int:
            found.update(_flips(wait, since))
    return sorted(day for day in found if today < day <= LAST_DAY)[:MOST_DAYS]


def nodes_of(release: Release, finding: str) -> list[Json]:
    """The atoms of the conditions that make a finding's level, and of their facts."""
    program = release.program
    found = []
    ahead = [root for root in _roots(release, finding) if root >= 0]
    seen = set(ahead)
    while ahead:
        root = ahead.pop()
        for number in range(root, program.ends[root]):
            link = program.links[number]
            if link >= 0 and link not in seen:
                seen.add(link)
                ahead.append(link)
            if link < 0 and not program.children[number]:
                found.append(program.nodes[number])
    return found


def _stretches(release: Release, node: Json, today: int) -> Iterator[int | Wait]:
    """What an atom adds to a plan. Time reaches it through `today` and through the
    later values that a threshold may have."""
    if node["op"] not in ("compare", "elapsed"):
        return
    left, right = (node.get(a) or node[b] for a, b in _SIDES)
    n = node.get("n", {"value": 0})
    changes = {today}
    for operand in (left, right, n):
        if "threshold" in operand:
            changes.update(release.thresholds[operand["threshold"]].starts)
    starts = sorted(day for day in changes if day >= today)
    yield from starts[1:]
    if ("today" in left) == ("today" in right):
        return
    other, sign = (right, -1) if "today" in left else (left, 1)
    unit = node.get("unit", "days")
    next_day = node.get("roll", release.roll) == "next_day"
    # A day that is reckoned with a value of another time turns nothing: no harm.
    for day in starts:
        period = _on(release, n, day)
        since = _on(release, other, day)
        if period is not None:
            wait = Wait(other.get("question", ""), sign * period, unit, next_day)
            if wait.question:
                yield wait
            elif since is not None:
                yield from _flips(wait, since)


def _on(release: Release, operand: Json, day: int) -> int | None:
    """What the law says of an operand on a day, a date as its key."""
    value = operand.get("value")
    if "threshold" in operand:
        value = release.thresholds[operand["threshold"]].value(day)
    return date_key(value) if isinstance(value, str) else value


def _flips(wait: Wait, since: int) -> Iterator[int]:
    number = key_day(shift_key(since, wait.period, wait.unit, wait.next_day))
    for offset in _BACKWARDS if wait.period < 0 else _FLIPS:
        yield day_key(number + offset)


def _roots(release: Release, finding: str) -> list[int]:
    """The nodes of the three conditions, -1 for one that is absent."""
    roots = release.program.roots
    return [roots.get(f"findings/{finding}/{name}", -1) for name in LEVEL_CONDITIONS]


class _Rank(NamedTuple):
    """A finding's level on one day, and those that missing answers could make it."""

    level: int
    least: int
    most: int


class _Ranks:
    """The levels of one finding with one set of answers, by day."""

    def __init__(self, release: Release, finding: str, answers: Answers) -> None:
        self.program, self.answers = release.program, answers
        roots = _roots(release, finding)
        self.slots = [self.program.slots[n] if n >= 0 else 0 for n in roots]
        self.highest = 2 if roots[0] >= 0 else 1

    def on(self, as_of: str) -> _Rank:
        program = self.program
        values = program.run(self.answers.cells, program.law(as_of))
        least, most = program.bounds(values, self.answers.open)
        a, m, u = self.slots
        return _Rank(
            _RANKS[level_of(values[a], values[m], values[u])],
            _RANKS[level_of(least[a], least[m], most[u])],
            _RANKS[level_of(most[a], most[m], least[u])],
        )
