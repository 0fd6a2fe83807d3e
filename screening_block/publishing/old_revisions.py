"""Which revisions of long ago may go, so that a history of years stays small.

Of every record stay the newest, the last of each month for two years, before that the
last of each year, and each that something names: what is live, drafted, scheduled or
was under review, and where a comment was made. Entries of the history stay all; those
of a revision that is gone cannot be opened. What was ever public stays as a release.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Revision
from wagtail.models.audit_log import BaseLogEntry

#: How many stay of each record, whatever their age.
KEPT = 20
#: For as long the last of each month stays.
MONTHLY = dt.timedelta(days=731)
#: Deleted in one transaction, so that nobody waits for it.
AT_ONCE = 100


class _Row(NamedTuple):
    pk: int
    base: int
    record: str
    #: The year, and the month as long as that counts, else 0.
    time: tuple[int, int]


def list_old_revisions(kept: int | None = None) -> list[int]:
    """Return the ids of all revisions that may go.

    `kept` is how many of the newest stay of each record: by default what the setting
    `SCREENING_REVISIONS_KEPT` says, else 20; at least one.
    """
    if kept is None:
        kept = getattr(settings, "SCREENING_REVISIONS_KEPT", KEPT)
    kept = max(kept, 1)
    old: list[int] = []
    for _record, rows in groupby(_read_rows(), key=lambda row: (row.base, row.record)):
        times = set()
        for place, row in enumerate(rows):
            if place >= kept and row.time in times:
                old.append(row.pk)
            times.add(row.time)
    return [pk for some in _split(old, 500) for pk in _without_named(some)]


def delete_revisions(ids: Sequence[int]) -> int:
    """Delete these revisions, some at a time; return how many there still were."""
    done = 0
    for some in _split(ids, AT_ONCE):
        with transaction.atomic():
            # Asked once more: somebody may have begun a review meanwhile.
            rows = Revision.objects.filter(pk__in=_without_named(some))
            done += rows.delete()[1].get(Revision._meta.label, 0)
    return done


def _read_rows() -> Iterator[_Row]:
    """Yield all revisions, record by record, the newest first."""
    since = timezone.localtime() - MONTHLY
    rows = Revision.objects.order_by(
        "base_content_type", "object_id", "-created_at", "-pk"
    ).values_list("pk", "base_content_type", "object_id", "created_at")
    for pk, base, record, created in rows.iterator(chunk_size=2_000):
        day = timezone.localtime(created)
        month = day.month if day >= since else 0
        yield _Row(pk, base, record, (day.year, month))


def _split(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _without_named(ids: Sequence[int]) -> list[int]:
    """Return those of `ids`, newest first, that nothing names but the history."""
    rows = Revision.objects.filter(pk__in=list(ids), approved_go_live_at=None)
    found = set(rows.values_list("pk", flat=True))
    for relation in Revision._meta.get_fields(include_hidden=True):
        # Relations without a name to ask by, such as that to what is live, are hidden.
        if not isinstance(relation, models.ManyToOneRel):
            continue
        if issubclass(relation.related_model, BaseLogEntry):
            continue
        field: models.Field = relation.field
        rows = relation.related_model._base_manager.filter(
            **{f"{field.name}__in": found}
        )
        found -= set(rows.values_list(field.attname, flat=True))
    return [pk for pk in ids if pk in found]
