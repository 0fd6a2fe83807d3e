from django.db import models
from wagtail import blocks

from plugins.streams import StreamField


class Note(models.Model):
    """Content of a plugin's own, outside the page tree."""

    body = StreamField([("text", blocks.CharBlock())], blank=True)

    def __str__(self) -> str:
        return f"Note {self.pk}"
