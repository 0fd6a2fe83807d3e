"""Publishing: every way content goes live ends here, inside its transaction.

A publish of a screener, a threshold, a chart or a chart row compiles every
screener concerned, lets it through the gate, searches it for contradictions, runs its
scenarios, keeps the release and records it as the current one; or raises `GateError`,
and the surrounding transaction undoes the save. Identical content gives the release
that is current already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.models import (
    ChartRow,
    Publication,
    Release,
    Screener,
    Threshold,
)
from screening_block.models.fields import PublishesScreeners

from .compile import compile_screener, source_of, used
from .flagged import refused
from .gate import FlagsError, GateError, ProblemsError, ScenariosError, examine
from .scenarios import Failing, settle

#: What screeners use: `Threshold`, `Chart` or `ChartRow`.
Part = PublishesScreeners


# Screener ids that wait for the end of a `batch`, or None outside of one.
_waiting: ContextVar[dict[int, tuple[str, bool]] | None] = ContextVar(
    "waiting", default=None
)


# What publishes would do while one is only rehearsed, or None outside of that.
_rehearsal: ContextVar[list[Change] | None] = ContextVar("rehearsal", default=None)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A transaction that begins when no other one of its kind is open.

    Around everything that may publish, from its first write. Two publishes side by
    side would miss each other's change when they compile, and each would wait for rows
    that the other has written. SQLite has one writer anyway; elsewhere a row that is
    always there stands for the turn. Nobody writes that row, and with `no_key` what
    refers to it need not wait.
    """
    with transaction.atomic():
        if connection.features.has_select_for_update:
            turn = ContentType.objects.get_for_model(Screener).pk
            rows = ContentType.objects.select_for_update(
                no_key=connection.features.has_select_for_no_key_update
            )
            list(rows.filter(pk=turn))
        yield


@contextmanager
def batch() -> Iterator[None]:
    """Publish each screener once, at the end, for all that is saved inside.

    For an import, whose records only make sense together. A `GateError` at the end
    undoes the saves.
    """
    with one_at_a_time():
        token = _waiting.set({})
        try:
            yield
            waiting = _waiting.get() or {}
        finally:
            _waiting.reset(token)
        for screener in Screener.objects.live().filter(pk__in=waiting).order_by("pk"):
            cause, own = waiting[screener.pk]
            publish(screener, cause=cause, own=own)


def after_save(record: Screener | Part) -> None:
    """Publish or withdraw what a full save of `record` concerns."""
    if isinstance(record, Screener) and record.alias_of_id:
        return  # The same screener at another address: nothing of its own to publish.
    if isinstance(record, Screener):
        source = source_of(record)
        if source.live:
            publish(source, cause=_("screener “%s”") % record.key, own=True)
        else:
            withdraw(source.key)
    elif record.first_published_at:
        # Also where it just went off line: the gate refuses that if it is used.
        publish_users(record, screeners_using(record))


def publish_users(record: Part, screeners: list[Screener]) -> None:
    """Publish the screeners that use a threshold, chart or chart row."""
    for screener in screeners:
        publish(screener, cause=f"{record._meta.verbose_name} “{record.key}”")


def screeners_using(record: Part) -> list[Screener]:
    """The live screeners (source pages) whose release has this record."""
    if isinstance(record, Threshold):
        place, key = 0, record.key
    else:
        place, key = 1, record.chart.key if isinstance(record, ChartRow) else record.key
    live = Screener.objects.live().order_by("pk")
    return [
        screener
        for screener in live
        if source_of(screener).pk == screener.pk and key in used(screener)[place]
    ]


def publish(screener: Screener, *, cause: str, own: bool = False) -> Release | None:
    """Compile, examine, search, run the scenarios, keep and make current.

    Raises `GateError`. `own`: it is the screener's own content that changes, so that
    its new scenarios have to hold too.

    Inside a `batch` it waits for the end of it and gives None.
    """
    if (waiting := _waiting.get()) is not None:
        first, before = waiting.get(screener.pk, (cause, False))
        waiting[screener.pk] = (first, own or before)
        return None
    with one_at_a_time():
        current = Release.current(screener.key)
        if (rehearsal := _rehearsal.get()) is not None:
            rehearsal.append(_try(screener, current, own))
            return None
        compiled = examine(compile_screener(screener))
        old = current.load() if current else None
        if flags := refused(compiled, old, own=own):
            raise FlagsError(compiled, flags)
        if failing := settle(screener, compiled, own=own):
            raise ScenariosError(screener, compiled, failing)
        release = Release.keep(compiled)
        if current is None or current.pk != release.pk:
            Publication.objects.create(
                screener_key=compiled.key, release=release, cause=cause
            )
    return release


def withdraw(screener_key: str) -> None:
    """Make a screener not public; its releases stay."""
    if Release.current(screener_key):
        Publication.objects.create(
            screener_key=screener_key, release=None, cause=_("taken off line")
        )


@dataclass(frozen=True)
class Change:
    """What a publish would do to one screener.

    `old` is its current release, `new` the one that would take its place; None where
    there is none. `problems` says why there is no new one. `flags`: where `new`
    contradicts itself. `failing`: the scenarios that `new` breaks.
    """

    screener: Screener
    old: engine.Release | None
    new: engine.Release | None
    problems: ProblemsError | None = None
    flags: tuple[engine.Flag, ...] = ()
    failing: tuple[Failing, ...] = ()

    @property
    def error(self) -> GateError | None:
        """Why this may not be published."""
        if self.problems or self.new is None:
            return self.problems
        if self.flags:
            return FlagsError(self.new, self.flags)
        if not self.failing:
            return None
        return ScenariosError(self.screener, self.new, self.failing)


def _try(screener: Screener, current: Release | None, own: bool) -> Change:
    old = current.load() if current else None
    try:
        new = examine(compile_screener(screener))
    except ProblemsError as error:
        return Change(screener, old, None, error)
    flags = tuple(refused(new, old, own=own))
    failing = tuple(settle(screener, new, own=own))
    return Change(screener, old, new, flags=flags, failing=failing)


def rehearse(record: Screener | Part) -> list[Change]:
    """What publishing the last saved draft of `record` would do, by screener.

    Publishes a copy and undoes it, so that this answer and the publish that
    follows cannot disagree.
    """
    copy = record.get_latest_revision_as_object()
    copy.live = True
    copy.first_published_at = copy.first_published_at or timezone.now()
    return _undone(copy.save)


def refusals(record: Screener | Part) -> list[GateError]:
    """What would stop the last saved draft of `record` from going live."""
    return [change.error for change in rehearse(record) if change.error]


def refusals_to_delete(record: Part) -> list[GateError]:
    """What would be broken without `record`."""
    stored = type(record).objects.get(pk=record.pk)
    return [change.error for change in _undone(stored.delete) if change.error]


def refusals_to_unpublish(record: Part) -> list[GateError]:
    """What would be broken if `record` were public no more."""
    stored = type(record).objects.get(pk=record.pk)
    return [change.error for change in _undone(stored.unpublish) if change.error]


def _undone(act: Callable[[], Any]) -> list[Change]:
    """What `act` would do to screeners; nothing of it stays."""
    changes: list[Change] = []
    token = _rehearsal.set(changes)
    try:
        with one_at_a_time():
            act()
            transaction.set_rollback(True)
    finally:
        _rehearsal.reset(token)
    return changes
