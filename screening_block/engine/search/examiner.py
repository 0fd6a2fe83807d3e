"""One release under examination: searches it, counts the work, keeps what it learns.

The budget is in steps, not in time, so that the same release always gives the same
answer. A step is one narrowing of one question.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from ..answers import Answers
from ..model import LEVEL_CONDITIONS
from ..release import Release
from ..replay import Replay
from ..values import NOT_ASKED
from .marks import Mark, Marks
from .narrow import Goal
from .solve import STEPS, Accept, Found, Search
from .space import Picked, Space
from .witness import shortest

#: Steps of all searches of one examination. A step of a release of usual size takes
#: well under a tenth of a millisecond.
BUDGET = 20_000
#: What a `Memory` keeps before it is emptied.
_MOST_KEPT = 20_000
#: Sets of answers of which an examination keeps what comes out.
_MOST_REPLAYS = 1_000

#: A goal as kept: what its slot means and the values it may have.
_Key = tuple[tuple[Mark, int, int], ...]


class Verdict(NamedTuple):
    """Whether some answers meet the goals. `answers` do, if there are any; if there
    are none, `proven` says whether that is certain."""

    answers: dict[str, Any] | None
    proven: bool

    @property
    def never(self) -> bool:
        """Certain that there are none."""
        return self.answers is None and self.proven


class Memory:
    """What earlier examinations found, by meaning: pass the same one again and only
    what has changed since is searched."""

    def __init__(self) -> None:
        self.kept: dict[_Key, Verdict] = {}
        #: Checks of other kinds that had nothing to say.
        self.quiet: set[tuple[str, str, tuple[Mark, ...]]] = set()

    def keep(self, key: _Key, verdict: Verdict) -> None:
        if len(self.kept) >= _MOST_KEPT:
            self.kept.clear()
        self.kept[key] = verdict

    def keep_quiet(self, key: tuple[str, str, tuple[Mark, ...]]) -> None:
        if len(self.quiet) >= _MOST_KEPT:
            self.quiet.clear()
        self.quiet.add(key)


class Examiner:
    """Searches one release on one day."""

    def __init__(
        self, release: Release, as_of: str, budget: int, memory: Memory | None
    ) -> None:
        self.release, self.as_of = release, as_of
        self.left = budget
        self.space = Space([release], as_of)
        self.search = Search(self.space)
        self.memory = memory
        self.marks = Marks(self.space)
        #: Values seen in some admissible answers, as bits per slot.
        self.seen = [0] * self.space.size
        self._replays: dict[frozenset[tuple[int, int]], Replay] = {}

    def slot(self, root: str) -> int:
        return self.space.slot(root)

    @cached_property
    def users(self) -> dict[int, list[tuple[str, list[int]]]]:
        """Per question that decides one, the findings and the conditions of each."""
        found: dict[int, list[tuple[str, list[int]]]] = defaultdict(list)
        for key in self.release.findings:
            slots = [self.slot(f"findings/{key}/{name}") for name in LEVEL_CONDITIONS]
            for number in set().union(*map(self.space.questions_of, slots)):
                found[number].append((key, slots))
        return dict(found)

    def can(self, *goals: Goal) -> Verdict:
        """Whether answers a visitor could give meet all the goals."""
        goals = tuple(g for g in goals if not self._met(g))
        key = tuple(sorted((self.marks.full(g.slot), g.low, g.high) for g in goals))
        if self.memory is not None:
            kept = self.memory.kept.get(key)
            if kept is not None:
                return kept
        found = self.find(goals)
        answers = None
        if found.picked is not None:
            answers = self.answers(found.picked, goals)
        verdict = Verdict(answers, found.proven)
        if self.memory is not None and (answers is not None or found.proven):
            self.memory.keep(key, verdict)
        return verdict

    def _met(self, goal: Goal) -> bool:
        """Whether nothing can keep the slot from being as wanted."""
        low, high = self.space.low[goal.slot], self.space.high[goal.slot]
        return goal.low <= low and high <= goal.high

    def find(
        self,
        goals: Iterable[Goal],
        accept: Accept | None = None,
        prune: Callable[[Search], bool] | None = None,
        steps: int = STEPS,
    ) -> Found:
        """Search, on what is left of the budget."""
        steps = min(steps, self.left)
        if steps <= 0:
            return Found(None, False, 0)
        found = self.search.find(goals, steps, accept, prune)
        self.left -= found.steps
        if found.picked is not None:
            self.see(found.picked)
        return found

    def replay(self, picked: Mapping[int, int]) -> Replay:
        """The values under some answers, and what is open then. To be read only.

        Kept for a while: each finding that a question decides asks for the same.
        """
        key = frozenset(picked.items())
        found = self._replays.get(key)
        if found is None:
            if len(self._replays) >= _MOST_REPLAYS:
                self._replays.clear()
            found = self._replays[key] = self._replayed(picked)
        return found

    def _replayed(self, picked: Mapping[int, int]) -> Replay:
        program = self.release.program
        cells: list[Any] = [NOT_ASKED] * len(program.questions)
        for number, at in picked.items():
            cells[number] = self.space.cells[number][at]
        unanswered = Answers(self.release, cells).open
        return Replay(program, cells, unanswered, program.law(self.as_of))

    def see(self, picked: Picked) -> None:
        """Note what comes out under admissible answers."""
        for slot, value in enumerate(self.space.run(picked)):
            self.seen[slot] |= 1 << value

    def can_be(self, slot: int, value: int) -> Verdict:
        """Whether a slot can have a value; no answers are given if it was seen."""
        if self.seen[slot] >> value & 1:
            return Verdict({}, True)
        return self.can(Goal(slot, value, value))

    def answers(self, picked: Picked, goals: Iterable[Goal]) -> dict[str, Any]:
        """The fewest of the answers that meet the goals."""
        wanted = tuple(goals)

        def holds(fewer: Picked) -> bool:
            values = self.space.run(fewer)
            return all(g.low <= values[g.slot] <= g.high for g in wanted)

        return self.space.answers(shortest(self.space, picked, holds))

    def spread(self, rounds: int) -> None:
        """Try some whole sets of answers, to see cheaply what most slots can be."""
        space = self.space
        state = 1
        for _round in range(rounds):
            picked: Picked = {}
            for number, cells in enumerate(space.cells):
                state = (state * 1103515245 + 12345) & 0x7FFFFFFF
                picked[number] = (state >> 8) % len(cells)
            for number, cells in enumerate(space.cells):
                if cells[picked[number]] is NOT_ASKED:
                    del picked[number]
            given = {n: c for n, c in picked.items() if not space.gates[n]}
            while True:
                values = space.run(given)
                new = {
                    n: c
                    for n, c in picked.items()
                    if n not in given and all(values[g] == 2 for g in space.gates[n])
                }
                if not new:
                    break
                given.update(new)
            for slot, value in enumerate(values):
                self.seen[slot] |= 1 << value
