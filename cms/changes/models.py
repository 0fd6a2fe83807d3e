"""What the feed knows: every public thing, with the number of its last change."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.models import Site


class Kept(models.Model):
    """Nobody sees a page differently because the feed knows of it."""

    shows_on_pages = False

    class Meta:
        abstract = True
        default_permissions = ()


class History(Kept):
    """One row: the last number given, and how far back the history goes.

    Whoever writes to any table here holds it, so numbers are given in the order in
    which they are committed.
    """

    #: A reader who has not seen this number may have missed what is forgotten.
    floor = models.BigIntegerField(default=0)
    seq = models.BigIntegerField(default=0)
    #: When it was last looked at what the clock changes, and when it does that next.
    clock = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta(Kept.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.seq}, from {self.floor}"

    @classmethod
    def hold(cls) -> History:
        """Return it, held until the transaction ends."""
        now = timezone.now()
        begun = cls.objects.get_or_create(pk=1, defaults={"clock": now, "ends_at": now})
        if begun[1]:
            Batch.objects.create(end=0)
        return cls.objects.select_for_update().get(pk=1)


def make_token() -> str:
    return secrets.token_hex(6)


class Batch(Kept):
    """Numbers that were given at once: those up to `end` from the batch before.

    `token` tells this history from any other one, such as that of a database that was
    put back to a copy and went on from there.
    """

    end = models.BigIntegerField(primary_key=True)
    token = models.CharField(max_length=12, default=make_token)
    at = models.DateTimeField(default=timezone.now)

    class Meta(Kept.Meta):
        pass

    def __str__(self) -> str:
        return f"to {self.end}"


class FollowedSite(Kept):
    """A site whose feed was asked for. `roots` are its starts, in all languages."""

    site = models.OneToOneField(Site, models.CASCADE, primary_key=True)
    roots = models.TextField(blank=True)

    class Meta(Kept.Meta):
        pass

    def __str__(self) -> str:
        return str(self.site)


class Part(Kept):
    """A list of small things of a site that are always read together."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    name = models.CharField(max_length=20)
    #: Counts how often something was written that it may say.
    marks = models.BigIntegerField(default=1)
    unsure = models.BooleanField(default=True)

    class Meta(Kept.Meta):
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="changes_one_part")
        ]

    def __str__(self) -> str:
        return f"{self.site}: {self.name}"


class Thing(Kept):
    """Something that is public at a site, was, or may be.

    `name` is the id of a page, the key, the slug or the hash of anything else; `slug`
    that by which an article is read. Without `seq` nobody has been told of it, because
    it was not read yet or was never public.
    """

    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    locale = models.CharField(max_length=20, blank=True)
    slug = models.CharField(max_length=255, blank=True)
    seq = models.BigIntegerField(null=True)
    change = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    gone = models.BooleanField(default=False)
    #: Whether it must be read before anything is said of it; `marks` as of `Part`.
    unsure = models.BooleanField(default=True)
    marks = models.BigIntegerField(default=1)
    #: When the clock may change what it says.
    until = models.DateTimeField(null=True)
    #: Of an article: what decides where it stands among others, and where the last one
    #: stands that it names: see `beside`.
    stamp = models.CharField(max_length=64, blank=True)
    weakest = models.CharField(max_length=64, blank=True)

    class Meta(Kept.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["site", "kind", "name", "locale"], name="changes_one_thing"
            )
        ]
        indexes = [
            models.Index(fields=["site", "seq"], name="changes_order"),
            models.Index(fields=["kind", "name"], name="changes_named"),
            models.Index(
                fields=["site"],
                condition=models.Q(unsure=True),
                name="changes_unsure",
            ),
            models.Index(
                fields=["until"],
                condition=models.Q(until__isnull=False),
                name="changes_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {self.locale}"

    def move(self, history: History, change: str, now: datetime) -> None:
        """Give it the next number."""
        history.seq += 1
        self.seq, self.change, self.at = history.seq, change, now


class Need(Kept):
    """Something else that what a page says is made of: see `needs`."""

    thing: Any = models.ForeignKey(Thing, models.CASCADE, related_name="needs")
    piece = models.CharField(max_length=300, db_index=True)

    class Meta(Kept.Meta):
        pass

    def __str__(self) -> str:
        return self.piece
