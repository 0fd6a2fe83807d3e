"""Checks found by search, and the comparison of two releases.

Everything here asks one question of a release: are there answers a visitor could give
under which its conditions come out so? Answers found are always confirmed by the
evaluator; that there are none is claimed only when every case was covered.
"""

from ..answers import parse_as_of
from ..release import Release
from .comparison import Change, Comparison, ScenarioChange, compare
from .constant_conditions import condition_flags, fact_flags
from .examiner import BUDGET, Examiner, Memory
from .findings import finding_flags
from .flag import Flag, Severity
from .paper import paper_flags
from .questions import question_flags
from .result import result_flags
from .witness import in_words

#: Whole sets of answers tried before anything is searched for.
_ROUNDS = 40


#: What is found is right; that nothing else was found says little.
_UNSEARCHED = Flag(
    "",
    "unsearched",
    "These rules hang together too closely to be searched to the end. What is "
    "listed here may not be all: try the screener with scenarios as well.",
    "warning",
    proven=False,
)


def flags(
    release: Release,
    as_of: str,
    *,
    budget: int = BUDGET,
    memory: Memory | None = None,
) -> list[Flag]:
    """What an editor should look at before publishing, errors first.

    `as_of` is the day the law is read on. `budget` bounds the work in steps; what it
    does not reach is marked as not proven or left out, and the last flag says that
    there is more. With the same `memory` as before only what changed since is searched
    again.
    """
    ex = Examiner(release, parse_as_of(as_of), budget, memory)
    ex.spread(_ROUNDS)
    found = [
        *finding_flags(ex),
        *question_flags(ex),
        *condition_flags(ex),
        *fact_flags(ex),
        *paper_flags(release),
    ]
    if ex.left <= 0:
        found.append(_UNSEARCHED)
    return sorted(found, key=lambda flag: flag.severity != "error")
