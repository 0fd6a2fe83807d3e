"""The answers worth trying: a question's axis cut where the law's constants cut it.

Between two neighbouring constants no condition can tell one number or date from
another, so a value at, just below and just above each of them stands for all. Where
two answers are compared with each other, the constants of the one are carried over to
the other, along every chain of such comparisons.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..atoms import Law, literal
from ..canonical import Json
from ..dates import date_key, day_key, key_day, shift_key
from ..model import Question
from ..program import Program

FIRST_DAY, LAST_DAY = 19000101, 21001231
#: Sets of options of one question that are told apart, at most.
MOST_SETS = 20_000
#: Points on the axis of a question that is compared with another, at most.
MOST_POINTS = 80
#: Days at which years and months differ in length.
_LEAPS = (20200229, 20190228, 20231031)


class Cut:
    """One test of a question against a constant, or against another question.

    `other` is the other question's key, or None; then `at` is the constant. `n` and
    `unit` move the other side (`sign` 1) or are to be taken off it (`sign` -1).
    """

    __slots__ = ("at", "n", "next_day", "other", "sign", "unit")

    def __init__(
        self,
        other: str | None,
        at: int | None,
        n: int = 0,
        unit: str = "days",
        sign: int = 1,
        next_day: bool = False,
    ) -> None:
        self.other, self.at, self.n, self.unit = other, at, n, unit
        self.sign, self.next_day = sign, next_day

    def turn(self, value: int, dates: bool) -> int:
        """Where on this question's axis the other side's value makes a difference."""
        if not dates or not self.n:
            return value
        return shift_key(value, self.sign * self.n, self.unit, self.next_day)


def cuts(node: Json, key: str, program: Program, law: Law) -> Iterator[Cut]:
    """How an atom cuts the axis of a question."""
    op = node["op"]
    if op == "compare":
        for mine, other in (("left", "right"), ("right", "left")):
            if node[mine].get("question") == key:
                yield _cut(node[other], law)
    elif op == "elapsed":
        n = _constant(node["n"], law)
        roll = node.get("roll", program.model.roll) == "next_day"
        for mine, other, sign in (("until", "from", 1), ("from", "until", -1)):
            if n is not None and node[mine].get("question") == key:
                cut = _cut(node[other], law)
                yield Cut(cut.other, cut.at, n, node["unit"], sign, roll)
    elif "." in op:
        for value in _loose(node, law):
            yield Cut(None, value)


def _cut(operand: Json, law: Law) -> Cut:
    if "question" in operand:
        return Cut(operand["question"], None)
    return Cut(None, _constant(operand, law))


def _constant(operand: Json, law: Law) -> int | None:
    if "threshold" in operand:
        return law.values[operand["threshold"]]
    return law.day if "today" in operand else literal(operand["value"])


def _loose(value: Any, law: Law) -> Iterator[int]:
    """Numbers, dates and thresholds anywhere in a plugin's node."""
    if isinstance(value, dict):
        for name, inner in value.items():
            found = law.values.get(inner) if isinstance(inner, str) else None
            if name == "threshold" and found is not None:
                yield found
            yield from _loose(inner, law)
    elif isinstance(value, list):
        for inner in value:
            yield from _loose(inner, law)
    elif type(value) is int:
        yield value
    elif isinstance(value, str) and (day := date_key(value)) is not None:
        yield day


class Axis:
    """The numbers or dates a question may be answered with, as far as they matter."""

    def __init__(self, question: Question, day: int) -> None:
        self.dates = question.base == "date"
        self.least = FIRST_DAY if self.dates else question.minimum
        self.most = LAST_DAY if self.dates else question.maximum
        self.day = day
        self.points: set[int] = set()

    def limit(self, least: int | None, most: int | None) -> None:
        """Keep to answers that another release takes too."""
        if least is not None and (self.least is None or least > self.least):
            self.least = least
        if most is not None and (self.most is None or most < self.most):
            self.most = most

    def moved(self, value: int, steps: int) -> int:
        return day_key(key_day(value) + steps) if self.dates else value + steps

    def within(self, value: int) -> bool:
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    def values(self, width: int) -> list[int]:
        """The points and their neighbours up to `width` away, the likeliest first."""
        points = set(self.points)
        if not self.dates:
            points.update(end for end in (self.least, self.most) if end is not None)
        if not points:
            points.add(self.day if self.dates else 1)
        far: dict[int, int] = {}
        for point in points:
            for step in range(-width, width + 1):
                value = self.moved(point, step)
                far[value] = min(abs(step), far.get(value, width))
        if self.dates:
            for end in (FIRST_DAY, LAST_DAY):
                far.setdefault(end, width + 1)

        def unlikely(value: int) -> tuple[bool, int, int]:
            odd = value > self.day if self.dates else value < 0
            return odd, far[value], value

        return sorted(filter(self.within, far), key=unlikely)


def carry(axes: Mapping[str, Axis], links: Mapping[str, list[Cut]]) -> int:
    """Carry points along the comparisons of questions with each other.

    Returns how many comparisons in a row were followed with nothing left out: enough
    for that many and one questions in a chain.
    """
    linked = [key for key, cut in links.items() if cut]
    for key in linked:
        axis = axes[key]
        if axis.dates and any(cut.unit != "days" for cut in links[key]):
            axis.points.update(_LEAPS)
        if not axis.points:
            axis.points.add(axis.day if axis.dates else 1)
    new = {key: set(axes[key].points) for key in linked}
    for done in range(len(linked) - 1):
        reached: dict[str, set[int]] = {key: set() for key in linked}
        for key in linked:
            axis = axes[key]
            for cut in links[key]:
                for value in sorted(new.get(cut.other or "", ())):
                    point = cut.turn(value, axis.dates)
                    if not axis.within(point) or point in axis.points:
                        continue
                    if len(axis.points) >= MOST_POINTS:
                        return done
                    axis.points.add(point)
                    reached[key].add(point)
        new = reached
    return len(linked)


def option_sets(
    question: Question, nodes: Iterable[Json]
) -> tuple[list[tuple[str, ...]], bool]:
    """Sets of options that the atoms can tell apart, smaller first; and whether all.

    Each option has a profile: what it contributes to each atom. What a set comes to
    depends on its options' profiles together only.
    """
    nodes = list(nodes)
    profiles: dict[str, int] = {}
    bit = 1
    for option in question.options:
        profiles[option] = 0
    for node in nodes:
        op = node["op"]
        if op == "has_all" or "." in op:
            wanted = node.get("values", question.options)
            for option in wanted if op == "has_all" else question.options:
                profiles[option] |= bit
                bit <<= 1
        elif op in ("has_any", "has_none"):
            for option in node["values"]:
                profiles[option] |= bit
            bit <<= 1
        elif op == "column" and question.chart is not None:
            many = frozenset(node["values"])
            for option in question.options:
                cell = question.chart.cell(option, node["column"])
                parts = cell if isinstance(cell, tuple) else (cell,)
                if cell is None:
                    profiles[option] |= bit
                elif not many.isdisjoint(parts):
                    profiles[option] |= bit << 1
            bit <<= 2
        elif op not in ("column", "dont_know"):
            raise NotImplementedError(f"Which options {op} tells apart.")
    found: dict[int, tuple[str, ...]] = {0: ()}
    whole = True
    free = [option for option in question.options if option not in question.exclusive]
    for option in free:
        for profile, members in list(found.items()):
            merged = profile | profiles[option]
            if merged not in found:
                if len(found) >= MOST_SETS:
                    whole = False
                    break
                found[merged] = (*members, option)
    sets = sorted(found.values(), key=len)
    sets += [(option,) for option in sorted(question.exclusive)]
    # A visitor who has nothing to tick more likely ticks what stands for nothing, or
    # an option no condition looks at, than sends an empty answer; still it is one.
    return [tuple(sorted(members)) for members in sets], whole
