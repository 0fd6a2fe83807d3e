"""Fields of help entries: several keys of a closed list, and areas."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

#: Of a country or of a state in it, as the jurisdiction of a screener.
AREA = re.compile(r"[a-z]{2}(-[a-z0-9]{1,8})?", re.ASCII)


class KeysFormField(forms.TypedMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"coerce": str, "widget": forms.CheckboxSelectMultiple, **kwargs}
        )


class KeysField(models.CharField):
    """Several keys of a closed list, in its order; `list_keys` gives the choices.

    In the database it is "|one|two|", so that every database finds one of them. The
    list itself is in no migration.
    """

    def __init__(
        self,
        *args: Any,
        list_keys: Callable[[], list[tuple[str, Any]]] = list,
        **kwargs: Any,
    ) -> None:
        self.list_keys = list_keys
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, *args: Any) -> Any:
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            return [key for key in value.split("|") if key]
        return list(value or [])

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, str) or value is None:
            return value or ""
        return f"|{'|'.join(value)}|" if value else ""

    def value_to_string(self, obj: Any) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: list[str], model_instance: Any) -> None:
        known = dict(self.list_keys())
        if unknown := [key for key in value if key not in known]:
            raise ValidationError(
                _("“%(value)s” is not one of: %(listed)s."),
                params={"value": unknown[0], "listed": ", ".join(known)},
            )
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def run_validators(self, value: Any) -> None:
        super().run_validators(self.get_prep_value(value))

    def formfield(self, **kwargs: Any) -> Any:
        return KeysFormField(
            choices=self.list_keys,
            required=not self.blank,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=self.help_text,
        )


def read_areas(text: str) -> list[str]:
    """Read codes with commas between. Raises `ValueError` for what is none."""
    areas = [part.strip().lower() for part in text.split(",") if part.strip()]
    if not all(map(AREA.fullmatch, areas)):
        raise ValueError(text)
    return list(dict.fromkeys(areas))
