"""The one canonicaliser of answers.

Whatever way answers come (a form, the API, a saved scenario), this decides whether they
are usable and what they are. Bad input is an error for the whole evaluation. Errors
name questions and never repeat an answer.
"""

from collections.abc import Mapping
from typing import Any

from .canonical import Json, JSONProblem, parse_json
from .dates import FIRST_YEAR, LAST_YEAR, date_key
from .errors import AnswerError, Problem
from .grammar import KEY_PATTERN
from .model import Question
from .release import Release
from .shapes import Text
from .types import BadAnswer
from .values import NOT_ASKED, public_value

_IS_KEY = Text(KEY_PATTERN).match


class Answers:
    """Usable answers to a release's questions. Read-only; made by `parse_answers`.

    `cells` holds per question, in order: `NOT_ASKED`, None for "I'm not sure", or the
    value (an option's key, a sorted tuple of keys, a bool, an int, a date key).
    """

    __slots__ = ("cells", "release")

    def __init__(self, release: Release, cells: list[Any]) -> None:
        self.release, self.cells = release, cells

    @property
    def values(self) -> dict[str, Any]:
        """The answers as canonical JSON, in question order: what a visitor may save."""
        return {
            key: public_value(question, self.cells[question.index])
            for key, question in self.release.questions.items()
            if self.cells[question.index] is not NOT_ASKED
        }

    @property
    def open(self) -> int:
        """The questions without a known answer, as bits by question index."""
        mask = 0
        for index, cell in enumerate(self.cells):
            if cell is None or cell is NOT_ASKED:
                mask |= 1 << index
        return mask

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Answers):
            return NotImplemented
        return self.release is other.release and self.cells == other.cells

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        # Never the answers: a repr ends up in logs.
        return f"<Answers to {self.release.key}>"


def parse_answers(release: Release, answers: Answers | Json | str | bytes) -> Answers:
    """Canonical answers, or `AnswerError` with every problem, by question key.

    Takes a mapping from question key to answer (None: "I'm not sure"), its JSON text,
    or `Answers` of the same release, which are returned as they are.
    """
    if isinstance(answers, Answers):
        if answers.release is release:
            return answers
        answers = answers.values
    if isinstance(answers, (str, bytes, bytearray)):
        try:
            answers = parse_json(answers)
        except JSONProblem as error:
            # JSON's own places are line and column, or a key: harmless. Which key
            # stands twice is not said, for it need not be a question's.
            _place, code, message = error.problems[0]
            if code == "duplicate_key":
                message = "A key appears twice."
            raise AnswerError([Problem("", code, message)]) from None
    if not isinstance(answers, Mapping):
        raise AnswerError([Problem("", "type", "Answers must be an object.")])
    cells: list[Any] = [NOT_ASKED] * len(release.questions)
    problems: list[Problem] = []
    for key, value in answers.items():
        question = release.questions.get(key) if isinstance(key, str) else None
        if question is None:
            # A key that cannot be a question's is not repeated.
            name = key if isinstance(key, str) and _IS_KEY(key) else ""
            message = "There is no such question."
            problems.append(Problem(name, "unknown_question", message))
        elif value is not None:
            try:
                cells[question.index] = _cell(question, value)
            except BadAnswer as bad:
                problems.append(Problem(question.key, bad.code, bad.message))
        else:
            cells[question.index] = None
    if problems:
        raise AnswerError(problems) from None
    return Answers(release, cells)


def _cell(question: Question, value: Any) -> Any:
    if question.answers is None:
        raise BadAnswer("missing_plugin", "This kind of question is not installed.")
    if question.plugin is not None:
        try:
            value = question.plugin.canonicalise(value, question.data)
        except Exception:  # noqa: BLE001  whatever a plugin refuses with is its refusal
            value = NOT_ASKED
        if value is NOT_ASKED or value is None:
            raise BadAnswer("type", "This is not an answer to the question.")
    return question.answers.canonical(question, value)


def parse_as_of(as_of: object) -> str:
    """The day answers are read on, or `AnswerError` at `as_of`."""
    if date_key(as_of) is None:
        raise AnswerError(
            [
                Problem(
                    "as_of",
                    "date",
                    f"The day must be a real date of {FIRST_YEAR} to {LAST_YEAR}"
                    " (YYYY-MM-DD).",
                )
            ]
        )
    return str.__str__(as_of)
