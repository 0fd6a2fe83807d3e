"""The order of a list, and cursors: where in an order a page of it ended."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

#: Each order with its field; `-` is the newest first.
ORDERS = {
    "published": "first_published_at",
    "-published": "-first_published_at",
    "updated": "last_published_at",
    "-updated": "-last_published_at",
}
DEFAULT_ORDER = "-published"
CURSOR = "[0-9]{1,16}-[0-9]{1,18}"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Cursor(NamedTuple):
    """The moment and the id of the entry that a page ended with."""

    moment: datetime
    pk: int


def read_cursor(text: str) -> Cursor:
    """Read a cursor as lists give it. Raises `ValueError` with a sentence."""
    if not re.fullmatch(CURSOR, text, re.ASCII):
        raise ValueError(_("Must be a `next_cursor` of this list."))
    moment, _dash, pk = text.partition("-")
    return Cursor(_EPOCH + timedelta(microseconds=int(moment)), int(pk))


def write_cursor(page: Any, order: str) -> str | None:
    """Return where `page` stands in an order; None for one that was never published."""
    moment = getattr(page, ORDERS[order].removeprefix("-"))
    if moment is None:
        return None
    return f"{(moment - _EPOCH) // timedelta(microseconds=1)}-{page.pk}"


def sort_pages(pages: Any, order: str, after: Cursor | None = None) -> Any:
    """Sort `pages`, those of one moment by id; with `after`, only what follows."""
    field = ORDERS[order]
    sign, name = ("-", field[1:]) if field.startswith("-") else ("", field)
    ordered = pages.order_by(field, f"{sign}pk")
    if after is None:
        return ordered
    beyond = "lt" if sign else "gt"
    later = Q(**{f"{name}__{beyond}": after.moment})
    same = Q(**{name: after.moment, f"pk__{beyond}": after.pk})
    return ordered.filter(later | same)
