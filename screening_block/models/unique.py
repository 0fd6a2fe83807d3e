"""Uniqueness that a form can report, though it does not show all fields concerned."""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


class UniqueKey(models.Model):
    """A `key` that is unique together with fields that no form shows.

    Django leaves out a constraint if the form lacks one of its fields, such as the
    locale, and then only the database would refuse, with a server error.
    """

    key: Any

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check constraints over fields that are not editable as well."""
        not_editable = {
            field.name
            for field in self._meta.fields
            if not field.editable and getattr(self, field.attname) is not None
        }
        super().validate_constraints(exclude=set(exclude or ()) - not_editable)

    def unique_error_message(
        self, model_class: Any, unique_check: Sequence[str]
    ) -> ValidationError:
        """Report the error at the key, with the record that has it."""
        if "key" not in unique_check:
            return super().unique_error_message(model_class, unique_check)
        same = {name: getattr(self, name) for name in unique_check}
        other = model_class._default_manager.filter(**same).exclude(pk=self.pk).first()
        error = ValidationError(
            {
                "key": _("This key is taken by “%(name)s”. Choose another one.")
                % {"name": getattr(other, "label", other)}
            }
        )
        # Django asks for it before it looks inside.
        error.code = "unique_together"
        return error
