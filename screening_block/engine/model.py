"""The parts of a release that conditions speak of, indexed for look-up.

Built from data whose shape has been checked (`grammar.RELEASE`); everything here is
read-only.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .canonical import Json
from .choices import SHORT_PARTS
from .dates import date_key
from .grammar import OTHER
from .plugins import Operator, QuestionType
from .types import TYPES, AnswerType

#: The conditions of a finding that decide its level, in the order of the formula.
LEVEL_CONDITIONS = ("applies_when", "may_apply_when", "unless")

CellValue = str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart. `default` stands for a blank cell; None is unknown."""

    key: str
    type: str
    values: tuple[str, ...]
    default: CellValue


@dataclass(frozen=True, slots=True)
class Chart:
    key: str
    columns: Mapping[str, Column]
    rows: Mapping[str, Json]

    def cell(self, row: str, column: str) -> CellValue:
        """What the chart says for a row; None is unknown (also for `other`)."""
        record = self.rows.get(row)
        if record is None:
            return None
        value = record["cells"].get(column, self.columns[column].default)
        return tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Question:
    """A question. `base` is the type its values compare on: its own, what a plugin's
    type declares, or None for a plugin's type that is not installed; `answers` is the
    object of that type."""

    key: str
    index: int
    type: str
    base: str | None
    options: tuple[str, ...]
    exclusive: frozenset[str]
    chart: Chart | None
    unit: str | None
    currency: str | None
    minimum: int | None
    maximum: int | None
    data: Json
    plugin: QuestionType | None = None
    allowed: frozenset[str] = field(default_factory=frozenset)
    answers: AnswerType | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number or date of the law with its dated values, oldest first."""

    key: str
    type: str
    unit: str | None
    starts: tuple[int, ...]
    values: tuple[int | str, ...]
    data: Json

    def value(self, as_of: int) -> int | str | None:
        """The newest value on or before the date key `as_of`; None before the first."""
        place = bisect_right(self.starts, as_of)
        return self.values[place - 1] if place else None


def build_charts(data: Json) -> dict[str, Chart]:
    charts = {}
    for key, chart in data["charts"].items():
        columns = {}
        for column in chart["columns"]:
            default = column["default"]
            columns[column["key"]] = Column(
                column["key"],
                column["type"],
                tuple(column["values"]),
                tuple(default) if isinstance(default, list) else default,
            )
        charts[key] = Chart(key, columns, {row["key"]: row for row in chart["rows"]})
    return charts


def build_questions(
    data: Json,
    charts: Mapping[str, Chart],
    types: Mapping[str, QuestionType],
) -> dict[str, Question]:
    questions: dict[str, Question] = {}
    for index, record in enumerate(data["questions"]):
        kind = record["type"]
        plugin = None if kind in TYPES else types.get(kind)
        base = kind if kind in TYPES else getattr(plugin, "compares_as", None)
        options = record.get("options", ())
        chart = charts.get(record["chart"]) if "chart" in record else None
        keys = tuple(option["key"] for option in options)
        if chart is not None:
            keys = (*chart.rows, OTHER)
        questions[record["key"]] = Question(
            key=record["key"],
            index=index,
            type=kind,
            base=base if base in TYPES else None,
            options=keys,
            exclusive=frozenset(o["key"] for o in options if o.get("exclusive")),
            chart=chart,
            unit=record.get("unit"),
            currency=record.get("currency"),
            minimum=record.get("min"),
            maximum=record.get("max"),
            data=record,
            plugin=plugin if base in TYPES else None,
            allowed=frozenset(keys),
            answers=TYPES.get(base or ""),
        )
    return questions


def build_thresholds(data: Json) -> dict[str, Threshold]:
    return {
        key: Threshold(
            key,
            record["type"],
            record["unit"],
            tuple(date_key(entry["from"]) or 0 for entry in record["values"]),
            tuple(entry["value"] for entry in record["values"]),
            record,
        )
        for key, record in data["thresholds"].items()
    }


class Model:
    """What the conditions of checked data speak of, by key, and the data itself."""

    def __init__(
        self,
        data: dict[str, Any],
        operators: Mapping[str, Operator],
        question_types: Mapping[str, QuestionType],
    ) -> None:
        self.data = data
        self.roll: str = data["roll"]
        self.operators = operators
        self.charts: Mapping[str, Chart] = build_charts(data)
        self.questions: Mapping[str, Question] = build_questions(
            data, self.charts, question_types
        )
        self.thresholds: Mapping[str, Threshold] = build_thresholds(data)
        self.records = {key: q.data for key, q in self.questions.items()}
        self.types = {key: q.answers for key, q in self.questions.items()}
        self.facts: Json = {f["key"]: f for f in data["facts"]}
        self.findings: Json = {f["key"]: f for f in data["findings"]}


def roots(data: Json) -> Iterator[tuple[str, Any]]:
    """Every condition of a release with its node id, in the order of the release."""
    for question in data["questions"]:
        if "ask_when" in question:
            yield f"questions/{question['key']}/ask_when", question["ask_when"]
    for fact in data["facts"]:
        yield f"facts/{fact['key']}", fact["when"]
    for finding in data["findings"]:
        place = f"findings/{finding['key']}"
        for name in (*LEVEL_CONDITIONS, "urgent_when"):
            if name in finding:
                yield f"{place}/{name}", finding[name]
        for note in finding.get("notes", ()):
            yield f"{place}/notes/{note['key']}", note["when"]
    for part, line in lines_of(data):
        if "when" in line:
            yield f"short/{part}/{line['key']}", line["when"]


def lines_of(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every line in short with its part, in the order of the result."""
    short = data.get("short", {})
    for part in SHORT_PARTS:
        for line in short.get(part, ()):
            yield part, line
