"""Work out what an action would change for screeners, before anybody does it.

Each answer is worked out on records in memory, compiled as if the action were done: no
row is written and no lock is held, so that reading keeps nobody waiting. The real
action uses the same code on the same content (see `assess`).
"""

import math
from collections.abc import Collection, Iterable, Iterator
from copy import copy
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from screening_block.models import Release, Screener
from screening_block.models.publishing import FieldsError, GateError

from .assess import (
    ScreenerChange,
    assess_publish,
    assess_texts,
    concerned_screeners,
    screener_name,
)
from .content import Content, Record, part_name
from .parts import PartName
from .retelling import Edits, TextChange
from .text_edits import read_edit


def rehearse_publish(
    *records: Screener | Record,
) -> list[ScreenerChange | TextChange]:
    """Return what publishing the last saved drafts of `records`, together, would
    change.

    By screener, in the order in which they would be published.
    """
    return _assess_drafts([one.get_latest_revision_as_object() for one in records])


def count_anew(record: Record, users: int) -> int:
    """Return for how many of the `users` of a record publishing its draft compiles and
    searches; the others are told anew (see `retelling`), which costs next to nothing.
    """
    draft, edits = record.get_latest_revision_as_object(), Edits()
    _go_live(draft)
    _read_edits([draft], edits)
    return users - len(assess_texts(Content(overlay=[draft]), edits))


def rehearse_unpublish(*records: Screener | Record) -> list[ScreenerChange]:
    """Return what unpublishing `records` would change."""
    there = [one for one in map(_stored, records) if one.live]
    for record in there:
        record.live = False
    return _assess_removal(there, Content(overlay=there))


def rehearse_delete(*records: Screener | Record) -> list[ScreenerChange]:
    """Return what deleting `records` would change."""
    there = [_stored(record) for record in records]
    return _assess_removal(there, Content(deleted=there))


def find_refusals(changes: Iterable[ScreenerChange | TextChange]) -> list[GateError]:
    """Return the errors that stop an action with these changes."""
    return [change.error for change in changes if change.error]


def _stored(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def _assess_drafts(drafts: list[Any]) -> list[ScreenerChange | TextChange]:
    drafts = [copy(draft) for draft in drafts]
    for draft in drafts:
        _go_live(draft)
        if isinstance(draft, Screener):
            # A page that goes live is cleaned whole; a draft may lack what it needs.
            try:
                draft.full_clean()
            except ValidationError as error:
                old = Release.load_current(draft.key)
                return [ScreenerChange(draft, old, None, FieldsError(error, draft))]
    edits = Edits()
    own = {one.translation_key for one in drafts if isinstance(one, Screener)}
    _read_edits(drafts, edits)
    return _assess_records(drafts, Content(overlay=drafts), edits, own)


def _go_live(draft: Any) -> None:
    draft.live = True
    draft.first_published_at = draft.first_published_at or timezone.now()


def _read_edits(drafts: list[Any], edits: Edits) -> None:
    for draft in drafts:
        if not isinstance(draft, Screener):
            before = type(draft).objects.filter(pk=draft.pk).first()
            edits.add(_names(draft), read_edit(draft, before))


def _assess_removal(taken: list[Any], content: Content) -> list[ScreenerChange]:
    """Return the changes where `content` no longer has the records `taken`.

    Without the page that gives its structure a screener is no longer public. Without
    another page a release without that language takes over; where none is sound, what
    is public stays. Nobody is kept from removing a page.
    """
    pages = [one for one in taken if isinstance(one, Screener) and not one.alias_of_id]
    ids = {page.pk for page in pages}
    there = Content()
    sources = [page for page in pages if there.source_of(page).pk in ids]
    withdrawn = {screener_name(page): page for page in sources}
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
        for change in _assess_records(left, content)
    ]
    gone = [
        ScreenerChange(page, old, None)
        for page in withdrawn.values()
        if (old := Release.load_current(page.key))
    ]
    return [*gone, *changes]


def _assess_records(
    records: list[Any],
    content: Content,
    edits: Edits | None = None,
    own: Collection[UUID] = (),
) -> list[Any]:
    """Return the changes where `records` are as `content` has them."""
    names = dict.fromkeys(name for record in records for name in _names(record))
    told = assess_texts(content, edits or Edits(), own)
    known = {change.screener.translation_key for change in told}
    changes = [
        assess_publish(screener, content, own=screener_name(screener) in names)
        for screener, _name in concerned_screeners(content, names, known)
    ]
    return sorted([*told, *changes], key=lambda one: one.screener.pk or math.inf)


def _names(record: Any) -> Iterator[PartName]:
    """Yield the names by which screeners use a record, now and as stored."""
    if isinstance(record, Screener):
        if not record.alias_of_id:
            yield screener_name(record)
    elif record.first_published_at:
        yield part_name(record)
        if before := type(record).objects.filter(pk=record.pk).first():
            yield part_name(before)
