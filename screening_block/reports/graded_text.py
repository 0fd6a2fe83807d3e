"""A text that visitors read, and how hard it is to read."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .reading import compute_grade, split_words


@dataclass(frozen=True)
class GradedText:
    """An English text with what it belongs to; `where` says which text of that."""

    kind: Any
    title: str
    where: Any
    within: str
    text: str
    url: str

    @cached_property
    def grade(self) -> float:
        return round(compute_grade(self.text), 1)

    @cached_property
    def words(self) -> int:
        return len(split_words(self.text))


def is_english(locale: str) -> bool:
    """Tell whether the grade, which is made for English, says anything about it."""
    return locale.split("-")[0] == "en"
