"""The content version as this process sees it, true at the moment it is asked for.

Each database has a sign that costs next to nothing. SQLite says by `PRAGMA
data_version`, from memory that all processes share, whether anybody else has committed
since, and the number is read again only then. PostgreSQL is asked each time, by one
prepared statement on a connection that is used for nothing else. Where no answer comes,
there is no version, and nothing is kept.
"""

from __future__ import annotations

import datetime as dt
import functools
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from typing import Any, NamedTuple, Protocol

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, connections
from psycopg.pq import ExecStatus
from wagtail.models import Site

from plugins.freshness import EVERYTHING, Kept, next_day

from .sources import find_sources
from .triggers import find_missing, is_supported

logger = logging.getLogger("cms.freshness")

NUMBER = "SELECT sum(moved), min(slot) FROM freshness_version"
#: The same by what was changed.
SOURCES = "SELECT source, sum(moved), min(slot) FROM freshness_version GROUP BY source"
#: Seconds until a database that did not answer, or lacks triggers, is asked again.
PAUSE = 5.0
#: What a database raises that does not answer.
ERRORS = (sqlite3.Error, psycopg.Error, DatabaseError, OSError)


class Version(NamedTuple):
    """The content version, and what each source adds to it."""

    number: int
    sources: dict[str, int]


def make_version(rows: Iterable[Any]) -> Version | None:
    """Return what `SOURCES` says; None while there is no version."""
    found = [(str(source), int(moved), int(slot)) for source, moved, slot in rows]
    if min((slot for _source, _moved, slot in found), default=-1) != 0:
        return None
    sources = {source: moved for source, moved, _slot in found}
    return Version(sum(sources.values()), sources)


class Watch(Protocol):
    """A connection of its own that tells the version."""

    def read(self) -> Version | None: ...

    def ask(self, sql: str) -> Any:
        """Return the one value that a statement gives."""

    def close(self) -> None: ...


class SqliteWatch:
    """A connection to the file that never writes: `data_version` counts the others."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._file = self._name_file()
        self._database = sqlite3.connect(
            f"file:{path}?mode=rw",
            uri=True,
            timeout=5,
            isolation_level=None,
            check_same_thread=False,
        )
        self._database.execute("PRAGMA query_only=1")
        self._seen: Any = None
        self._version: Version | None = None

    def _name_file(self) -> tuple[int, int]:
        found = os.stat(self.path)
        return found.st_dev, found.st_ino

    def read(self) -> Version | None:
        # A backup was put in the place of the file.
        if self._name_file() != self._file:
            raise OSError("another file")
        seen = self._database.execute("PRAGMA data_version").fetchone()
        if seen != self._seen:
            version = make_version(self._database.execute(SOURCES))
            self._seen = seen
            # While it is the same it is the same object.
            if version != self._version:
                self._version = version
        return self._version

    def ask(self, sql: str) -> Any:
        return self._database.execute(sql).fetchone()[0]

    def close(self) -> None:
        self._database.close()


class PostgresWatch:
    """A connection that commits at once, and one statement, prepared."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        names = ("cursor_factory", "context", "prepare_threshold")
        given = {name: v for name, v in parameters.items() if name not in names}
        self._database = psycopg.connect(**given, autocommit=True)
        self._pq: Any = self._database.pgconn
        self._check(self._pq.prepare(b"version", NUMBER.encode()))
        self._version: Version | None = None

    def read(self) -> Version | None:
        result = self._check(self._pq.exec_prepared(b"version", None))
        number, slot = result.get_value(0, 0), result.get_value(0, 1)
        if slot != b"0":
            return None
        if self._version is None or self._version.number != int(number):
            # It may have moved again: what is told is of one moment.
            self._version = make_version(self._database.execute(SOURCES))
        return self._version

    def ask(self, sql: str) -> Any:
        row = self._database.execute(sql.encode()).fetchone()
        return row[0] if row else None

    def _check(self, result: Any) -> Any:
        if result.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
            raise psycopg.OperationalError("no version")
        return result

    def close(self) -> None:
        self._database.close()


class Generation:
    """A content version until `end`, the next moment at which the clock changes what
    is shown: see `plugins.freshness.Moment`."""

    def __init__(self, version: Version, start: float, ask: Callable[[str], Any]):
        self.version = version
        self.start = start
        self.kept: dict[Hashable, Kept] = {}
        self._ask = ask
        self._end: float | None = None

    @property
    def number(self) -> int:
        return self.version.number

    @property
    def end(self) -> float:
        """When the next day begins, or a page or a record expires; minus infinity where
        that cannot be told."""
        if self._end is None:
            try:
                self._end = find_end(self.start, self._ask)
            except ERRORS:
                return float("-inf")
        return self._end

    def holds(self, version: Version, now: float) -> bool:
        return (
            version is self.version
            and now >= self.start
            and (self._end is None or now < self._end)
        )

    def take_over(self, before: Generation) -> None:
        """Keep what `before` kept of sources that did not change since."""
        old, new = before.version.sources, self.version.sources
        changed = {one for one in {*old, *new} if old.get(one) != new.get(one)}
        if "" in changed or self.start < before.start:
            return
        # Of a part of a source, whoever reads the whole hangs on it as well.
        changed |= {one.partition(":")[0] for one in changed} | {EVERYTHING}
        self.kept = {
            key: kept
            for key, kept in before.kept.copy().items()
            if self.start < kept.until and changed.isdisjoint(kept.sources)
        }


def ask_here(sql: str) -> Any:
    """Return the one value that a statement gives on the connection of this thread."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def find_end(start: float, ask: Callable[[str], Any] = ask_here) -> float:
    """Return the next moment that changes what is shown though nobody writes.

    Days that begin in other time zones are named by who says them (`keep_day`).
    """
    ends = [next_day(settings.TIME_ZONE, start), next_day("UTC", start)]
    begun = connection.ops.adapt_datetimefield_value(
        dt.datetime.fromtimestamp(start, dt.UTC)
    )
    # All tables at once: this is asked after every change.
    each = " UNION ALL ".join(
        f"SELECT min(expire_at) AS first FROM {table} WHERE expire_at > '{begun}'"  # noqa: S608
        for table in _list_expiring()
    )
    first = ask(f"SELECT min(first) FROM ({each}) AS ends")  # noqa: S608
    if isinstance(first, str):  # SQLite has no type for it.
        first = dt.datetime.fromisoformat(first).replace(tzinfo=dt.UTC)
    return min(ends) if first is None else min(*ends, first.timestamp())


@functools.cache
def _list_expiring() -> tuple[str, ...]:
    """Return the tables of what expires, quoted."""
    return tuple(
        connection.ops.quote_name(model._meta.db_table)
        for model in apps.get_models()
        if model._meta.managed
        and any(field.name == "expire_at" for field in model._meta.local_fields)
    )


def open_watch() -> Watch | None:
    """Return a connection to the database of the settings; None where there can be
    none, or where changes would not be noticed."""
    database: Any = connection
    if not is_supported():
        return None
    if database.vendor == "sqlite" and database.is_in_memory_db():
        return None
    if missing := find_missing():
        logger.warning(
            "No page is kept, because changes in %s would not be noticed. "
            "Run `manage.py migrate`.",
            ", ".join(missing),
        )
        return None
    if database.vendor == "sqlite":
        return SqliteWatch(str(database.settings_dict["NAME"]))
    return PostgresWatch(database.get_connection_params())


#: Connections of the process that this one was forked from: closed by that one alone.
_inherited: list[Watch | None] = []


class ContentClock:
    """Tells the generation that holds now; one for a process, for all its threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watch: Watch | None = None
        self._of: Any = None
        self._next_try = 0.0
        self._generation: Generation | None = None

    def now(self) -> float:
        return time.time()

    def read(self) -> Generation | None:
        """Return what holds at this moment; None where nothing may be kept."""
        with self._lock:
            version = self._ask()
            now, before = self.now(), self._generation
            if version is None:
                self._generation = None
            elif before is None or not before.holds(version, now):
                self._generation = Generation(version, now, self._ask_watch)
                if before is not None:
                    self._generation.take_over(before)
                # Wagtail keeps the paths of sites for an hour.
                Site.clear_site_root_paths_cache()
            return self._generation

    def find_sources(self, sql: str) -> set[str]:
        return find_sources(sql)

    def close(self) -> None:
        """Forget the connection, so that the next question makes one."""
        with self._lock:
            self._drop()
            self._next_try = 0.0

    def _ask_watch(self, sql: str) -> Any:
        with self._lock:
            if self._watch is None:
                raise DatabaseError
            return self._watch.ask(sql)

    def _ask(self) -> Version | None:
        of = (os.getpid(), connections.settings["default"]["NAME"])
        if of != self._of:
            if self._of and of[0] != self._of[0]:
                # Whoever was forked leaves the connection to the process that made it.
                _inherited.append(self._watch)
                self._watch = None
            self._drop()
            self._of, self._next_try = of, 0.0
        try:
            if self._watch is None:
                if time.monotonic() < self._next_try:
                    return None
                self._next_try = time.monotonic() + PAUSE
                self._watch = open_watch()
            return self._watch.read() if self._watch else None
        except ERRORS:
            self._drop()
            return None

    def _drop(self) -> None:
        # Another database would count from another number.
        self._generation = None
        watch, self._watch = self._watch, None
        if watch is not None:
            with suppress(sqlite3.Error, psycopg.Error):
                watch.close()


clock = ContentClock()
