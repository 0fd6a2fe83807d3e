"""Find answers under which slots come out as wanted, or show that there are none.

Depth-first: the answers of every question start as all its classes; the goals' first
undecided atom splits them in two, and what that means for every slot above is worked
out in three values. A branch ends as soon as a goal can no longer be met. What remains
when all goals are met is a set of answers, the unasked ones left out; it counts only
if the evaluator itself agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..values import NO, YES
from .narrow import Goal, Narrowing, Way
from .pairs import concrete
from .proof import exact, founded, reach
from .slots import ALL, AT_LEAST, NOT, Opaque, Pair, Test
from .space import Picked, Space

#: Steps one search may take unless its caller says otherwise.
STEPS = 400
#: Tries to find values for questions that are compared with each other.
_TRIES = 400


class Found(NamedTuple):
    """How a search ended. `picked`: classes by question, or None. `proven`: whether
    there being none is certain. `steps`: the work it took."""

    picked: Picked | None
    proven: bool
    steps: int


Accept = Callable[[Picked, Sequence[int]], bool]


class Search(Narrowing):
    """Searches one space, many times; what is narrowed is widened again."""

    def __init__(self, space: Space) -> None:
        super().__init__(space)
        self._steps = 0
        self._unsure = False

    # -- the search --------------------------------------------------------------------

    def find(
        self,
        goals: Iterable[Goal],
        steps: int = STEPS,
        accept: Accept | None = None,
        prune: Callable[[Search], bool] | None = None,
    ) -> Found:
        """Answers that meet all goals and whose questions' gates are yes.

        `accept` may refuse a result, given the classes and every slot's value; then
        the search goes on, and finding none is no proof. `prune` may end a branch; it
        must be right about everything below.
        """
        wanted = list(goals)
        self.goals = list(wanted)
        below = (self.space.below(goal.slot) for goal in wanted)
        self.matter = self.space.gated.union(*below)
        self.decided.clear()
        self._unsure = self.leaned = False
        self._steps = 0
        picked = None
        stack: list[tuple[int, int, Iterator[Way]]] = []
        alive = True
        while True:
            if alive:
                self._steps += 1
                good, goal = self._next_goal()
                if not good or (prune is not None and prune(self)):
                    pass
                elif goal is None:
                    picked = self._result(accept)
                    if picked is not None:
                        break
                elif self._steps < steps:
                    mark = (len(self._trail), len(self.goals))
                    stack.append((*mark, self._ways(goal)))
                else:
                    self._unsure = True
            if not stack or self._steps >= steps:
                self._unsure = self._unsure or bool(stack)
                break
            trail, count, ways = stack[-1]
            self._undo(trail)
            del self.goals[count:]
            way = next(ways, None)
            if way is None:
                stack.pop()
                alive = False
            else:
                alive = self._take(way)
        self._undo(0)
        proven = False
        if picked is None and not self._unsure:
            slots = [goal.slot for goal in wanted]
            proven = exact(self.space, reach(self.space, slots), self.leaned)
        return Found(picked, proven, self._steps)

    def _next_goal(self) -> tuple[bool, Goal | None]:
        """Whether all goals can still be met, and the first that is still open."""
        first: Goal | None = None
        for goal in self.goals:
            low, high = self.low[goal.slot], self.high[goal.slot]
            if high < goal.low or low > goal.high:
                return False, None
            if first is None and (low < goal.low or high > goal.high):
                first = goal
        return True, first

    def _ways(self, goal: Goal) -> Iterator[Way]:
        slot = goal.slot
        up = self.low[slot] < goal.low
        bound = goal.low if up else goal.high
        while slot in self.space.groups:
            slot, up, bound = self._down(slot, up, bound)
        leaf = self.space.leaves[slot]
        if isinstance(leaf, Test):
            return self._split_test(leaf, up, bound)
        if isinstance(leaf, Pair):
            return self._split_pair(leaf, up, bound)
        return self._split_opaque(leaf)

    def _down(self, slot: int, up: bool, bound: int) -> tuple[int, bool, int]:
        """The child to look at next so that a group is at least (`up`) or at most
        `bound`: the one with the least below it of those that can help."""
        op, _n, kids = self.space.groups[slot]
        low, high = self.low, self.high
        if op == NOT:
            return kids[0], not up, YES - bound
        if up:
            open_kids = [k for k in kids if low[k] < bound <= high[k]]
        else:
            open_kids = [k for k in kids if high[k] > bound >= low[k]]
        if op == AT_LEAST or (op == ALL) != up:
            open_kids.sort(key=lambda k: len(self.space.cone(k)))
        return open_kids[0], up, bound

    def _split_test(self, test: Test, up: bool, bound: int) -> Iterator[Way]:
        number = self.space.asks[test.slot]
        mask = self.masks[number]
        if up:
            good = test.yes if bound == YES else test.yes | test.unknown
        else:
            good = test.no if bound == NO else test.no | test.unknown
        yield ((number, mask & good),), ()
        yield ((number, mask & ~good),), ()

    def _split_pair(self, pair: Pair, up: bool, bound: int) -> Iterator[Way]:
        first, second = pair.first, pair.second
        known = [(n, self.masks[n] & self.space.known[n]) for n in (first, second)]
        for value in (YES, NO) if up else (NO, YES):
            yield tuple(known), ((pair.slot, value),)
        for number, mask in known:
            yield ((number, self.masks[number] & ~mask),), ()

    def _split_opaque(self, leaf: Opaque) -> Iterator[Way]:
        for number in leaf.questions:
            mask = self.masks[number]
            if mask & (mask - 1):
                while mask:
                    bit = mask & -mask
                    mask ^= bit
                    yield ((number, bit),), ()
                return

    # -- results -----------------------------------------------------------------------

    def _result(self, accept: Accept | None) -> Picked | None:
        """What is left, made into one answer a question and put to the evaluator."""
        picked: Picked = {}
        for number, mask in enumerate(self.masks):
            if not mask & 1:
                liked = self.space.liking[number]
                picked[number] = next(at for at in liked if mask >> at & 1)
        decided = [
            (leaf, value)
            for slot, value in self.decided.items()
            if isinstance(leaf := self.space.leaves[slot], Pair)
        ]
        if decided:
            good = concrete(self.space, self.masks, decided, picked, _TRIES)
            if not good:
                self._unsure = self._unsure or good is None
                self.leaned = True
                return None
        values = self.space.run(picked)
        met = all(g.low <= values[g.slot] <= g.high for g in self.goals)
        if not met or not founded(self.space, picked):
            self._unsure = True
            return None
        if accept is not None and not accept(picked, values):
            self._unsure = True
            return None
        return picked
