"""The three values of a condition, and what the cell of an answer can be."""

from typing import Any

from .model import Question

NO, UNKNOWN, YES = 0, 1, 2


class _Unanswered:
    """Marks a question that was not asked among the cells of `Answers`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NOT_ASKED"


#: Cell of a question not asked. "I'm not sure" is None, everything else a value.
NOT_ASKED = _Unanswered()


def public_value(question: Question, cell: Any) -> Any:
    """Write a cell as JSON; None for both kinds of unknown."""
    if cell is None or cell is NOT_ASKED:
        return None
    return question.answers.value_of(cell) if question.answers else cell
