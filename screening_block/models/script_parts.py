"""Parts of the widget's script that visitors with an open page may still ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScriptPart(models.Model):
    """A part as an installed version has it; its name says its content."""

    name = models.CharField(max_length=100, primary_key=True)
    body = models.BinaryField()
    #: When another version came in its place; empty while it is installed.
    replaced_on = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("part of the script")
        verbose_name_plural = _("parts of the script")

    def __str__(self) -> str:
        return self.name
