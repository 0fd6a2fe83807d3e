"""The core's question types, registered as a plugin's would be."""

from django.utils.translation import gettext_lazy as _

from plugins.kinds import QuestionType
from screening_block.choices import ANSWER_TYPES
from screening_block.fields import blocks

BLOCKS = {
    "choice": blocks.ChoiceQuestionBlock,
    "choices": blocks.ChoicesQuestionBlock,
    "yes_no": blocks.YesNoQuestionBlock,
    "integer": blocks.NumberQuestionBlock,
    "money": blocks.MoneyQuestionBlock,
    "date": blocks.DateQuestionBlock,
}

QUESTION_TYPES = [
    QuestionType(
        key=key,
        label=label,
        block=BLOCKS[key],
        group=_("Questions"),
        compares_as=key,
    )
    for key, label in ANSWER_TYPES.items()
]
