"""Which rows were changed since somebody asked: noted by the triggers, with the change.

No writer waits for another, and none for who asks. A writer on PostgreSQL takes hold of
an entry of its row that is there already and that nobody holds, or adds one: so there
are never many more entries than rows. Who asks is told of every entry that is
committed, and takes away those that no open transaction holds; the others stay, so that
what that transaction does is told when it is committed.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from .models import TouchedRow

EVERYTHING = "*"


class Touched(NamedTuple):
    """A table, and whose row of it was changed; `*` for any."""

    source: str
    owner: str


def was_touched() -> bool:
    """Tell whether `take_touched` would return anything."""
    return TouchedRow.objects.exists()


def take_touched() -> set[Touched]:
    """Return what was changed. To be called in a transaction: what reads the content
    afterwards, in a statement of its own, sees every change that is told here."""
    free = TouchedRow.objects.all()
    if connection.vendor == "postgresql":
        free = free.select_for_update(skip_locked=True)
    taken = {row.pk: Touched(row.source, row.owner) for row in free}
    keys = list(taken)
    for start in range(0, len(keys), 500):
        TouchedRow.objects.filter(pk__in=keys[start : start + 500]).delete()
    left = TouchedRow.objects.values_list("source", "owner")
    return {*taken.values(), *(Touched(*row) for row in left)}
