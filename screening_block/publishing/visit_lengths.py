"""How many questions come, learnt from the scenarios of a screener.

Nobody can tell from a screener's conditions alone: an answer makes other questions
pointless. So at each publish some scenarios are walked through. At each question they
come to, as many questions as were left could still have come; some of these did not.
How many did not, at the least and at the most, is what is kept. What is told to a
visitor from it: `screening_block/visitor/totals.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from screening_block import engine
from screening_block.models.releases import today

from .meaning import hash_data, hash_meaning
from .remembered import ResultCache

#: At most so many scenarios are walked through: a spread of them, always the same.
MOST_VISITS = 150


#: By question: how many visits came to it; and of the questions left then, itself
#: included, how many were not asked after it, at the least and at the most.
Lengths = dict[str, list[int]]


#: By what a release means, day and cases: a publish of other texts walks nowhere.
_measured: ResultCache[Lengths] = ResultCache(64, "lengths")


def measure_lengths(
    release: engine.Release, cases: Sequence[Mapping[str, Any]]
) -> Lengths:
    """Count the questions as `count_lengths` does, once for all with the same rules."""
    walks = [
        {name: case.get(name) for name in ("answers", "as_of")}
        for case in _spread(cases)
    ]
    found = _measured.get(
        (hash_meaning(release), today(release), hash_data(walks)),
        lambda: count_lengths(release, cases),
    )
    # A copy: what is kept here stays as it is.
    return {key: [*counts] for key, counts in found.items()}


def count_lengths(
    release: engine.Release, cases: Sequence[Mapping[str, Any]]
) -> Lengths:
    """Count the questions of a spread of cases, of those that go on to the result."""
    found: Lengths = {}
    for case in _spread(cases):
        try:
            as_of = case.get("as_of") or today(release)
            visit = engine.walk(release, case["answers"], as_of)
        except engine.AnswerError:
            continue
        if visit.next is None:
            _count(found, visit)
    return found


def _spread(cases: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    step = max(len(cases) / MOST_VISITS, 1)
    return [cases[int(n * step)] for n in range(min(len(cases), MOST_VISITS))]


def _count(found: Lengths, visit: engine.Walk) -> None:
    total = len(visit.asked)
    for place, (key, left) in enumerate(zip(visit.asked, visit.left, strict=True)):
        gone = left - (total - place - 1)
        reached, least, most = found.get(key, (0, gone, gone))
        found[key] = [reached + 1, min(least, gone), max(most, gone)]
