"""What each atom of a condition means.

An atom is a function to 0 no, 1 unknown, 2 yes. One that reads a single question and
nothing of the law is `single`: a function of the question's value. Every other is
`law`: a function of all cells and of the law as it stands on a day. Neither is called
with an answer of the wrong type: answers were made canonical before.
"""

from __future__ import annotations

import operator as functions
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .dates import date_key, key_day, known_date, shift_key
from .model import Question, Threshold
from .plugins import questions_in

if TYPE_CHECKING:
    from .release import Release

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "lt": functions.lt,
    "le": functions.le,
    "eq": functions.eq,
    "ge": functions.ge,
    "gt": functions.gt,
}
Cells = Sequence[Any]
#: The value of an operand: an integer or date key, anything else is unknown.
Read = Callable[[Cells, "Law"], Any]


class Law:
    """The law on one day: every threshold's value, dates as date keys."""

    __slots__ = ("as_of", "day", "thresholds", "values")

    def __init__(
        self, as_of: str, day: int, thresholds: Mapping[str, Threshold]
    ) -> None:
        self.as_of, self.day, self.thresholds = as_of, day, thresholds
        self.values: dict[str, int | None] = {}
        for key, threshold in thresholds.items():
            value = threshold.value(day)
            self.values[key] = date_key(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Atom:
    """An atom ready to run. `questions` are the indexes of those it reads."""

    op: str
    questions: tuple[int, ...]
    law: Callable[[Cells, Law], int]
    single: Callable[[Any], int] | None = None


def _single(op: str, question: Question, test: Callable[[Any], int]) -> Atom:
    index = question.index

    def law(cells: Cells, _law: Law) -> int:
        raise NotImplementedError(index)

    return Atom(op, (index,), law, test)


def _unknown(_cells: Cells, _law: Law) -> int:
    return 1


def atom_of(node: Mapping[str, Any], release: Release) -> Atom:
    """The atom a node of a checked release stands for."""
    op = node["op"]
    if op in ("compare", "elapsed"):
        return _dated(node, release) if op == "elapsed" else _compare(node, release)
    if "." in op:
        return _plugin(node, release)
    question = release.questions[node["question"]]
    if op == "dont_know":
        return _single(op, question, lambda value: 0)
    if question.base is None:
        # The type's plugin is not installed, so there is no answer to read.
        return Atom(op, (question.index,), _unknown, lambda value: 1)
    return _single(op, question, _test(node, question))


def _test(node: Mapping[str, Any], question: Question) -> Callable[[Any], int]:
    op = node["op"]
    if op == "is":
        wanted = node["value"]
        return lambda value: 2 if value == wanted else 0
    many = frozenset(node["values"])
    if op == "in":
        return lambda value: 2 if value in many else 0
    if op == "has_any":
        return lambda value: 0 if many.isdisjoint(value) else 2
    if op == "has_all":
        return lambda value: 2 if many.issubset(value) else 0
    if op == "has_none":
        return lambda value: 2 if many.isdisjoint(value) else 0
    chart, column = question.chart, node["column"]

    def row(key: str) -> int:
        cell = chart.cell(key, column) if chart is not None else None
        if cell is None:
            return 1
        if isinstance(cell, tuple):
            return 0 if many.isdisjoint(cell) else 2
        return 2 if cell in many else 0

    if question.base == "choice":
        return row
    return lambda value: max(map(row, value), default=0)


def _operand(operand: Mapping[str, Any], release: Release) -> tuple[Read, list[int]]:
    """How an operand is read, and the questions it reads."""
    if "question" in operand:
        question = release.questions[operand["question"]]
        index = question.index
        return (lambda cells, law: cells[index]), [index]
    if "threshold" in operand:
        key = operand["threshold"]
        return (lambda cells, law: law.values[key]), []
    if "today" in operand:
        return (lambda cells, law: law.day), []
    value = literal(operand["value"])
    return (lambda cells, law: value), []


def literal(value: int | str) -> int:
    """A literal as it is compared: the number, or the date key."""
    return known_date(value) if isinstance(value, str) else value


def _compare(node: Mapping[str, Any], release: Release) -> Atom:
    test = COMPARE[node["cmp"]]
    left, left_questions = _operand(node["left"], release)
    right, right_questions = _operand(node["right"], release)

    def law(cells: Cells, law: Law) -> int:
        a, b = left(cells, law), right(cells, law)
        if type(a) is not int or type(b) is not int:
            return 1
        return 2 if test(a, b) else 0

    questions = tuple(dict.fromkeys((*left_questions, *right_questions)))
    if any(question_of(release, i).base is None for i in questions):
        return Atom("compare", questions, _unknown)
    if "value" in node["right"] and left_questions:
        fixed = literal(node["right"]["value"])
        return Atom("compare", questions, law, lambda v: 2 if test(v, fixed) else 0)
    if "value" in node["left"] and right_questions:
        fixed = literal(node["left"]["value"])
        return Atom("compare", questions, law, lambda v: 2 if test(fixed, v) else 0)
    return Atom("compare", questions, law)


def question_of(release: Release, index: int) -> Question:
    return list(release.questions.values())[index]


def _dated(node: Mapping[str, Any], release: Release) -> Atom:
    start, start_questions = _operand(node["from"], release)
    until, until_questions = _operand(node["until"], release)
    period, _none = _operand(node["n"], release)
    unit, test = node["unit"], COMPARE[node["cmp"]]
    next_day = node.get("roll", release.roll) == "next_day"

    def law(cells: Cells, law: Law) -> int:
        a, b, n = start(cells, law), until(cells, law), period(cells, law)
        if type(a) is not int or type(b) is not int or type(n) is not int:
            return 1
        if unit == "days":
            return 2 if test(key_day(b) - key_day(a), n) else 0
        return 2 if test(b, shift_key(a, n, unit, next_day)) else 0

    questions = tuple(dict.fromkeys((*start_questions, *until_questions)))
    if any(question_of(release, i).base is None for i in questions):
        return Atom("elapsed", questions, _unknown)
    return Atom("elapsed", questions, law)


class PluginContext:
    """What a plugin's operator sees of one evaluation: the questions its node names,
    the thresholds and the day."""

    __slots__ = ("_cells", "_law", "_questions", "as_of")

    def __init__(
        self, cells: Cells, law: Law, questions: Mapping[str, Question]
    ) -> None:
        self._cells, self._law, self._questions = cells, law, questions
        self.as_of = law.as_of

    def answer(self, question: str) -> Any:
        from .answers import public_value

        found = self._questions[question]
        return public_value(found, self._cells[found.index])

    def threshold(self, key: str) -> int | str | None:
        return self._law.thresholds[key].value(self._law.day)


def _plugin(node: Mapping[str, Any], release: Release) -> Atom:
    op = node["op"]
    operator = release.operators.get(op)
    if operator is None:
        return Atom(op, (), _unknown)
    questions = {
        key: release.questions[key]
        for key in questions_in(node)
        if key in release.questions
    }

    def law(cells: Cells, law: Law) -> int:
        try:
            value = operator.evaluate(node, PluginContext(cells, law, questions))
        except Exception:  # noqa: BLE001  a failing plugin is unknown, never no
            return 1
        return value if type(value) is int and 0 <= value <= 2 else 1

    return Atom(op, tuple(q.index for q in questions.values()), law)
