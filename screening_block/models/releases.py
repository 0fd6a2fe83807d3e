"""Releases: immutable, named by their content; publications: which one is current.

None of this says what anybody may read: that is a question about pages too, and
`screening_block.public` answers it.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from plugins.freshness import keep_day
from screening_block import engine
from screening_block.engine.release_names import shorten_hash
from screening_block.engine.texts import overlay_texts
from screening_block.engine_extensions import get_engine_extensions

from .release_pieces import fetch, store


class Release(models.Model):
    """One compiled screener, named by the SHA-256 of its canonical JSON.

    Rows are only ever inserted. The same content is the same row. `lengths` alone is
    no content: it was learnt from the scenarios of the day on which it was published.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    screener_key = models.CharField(max_length=64, db_index=True)
    #: The ids of the pieces of its text, in their order.
    pieces = models.JSONField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    #: How many questions come: see `screening_block/publishing/visit_lengths.py`.
    lengths = models.JSONField(null=True, editable=False)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.screener_key} {shorten_hash(self.sha256)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: a published release never changes."""
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    @classmethod
    def keep(cls, compiled: engine.Release, lengths: Any = None) -> Release:
        """Return the row of a compiled release, inserting it if it is missing.

        `lengths` replaces those of before.
        """
        row, _created = cls.objects.get_or_create(
            sha256=compiled.sha256,
            defaults={
                "screener_key": compiled.key,
                # Called only if the row is missing.
                "pieces": lambda: store(compiled.canonical),
                "lengths": lengths,
            },
        )
        if lengths is not None and row.lengths != lengths:
            row.lengths = lengths
            cls.objects.filter(pk=row.pk).update(lengths=lengths)
        return row

    @classmethod
    def current(cls, screener_key: str) -> Release | None:
        """Return the release of the newest publication of a screener; None if
        withdrawn.

        For editors, who compare with it. Visitors may read it only while
        `screening_block.public` says so.
        """
        newest = (
            Publication.objects.filter(screener_key=screener_key)
            .select_related("release", "release__recall")
            .order_by("-pk")
            .first()
        )
        return newest.release if newest else None

    @classmethod
    def load_current(cls, screener_key: str) -> engine.Release | None:
        """Return the engine's form of the current release, if there is one."""
        current = cls.current(screener_key)
        return current.load() if current else None

    @property
    def canonical(self) -> str:
        """The canonical JSON; its hash is the name."""
        return fetch(self.pieces).decode()

    @property
    def recalled(self) -> Recall | None:
        """Its recall, if it was recalled as wrong; None while anybody may use it."""
        return getattr(self, "recall", None)

    def load(self) -> engine.Release:
        """Return the engine's form of this release, kept in memory by its hash."""
        return load(self.sha256)


@lru_cache(maxsize=64)
def load(sha256: str) -> engine.Release:
    """Return the engine's form of a release by its hash, kept in memory."""
    # Immutable by construction, so it may be kept for the life of the process.
    text = Release.objects.get(pk=sha256).canonical
    return engine.load_release(text, **get_engine_extensions())


def today(release: engine.Release) -> str:
    """Return the date in the release's time zone, `YYYY-MM-DD`."""
    return today_in(release.data["time_zone"])


def today_in(time_zone: str) -> str:
    """Return the date in a time zone, `YYYY-MM-DD`."""
    keep_day(time_zone)
    return dt.datetime.now(ZoneInfo(time_zone)).date().isoformat()


def pick_locale(release: engine.Release, wanted: str | None) -> str:
    """Return `wanted` if the release has texts in it, else the release's own locale."""
    texts = release.data["texts"]
    return wanted if wanted and wanted in texts else release.locale


@lru_cache(maxsize=256)
def texts_in(release: engine.Release, locale: str) -> dict[str, Any]:
    """Return all texts in `locale`; missing ones are in the release's own locale."""
    texts = release.data["texts"]
    return overlay_texts(texts[release.locale], texts.get(locale, {}))


class Recall(models.Model):
    """A release was wrong: from then on nothing public gives it out.

    The release stays, so that what was once said can be looked up.
    """

    release = models.OneToOneField(
        Release, primary_key=True, on_delete=models.PROTECT, related_name="recall"
    )
    reason = models.CharField(
        _("reason"),
        max_length=400,
        help_text=_("One sentence that visitors and other sites read."),
    )
    reason_locale = models.CharField(
        _("language of the reason"),
        max_length=35,
        blank=True,
        help_text=_("Screen readers read it aloud in this language."),
    )
    successor = models.ForeignKey(
        Release,
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="succeeds",
        help_text=_("The release that is right, if there is one."),
    )
    recalled_at = models.DateTimeField(auto_now_add=True)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")

    def __str__(self) -> str:
        return f"{self.release}: {self.reason}"

    @property
    def locale(self) -> str:
        """The language of the reason, a code: where nobody said, that of the rules."""
        return self.reason_locale or self.release.load().locale


class Publication(models.Model):
    """An append-only log: "from now on this release is the current one".

    The newest row of a screener decides, so there can never be two current
    releases. A row without a release says that the screener was withdrawn.
    """

    screener_key = models.CharField(max_length=64, db_index=True)
    screener = models.UUIDField(
        null=True,
        db_index=True,
        help_text=_(
            "The translation key of the page; a key can pass to another screener."
        ),
    )
    release = models.ForeignKey(
        Release, null=True, on_delete=models.PROTECT, related_name="publications"
    )
    published_at = models.DateTimeField(auto_now_add=True)
    cause = models.CharField(
        max_length=200, help_text=_("What was published, such as “threshold af_term”.")
    )

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.screener_key}: {self.cause}"
