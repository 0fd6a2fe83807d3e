from collections.abc import Mapping
from typing import Any

from wagtail import blocks

from plugins import QuestionType
from plugins.streams import StableStructBlock


class PercentBlock(StableStructBlock):
    key = blocks.CharBlock(max_length=64)
    label = blocks.CharBlock(max_length=250)


class Percent(QuestionType):
    """A share from 0 to 100, as a whole number."""

    key = "dummy_plugin.percent"
    label = "Percent"
    compares_as = "integer"
    block = PercentBlock

    def canonicalise(self, value: Any, question: Mapping[str, Any]) -> int:
        if type(value) is not int or not 0 <= value <= 100:
            raise ValueError("must be a whole number from 0 to 100")
        return value
