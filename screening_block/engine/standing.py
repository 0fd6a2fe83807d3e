"""What a set of answers comes to in the fewest words: levels, and what to ask next.

For whoever screens many and explains none; `evaluate` says the same and why.
"""

from typing import NamedTuple

from .answers import parse_answers, parse_as_of
from .choices import Level
from .evaluate import AnyAnswers, list_relevant
from .levels import LEVEL, OPEN
from .release import Release
from .values import YES


class FindingLevel(NamedTuple):
    """A finding's level and how grave it is with these answers."""

    key: str
    level: Level
    severity: str


class Standing(NamedTuple):
    """Every finding in order, the question to ask next, and whether all were asked."""

    findings: tuple[FindingLevel, ...]
    next: str | None
    complete: bool


def standing(release: Release, answers: AnyAnswers, as_of: str) -> Standing:
    """The levels of every finding and what comes next. Raises `AnswerError`."""
    given = parse_answers(release, answers)
    program = release.program
    values = program.run(given.cells, program.law(parse_as_of(as_of)))
    open_at = program.open_questions(values, given.open)
    found = []
    every = 0
    for key, severity, slots, _nodes, urgent, _notes in release.plans:
        a, m, u = slots
        index = values[a] * 9 + values[m] * 3 + values[u]
        for part in OPEN[index]:
            every |= open_at[slots[part]]
        graver = "urgent" if values[urgent] == YES else severity
        found.append(FindingLevel(key, LEVEL[index], graver))
    relevant = list_relevant(program, values, given.cells, every)
    return Standing(tuple(found), relevant[0] if relevant else None, not relevant)
