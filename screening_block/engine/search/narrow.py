"""What questions may still be answered with, and what that means for every slot.

A search narrows the classes of one question after the other and takes that back again;
after each step the bounds of the slots that matter are right for what is left.
"""

from bisect import insort
from typing import NamedTuple

from ..values import NO, UNKNOWN, YES
from .pairs import allowed, row
from .slots import Opaque, Pair, combined
from .space import Space

#: One way to narrow answers down: sets of classes by question, and decided pairs.
Way = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]


class Goal(NamedTuple):
    """A slot is to be at least `low` and at most `high`."""

    slot: int
    low: int
    high: int


def yes(slot: int) -> Goal:
    return Goal(slot, YES, YES)


def no(slot: int) -> Goal:
    return Goal(slot, NO, NO)


class Narrowing:
    """The bounds of a space while questions are held to some of their classes.

    `goals` grows with the gates of the questions that can no longer be left unasked.
    `decided` holds the atoms of two questions that are to come out one way.
    """

    def __init__(self, space: Space) -> None:
        self.space = space
        self.low, self.high = list(space.low), list(space.high)
        self.masks = list(space.all)
        self.decided: dict[int, int] = {}
        self.goals: list[Goal] = []
        #: The groups whose bounds are kept right: those below a goal or a gate.
        self.matter: frozenset[int] = frozenset(space.groups)
        #: Whether values of questions compared with each other have ruled anything out.
        self.leaned = False
        self._trail: list[tuple[int, int, int, int]] = []

    def _take(self, way: Way) -> bool:
        """Narrow one way down; False if that leaves nothing."""
        narrowed, decided = way
        for slot, value in decided:
            self._trail.append((-2, slot, self.decided.get(slot, -1), 0))
            self.decided[slot] = value
            self._bound((slot, value, value))
        for number, mask in narrowed:
            if not mask:
                return False
            if mask != self.masks[number]:
                self._hold(number, mask)
        return not self.decided or self._settle()

    def _hold(self, number: int, mask: int) -> None:
        """Hold a question to some of its classes, with all that follows from it."""
        old = self.masks[number]
        self._trail.append((-1, number, old, 0))
        self.masks[number] = mask
        if old & 1 and not mask & 1:
            self.goals += map(yes, self.space.gates[number])
        self._bound(
            *[
                (
                    test.slot,
                    NO if mask & test.no else UNKNOWN if mask & test.unknown else YES,
                    YES if mask & test.yes else UNKNOWN if mask & test.unknown else NO,
                )
                for test in self.space.tests[number]
            ]
        )
        for pair in self.space.pairs[number]:
            if pair.slot not in self.decided:
                self._pair(pair)
        for leaf in self.space.opaques[number]:
            self._opaque(leaf)

    def _settle(self) -> bool:
        """Drop the classes with which a decided pair cannot come out as it must."""
        masks: dict[int, int] = {}
        pairs = [
            (leaf, value)
            for slot, value in self.decided.items()
            if isinstance(leaf := self.space.leaves[slot], Pair)
        ]
        ahead = list(range(len(pairs)))
        while ahead:
            pair, value = pairs[ahead.pop()]
            for forward, number, other in (
                (True, pair.second, pair.first),
                (False, pair.first, pair.second),
            ):
                mask = masks.get(number, self.masks[number])
                given = masks.get(other, self.masks[other])
                kept = mask & allowed(self.space, pair, forward, given, value)
                self.leaned = self.leaned or kept != mask
                if not kept:
                    return False
                if kept != mask:
                    masks[number] = kept
                    ahead += [
                        place
                        for place, (also, _value) in enumerate(pairs)
                        if number in (also.first, also.second) and place not in ahead
                    ]
        for number, mask in masks.items():
            self._hold(number, mask)
        return True

    def _bound(self, *atoms: tuple[int, int, int]) -> None:
        """Set what atoms (slot, least, most) can be, and all that follows above them.

        A group stands behind its children, so each is worked out once, in order: they
        wait as negative numbers, the next one last.
        """
        space, lows, highs, trail = self.space, self.low, self.high, self._trail
        matter = self.matter
        ahead: list[int] = []
        waiting: set[int] = set()

        def put(slot: int, low: int, high: int) -> None:
            if low != lows[slot] or high != highs[slot]:
                trail.append((slot, lows[slot], highs[slot], 0))
                lows[slot], highs[slot] = low, high
                for parent in space.parents[slot]:
                    if parent in matter and parent not in waiting:
                        waiting.add(parent)
                        insort(ahead, -parent)

        for slot, low, high in atoms:
            put(slot, low, high)
        while ahead:
            slot = -ahead.pop()
            put(slot, *combined(space.groups[slot], lows, highs))

    def _undo(self, mark: int) -> None:
        trail = self._trail
        while len(trail) > mark:
            slot, a, b, _ = trail.pop()
            if slot >= 0:
                self.low[slot], self.high[slot] = a, b
            elif slot == -1:
                self.masks[a] = b
            elif b < 0:
                del self.decided[a]
            else:
                self.decided[a] = b

    # -- atoms of two questions ------------------------------------------------------

    def _pair(self, pair: Pair) -> None:
        first, second = self.masks[pair.first], self.masks[pair.second]
        known = self.space.known
        if not (first & known[pair.first] and second & known[pair.second]):
            self._bound((pair.slot, UNKNOWN, UNKNOWN))
        elif not (first & (first - 1) or second & (second - 1)):
            self.leaned = True
            no_row, yes_row = row(self.space, pair, True, first.bit_length() - 1)
            value = YES if second & yes_row else NO if second & no_row else UNKNOWN
            self._bound((pair.slot, value, value))

    def _opaque(self, leaf: Opaque) -> None:
        cells: dict[int, int] = {}
        for number in leaf.questions:
            mask = self.masks[number]
            if mask & (mask - 1):
                return
            cells[number] = mask.bit_length() - 1
        value = self.space.run(cells)[leaf.slot]
        self._bound((leaf.slot, value, value))
