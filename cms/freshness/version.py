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
from collections.abc import Hashable
from contextlib import suppress
from typing import Any, Protocol

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, connections
from psycopg.pq import ExecStatus
from wagtail.models import Site

from plugins.freshness import next_day

from .triggers import find_missing, is_supported

logger = logging.getLogger("cms.freshness")

NUMBER = "SELECT sum(moved), min(slot) FROM freshness_version"
#: Seconds until a database that did not answer, or lacks triggers, is asked again.
PAUSE = 5.0


class Watch(Protocol):
    """A connection of its own that tells the number."""

    def read(self) -> int | None: ...

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
        self._number: int | None = None

    def _name_file(self) -> tuple[int, int]:
        found = os.stat(self.path)
        return found.st_dev, found.st_ino

    def read(self) -> int | None:
        # A backup was put in the place of the file.
        if self._name_file() != self._file:
            raise OSError("another file")
        seen = self._database.execute("PRAGMA data_version").fetchone()
        if seen != self._seen:
            number, slot = self._database.execute(NUMBER).fetchone()
            self._seen, self._number = seen, number if slot == 0 else None
        return self._number

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

    def read(self) -> int | None:
        result = self._check(self._pq.exec_prepared(b"version", None))
        number, slot = result.get_value(0, 0), result.get_value(0, 1)
        return int(number) if slot == b"0" else None

    def _check(self, result: Any) -> Any:
        if result.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
            raise psycopg.OperationalError("no version")
        return result

    def close(self) -> None:
        self._database.close()


class Generation:
    """A content version until `end`, the next moment at which the clock changes what
    is shown: see `plugins.freshness.Moment`."""

    def __init__(self, number: int, start: float) -> None:
        self.number = number
        self.start = start
        self.kept: dict[Hashable, tuple[float, Any]] = {}
        self._end: float | None = None

    @property
    def end(self) -> float:
        """When the next day begins, or a page or a record expires."""
        if self._end is None:
            self._end = find_end(self.start)
        return self._end

    def holds(self, number: int | None, now: float) -> bool:
        return (
            number == self.number
            and now >= self.start
            and (self._end is None or now < self._end)
        )


def find_end(start: float) -> float:
    """Return the next moment that changes what is shown though nobody writes.

    Days that begin in other time zones are named by who says them (`keep_day`).
    """
    ends = [next_day(settings.TIME_ZONE, start), next_day("UTC", start)]
    begun = connection.ops.adapt_datetimefield_value(
        dt.datetime.fromtimestamp(start, dt.UTC)
    )
    expiring = _list_expiring()
    # All tables at once: this is asked after every change.
    each = " UNION ALL ".join(
        f"SELECT min(expire_at) AS first FROM {table} WHERE expire_at > %s"  # noqa: S608
        for table in expiring
    )
    with connection.cursor() as cursor:
        sql = f"SELECT min(first) FROM ({each}) AS ends"  # noqa: S608
        cursor.execute(sql, [begun] * len(expiring))
        (first,) = cursor.fetchone()
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
            number = self._ask()
            now = self.now()
            if number is None:
                self._generation = None
            elif self._generation is None or not self._generation.holds(number, now):
                self._generation = Generation(number, now)
                # Wagtail keeps the paths of sites for an hour.
                Site.clear_site_root_paths_cache()
            return self._generation

    def close(self) -> None:
        """Forget the connection, so that the next question makes one."""
        with self._lock:
            self._drop()
            self._next_try = 0.0

    def _ask(self) -> int | None:
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
        except (sqlite3.Error, psycopg.Error, DatabaseError, OSError):
            self._drop()
            return None

    def _drop(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None:
            with suppress(sqlite3.Error, psycopg.Error):
                watch.close()


clock = ContentClock()
