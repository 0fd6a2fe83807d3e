"""A release: what the engine evaluates, checked once and then trusted.

`load_release` makes one. A release is immutable and named by the SHA-256 of its
canonical form; treat `data` as read-only.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from .canonical import canonical, sha256 as sha256_of
from .dates import date_key
from .levels import FindingPlan, finding_plans
from .model import Model
from .plugins import Operator, QuestionType
from .program import Program
from .release_names import shorten_hash


class Release(Model):
    """A release that passed every check. Make one with `load_release`."""

    def __init__(
        self,
        data: dict[str, Any],
        operators: Mapping[str, Operator],
        question_types: Mapping[str, QuestionType],
    ) -> None:
        super().__init__(data, operators, question_types)
        self.key: str = data["key"]
        self.locale: str = data["locale"]
        #: (place, plugin key) of operators and question types that are not installed.
        self.missing_plugins: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"<Release {self.key} {shorten_hash(self.sha256)}>"

    @cached_property
    def canonical(self) -> bytes:
        """The canonical form; identical content has identical bytes."""
        return canonical(self.data)

    @cached_property
    def sha256(self) -> str:
        return sha256_of(self.canonical)

    @cached_property
    def program(self) -> Program:
        """The conditions, ready to run."""
        return Program(self)

    @cached_property
    def plans(self) -> tuple[FindingPlan, ...]:
        """The findings, in order, ready to be given their levels."""
        return finding_plans(self.program)

    def text(self, locale: str, *path: str) -> str:
        """A text by its path, in `locale` or else in the source locale, or ''."""
        for name in (locale, self.locale):
            value: Any = self.data["texts"].get(name)
            for step in path:
                value = value.get(step) if isinstance(value, dict) else None
            if isinstance(value, str) and value.strip():
                return value
        return ""

    def threshold_value(self, key: str, as_of: str) -> int | str | None:
        """A threshold's value on a date; None before its first."""
        day = date_key(as_of)
        return None if day is None else self.thresholds[key].value(day)
