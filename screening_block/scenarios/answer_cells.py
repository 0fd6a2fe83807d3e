"""One answer as text, as a form field and a spreadsheet's cell show it."""

from typing import Any

from django.utils.translation import gettext as _

from screening_block.engine.model import Question
from screening_block.engine.types import AnswerType, BadAnswer, type_holding
from screening_block.visitor.forms import get_number_hint

NOT_SURE = "not sure"


class CellError(ValueError):
    """The text is no answer to the question; says what is wanted, not what was."""


def write_cell(question: Question, answer: Any) -> str:
    """Write an answer as text; None is “not sure”. The inverse of `read_cell`."""
    if answer is None:
        return NOT_SURE
    answers = question.answers
    if answers is None or not answers.holds(answer):
        answers = type_holding(answer)
    return answers.write_text(question.data, answer)


def read_cell(question: Question, text: str, locale: str = "en") -> Any:
    """Return the answer that a text says; None: not sure. Raises `CellError`.

    Options are named by their keys. Only the form is read here; whether the question
    has such an option is the engine's to say. `locale` says how numbers are written: a
    file's are always those of English, so that it reads the same for everybody.
    """
    text = text.strip()
    if text.lower() == NOT_SURE:
        return None
    if question.answers is None:
        return text
    try:
        return question.answers.parse_text(question.data, text, locale)
    except BadAnswer as error:
        raise CellError(_hint(question, question.answers, error.code)) from None


def _hint(question: Question, answers: AnswerType, code: str) -> str:
    if answers.input == "number":
        return get_number_hint(question, code)
    if answers.input == "date":
        return _("Write a date as year-month-day, such as 2026-11-23.")
    return _("Write yes, no or not sure.")
