"""Releases: immutable, named by their content; publications: which one is current."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from screening_block import engine
from screening_block.registered import engine_extensions


class Release(models.Model):
    """One compiled screener, named by the SHA-256 of its canonical JSON.

    Rows are only ever inserted. The same content is the same row.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    screener_key = models.CharField(max_length=64, db_index=True)
    canonical = models.TextField(help_text=_("Canonical JSON; its hash is the name."))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.screener_key} {self.sha256[:12]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: a published release never changes."""
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    @classmethod
    def keep(cls, compiled: engine.Release) -> Release:
        """The row for a compiled release, made if it is not there yet."""
        row, _created = cls.objects.get_or_create(
            sha256=compiled.sha256,
            defaults={
                "screener_key": compiled.key,
                "canonical": compiled.canonical.decode(),
            },
        )
        return row

    @classmethod
    def current(cls, screener_key: str) -> Release | None:
        """What the newest publication of a screener names; None if not public."""
        newest = (
            Publication.objects.filter(screener_key=screener_key)
            .select_related("release")
            .defer("release__canonical")
            .order_by("-pk")
            .first()
        )
        return newest.release if newest else None

    def load(self) -> engine.Release:
        """The engine's form of this release, kept in memory by its hash."""
        return _load(self.sha256)


@lru_cache(maxsize=64)
def _load(sha256: str) -> engine.Release:
    # Immutable by construction, so it may be kept for the life of the process.
    canonical = Release.objects.values_list("canonical", flat=True).get(pk=sha256)
    return engine.load_release(canonical, **engine_extensions())


class PublicationQuerySet(models.QuerySet):
    def all_current(self) -> list[Publication]:
        """The current publication of every public screener, by key."""
        newest = (
            self.order_by()
            .values("screener_key")
            .annotate(newest=models.Max("pk"))
            .values("newest")
        )
        return list(
            Publication.objects.filter(pk__in=newest, release__isnull=False)
            .select_related("release")
            .order_by("screener_key")
        )


class Publication(models.Model):
    """An append-only log: "from now on this release is the current one".

    The newest row of a screener decides, so there can never be two current
    releases. A row without a release says that the screener was withdrawn.
    """

    screener_key = models.CharField(max_length=64, db_index=True)
    release = models.ForeignKey(
        Release, null=True, on_delete=models.PROTECT, related_name="publications"
    )
    published_at = models.DateTimeField(auto_now_add=True)
    cause = models.CharField(
        max_length=200, help_text=_("What was published, such as “threshold af_term”.")
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.screener_key}: {self.cause}"
