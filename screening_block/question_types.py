"""The core's question types, registered as a plugin's would be."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from plugins.kinds import QuestionType

from .authoring import blocks


def _core(key: str, block: type[blocks.QuestionBlock]) -> QuestionType:
    return QuestionType(
        key=key,
        label=block._meta_class.label,
        block=block,
        group=_("Questions"),
        compares_as=key,
    )


QUESTION_TYPES = [
    _core("choice", blocks.ChoiceQuestionBlock),
    _core("choices", blocks.ChoicesQuestionBlock),
    _core("yes_no", blocks.YesNoQuestionBlock),
    _core("integer", blocks.NumberQuestionBlock),
    _core("money", blocks.MoneyQuestionBlock),
    _core("date", blocks.DateQuestionBlock),
]
