"""What changes for visitors between two releases.

Findings whose conditions mean the same in both, for the same answers, are proven
unchanged without any search. For the others answers are looked for under which the old
release says one thing and the new another; "none found" is not the same as "no change".
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, NamedTuple

from ..answers import parse_answers, parse_as_of
from ..canonical import Json
from ..choices import LEVELS, Level
from ..errors import AnswerError
from ..evaluate import levels
from ..model import LEVEL_CONDITIONS
from ..release import Release
from ..values import NO, UNKNOWN, YES
from .marks import Marks
from .narrow import Goal, no, yes
from .solve import STEPS, Found, Search
from .space import Picked, Space
from .witness import shortest

#: Steps of all searches of one comparison.
BUDGET = 20_000
_UNEQUAL = [(x, y) for x, y in product((YES, NO, UNKNOWN), repeat=2) if x != y]


class Change(NamedTuple):
    """A finding whose level differs for some answers.

    `before` and `after` are levels; None where the release has no such finding.
    `answers` are few, and what both releases say to them was evaluated.
    """

    finding: str
    before: Level | None
    after: Level | None
    answers: dict[str, Any]


class ScenarioChange(NamedTuple):
    """A saved set of answers before and after. A level is None where the release has
    no such finding; `problem` says that a release does not take the answers at all,
    and then there are no levels of that release."""

    name: str
    before: dict[str, Level]
    after: dict[str, Level]
    problem: str | None = None

    @property
    def changed(self) -> dict[str, tuple[Level | None, Level | None]]:
        """The findings whose level differs, by key: before and after."""
        keys = dict.fromkeys((*self.before, *self.after))
        pairs = {key: (self.before.get(key), self.after.get(key)) for key in keys}
        return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


class Comparison(NamedTuple):
    """Two releases side by side.

    `changes`: by finding and direction, one example each. `unchanged`: findings proven
    to come to the same level for all answers both releases take. `none_found`: findings
    for which no difference was found within the budget, without proof. `added` and
    `removed` findings, `questions_added` and `questions_removed`: by key.
    """

    scenarios: tuple[ScenarioChange, ...]
    changes: tuple[Change, ...]
    unchanged: tuple[str, ...]
    none_found: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    questions_added: tuple[str, ...]
    questions_removed: tuple[str, ...]

    @property
    def no_change(self) -> bool:
        """Proven: whatever a visitor answers, every finding stays as it was."""
        return not (self.changes or self.none_found or self.added or self.removed)


def compare(
    old: Release,
    new: Release,
    as_of: str,
    scenarios: Iterable[tuple[str, Json]] = (),
    *,
    budget: int = BUDGET,
) -> Comparison:
    """Compare two releases on one day. `scenarios` are (name, answers)."""
    as_of = parse_as_of(as_of)
    differ = _Difference(old, new, as_of, budget)
    changes: list[Change] = []
    unchanged: list[str] = []
    none_found: list[str] = []
    for key in dict.fromkeys((*old.findings, *new.findings)):
        found, proven = differ.finding(key)
        changes += found
        if not found and key in old.findings and key in new.findings:
            (unchanged if proven else none_found).append(key)
    return Comparison(
        tuple(_scenario(old, new, as_of, *scenario) for scenario in scenarios),
        tuple(changes),
        tuple(unchanged),
        tuple(none_found),
        tuple(key for key in new.findings if key not in old.findings),
        tuple(key for key in old.findings if key not in new.findings),
        tuple(key for key in new.questions if key not in old.questions),
        tuple(key for key in old.questions if key not in new.questions),
    )


def _scenario(
    old: Release, new: Release, as_of: str, name: str, answers: Json
) -> ScenarioChange:
    sides: list[dict[str, Level]] = []
    problem = None
    for release in (old, new):
        known = {k: v for k, v in answers.items() if k in release.questions}
        try:
            sides.append(levels(release, known, as_of))
        except AnswerError as error:
            sides.append({})
            problem = problem or str(error)
    return ScenarioChange(name, sides[0], sides[1], problem)


def _ways(a: int, m: int, u: int, level: Level) -> Iterator[tuple[Goal, ...]]:
    """The ways in which a finding's three conditions come to a level."""
    free = Goal(u, NO, UNKNOWN)
    if level == "applies":
        yield yes(a), no(u)
    elif level == "not_apply":
        yield no(a), no(m)
        yield (yes(u),)
    else:
        yield no(a), Goal(m, YES, YES), free
        yield Goal(a, UNKNOWN, UNKNOWN), free
        yield yes(a), Goal(u, UNKNOWN, UNKNOWN)
        yield no(a), Goal(m, UNKNOWN, UNKNOWN), free


class _Difference:
    """Searches both releases at once."""

    def __init__(self, old: Release, new: Release, as_of: str, budget: int) -> None:
        self.sides = (old, new)
        self.as_of = as_of
        self.left = budget
        self._possible: dict[tuple[Goal, ...], Found] = {}
        self.space = Space(self.sides, as_of)
        self.search = Search(self.space)
        self.marks = (Marks(self.space, 0), Marks(self.space, 1))

    def finding(self, key: str) -> tuple[list[Change], bool]:
        """The changes of one finding, and whether there being no others is proven."""
        inside = [key in release.findings for release in self.sides]
        starts: list[tuple[Goal, ...]] = [()]
        proven = True
        if all(inside):
            if self._same(key):
                return [], True
            starts, proven = self._starts(key)
        changes = []
        for before, after in self._pairs(inside):
            change, certain = self._change(key, before, after, starts)
            proven = proven and certain
            if change is not None:
                changes.append(change)
        return changes, proven

    def _starts(self, key: str) -> tuple[list[tuple[Goal, ...]], bool]:
        """How the parts in which the conditions differ can come out differently, and
        whether these are all ways: every change starts with one of them."""
        found: list[tuple[Goal, ...]] = []
        proven = True
        pairs: dict[tuple[int, int], None] = {}
        for a, b in zip(self._slots(key, 0), self._slots(key, 1), strict=True):
            pairs.update(dict.fromkeys(self._frontier(a, b)))
        for a, b in pairs:
            for x, y in _UNEQUAL:
                goals = Goal(a, x, x), Goal(b, y, y)
                if goals not in self._possible:
                    self._possible[goals] = self._find(goals)
                verdict = self._possible[goals]
                if verdict.picked is not None:
                    found.append(goals)
                else:
                    proven = proven and verdict.proven
        return found, proven

    def _frontier(self, a: int, b: int) -> list[tuple[int, int]]:
        """The smallest parts in which two conditions differ: if each pair comes to
        the same, so do the conditions."""
        bare = self.marks[0].bare, self.marks[1].bare
        if bare[0][a] == bare[1][b]:
            return []
        one, other = self.space.groups.get(a), self.space.groups.get(b)
        if one is None or other is None or one[:2] != other[:2]:
            return [(a, b)]
        left = list(one.kids)
        right = []
        for kid in other.kids:
            twin = next((k for k in left if bare[0][k] == bare[1][kid]), None)
            if twin is None:
                right.append(kid)
            else:
                left.remove(twin)
        if len(left) != len(right):
            return [(a, b)]
        twins = zip(left, right, strict=True)
        return [pair for kids in twins for pair in self._frontier(*kids)]

    def _find(self, goals: tuple[Goal, ...]) -> Found:
        """Search, on what is left of the budget."""
        steps = min(STEPS, self.left)
        if steps <= 0:
            return Found(None, False, 0)
        found = self.search.find(goals, steps)
        self.left -= found.steps
        return found

    def _pairs(self, inside: list[bool]) -> list[tuple[Level | None, Level | None]]:
        if all(inside):
            # First those that need no open question.
            pairs = [(x, y) for x, y in product(LEVELS, LEVELS) if x != y]
            return sorted(pairs, key=lambda pair: "may_apply" in pair)
        shown: tuple[Level, ...] = LEVELS[:2]
        if inside[0]:
            return [(level, None) for level in shown]
        return [(None, level) for level in shown]

    def _slots(self, key: str, side: int) -> list[int]:
        places = [f"findings/{key}/{name}" for name in LEVEL_CONDITIONS]
        return [self.space.slot(place, side) for place in places]

    def _same(self, key: str) -> bool:
        """Whether the three conditions, and what leads to them, mean the same."""
        old, new = ([*map(self.marks[n].full, self._slots(key, n))] for n in (0, 1))
        return old == new

    def _change(
        self,
        key: str,
        before: Level | None,
        after: Level | None,
        starts: list[tuple[Goal, ...]],
    ) -> tuple[Change | None, bool]:
        """Answers for which a finding goes from one level to the other, and if there
        are none, whether that is certain."""
        ways: list[list[tuple[Goal, ...]]] = []
        for side, level in enumerate((before, after)):
            if level is None:
                ways.append([()])
            else:
                a, m, u = self._slots(key, side)
                ways.append(list(_ways(a, m, u, level)))

        def holds(fewer: Picked) -> bool:
            answers = self.space.answers(fewer)
            return self._levels(key, answers) == (before, after)

        proven = True
        for one, other, start in product(*ways, starts):
            found = self._find((*start, *one, *other))
            proven = proven and found.proven
            if found.picked is not None and holds(found.picked):
                answers = self.space.answers(shortest(self.space, found.picked, holds))
                return Change(key, before, after, answers), True
        return None, proven

    def _levels(self, key: str, answers: Json) -> tuple[Level | None, Level | None]:
        """What each release says to the answers it knows questions for."""
        found: list[Level | None] = []
        for release in self.sides:
            known = {k: v for k, v in answers.items() if k in release.questions}
            given = parse_answers(release, known)
            found.append(levels(release, given, self.as_of).get(key))
        return found[0], found[1]
