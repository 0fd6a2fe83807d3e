"""What an act would do to screeners, before anybody does it.

Each answer is worked out on records in memory, compiled as if the act were done: no
row is written and no lock is held, so that reading keeps nobody waiting. The real act
asks the same of the same (see `assess`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from screening_block import engine
from screening_block.models import Release, Screener
from screening_block.models.publishing import FieldsError, GateError

from .assess import Change, assess, concerned, screener_name
from .content import Content, Record, name_of
from .parts import Name


def rehearse(*records: Screener | Record) -> list[Change]:
    """What publishing the last saved drafts of `records`, together, would do.

    By screener, in the order in which they would be published.
    """
    return _published([one.get_latest_revision_as_object() for one in records])


def rehearse_unpublish(*records: Screener | Record) -> list[Change]:
    """What would come of it if `records` were public no more."""
    there = [one for one in map(_stored, records) if one.live]
    for record in there:
        record.live = False
    return _without(there, Content(put=there))


def rehearse_delete(*records: Screener | Record) -> list[Change]:
    """What would come of it if `records` were deleted."""
    there = [_stored(record) for record in records]
    return _without(there, Content(gone=there))


def refusals(changes: Iterable[Change]) -> list[GateError]:
    """What stops an act that does these changes."""
    return [change.error for change in changes if change.error]


def _stored(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def _published(drafts: list[Any]) -> list[Change]:
    drafts = [copy(draft) for draft in drafts]
    for draft in drafts:
        draft.live = True
        draft.first_published_at = draft.first_published_at or timezone.now()
        if isinstance(draft, Screener):
            # A page that goes live is cleaned whole; a draft may lack what it needs.
            try:
                draft.full_clean()
            except ValidationError as error:
                return [Change(draft, _current(draft), None, FieldsError(error, draft))]
    return _changes(drafts, Content(put=drafts))


def _without(taken: list[Any], content: Content) -> list[Change]:
    """What comes of it that `content` has `taken` no more.

    Without the page that gives its structure a screener is public no more. Without
    another page a release without that language takes over; where none is sound, what
    is public stays. Nobody is kept from taking a page away.
    """
    pages = [one for one in taken if isinstance(one, Screener) and not one.alias_of_id]
    ids = {page.pk for page in pages}
    there = Content()
    withdrawn = {
        screener_name(page): page for page in pages if there.source_of(page).pk in ids
    }
    left = [
        one
        for one in taken
        if not isinstance(one, Screener) or screener_name(one) not in withdrawn
    ]
    own = {screener_name(page) for page in pages} if len(pages) == len(taken) else {}
    changes = [
        replace(change, new=change.old, flags=(), failing=(), problems=None)
        if change.error and screener_name(change.screener) in own
        else change
        for change in _changes(left, content)
    ]
    gone = [
        Change(page, old, None)
        for page in withdrawn.values()
        if (old := _current(page))
    ]
    return [*gone, *changes]


def _changes(records: list[Any], content: Content) -> list[Change]:
    """What comes of it where `records` are as `content` has them."""
    names = dict.fromkeys(name for record in records for name in _names(record))
    return [
        assess(screener, content, own=screener_name(screener) in names)
        for screener, _name in concerned(content, names)
    ]


def _names(record: Any) -> Iterator[Name]:
    """What screeners name a record by, and did until now."""
    if isinstance(record, Screener):
        if not record.alias_of_id:
            yield screener_name(record)
    elif record.first_published_at:
        yield name_of(record)
        if before := type(record).objects.filter(pk=record.pk).first():
            yield name_of(before)


def _current(screener: Screener) -> engine.Release | None:
    current = Release.current(screener.key)
    return current.load() if current else None
