"""What can stand at a slot: a group of slots, or an atom of one or more questions."""

from collections.abc import Sequence
from typing import NamedTuple

from ..atoms import Atom
from ..values import YES

#: Operators of groups, by number; an atom has none of them.
ALL, ANY, NOT, AT_LEAST = range(4)


class Group(NamedTuple):
    op: int
    n: int
    kids: tuple[int, ...]


class Pair(NamedTuple):
    """An atom of two questions. `ordered`: as one answer grows, it turns at most once.
    `rows`: see `pairs.row`."""

    slot: int
    side: int
    atom: Atom
    ordered: bool
    first: int
    second: int
    rows: dict[tuple[bool, int], tuple[int, int]]


class Opaque(NamedTuple):
    """A plugin's atom: only its evaluation knows what it means."""

    slot: int
    side: int
    atom: Atom
    questions: tuple[int, ...]


class Test(NamedTuple):
    """An atom of one question: the classes for which it is no, unknown, yes."""

    slot: int
    no: int
    unknown: int
    yes: int


def combined(group: Group, low: Sequence[int], high: Sequence[int]) -> tuple[int, int]:
    """The least and the most a group can be."""
    op, n, kids = group
    if op == ALL:
        return min([low[k] for k in kids]), min([high[k] for k in kids])
    if op == ANY:
        return max([low[k] for k in kids]), max([high[k] for k in kids])
    if op == NOT:
        return YES - high[kids[0]], YES - low[kids[0]]
    lows = sorted([low[k] for k in kids], reverse=True)
    highs = sorted([high[k] for k in kids], reverse=True)
    return lows[n - 1], highs[n - 1]
