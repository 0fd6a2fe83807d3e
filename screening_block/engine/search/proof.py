"""When finding nothing proves that there is nothing."""

from collections.abc import Iterable

from ..values import YES
from .slots import Opaque, Pair
from .space import Picked, Space


def reach(space: Space, slots: Iterable[int]) -> frozenset[int]:
    """Every atom that slots, and the gates behind them, can turn on."""
    found: set[int] = set()
    ahead = list(slots)
    asked: set[int] = set()
    while ahead:
        cone = space.cone(ahead.pop()) - found
        found |= cone
        for leaf in cone:
            for number in space.read_by(leaf):
                if number not in asked:
                    asked.add(number)
                    ahead += space.gates[number]
    return frozenset(found)


def exact(space: Space, atoms: Iterable[int], leaned: bool) -> bool:
    """Whether the classes stand for every answer, as far as these atoms can tell.

    `leaned`: whether questions compared with each other ruled anything out. Where they
    did not, every such comparison was free to come out either way, and how well their
    values were chosen is no matter.
    """
    joined: dict[int, int] = {}

    def end(number: int) -> int:
        while number in joined:
            number = joined[number]
        return number

    kinds: dict[tuple[int, int], set[str]] = {}
    for slot in atoms:
        leaf = space.leaves[slot]
        if isinstance(leaf, Opaque):
            return False
        if not all(space.whole[number] for number in space.read_by(slot)):
            return False
        if leaned and isinstance(leaf, Pair):
            node = space.nodes[slot]
            ends = min(leaf.first, leaf.second), max(leaf.first, leaf.second)
            unit = node.get("unit", "")
            kinds.setdefault(ends, set()).add(unit)
    # Every unit but days, and whatever unit comes later.
    months = any(kind - {"", "days"} for kind in kinds.values())
    for (first, second), kind in kinds.items():
        if "days" in kind and months:
            return False
        a, b = end(first), end(second)
        if a == b and months:
            # Round trips through months of different lengths.
            return False
        joined[a] = b
    # A tree of so many comparisons has no longer chain.
    return not kinds or len(kinds) <= space.carried


def founded(space: Space, picked: Picked) -> bool:
    """Whether the answers can be given one after the other, each gate yes before."""
    gated = [number for number in picked if space.gates[number]]
    given = {n: c for n, c in picked.items() if not space.gates[n]}
    while gated:
        values = space.run(given)
        ready = [
            number
            for number in gated
            if all(values[gate] == YES for gate in space.gates[number])
        ]
        if not ready:
            return False
        for number in ready:
            given[number] = picked[number]
        gated = [number for number in gated if number not in given]
    return True
