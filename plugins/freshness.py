"""How long what was worked out holds, and a place to keep it so long.

The site knows a *content version*: it moves with every change of what pages show, seen
by every process within the next request. What is kept here is kept under it, or until
one of the *sources* changes that it was read from: tables, of pages also their kinds.
Without a site that knows a version (`connect`), nothing is kept, and the rest does
nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from typing import Any, NamedTuple, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.db import connection

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

#: What one content version keeps at most, in entries; the oldest goes first.
MOST = 2_000
#: The source of what may hang on anything: it is forgotten with each version.
EVERYTHING = "*"


class Kept(NamedTuple):
    """What was worked out: until when it holds (a time stamp), and what it hangs on."""

    until: float
    value: Any
    sources: frozenset[str]


class Moment(Protocol):
    """A content version, until something is known to change by the clock."""

    #: What was worked out under it, or before it from what did not change since.
    kept: dict[Hashable, Kept]

    @property
    def end(self) -> float: ...


class Clock(Protocol):
    """What tells the content version."""

    def read(self) -> Moment | None:
        """Return the present one; None where it cannot be told. While nothing has
        changed it is the same object."""

    def now(self) -> float: ...

    def find_sources(self, sql: str) -> Collection[str]:
        """Return what a statement reads."""


class Basis:
    """What hangs on what, while something is worked out: the earliest end that was
    named, and the sources that were read."""

    def __init__(self) -> None:
        self.first = float("inf")
        self.sources: set[str] = set()
        #: Sources of which the code that reads them says itself which part it reads.
        self.narrowed: set[str] = set()

    def add(self, first: float, sources: Iterable[str]) -> None:
        self.first = min(self.first, first)
        self.sources.update(sources)


_clock: Clock | None = None
_held: ContextVar[Moment | None] = ContextVar("freshness_held", default=None)
_collecting: ContextVar[Basis | None] = ContextVar("freshness_basis", default=None)


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
def collect_ends() -> Iterator[Basis]:
    """Collect what is named by `keep_until` within; `first` is the earliest."""
    basis, outer = Basis(), _collecting.get()
    token = _collecting.set(basis)
    try:
        yield basis
    finally:
        _collecting.reset(token)
        if outer is not None:
            outer.add(basis.first, basis.sources)


@contextmanager
def narrow(source: str) -> Iterator[set[str]]:
    """Let what is read within hang on parts of a source alone: those that are put into
    the set that is given; on all of it if that stays empty."""
    parts: set[str] = set()
    with collect_ends() as basis:
        basis.narrowed = {source}
        try:
            yield parts
        finally:
            basis.sources.update(parts or {source})


def _record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Note what is read from the database (see `execute_wrapper` of Django)."""
    basis = _collecting.get()
    if basis is not None and _clock is not None:
        basis.sources.update(set(_clock.find_sources(sql)) - basis.narrowed)
    return execute(sql, params, many, context)


class kept_property:
    """As `cached_property`, and what is worked out from it hangs on what it hangs on.
    For what `remember` gives."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self.make = make
        self.name = f"_kept_{make.__name__}"
        self.__doc__ = make.__doc__

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        found = instance.__dict__.get(self.name)
        if found is None:
            with collect_ends() as basis:
                value = self.make(instance)
            if _find_moment() is None:
                basis.sources.add(EVERYTHING)
            found = instance.__dict__[self.name] = value, basis
        value, basis = found
        outer = _collecting.get()
        if outer is not None:
            outer.add(basis.first, basis.sources)
        return value


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


def remember(key: Hashable, make: Callable[[], T], *, by_source: bool = False) -> T:
    """Return what `make` gives, from memory while the content version is the same.

    `make` reads what is committed and depends on `key` alone, not on who asks. What it
    gives is shared: nobody may change it. Within a transaction it is asked each time,
    because what was written there is nobody else's yet.

    `by_source`: also from before, while nothing changed of what `make` reads. Only if
    it reads all that it hangs on itself: of a row that was read by who asks, `key` has
    what is used of it.
    """
    moment = _find_moment()
    if moment is not None and (found := _look_up(moment, key)) is not None:
        value: T = found[0]
        return value
    with _working_out(by_source) as basis:
        value = make()
    if moment is not None:
        _keep(moment, basis, {key: value})
    return value


@contextmanager
def _working_out(by_source: bool) -> Iterator[Basis]:
    recording = connection.execute_wrapper(_record) if by_source else nullcontext()
    with collect_ends() as basis, recording:
        if not by_source:
            basis.sources.add(EVERYTHING)
        yield basis


def remember_each(
    name: Hashable, ids: Iterable[K], make: Callable[[list[K]], Mapping[K, T]]
) -> dict[K, T]:
    """Return what `make` gives for each of `ids`, asking it for those not known yet.

    That it gives nothing for one of them is remembered as well: only for ids that come
    from content, which nobody who asks makes up.
    """
    moment, wanted = _find_moment(), list(dict.fromkeys(ids))
    known = {id: _look_up(moment, (name, id)) if moment else None for id in wanted}
    if missing := [id for id, found in known.items() if found is None]:
        with _working_out(by_source=False) as basis:
            made = make(missing)
        if moment is not None:
            _keep(moment, basis, {(name, id): made.get(id) for id in missing})
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
    if found is None or _clock is None or _clock.now() >= found.until:
        return None
    if (basis := _collecting.get()) is not None:
        basis.add(found.until, found.sources)
    return (found.value,)


def _keep(moment: Moment, basis: Basis, values: Mapping[Any, Any]) -> None:
    # Only if nothing was committed while it was worked out.
    if _clock is None or _clock.read() is not moment:
        return
    until, sources = min(basis.first, moment.end), frozenset(basis.sources)
    for key, value in values.items():
        moment.kept[key] = Kept(until, value, sources)
    while len(moment.kept) > MOST:
        # What was put in first; another thread may be at it as well.
        with suppress(StopIteration, RuntimeError):
            moment.kept.pop(next(iter(moment.kept)), None)
