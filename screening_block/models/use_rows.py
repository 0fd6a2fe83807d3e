"""What screeners use of the law, written down when a page is saved.

Rows here are worked out from the pages and can be made again at any time (see
`screening_block/publishing/stored_uses.py`); nobody edits them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .screener import Screener

#: A citation is at most 250 characters; what a draft has beyond is cut.
MAX_NAME = 300


class Outline(models.Model):
    """The parts of a page as last saved, without their rules.

    `revision`, `saved_at`, `live` and `published_at` say what of the page was read:
    where they differ from the page, it was saved in a way that nothing here saw.
    """

    #: Pages are rendered from releases.
    shows_on_pages = False

    page = models.OneToOneField(
        Screener, primary_key=True, on_delete=models.CASCADE, related_name="outline"
    )
    version = models.PositiveSmallIntegerField()
    revision = models.BigIntegerField(null=True)
    saved_at = models.DateTimeField(null=True)
    live = models.BooleanField()
    published_at = models.DateTimeField(null=True)
    title = models.TextField()
    parts = models.JSONField()

    class Meta:
        verbose_name = _("outline of a screener")
        verbose_name_plural = _("outlines of screeners")

    def __str__(self) -> str:
        return self.title


class StoredUse(models.Model):
    """All places of a page that use one thing, as last saved, as public, or as both.

    `kind` and `name` say what is used, `count` in how many places. Where the draft and
    what is public differ, each has a row.
    """

    #: Pages are rendered from releases.
    shows_on_pages = False

    page = models.ForeignKey(Screener, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=MAX_NAME)
    draft = models.BooleanField(default=False)
    live = models.BooleanField(default=False)
    count = models.PositiveIntegerField()
    places = models.JSONField()
    #: Of the places, so that a save writes only what it changes.
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("use")
        verbose_name_plural = _("uses")
        ordering = ["page", "pk"]
        indexes = [
            models.Index(fields=["kind", "name"], name="screening_block_use_name")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
