"""How long what was worked out holds, and a place to keep it so long.

The site knows a *content version*: it moves with every change of what pages show, seen
by every process within the next request. What is kept here is kept under it. Without a
site that knows one (`connect`), nothing is kept, and the rest does nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.db import connection

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

#: What one content version keeps at most, in entries; the oldest goes first.
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
_held: ContextVar[Moment | None] = ContextVar("freshness_held", default=None)
_collecting: ContextVar[_Ends | None] = ContextVar("freshness_ends", default=None)


def connect(clock: Clock | None) -> None:
    """Let `clock` tell the content version of this process; None for nobody."""
    global _clock
    _clock = clock


@contextmanager
def hold(moment: Moment | None) -> Iterator[None]:
    """Let what is worked out within find what was kept under this moment: a request
    that only reads is answered as of when it came, and asks for the version once."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


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
    moment = _find_moment()
    if moment is None:
        return make()
    found = _look_up(moment, key)
    if found is not None:
        value: T = found[0]
        return value
    with collect_ends() as ends:
        value = make()
    _keep(moment, ends.first, {key: value})
    return value


def remember_each(
    name: Hashable, ids: Iterable[K], make: Callable[[list[K]], Mapping[K, T]]
) -> dict[K, T]:
    """Return what `make` gives for each of `ids`, asking it for those not known yet.

    That it gives nothing for one of them is remembered as well: only for ids that come
    from content, which nobody who asks makes up.
    """
    moment, wanted = _find_moment(), list(dict.fromkeys(ids))
    if moment is None:
        return dict(make(wanted)) if wanted else {}
    known = {id: _look_up(moment, (name, id)) for id in wanted}
    if missing := [id for id, found in known.items() if found is None]:
        with collect_ends() as ends:
            made = make(missing)
        _keep(moment, ends.first, {(name, id): made.get(id) for id in missing})
        known |= {id: (made.get(id),) for id in missing}
    values = {id: found[0] for id, found in known.items() if found is not None}
    return {id: value for id, value in values.items() if value is not None}


def _find_moment() -> Moment | None:
    """Return what may be remembered under; None for nothing."""
    if _clock is None or connection.in_atomic_block:
        return None
    return _held.get() or _clock.read()


def _look_up(moment: Moment, key: Hashable) -> tuple[Any] | None:
    """Return what is kept under a key, as a tuple of one."""
    found = moment.kept.get(key)
    if found is None or _clock is None or _clock.now() >= found[0]:
        return None
    keep_until(found[0])
    return (found[1],)


def _keep(moment: Moment, until: float, values: Mapping[Any, Any]) -> None:
    # Only if nothing was committed while it was worked out.
    if _clock is None or _clock.read() is not moment:
        return
    until = min(until, moment.end)
    for key, value in values.items():
        moment.kept[key] = (until, value)
    while len(moment.kept) > MOST:
        # What was put in first; another thread may be at it as well.
        with suppress(StopIteration, RuntimeError):
            moment.kept.pop(next(iter(moment.kept)), None)
