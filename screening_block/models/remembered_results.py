"""What was worked out about rules and is needed again, by all processes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Remembered(models.Model):
    """A result, named by the hash of all that it was worked out from.

    It may be deleted at any time, and is then worked out again; see
    `screening_block/publishing/remembered.py`.
    """

    #: Pages are rendered from releases.
    shows_on_pages = False

    digest = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()
    size = models.PositiveIntegerField()
    made_on = models.DateField(db_index=True)

    class Meta:
        verbose_name = _("remembered result")
        verbose_name_plural = _("remembered results")

    def __str__(self) -> str:
        return self.digest
