"""Static checks of conditions: shape, names, types and limits.

Nothing is coerced when a condition is evaluated, so every mistake a type can show is
found here, before anything is published. A node's id is its place: the id of its root
(`findings/firearm_ground/applies_when`, `facts/conviction`) and then one number per
step down through `of`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .canonical import Json
from .dates import MAX_PERIOD
from .grammar import (
    KEY_PATTERN,
    MAX_CHILDREN,
    MAX_NESTING,
    OTHER,
    PLUGIN_PATTERN,
)
from .model import Chart, Question, Threshold
from .operators import GROUP_OPS, NODES
from .plugins import Operator, fields_of, questions_in
from .shapes import Keyed, Report, Text, join
from .types import TESTS, TYPES, literal_types

_IS_PLUGIN = Text(PLUGIN_PATTERN).match
_PLUGIN_FIELDS = Keyed(KEY_PATTERN, Text())
_TODAY = literal_types("2000-01-01")


@dataclass(frozen=True)
class OperandType:
    """What an operand is: the types it can be of, and its unit if it has one.

    `types` is None where a missing plugin leaves it open.
    """

    types: frozenset[str] | None
    unit: str | None = None


@dataclass
class Checker:
    """Checks conditions against the questions, charts, thresholds and facts there are.

    `facts_used` and `questions_used` collect, per root, what it names directly.
    """

    questions: Mapping[str, Question]
    charts: Mapping[str, Chart]
    thresholds: Mapping[str, Threshold]
    facts: frozenset[str]
    operators: Mapping[str, Operator]
    report: Report
    facts_used: dict[str, set[str]] = field(default_factory=dict)
    questions_used: dict[str, set[str]] = field(default_factory=dict)
    missing_plugins: list[tuple[str, str]] = field(default_factory=list)
    _root: str = ""

    def check(self, node: Any, path: str) -> None:
        self._root = path
        self.facts_used[path] = set()
        self.questions_used[path] = set()
        self._node(node, path, 1)

    def _node(self, node: Any, path: str, level: int) -> None:
        if level > MAX_NESTING:
            self.report(
                path, "nesting", f"Conditions nest at most {MAX_NESTING} levels deep."
            )
            return
        if type(node) is not dict:
            self.report(path, "type", "A condition must be an object.")
            return
        op = node.get("op")
        shape = NODES.get(op) if type(op) is str else None
        if shape is None:
            if type(op) is str and _IS_PLUGIN(op):
                self._plugin(op, node, path)
            else:
                self.report(join(path, "op"), "operator", "This operator is unknown.")
            return
        good = shape.check(node, path, self.report)
        if op in GROUP_OPS:
            self._group(node, path, level)
        elif good:
            getattr(self, f"_{'read' if op in TESTS else op}")(node, path)

    def _group(self, node: Json, path: str, level: int) -> None:
        children = node.get("of")
        if type(children) is not list:
            return
        n = node.get("n")
        if type(n) is int and n > len(children):
            self.report(join(path, "n"), "range", "There are not that many conditions.")
        for index, child in enumerate(children[:MAX_CHILDREN]):
            self._node(child, join(path, index), level + 1)

    def _question(self, key: str, path: str) -> Question | None:
        question = self.questions.get(key)
        if question is None:
            self.report(path, "unknown_question", "There is no such question.")
        else:
            self.questions_used[self._root].add(key)
        return question

    def _read(self, node: Json, path: str) -> None:
        question = self._question(node["question"], join(path, "question"))
        if question is None or question.answers is None:
            return
        op = node["op"]
        if op not in question.answers.tests:
            self.report(
                join(path, "question"),
                "type",
                f"“{op}” cannot read a question that asks for"
                f" {question.answers.description}.",
            )
        elif op == "column":
            self._column(node, path, question)
        elif op == "is":
            self._option(question, node["value"], join(path, "value"))
        else:
            for index, value in enumerate(node["values"]):
                self._option(question, value, join(join(path, "values"), index))

    def _option(self, question: Question, value: Any, path: str) -> None:
        if question.answers is not None and not question.answers.has_options:
            if type(value) is not bool:
                self.report(path, "type", "This question is answered by true or false.")
        elif type(value) is not str or value not in question.allowed:
            self.report(path, "unknown_option", "The question has no such option.")

    def _column(self, node: Json, path: str, question: Question) -> None:
        if question.chart is None:
            self.report(
                join(path, "question"), "type", "This question has no chart behind it."
            )
            return
        column = question.chart.columns.get(node["column"])
        if column is None:
            self.report(join(path, "column"), "unknown_column", "No such column.")
            return
        test = node["test"]
        if (test == "has_any") != (column.type == "choices"):
            self.report(
                join(path, "test"), "type", "This test does not fit the column's type."
            )
        if test == "is" and len(node["values"]) != 1:
            self.report(join(path, "values"), "limit", "“is” takes exactly one value.")
        for index, value in enumerate(node["values"]):
            if value not in column.values:
                self.report(
                    join(join(path, "values"), index),
                    "unknown_value",
                    "The column has no such value.",
                )

    def _operand(self, operand: Json, path: str) -> OperandType | None:
        if "today" in operand:
            return OperandType(_TODAY)
        if "value" in operand:
            return OperandType(literal_types(operand["value"]))
        if "threshold" in operand:
            threshold = self.thresholds.get(operand["threshold"])
            if threshold is None:
                self.report(path, "unknown_threshold", "There is no such threshold.")
                return None
            return OperandType(frozenset((threshold.type,)), threshold.unit)
        question = self._question(operand["question"], path)
        if question is None:
            return None
        answers = question.answers
        if answers is None:
            return OperandType(None)
        if not answers.is_compared:
            self.report(
                path,
                "type",
                f"A question that asks for {answers.description} cannot be compared.",
            )
            return None
        unit = question.unit or question.currency
        return OperandType(frozenset((answers.key,)), unit)

    def _compare(self, node: Json, path: str) -> None:
        left = self._operand(node["left"], join(path, "left"))
        right = self._operand(node["right"], join(path, "right"))
        if left is None or right is None or left.types is None or right.types is None:
            return
        if "value" in node["left"] and "value" in node["right"]:
            self.report(path, "constant", "This compares two fixed values.")
        elif left.types.isdisjoint(right.types):
            self.report(path, "type", "The two sides are not of the same type.")
        elif left.unit and right.unit and left.unit != right.unit:
            self.report(path, "unit", "The two sides are not in the same unit.")

    def _elapsed(self, node: Json, path: str) -> None:
        for side in ("from", "until"):
            found = self._operand(node[side], join(path, side))
            if found is not None and found.types not in (None, _TODAY):
                self.report(join(path, side), "type", "This must be a date.")
        self._period(node["n"], node["unit"], join(path, "n"))

    def _period(self, operand: Json, unit: str, path: str) -> None:
        if "threshold" in operand:
            found = self._operand(operand, path)
            if found is None:
                return
            if found.types is None or "integer" not in found.types:
                self.report(path, "type", "This must be a number.")
                return
            if found.unit and found.unit != unit:
                self.report(path, "unit", "The threshold is not in this unit.")
            numbers = self.thresholds[operand["threshold"]].values
        elif type(operand.get("value")) is int:
            numbers = (operand["value"],)
        else:
            self.report(path, "type", "This must be a number or a threshold.")
            return
        if not all(type(n) is int and 0 <= n <= MAX_PERIOD for n in numbers):
            self.report(path, "range", f"A period is 0 to {MAX_PERIOD} units.")

    def _fact(self, node: Json, path: str) -> None:
        if node["fact"] not in self.facts:
            self.report(join(path, "fact"), "unknown_fact", "There is no such fact.")
        else:
            self.facts_used[self._root].add(node["fact"])

    def _dont_know(self, node: Json, path: str) -> None:
        self._question(node["question"], join(path, "question"))

    def _plugin(self, op: str, node: Json, path: str) -> None:
        if not all(_PLUGIN_FIELDS.match(name) for name in node):
            self.report(path, "key", "A field's name here is not a key.")
        operator = self.operators.get(op)
        if operator is None:
            # The engine runs without the plugin; whether to publish is not its matter.
            self.missing_plugins.append((path, op))
            return
        for key in questions_in(node):
            self._question(key, path)
        try:
            required, known = fields_of(operator)
            for name in sorted(required - node.keys()):
                self.report(join(path, name), "missing", "This is missing.")
            for name in sorted(node.keys() - known - {"op"}):
                self.report(join(path, name), "unknown_field", "This field is unknown.")
            for problem in operator.check(node, self):
                if isinstance(problem, str):
                    self.report(path, "plugin", problem)
                else:
                    name, code, message = problem
                    self.report(join(path, name) if name else path, code, message)
        except Exception:  # noqa: BLE001  a plugin's mistake must not stop an editor
            self.report(path, "plugin", f"The plugin's own check of “{op}” failed.")


def chart_problems(chart: Chart, path: str, report: Report) -> None:
    """Cells and defaults that a chart's columns do not allow."""
    for column in chart.columns.values():
        if column.default is not None:
            place = f"{path}/columns/{column.key}/default"
            _cell(column.default, column.type, column.values, place, report)
    for key, row in chart.rows.items():
        place = f"{path}/rows/{key}"
        if key == OTHER:
            report(f"{place}/key", "reserved", "“other” means: not in this chart.")
        for name, value in row["cells"].items():
            found = chart.columns.get(name)
            if found is None:
                report(f"{place}/cells/{name}", "unknown_column", "No such column.")
            else:
                _cell(value, found.type, found.values, f"{place}/cells/{name}", report)


def _cell(
    value: Any, kind: str, known: tuple[str, ...], path: str, report: Report
) -> None:
    if not TYPES[kind].holds(value):
        report(path, "type", "The value does not fit the column's type.")
        return
    for item in value if isinstance(value, (list, tuple)) else (value,):
        if item not in known:
            report(path, "unknown_value", "The column has no such value.")
