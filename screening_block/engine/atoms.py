"""What each atom of a condition means.

An atom is a function to 0 no, 1 unknown, 2 yes. One that reads a single question is
`single`: a function of the question's value, which is known, and of the law as it
stands on a day; while the value is not known the atom is unknown. Every other is
`many`: a function of all cells and of the law. Neither meets an answer of the wrong
type: answers were made canonical before.
"""

import operator as functions
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .canonical import Json
from .dates import date_key, key_day, known_date, shift_key
from .model import Model, Question, Threshold
from .plugins import questions_in
from .types import AnswerType
from .values import public_value

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "lt": functions.lt,
    "le": functions.le,
    "eq": functions.eq,
    "ge": functions.ge,
    "gt": functions.gt,
}
Cells = Sequence[Any]
Single = Callable[[Any, "Law"], int]
Many = Callable[[Cells, "Law"], int]
#: The value of an operand that is no question: an integer, a date key, or None.
Read = Callable[["Law"], int | None]


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
    """An atom ready to run, in one of its two forms. `questions` are the indexes of
    those it reads."""

    op: str
    questions: tuple[int, ...]
    single: Single | None = None
    many: Many | None = None


def _unknown(_cells: Cells, _law: Law) -> int:
    return 1


def atom_of(node: Json, model: Model) -> Atom:
    """The atom a node of a checked release stands for."""
    op = node["op"]
    if op == "compare":
        return _compare(node, model)
    if op == "elapsed":
        return _elapsed(node, model)
    if "." in op:
        return _plugin(node, model)
    question = model.questions[node["question"]]
    if op == "dont_know":
        return Atom(op, (question.index,), lambda value, law: 0)
    if question.answers is None:
        # The type's plugin is not installed, so there is no answer to read.
        return Atom(op, (question.index,), lambda value, law: 1)
    return Atom(op, (question.index,), _test(node, question, question.answers))


def _test(node: Json, question: Question, answers: AnswerType) -> Single:
    op = node["op"]
    if op == "is":
        wanted = node["value"]
        return lambda value, law: 2 if value == wanted else 0
    many = frozenset(node["values"])
    if op == "in":
        return lambda value, law: 2 if value in many else 0
    if op == "has_any":
        return lambda value, law: 0 if many.isdisjoint(value) else 2
    if op == "has_all":
        return lambda value, law: 2 if many.issubset(value) else 0
    if op == "has_none":
        return lambda value, law: 2 if many.isdisjoint(value) else 0
    chart, column, members = question.chart, node["column"], answers.members

    def row(key: str) -> int:
        cell = chart.cell(key, column) if chart is not None else None
        if cell is None:
            return 1
        if isinstance(cell, tuple):
            return 0 if many.isdisjoint(cell) else 2
        return 2 if cell in many else 0

    return lambda value, law: max(map(row, members(value)), default=0)


def literal(value: int | str) -> int:
    """A literal as it is compared: the number, or the date key."""
    return known_date(value) if isinstance(value, str) else value


def _read(operand: Json) -> Read:
    """How an operand that is no question is read."""
    if "threshold" in operand:
        key = operand["threshold"]
        return lambda law: law.values[key]
    if "today" in operand:
        return lambda law: law.day
    value = literal(operand["value"])
    return lambda law: value


def _known(cell: Any) -> int | None:
    """The number or date key of a cell, None for both kinds of unknown."""
    return cell if type(cell) is int else None


def _pair(
    op: str,
    left: Json,
    right: Json,
    model: Model,
    test: Callable[[Any, Any, Law], int],
) -> Atom:
    """An atom that tests two operands, both known when `test` is called."""
    names = [side["question"] for side in (left, right) if "question" in side]
    indexes = [model.questions[name].index for name in names]
    questions = tuple(dict.fromkeys(indexes))
    if any(model.questions[name].base is None for name in names):
        return Atom(op, questions, many=_unknown)
    if len(indexes) == 2:
        i, j = indexes

        def two(cells: Cells, law: Law) -> int:
            a, b = _known(cells[i]), _known(cells[j])
            return 1 if a is None or b is None else test(a, b, law)

        return Atom(op, questions, many=two)
    if "question" in left:
        other = _read(right)

        def first(value: Any, law: Law) -> int:
            b = other(law)
            return 1 if b is None else test(value, b, law)

        return Atom(op, questions, first)
    other = _read(left)
    if "question" in right:

        def second(value: Any, law: Law) -> int:
            a = other(law)
            return 1 if a is None else test(a, value, law)

        return Atom(op, questions, second)
    last = _read(right)

    def none(_cells: Cells, law: Law) -> int:
        a, b = other(law), last(law)
        return 1 if a is None or b is None else test(a, b, law)

    return Atom(op, (), many=none)


def _compare(node: Json, model: Model) -> Atom:
    compare = COMPARE[node["cmp"]]
    return _pair(
        "compare",
        node["left"],
        node["right"],
        model,
        lambda a, b, law: 2 if compare(a, b) else 0,
    )


def _elapsed(node: Json, model: Model) -> Atom:
    unit, compare = node["unit"], COMPARE[node["cmp"]]
    next_day = node.get("roll", model.roll) == "next_day"
    period = _read(node["n"])

    def test(start: int, until: int, law: Law) -> int:
        n = period(law)
        if n is None:
            return 1
        if unit == "days":
            return 2 if compare(key_day(until) - key_day(start), n) else 0
        return 2 if compare(until, shift_key(start, n, unit, next_day)) else 0

    return _pair("elapsed", node["from"], node["until"], model, test)


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
        found = self._questions[question]
        return public_value(found, self._cells[found.index])

    def threshold(self, key: str) -> int | str | None:
        return self._law.thresholds[key].value(self._law.day)


def _plugin(node: Json, model: Model) -> Atom:
    op = node["op"]
    operator = model.operators.get(op)
    if operator is None:
        return Atom(op, (), many=_unknown)
    known = model.questions
    questions = {key: known[key] for key in questions_in(node) if key in known}

    def many(cells: Cells, law: Law) -> int:
        try:
            value = operator.evaluate(node, PluginContext(cells, law, questions))
        except Exception:  # noqa: BLE001  a failing plugin is unknown, never no
            return 1
        return value if type(value) is int and 0 <= value <= 2 else 1

    return Atom(op, tuple(q.index for q in questions.values()), many=many)
