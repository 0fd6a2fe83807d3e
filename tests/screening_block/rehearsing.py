"""What a rehearsal says beside what the act then does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from screening_block.models import Release, Screener
from screening_block.publishing.publish import batch
from screening_block.review.impact import Change

#: Either `{key: hash of the current release or None}`, or what is refused.
Outcome = dict[str, str | None] | list[str]


class _UndoneError(Exception):
    pass


@contextmanager
def undone() -> Iterator[None]:
    """Nothing of what is done inside stays."""
    try:
        with transaction.atomic():
            yield
            raise _UndoneError
    except _UndoneError:
        pass


def current() -> dict[str, str | None]:
    keys = Screener.objects.values_list("key", flat=True).distinct()
    keys = {*keys, *Release.objects.values_list("screener_key", flat=True)}
    return {key: (r := Release.current(key)) and r.pk for key in sorted(keys)}


def said(changes: Iterable[Change]) -> Outcome:
    """The outcome that a rehearsal foretells: the first refusal stops the act."""
    outcome = current()
    for change in changes:
        if change.error:
            return list(change.error.messages)
        outcome[change.screener.key] = change.new_hash
    return outcome


def done(act: Callable[[], Any]) -> Outcome:
    """The outcome of the act itself, which is undone."""
    outcome: Outcome = {}
    try:
        with undone():
            with batch():
                act()
            outcome = current()
    except ValidationError as error:
        return list(error.messages)
    return outcome


def publish(*records: Any) -> None:
    """Publish the last saved drafts."""
    for record in records:
        record.get_latest_revision().publish()


def stored(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)
