"""What the demo made, so that it is made once and an editor's work stays."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from wagtail.models import ModelLogEntry, Page, PageLogEntry

#: The revision of a record that is an editor's: no record has it.
NOT_OURS = 0


class DemoPart(models.Model):
    """Something the demo made, or found made by an editor and leaves alone.

    `name` is such as `es/travel-with-a-green-card` for a page in a language. `sha256`
    is of the texts that it was filled with, and `revision` the page's newest one then:
    with another one somebody else has saved it since.
    """

    name = models.CharField(max_length=255, unique=True)
    page = models.ForeignKey(
        Page, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    revision = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def remember(
        cls, name: str, page: Any = None, revision: int | None = None, sha256: str = ""
    ) -> None:
        values = {"page": page, "revision": revision, "sha256": sha256}
        cls.objects.update_or_create(name=name, defaults=values)


def hash_texts(texts: Any) -> str:
    """Return a SHA-256 of what a content file says of one thing."""
    said = json.dumps(texts, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def was_deleted(title: str) -> bool:
    """Tell whether a record of that title was deleted by somebody.

    For what was made before there was anything to remember it by.
    """
    deleted = {"action": "wagtail.delete", "label": title}
    return any(
        log.objects.filter(**deleted).exists() for log in (PageLogEntry, ModelLogEntry)
    )
