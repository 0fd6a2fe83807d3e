"""What a law pack last wrote, so that re-loading never overwrites an editor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PackPart(models.Model):
    """The hash of one part (a threshold, a chart row, a question ...) as loaded."""

    pack = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("law pack part")
        verbose_name_plural = _("law pack parts")
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "kind", "key"], name="screening_block_one_pack_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pack}: {self.kind} {self.key}"
