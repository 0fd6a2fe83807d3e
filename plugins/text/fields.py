"""Where the gate for text stands: in the field that all forms and blocks are made of.

Pages, snippets, tags, log-in, choosers, uploads and every text block read what was
typed by Django's own `forms.CharField`. `install_text_gate` puts it there, so that no
form of the site, of Wagtail or of a plugin can forget it; a text that is refused is an
error at its field.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from .gate import Kind, TextError, clean_text, is_storable

_KEYS = (
    forms.SlugField,
    forms.URLField,
    forms.EmailField,
    forms.RegexField,
    forms.UUIDField,
    forms.GenericIPAddressField,
)
_TO_PYTHON = forms.CharField.to_python
_JSON_TO_PYTHON = forms.JSONField.to_python


def install_text_gate() -> None:
    """Put the gate in front of every text field. Called once, when the kit is ready."""
    forms.CharField.to_python = _to_python  # type: ignore[method-assign]
    forms.JSONField.to_python = _json_to_python  # type: ignore[method-assign]


def get_text_kind(field: forms.CharField) -> Kind:
    """Return the kind of text in a form field: `field.text_kind`, where it is set."""
    # Wagtail's widgets need the page model, which is not there when the kit is loaded.
    from wagtail.admin.rich_text import DraftailRichTextArea

    given: Kind | None = getattr(field, "text_kind", None)
    if given:
        return given
    widget = field.widget
    if isinstance(widget, forms.PasswordInput):
        return "secret"
    if isinstance(field, _KEYS):
        return "key"
    if isinstance(widget, forms.Textarea | DraftailRichTextArea):
        return "prose"
    if isinstance(field, forms.JSONField) or isinstance(widget, forms.HiddenInput):
        return "data"
    return "name"


def _to_python(self: forms.CharField, value: Any) -> Any:
    if isinstance(value, str):
        try:
            # The field itself enforces its own limit, in its own words.
            max_length = 0 if self.max_length else None
            value = clean_text(value, kind=get_text_kind(self), max_length=max_length)
        except TextError as error:
            raise ValidationError(str(error), code="text") from None
    return _TO_PYTHON(self, value)


def _json_to_python(self: forms.JSONField, value: Any) -> Any:
    value = _JSON_TO_PYTHON(self, value)
    if not is_storable(value):
        raise ValidationError(unstorable_message(), code="text")
    return value


def unstorable_message() -> str:
    """Return what is said about a value in which some text cannot be stored."""
    return _("It contains a character that cannot be stored.")


def clean_text_fields(instance: models.Model, exclude: Any = ()) -> None:
    """Clean the text fields of a record that code saves, in place.

    Raises `ValidationError` by field; `exclude` names fields to leave alone.
    """
    errors = {}
    for field in instance._meta.concrete_fields:
        value = getattr(instance, field.attname, None)
        if not isinstance(value, str) or field.name in (exclude or ()):
            continue
        if field.choices or not isinstance(field, models.CharField | models.TextField):
            continue
        kind: Kind = "prose" if isinstance(field, models.TextField) else "name"
        if isinstance(field, models.SlugField | models.URLField | models.EmailField):
            kind = "key"
        try:
            text = clean_text(value, kind=kind, max_length=field.max_length)
        except TextError as error:
            errors[field.name] = ValidationError(str(error), code="text")
        else:
            if text != value:
                setattr(instance, field.attname, text)
    if errors:
        raise ValidationError(errors)
