"""Who owns a screener's key: one screener, in all its languages."""

import uuid
from collections.abc import Iterator
from itertools import count

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import string_to_ascii

from screening_block.fields.reserved_slugs import reserved_keys

MAX_LENGTH = 64


class KeyTakenError(Exception):
    """Another screener has this key."""


class ScreenerKey(models.Model):
    """A key and the screener that has it, named by its translation key.

    Two unique columns, so that the database itself refuses a second screener with one
    key and a second key for one screener, whichever way a page is made.
    """

    key = models.CharField(max_length=MAX_LENGTH, unique=True)
    screener = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("screener key")
        verbose_name_plural = _("screener keys")

    def __str__(self) -> str:
        return self.key

    @classmethod
    def of(cls, screener: uuid.UUID) -> str | None:
        """Return the key that a screener has already, or None."""
        keys = cls.objects.filter(screener=screener)
        return keys.values_list("key", flat=True).first()

    @classmethod
    def taken(cls, key: str, screener: uuid.UUID) -> bool:
        """Whether another screener has `key`."""
        return cls.objects.filter(key=key).exclude(screener=screener).exists()

    @classmethod
    def reserve(cls, key: str, screener: uuid.UUID) -> None:
        """Make `key` the key of a screener. Raises `KeyTakenError`."""
        if cls.objects.filter(key=key, screener=screener).exists():
            return
        try:
            with transaction.atomic():
                cls.objects.update_or_create(screener=screener, defaults={"key": key})
        except IntegrityError:
            raise KeyTakenError(key) from None

    @classmethod
    def free(cls, slug: str, screener: uuid.UUID) -> str:
        """Return a key made from a slug: ASCII, with a number where others have it."""
        return next(
            key
            for key in _names(slug)
            if key not in reserved_keys() and not cls.taken(key, screener)
        )


def _names(slug: str) -> Iterator[str]:
    stem = slugify(string_to_ascii(slug)).replace("_", "-").strip("-") or "screener"
    yield stem[:MAX_LENGTH]
    for number in count(2):
        ending = f"-{number}"
        yield stem[: MAX_LENGTH - len(ending)] + ending
