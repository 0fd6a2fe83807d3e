"""One answer as text, as a form field and a spreadsheet's cell show it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from screening_block.engine.dates import date_key
from screening_block.engine.model import Question
from screening_block.engine.numbers import NumberError, read_answer, write_answer
from screening_block.forms import NUMBERS, number_hint

NOT_SURE = "not sure"
NONE_OF_THESE = "none of these"


class CellError(ValueError):
    """The text is no answer to the question; says what is wanted, not what was."""


def write_cell(question: Question, answer: Any) -> str:
    """An answer as text; None is “not sure”. The inverse of `read_cell`."""
    if answer is None:
        return NOT_SURE
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, list):
        return "; ".join(answer) or NONE_OF_THESE
    if question.base in NUMBERS and isinstance(answer, int):
        return write_answer(question, answer)
    return str(answer)


def read_cell(question: Question, text: str, locale: str = "en") -> Any:
    """The answer that a text says; None: not sure. Raises `CellError`.

    Options are named by their keys. Only the form is read here; whether the question
    has such an option is the engine's to say. `locale` says how numbers are written: a
    file's are always those of English, so that it reads the same for everybody.
    """
    text = text.strip()
    kind = question.base
    if text.lower() == NOT_SURE:
        return None
    if kind == "choices":
        if text.lower() == NONE_OF_THESE:
            return []
        return [part.strip() for part in text.split(";") if part.strip()]
    if kind == "yes_no":
        if text.lower() not in ("yes", "no"):
            raise CellError(_("Write yes, no or not sure."))
        return text.lower() == "yes"
    if kind in NUMBERS:
        try:
            return read_answer(question, text, locale)
        except NumberError:
            raise CellError(number_hint(question)) from None
    if kind == "date":
        if date_key(text) is None:
            raise CellError(_("Write a date as year-month-day, such as 2026-11-23."))
        return text
    return text
