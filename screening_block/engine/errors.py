"""What the engine says when it refuses something.

Every refusal is a list of `Problem`. A problem names the place and what is wrong with
it, and never repeats what a visitor answered.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

#: A release with more mistakes than this is reported up to here.
MOST_PROBLEMS = 500


class Problem(NamedTuple):
    """One thing that is wrong.

    `path` is the place: for a release the way down through keys
    (`findings/firearm_ground/applies_when/0/question`, empty for the whole), for
    answers the question's key. `code` is a stable word for machines. `message` is one
    plain English sentence.
    """

    path: str
    code: str
    message: str


class EngineError(ValueError):
    """The engine refuses its input; `problems` is never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(
            "; ".join(f"{p.path}: {p.message}" if p.path else p.message for p in self)
        )

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)


class ReleaseError(EngineError):
    """The release is not one the engine accepts."""


class AnswerError(EngineError):
    """The answers, or the date they are to be read on, are not usable."""
