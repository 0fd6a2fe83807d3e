"""How long what was worked out holds, and a place to keep it so long.

The site knows a *content version*: it moves with every change of what pages show, seen
by every process within the next request. What is kept here is kept under it. Without a
site that knows one (`connect`), nothing is kept, and the rest does nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.db import connection

T = TypeVar("T")

#: What one content version keeps at most, in entries.
MOST = 2_000


class Moment(Protocol):
    """A content version, until something is known to change by the clock."""

    #: What was worked out under it: a value, and the end of it as a time stamp.
    kept: dict[Hashable, tuple[float, Any]]

    @property
    def end(self) -> float: ...


class Clock(Protocol):
    """What tells the content version."""

    def read(self) -> Moment | None:
        """Return the present one; None where it cannot be told. While nothing has
        changed it is the same object."""

    def now(self) -> float: ...


class _Ends:
    """The earliest end that was named while something was worked out."""

    def __init__(self) -> None:
        self.first = float("inf")


_clock: Clock | None = None
_collecting: ContextVar[_Ends | None] = ContextVar("freshness_ends", default=None)


def connect(clock: Clock | None) -> None:
    """Let `clock` tell the content version of this process; None for nobody."""
    global _clock
    _clock = clock


@contextmanager
def collect_ends() -> Iterator[_Ends]:
    """Collect what is named by `keep_until` within; `first` is the earliest."""
    ends, outer = _Ends(), _collecting.get()
    token = _collecting.set(ends)
    try:
        yield ends
    finally:
        _collecting.reset(token)
        if outer is not None:
            outer.first = min(outer.first, ends.first)


def keep_until(moment: dt.datetime | float) -> None:
    """Say until when holds what is being worked out (a time with a zone, or a time
    stamp). Only for what the clock changes: content moves the version."""
    ends = _collecting.get()
    if ends is not None:
        end = moment if isinstance(moment, (int, float)) else moment.timestamp()
        ends.first = min(ends.first, end)


def keep_not() -> None:
    """Say that what is being worked out must be worked out anew each time."""
    keep_until(float("-inf"))


def keep_day(zone: str) -> None:
    """Say that what is being worked out holds for this day in a time zone."""
    if _collecting.get() is not None:
        keep_until(next_day(zone))


def next_day(zone: str, now: float | None = None) -> float:
    """Return the time stamp at which the next day begins in a time zone."""
    here = ZoneInfo(zone)
    stamp = dt.datetime.now(dt.UTC).timestamp() if now is None else now
    day = dt.datetime.fromtimestamp(stamp, here).date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(), here).timestamp()


def remember(key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` gives, from memory while the content version is the same.

    `make` reads what is committed and depends on `key` alone, not on who asks. What it
    gives is shared: nobody may change it. Within a transaction it is asked each time,
    because what was written there is nobody else's yet.
    """
    before = None
    if _clock is not None and not connection.in_atomic_block:
        before = _clock.read()
    if before is None or _clock is None:
        return make()
    found = before.kept.get(key)
    if found is not None and _clock.now() < found[0]:
        value: T = found[1]
        outer = _collecting.get()
        if outer is not None:
            outer.first = min(outer.first, found[0])
        return value
    with collect_ends() as ends:
        value = make()
    # Only if nothing was committed while it was worked out.
    if _clock.read() is before and len(before.kept) < MOST:
        before.kept[key] = (min(ends.first, before.end), value)
    return value
