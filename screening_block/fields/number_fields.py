"""Form fields of the admin for whole numbers.

A browser's own number field silently drops what it does not understand: these are text
fields, and what is typed is read in the admin's language or refused.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext_lazy
from wagtail import blocks

from screening_block.engine.numbers import (
    NumberError,
    pattern_of,
    read_number,
    style_of,
)


def typed_pattern(digits: int = 0) -> str:
    """Return what may be typed in the admin's language, with so many decimals."""
    return pattern_of(style_of(get_language() or "en"), digits)


class NumberField(forms.IntegerField):
    """A whole number as people write it."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": gettext_lazy("Enter a whole number, such as 90."),
    }

    def to_python(self, value: Any) -> int | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return read_number(value, typed_pattern())
        except NumberError:
            raise ValidationError(self.error_messages["invalid"], "invalid") from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}


class NumberColumn(models.BigIntegerField):
    """A column of whole numbers that are typed into a `NumberField`."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": NumberField, **kwargs})

    def deconstruct(self) -> Any:
        # The database has the same column; nothing is to be migrated.
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.BigIntegerField", arguments, options


class NumberBlock(blocks.IntegerBlock):
    """A whole number of a StreamField."""

    def __init__(
        self, required: bool = True, help_text: Any = None, **options: Any
    ) -> None:
        super().__init__(required=required, help_text=help_text, **options)
        self.field = NumberField(required=required, help_text=help_text)
