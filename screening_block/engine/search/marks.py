"""Names for what conditions mean: equal marks, equal meaning on that day.

A mark covers everything a slot's value depends on: the conditions behind facts, the
values of thresholds, the cells of charts, what questions may be answered with, and the
gates that hold questions back. Structure that cannot matter (order, groups of one,
names of facts) is not in it.
"""

import hashlib
from typing import Any

from ..canonical import Json, canonical
from ..model import Question
from ..release import Release
from .slots import AT_LEAST
from .space import Space

Mark = bytes


def _mark(*parts: Any) -> Mark:
    return hashlib.sha256(canonical(list(parts))).digest()[:16]


class Marks:
    """The marks of one side of a space."""

    def __init__(self, space: Space, side: int = 0) -> None:
        self.space, self.side = space, side
        self.release: Release = space.releases[side]
        self.bare: dict[int, str] = {}
        self._full: dict[int, Mark] = {}
        self._questions: dict[str, str] = {}
        end = space.offsets[side] + len(space.programs[side].masks)
        for slot in range(space.offsets[side], end):
            # Children come before their parents.
            self.bare[slot] = self._bare(slot)

    def _bare(self, slot: int) -> str:
        """What a slot means, gates left out."""
        space = self.space
        if slot in space.groups:
            op, n, kids = space.groups[slot]
            below = sorted(self.bare[kid] for kid in kids)
            if op != AT_LEAST:
                below = sorted(set(below))
            return _mark(op, n, below).hex()
        if slot not in space.nodes:
            return _mark("no").hex()
        node = space.nodes[slot]
        parts: list[Any] = [node, *self._law(node)]
        if slot in space.leaves:
            names = sorted(space.keys[n] for n in space.read_by(slot))
            parts += [[name, self.question(name)] for name in names]
        if node["op"] == "column":
            chart = self.release.questions[node["question"]].chart
            if chart is not None:
                for row in sorted(chart.rows):
                    cell = chart.cell(row, node["column"])
                    told = sorted(cell) if isinstance(cell, tuple) else cell
                    parts.append([row, told])
        return _mark(*parts).hex()

    def _law(self, node: Json) -> list[Any]:
        """The values of the thresholds a node names, and the day if it looks at it."""
        found: list[Any] = []
        law = self.space.laws[self.side]

        def look(value: Any) -> None:
            if isinstance(value, dict):
                for name, inner in value.items():
                    if name == "threshold" and isinstance(inner, str):
                        found.append(law.values.get(inner))
                    elif name == "today":
                        found.append(law.day)
                    else:
                        look(inner)
            elif isinstance(value, list):
                for inner in value:
                    look(inner)

        look(node)
        if "." in node["op"]:
            # A plugin's operator may look at the day and at any threshold.
            found += [law.day, sorted(law.values.items())]
        elif node["op"] == "elapsed":
            found.append(node.get("roll", self.release.roll))
        return found

    def question(self, key: str) -> str:
        """What a question may be answered with."""
        found = self._questions.get(key)
        if found is None:
            question = self.release.questions[key]
            found = self._questions[key] = _mark(*_answers(question)).hex()
        return found

    def full(self, slot: int) -> Mark:
        """What a slot means, and which answers can ever reach it."""
        found = self._full.get(slot)
        if found is None:
            gates = []
            for number in sorted(self.asked([slot])):
                own = self.gates_of(number)
                gates.append([self.space.keys[number], [self.bare[g] for g in own]])
            found = self._full[slot] = _mark(self.bare[slot], gates)
        return found

    def gates_of(self, number: int) -> list[int]:
        return [gate for gate in self.space.gates[number] if gate in self.bare]

    def asked(self, slots: list[int]) -> set[int]:
        """The questions slots depend on, and those the gates before these depend on."""
        found: set[int] = set()
        ahead = list(slots)
        while ahead:
            for number in self.space.questions_of(ahead.pop()) - found:
                found.add(number)
                ahead += self.gates_of(number)
        return found


def _answers(question: Question) -> list[Any]:
    parts: list[Any] = [question.type, question.base]
    parts += [question.minimum, question.maximum]
    parts += [sorted(question.options), sorted(question.exclusive)]
    parts += [question.unit, question.currency]
    if question.plugin is not None:
        parts.append({k: v for k, v in question.data.items() if k != "ask_when"})
    return parts
