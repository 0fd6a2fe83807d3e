"""Publishing: every way content goes live ends here, inside its transaction.

A publish of a screener, a threshold, a chart or a chart row compiles every screener
concerned, checks it, searches it for contradictions, runs its scenarios, counts the
questions of some of them, stores the release and records it as the current one; or it
raises `GateError`, and the surrounding transaction undoes the save. Identical content
gives the release that is current already. Where only texts change that many share, the
releases are told anew instead (see `retelling`).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from screening_block.models import Publication, Release, Screener
from screening_block.models.publishing import content_changed, one_at_a_time

from .assess import (
    assess_publish,
    assess_texts,
    concerned_screeners,
    screener_name,
)
from .content import Content, Record, part_name, source_of
from .parts import PartName
from .retelling import CAUSE_LENGTH, Edits, keep_text_changes
from .scenario_runs import keep_fulfilled
from .text_edits import RecordEdit, read_edit
from .visit_lengths import measure_lengths


class Waiting:
    """What was changed, with the cause to give for it, and how."""

    def __init__(self) -> None:
        self.causes: dict[PartName, str] = {}
        self.edits = Edits()

    def add(
        self, cause: str, names: Iterable[PartName], edit: RecordEdit | None
    ) -> None:
        names = list(names)
        self.edits.add(names, edit)
        for name in names:
            self.causes.setdefault(name, cause)


# What a `batch` changed; None outside of one.
_waiting: ContextVar[Waiting | None] = ContextVar("waiting", default=None)


def connect() -> None:
    """Connect the signal that publishes live content; called once, when the app is
    ready."""
    content_changed.connect(publish_changed, dispatch_uid="screening_block.publish")


@contextmanager
def batch() -> Iterator[None]:
    """Publish each screener once, at the end, for all that is saved inside.

    For an import, whose records only make sense together. A `GateError` at the end
    undoes the saves. A batch inside another joins it.
    """
    if _waiting.get() is not None:
        with one_at_a_time():
            yield
        return
    with one_at_a_time():
        waiting = Waiting()
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        _publish_all(waiting)


def publish_changed(
    records: Iterable[tuple[Screener | Record, Screener | Record | None]],
    **_kwargs: Any,
) -> None:
    """Publish what a full save or a deletion of live content concerns.

    A draft of a screener concerns nobody. Pages that were live and go are the business
    of `withdrawals`: they go in ways that save no screener.

    `records`: see `content_changed`. A record that was just unpublished or deleted
    counts too: the gate refuses that if it is used.
    """
    outer = _waiting.get()
    waiting = Waiting() if outer is None else outer
    for record, before in records:
        if isinstance(record, Screener):
            source = source_of(record)
            # An alias is the same page in another language: nothing of its own.
            if record.live and source.live and not record.alias_of_id:
                publish(source, cause=_("screener “%s”") % record.key)
        elif record.first_published_at:
            named = [record] if before is None else [record, before]
            edit = read_edit(record, before)
            waiting.add(_cause(record), map(part_name, named), edit)
    if outer is None:
        _publish_all(waiting)


def _cause(record: Record) -> str:
    return f"{record._meta.verbose_name} “{record.key}”"


def publish(screener: Screener, *, cause: str) -> None:
    """Publish a screener's own content, or raise `GateError`.

    Its new scenarios must pass too. Inside a `batch` it waits for the end of it.
    """
    name = screener_name(screener)
    if (waiting := _waiting.get()) is not None:
        waiting.causes.setdefault(name, cause)
    else:
        _publish(screener, Content(), cause=cause, own=True)


def _publish_all(waiting: Waiting) -> None:
    causes = waiting.causes
    if not causes:
        return
    content = Content()
    with one_at_a_time():
        own = {UUID(name.key) for name in causes if name.kind == "screener"}
        told = assess_texts(content, waiting.edits, own)
        known = {change.screener.translation_key for change in told}
        for screener, name in concerned_screeners(content, causes, known):
            own_content = screener_name(screener) in causes
            _publish(screener, content, cause=causes[name], own=own_content)
        keep_text_changes(told, causes)


def _publish(screener: Screener, content: Content, *, cause: str, own: bool) -> None:
    """Compile, check and search a screener, run its scenarios, and make the release
    current."""
    with one_at_a_time():
        change = assess_publish(screener, content, own=own)
        if change.error:
            raise change.error
        assert change.new is not None  # noqa: S101  what has no problems is compiled
        keep_fulfilled(change.fulfilled)
        cases = [each.case for each in change.scenarios if each.case]
        release = Release.keep(change.new, measure_lengths(change.new, cases))
        if change.old is None or change.old.sha256 != release.pk:
            Publication.objects.create(
                screener_key=change.new.key,
                screener=screener.translation_key,
                release=release,
                cause=cause[:CAUSE_LENGTH],
            )


def withdraw(screener: Screener) -> None:
    """Record in the log that a screener is no longer public; its releases stay."""
    log = Publication.objects.filter(screener=screener.translation_key)
    newest = log.order_by("-pk").first()
    if newest is not None and newest.release_id:
        log_withdrawal(newest)


def log_withdrawal(newest: Publication) -> None:
    """End in the log what its newest row for a screener made current."""
    Publication.objects.create(
        screener_key=newest.screener_key,
        screener=newest.screener,
        release=None,
        cause=_("unpublished"),
    )
