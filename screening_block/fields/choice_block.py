"""A choice among texts, which costs nothing where it is only read."""

from typing import Any

from wagtail import blocks


class TextChoiceBlock(blocks.ChoiceBlock):
    """A choice block of which every key is a text.

    Wagtail looks a stored text up among the choices, to give it the type of its key. It
    is a text already, and the choices may be a question to the database.
    """

    def normalize_choice(self, value: Any) -> Any:
        return value if isinstance(value, str) else super().normalize_choice(value)
