"""Where a reader of the feed is: opaque to readers, read here only.

`position` is the last number that was read, `start` the last one that there was when
the reader began; `token` names the history at the later of both. What is gone since
before the start, a reader who began there never had.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from cms.changes.models import Batch, History

PATTERN = "[0-9a-f]{12}[.][0-9a-f]{1,15}[.][0-9a-f]{1,15}[.][0-9a-f]{6}"


class StartAnewError(Exception):
    """What happened since the cursor is not known any more, or never was."""


class Cursor(NamedTuple):
    position: int
    start: int

    @property
    def seen(self) -> int:
        """The number up to which nothing is unknown to the reader."""
        return max(self.position, self.start)


def read_cursor(text: str) -> Cursor:
    """Return where a cursor is. Raises `ValueError` where none of ours looks so, and
    `StartAnewError` where it is of another history, of what is forgotten, or altered:
    what the API says of its form does not tell such a one from ours."""
    if not re.fullmatch(PATTERN, text):
        raise ValueError("no cursor")
    said, _dot, check = text.rpartition(".")
    if check != make_check(said):
        raise StartAnewError
    token, position, start = said.split(".")
    cursor = Cursor(int(position, 16), int(start, 16))
    history = History.objects.first()
    if history is None or cursor.seen < history.floor:
        raise StartAnewError
    if token != _find_token(cursor):
        raise StartAnewError
    return cursor


def write_cursor(cursor: Cursor) -> str:
    said = f"{_find_token(cursor)}.{cursor.position:x}.{cursor.start:x}"
    return f"{said}.{make_check(said)}"


def _find_token(cursor: Cursor) -> str | None:
    """Return the token of the numbers that a cursor is among."""
    among = Batch.objects.filter(end__gte=cursor.seen).order_by("end")
    return among.values_list("token", flat=True).first()


def make_check(said: str) -> str:
    """Return what tells a cursor from one that was cut, or made up."""
    return hashlib.sha256(f"changes {said}".encode()).hexdigest()[:6]
