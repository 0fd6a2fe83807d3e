"""The condition field: a JSON tree in one block value.

Stock blocks cannot recurse, so a condition is one field: a JSON object in the
shape a release has (`{"op": "all", "of": [...]}`), or None. Text that is not a
JSON object yet is kept as typed in a draft and refused when publishing.
"""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.blocks import FieldBlock

from plugins.kinds import Text
from plugins.text import is_storable
from screening_block import engine

NOT_FINISHED = _("This is not a finished condition: it must be one JSON object.")
#: Characters of one condition. The engine allows far smaller ones.
MAX_LENGTH = 100_000


def closed_strings() -> dict[str, str]:
    """Return the few strings that a condition shows before it is opened."""
    return {
        "none": gettext("No condition"),
        "add": gettext("Add a condition"),
        "edit": gettext("Edit"),
        "done": gettext("Done"),
    }


class ConditionWidget(forms.Textarea):
    """A text area that the admin hides behind the condition's sentence and editor."""

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        attrs = {
            **(attrs or {}),
            "rows": 6,
            "spellcheck": "false",
            "data-controller": "ls-condition",
            "data-ls-condition-words-value": json.dumps(closed_strings()),
        }
        return super().get_context(name, value, attrs)

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[forms.Script("screening_block/admin/condition.js", type="module")],  # type: ignore[list-item]
            css={"all": ["screening_block/admin/condition.css"]},
        )


class ConditionField(forms.CharField):
    """Text of a condition; see `ConditionBlock` for what the value is."""

    widget = ConditionWidget
    text_kind = "data"

    def __init__(self, **kwargs: Any):
        super().__init__(strip=True, max_length=MAX_LENGTH, **kwargs)


class ConditionBlock(FieldBlock):
    """Value: a condition (dict), None, or the text of an unfinished draft (str)."""

    def __init__(self, required: bool = False, help_text: Text = "", **kwargs: Any):
        self.field = ConditionField(required=required, help_text=help_text)
        super().__init__(**kwargs)

    def value_from_form(self, value: str | None) -> dict | str | None:
        if not value:
            return None
        try:
            parsed = engine.parse_json(value)
        except engine.EngineError:
            # Nested too deep, for one: whatever reads the draft would follow it down.
            return value
        return parsed if isinstance(parsed, dict) and is_storable(parsed) else value

    def value_for_form(self, value: dict | str | None) -> str:
        if value is None:
            return ""
        return value if isinstance(value, str) else format_json(value)

    def clean(self, value: dict | str | None) -> dict | str | None:
        value = super().clean(value)
        if isinstance(value, str) and not self.is_deferred_validation:
            raise ValidationError(NOT_FINISHED)
        return value

    def get_prep_value(self, value: dict | str | None) -> dict | str | None:
        return value

    def to_python(self, value: dict | str | None) -> dict | str | None:
        return value or None

    def render_basic(self, value: dict | str | None, context: Any = None) -> str:
        """Return the sentence, which revision comparison and print show."""
        return escape(describe_condition(value))

    class Meta:
        icon = "tasks"
        default = None


def describe_condition(value: dict | str | None, release: dict | None = None) -> str:
    """Return the condition in plain words; keys stand where `release` has no labels."""
    if not value:
        return ""
    if isinstance(value, str):
        return value
    return engine.describe(value, release or {})


def format_json(value: Any, indent: int = 0) -> str:
    """Return JSON with one line per test and per child of `of`, so that people can read
    it."""
    if isinstance(value, dict) and "of" in value and isinstance(value["of"], list):
        pad = "  " * (indent + 1)
        head = {k: v for k, v in value.items() if k != "of"}
        opening = json.dumps(head, ensure_ascii=False)[:-1]
        children = ",\n".join(
            pad + format_json(child, indent + 1) for child in value["of"]
        )
        return f'{opening}, "of": [\n{children}\n{"  " * indent}]}}'
    return json.dumps(value, ensure_ascii=False)
