"""One set of answers, and the tests of single answers.

A question that was not asked because its gate is closed is no in every test; one that
is open or not sure is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from .chart import CHART, Row
from .logic import NO, UNKNOWN, known, years_after
from .questions import BY_KEY

if TYPE_CHECKING:
    from .case import Case

NOT_ASKED = object()


class Answered:
    """Answers as the engine takes them (`None`: not sure), read on the day `today`."""

    def __init__(self, answers: Mapping[str, Any], today: date) -> None:
        self.answers, self.today = answers, today

    def unsure(self, key: str) -> bool:
        """Asked, and answered "I'm not sure"."""
        return self.answers.get(key, NOT_ASKED) is None

    def open(self, key: str) -> int:
        """What a test of this question comes to while it has no value."""
        gate = BY_KEY[key].gate
        if key in self.answers or gate is None:
            return UNKNOWN
        return NO if gate(cast("Case", self)) == NO else UNKNOWN

    def _value(self, key: str) -> Any:
        return self.answers.get(key)

    def is_(self, key: str, *values: object) -> int:
        value = self._value(key)
        return self.open(key) if value is None else known(value in values)

    def has(self, key: str, *values: str) -> int:
        """Whether one of these was picked."""
        picked = self._value(key)
        if picked is None:
            return self.open(key)
        return known(any(value in picked for value in values))

    def number(self, key: str, test: Callable[[Any], bool]) -> int:
        """Whether a number, or a day, stands the test."""
        value = self._value(key)
        if value is None:
            return self.open(key)
        if BY_KEY[key].kind == "date":
            value = date.fromisoformat(value)
        return known(test(value))

    def day(self, key: str) -> date | None:
        value = self._value(key)
        return date.fromisoformat(value) if value is not None else None

    def waited(self, key: str, years: int, more: bool = True) -> int:
        """Whether more than so many years (or as many) have gone by since a day."""
        if more:
            return self.number(key, lambda day: self.today > years_after(day, years))
        return self.number(key, lambda day: self.today >= years_after(day, years))

    # -- The statute --------------------------------------------------------------

    @property
    def _row(self) -> Row | None:
        return CHART.get(self._value("offense_statute"))

    @property
    def unlisted(self) -> int:
        """The statute is not sure, or not in the chart."""
        if self._value("offense_statute") is None:
            return self.open("offense_statute")
        return known(self._row is None)

    def column(self, column: str, *values: str) -> int:
        row = self._row
        if row is None:
            return min(self.unlisted, UNKNOWN)
        cell = getattr(row, column)
        return UNKNOWN if cell in ("", "unknown") else known(cell in values)

    def also(self, *values: str) -> int:
        row = self._row
        if row is None:
            return min(self.unlisted, UNKNOWN)
        return known(any(value in row.also.split() for value in values))
