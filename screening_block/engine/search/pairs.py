"""Atoms that compare the answers to two questions with each other."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from ..values import NO, NOT_ASKED, UNKNOWN, YES
from .slots import Pair
from .space import Picked, Space


def row(space: Space, pair: Pair, forward: bool, place: int) -> tuple[int, int]:
    """The classes of the second question (`forward`), or of the first, for which the
    atom is no and for which it is yes, given the other question's class."""
    found = pair.rows.get((forward, place))
    if found is None:
        found = pair.rows[forward, place] = _work_out(space, pair, forward, place)
    return found


def _work_out(space: Space, pair: Pair, forward: bool, place: int) -> tuple[int, int]:
    given, other = pair.first, pair.second
    if not forward:
        given, other = other, given
    release, law = space.releases[pair.side], space.laws[pair.side]
    cells: list[Any] = [NOT_ASKED] * len(release.questions)
    cells[release.questions[space.keys[given]].index] = space.cells[given][place]
    index = release.questions[space.keys[other]].index
    many = pair.atom.many

    def value(at: int) -> int:
        cells[index] = space.cells[other][at]
        return UNKNOWN if many is None else many(cells, law)

    mask = space.known[other]
    first, end = (mask & -mask).bit_length() - 1, mask.bit_length()
    rows = [0, 0, 0]
    if not mask:
        return 0, 0
    if pair.ordered:
        # Values rise from class to class, so the atom turns at most once.
        least, most = value(first), value(end - 1)
        turn = end
        if least != most:
            turn = bisect_left(
                range(end), True, lo=first, key=lambda at: value(at) != least
            )
        below = (1 << turn) - 1
        rows[least] |= mask & below
        rows[most] |= mask & ~below
    else:
        for at in range(first, end):
            rows[value(at)] |= 1 << at
    return rows[NO], rows[YES]


def allowed(space: Space, pair: Pair, forward: bool, mask: int, wanted: int) -> int:
    """The classes of the second question (`forward`), or of the first, that go with
    some class of `mask` of the other so that the atom comes out as wanted."""
    side = wanted // 2
    if pair.ordered and mask:
        # The rows lie within each other, the largest at one of both ends.
        ends = (mask & -mask).bit_length() - 1, mask.bit_length() - 1
        low, high = (row(space, pair, forward, end)[side] for end in ends)
        return low | high
    found = 0
    while mask:
        bit = mask & -mask
        mask ^= bit
        found |= row(space, pair, forward, bit.bit_length() - 1)[side]
    return found


def concrete(
    space: Space,
    masks: Sequence[int],
    decided: Sequence[tuple[Pair, int]],
    picked: Picked,
    tries: int,
) -> bool | None:
    """Pick classes for all questions of the pairs so that each comes out as decided.

    False if that is impossible, None if that could not be settled in so many tries.
    """
    numbers = sorted({n for pair, _value in decided for n in (pair.first, pair.second)})
    left = tries
    for number in numbers:
        picked.pop(number, None)

    def place(position: int) -> bool:
        nonlocal left
        if position == len(numbers):
            return True
        number = numbers[position]
        mask = masks[number]
        for pair, value in decided:
            if number == pair.second and pair.first in picked:
                bit = 1 << picked[pair.first]
                mask &= allowed(space, pair, True, bit, value)
            elif number == pair.first and pair.second in picked:
                bit = 1 << picked[pair.second]
                mask &= allowed(space, pair, False, bit, value)
        for at in space.liking[number]:
            if mask >> at & 1 and left > 0:
                left -= 1
                picked[number] = at
                if place(position + 1):
                    return True
                del picked[number]
        return False

    if place(0):
        return True
    return False if left > 0 else None
