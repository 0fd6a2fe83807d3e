"""Reads what is unsure, and gives a number to what says something else than before.

What is read is compared outside of any transaction, so that nobody waits for it, and
noted in one that is short: see `marking` for what holds if it is changed meanwhile.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import Site

from cms.changes.marking import ARTICLE, PAGE, mark_changes
from cms.changes.models import Batch, History, Need, Part, Thing
from cms.changes.parts import read_part, was_recalled
from cms.changes.readings import Readings, ask_site, read_pages
from plugins.freshness import hold

#: What a thing that is listed anew did.
PUBLISHED, CHANGED, WITHDRAWN, RECALLED = (
    *("published", "changed"),
    *("withdrawn", "recalled"),
)
#: Pages that are read at once, and seconds after which an answer says what it has. The
#: rest is left to the next request; what has nothing to say goes on for longer.
CHUNK, ENOUGH, AT_MOST = 50, 1.0, 8.0

#: What of a page is written when it was read.
WRITTEN = (
    *("seq", "change", "at", "digest", "gone"),
    *("locale", "slug", "until", "weakest"),
)

#: One request of a process reads at a time; the others wait and find it done.
_reading = Lock()


def reconcile(site: Site, is_enough: Any = lambda: False) -> bool:
    """Bring the feed of a site up to date; tell whether it is so.

    After a second it is left where it is, if `is_enough` says so.
    """
    # Not as of when the request came: what was changed since would be missed.
    with _reading, hold(None):
        started = time.monotonic()
        mark_changes(site)
        for part in Part.objects.filter(site=site, unsure=True):
            _note_part(site, part)
        while things := _list_unsure(site):
            _note_pages(site, things)
            spent = time.monotonic() - started
            if spent > AT_MOST or (spent > ENOUGH and is_enough()):
                return not _list_unsure(site)
        return True


def _list_unsure(site: Site) -> list[Thing]:
    unsure = Thing.objects.filter(site=site, unsure=True, kind__in=(ARTICLE, PAGE))
    return list(unsure.order_by("pk")[:CHUNK])


# -- Pages ---------------------------------------------------------------------


def _note_pages(site: Site, seen: list[Thing]) -> None:
    """Read pages, and note what they say now."""
    readings = read_pages(site, [int(thing.name) for thing in seen])
    now = timezone.now()
    with transaction.atomic():
        history = History.hold()
        before = history.seq
        rows = Thing.objects.in_bulk([thing.pk for thing in seen])
        same = [
            rows[thing.pk]
            for thing in seen
            if thing.pk in rows and rows[thing.pk].marks == thing.marks
        ]
        changed = [thing for thing in same if _note(thing, readings, history, now)]
        _save(same, changed, readings)
        finish(history, before, now)


def _note(thing: Thing, readings: Readings, history: History, now: datetime) -> bool:
    """Note what was read of a page; tell whether there is anything to write."""
    old = [getattr(thing, name) for name in WRITTEN]
    pk = int(thing.name)
    reading = readings.found.get(pk)
    thing.unsure = False
    if reading is None:
        _withdraw(thing, pk in readings.recalled, history, now)
    else:
        _show(thing, reading.digest, history, now)
        thing.locale, thing.slug = reading.locale, reading.slug
        thing.until, thing.weakest = reading.until, reading.weakest
    return old != [getattr(thing, name) for name in WRITTEN]


def _show(thing: Thing, digest: str, history: History, now: datetime) -> None:
    if thing.seq is None or thing.gone:
        thing.move(history, PUBLISHED, now)
    elif thing.digest != digest:
        thing.move(history, CHANGED, now)
    thing.digest, thing.gone = digest, False


def _withdraw(thing: Thing, recalled: bool, history: History, now: datetime) -> None:
    """Leave a sign where something was; of what nobody was told of, none."""
    if thing.seq is None or thing.gone:
        return
    thing.digest, thing.gone, thing.until = "", True, None
    thing.move(history, RECALLED if recalled else WITHDRAWN, now)


def _save(same: list[Thing], changed: list[Thing], readings: Readings) -> None:
    Thing.objects.filter(pk__in=[one.pk for one in same if one.seq is None]).delete()
    kept = [thing for thing in same if thing.seq is not None]
    Thing.objects.filter(pk__in=[thing.pk for thing in kept]).update(unsure=False)
    Thing.objects.bulk_update([one for one in changed if one.seq is not None], WRITTEN)
    have: dict[int, set[str]] = {thing.pk: set() for thing in kept}
    for pk, piece in Need.objects.filter(thing__in=kept).values_list("thing", "piece"):
        have[pk].add(piece)
    stale, new = [], []
    for thing in kept:
        reading = readings.found.get(int(thing.name))
        wanted = reading.needs if reading else set()
        if have[thing.pk] - wanted:
            stale.append(thing.pk)
            have[thing.pk] = set()
        new += [Need(thing=thing, piece=piece) for piece in wanted - have[thing.pk]]
    Need.objects.filter(thing__in=stale).delete()
    Need.objects.bulk_create(new, batch_size=500)


# -- Lists of small things -------------------------------------------------------


def _note_part(site: Site, seen: Part) -> None:
    """Read a list of small things, and note what it says now."""
    request = ask_site(site)
    kinds = read_part(seen.name, request)
    now = timezone.now()
    with transaction.atomic():
        history = History.hold()
        before = history.seq
        if not Part.objects.filter(pk=seen.pk, marks=seen.marks).update(unsure=False):
            return
        for kind, digests in kinds.items():
            known = {
                (one.name, one.locale): one
                for one in Thing.objects.filter(site=site, kind=kind)
            }
            for name, locale in sorted({*digests, *known}):
                thing = known.get((name, locale)) or Thing(
                    site=site, kind=kind, name=name, locale=locale, unsure=False
                )
                old, digest = thing.seq, digests.get((name, locale))
                if digest is not None:
                    _show(thing, digest, history, now)
                elif not thing.gone:
                    _withdraw(thing, was_recalled(kind, name, request), history, now)
                if thing.seq != old:
                    thing.save()
        finish(history, before, now)


# -- The history -----------------------------------------------------------------


def finish(history: History, before: int, now: datetime) -> None:
    """Note the numbers that were given, and forget what is too old."""
    if history.seq == before:
        return
    Batch.objects.create(end=history.seq, at=now)
    old = Batch.objects.filter(at__lt=now - timedelta(days=settings.CHANGES_KEPT_DAYS))
    floor = old.aggregate(end=Max("end"))["end"]
    if floor is not None and floor > history.floor:
        history.floor = floor
        Batch.objects.filter(end__lt=floor).delete()
        Thing.objects.filter(gone=True, seq__lte=floor).delete()
    history.save()
