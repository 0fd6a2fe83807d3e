"""Whole databases, copied, renamed and dropped: files of SQLite, or on a PostgreSQL."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper


class Databases(Protocol):
    """What copies need of either system."""

    def name(self, folder: Path, stem: str) -> str:
        """Return what the database `stem` of `folder` is called in the settings."""

    def exists(self, name: str) -> bool: ...

    def copy(self, source: str, target: str) -> None: ...

    def rename(self, source: str, target: str) -> None: ...

    def drop(self, name: str) -> None:
        """Delete the database, if there is one."""

    def drop_abandoned(self) -> None:
        """Delete what a run of this checkout left behind when it was killed."""


def databases_of(connection: BaseDatabaseWrapper) -> Databases:
    if connection.vendor == "sqlite":
        return Files()
    return Server(connection)


class Files:
    """SQLite. What a run leaves behind lies in its temporary folder."""

    def name(self, folder: Path, stem: str) -> str:
        return str(folder / f"{stem}.sqlite3")

    def exists(self, name: str) -> bool:
        return Path(name).exists()

    def copy(self, source: str, target: str) -> None:
        shutil.copyfile(source, target)

    def rename(self, source: str, target: str) -> None:
        Path(source).rename(target)

    def drop(self, name: str) -> None:
        for file in (name, f"{name}-wal", f"{name}-shm"):
            Path(file).unlink(missing_ok=True)

    def drop_abandoned(self) -> None:
        pass


class Server:
    """PostgreSQL, where other checkouts have databases too.

    The test name of the settings is this checkout's own, and all names begin with it. A
    run's names go on with its process: one machine has one of that number.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._prefix: str = connection.settings_dict["TEST"]["NAME"]
        # Of its own, so that no request of a server sees it.
        self._connection = connection.copy()

    def name(self, folder: Path, stem: str) -> str:
        return f"{self._prefix}_{stem}"

    def exists(self, name: str) -> bool:
        found = self._run("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return bool(found)

    def copy(self, source: str, target: str) -> None:
        quoted = self._quoted(target), self._quoted(source)
        self._run("CREATE DATABASE {} TEMPLATE {}".format(*quoted))

    def rename(self, source: str, target: str) -> None:
        quoted = self._quoted(source), self._quoted(target)
        self._run("ALTER DATABASE {} RENAME TO {}".format(*quoted))

    def drop(self, name: str) -> None:
        # Whatever watches the content version holds a connection of its own.
        self._run(f"DROP DATABASE IF EXISTS {self._quoted(name)} WITH (FORCE)")

    def drop_abandoned(self) -> None:
        pattern = f"^{self._prefix}_run([0-9]+)_"
        names = self._run(
            "SELECT datname, substring(datname FROM %s) FROM pg_database"
            " WHERE datname ~ %s",
            [pattern, pattern],
        )
        for name, process in names:
            if not _lives(int(process)):
                # A run on another machine may be at work in it.
                with suppress(OperationalError):
                    self.drop(name)

    def _quoted(self, name: str) -> str:
        return self._connection.ops.quote_name(name)

    def _run(self, statement: str, values: list[str] | None = None) -> list[Any]:
        with self._connection._nodb_cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
