"""One answer as text, as a form field and a spreadsheet's cell show it."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from screening_block.engine.dates import date_key
from screening_block.engine.model import Question

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
    if question.base == "money" and isinstance(answer, int):
        sign, cents = "-" if answer < 0 else "", abs(answer)
        return f"{sign}{cents // 100}.{cents % 100:02d}"
    return str(answer)


def read_cell(question: Question, text: str) -> Any:
    """The answer that a text says; None: not sure. Raises `CellError`.

    Options are named by their keys. Only the form is read here; whether the question
    has such an option is the engine's to say.
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
    if kind == "integer":
        if not re.fullmatch(r"-?[0-9]{1,15}", text.replace(",", "")):
            raise CellError(_("Write a whole number, such as 90."))
        return int(text.replace(",", ""))
    if kind == "money":
        match = re.fullmatch(
            r"(-?)([0-9]{1,12})(?:\.([0-9]{2}))?", text.replace(",", "")
        )
        if not match:
            raise CellError(_("Write an amount, such as 250 or 250.00."))
        cents = int(match[2]) * 100 + int(match[3] or 0)
        return -cents if match[1] else cents
    if kind == "date":
        if date_key(text) is None:
            raise CellError(_("Write a date as year-month-day, such as 2026-11-23."))
        return text
    return text
