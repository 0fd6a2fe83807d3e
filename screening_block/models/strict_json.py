"""A JSON field whose form accepts no more than the engine can read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.fields import InvalidJSONInput

from screening_block import engine
from screening_block.engine.canonical import plain


class StrictJSONFormField(forms.JSONField):
    """Checks the depth first: Django's own field follows a text as deep as it goes."""

    def to_python(self, value: Any) -> Any:
        if not is_readable(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        if not is_readable(data):
            return InvalidJSONInput(data)
        return super().bound_data(data, initial)


def is_readable(text: Any) -> bool:
    """Whether Django may read it: no deeper than a release, no number too long."""
    if not isinstance(text, str) or not text:
        return True
    try:
        plain(engine.parse_json(text))
    except engine.EngineError:
        return False
    return True


class StrictJSONField(models.JSONField):
    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": StrictJSONFormField, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        # In the database it is the stock field.
        return name, "django.db.models.JSONField", args, kwargs
