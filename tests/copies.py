"""Databases that are filled once for all workers of a run, and copied by each.

To load a screener takes longer than most files of tests. The first worker that needs
such rows makes them, and every worker works in a copy. A test that commits spoils its
worker's copy, and the next test gets another.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connections

from cms.freshness.version import clock
from tests.databases import databases_of
from tests.migrated import locked, migrated_database


class Copies:
    """The database of one worker.

    `folder` and `run`, the number of its first process, are the same for all workers.
    """

    def __init__(self, folder: Path, run: int, worker: str) -> None:
        self._connection = connections["default"]
        self._settings = self._connection.settings_dict
        self._outside = self._settings["NAME"]
        self._databases = databases_of(self._connection)
        # One file for each worker, and what the functions gave that filled in rows.
        self._users = folder / "database_users"
        self._results = folder / "database_rows"
        self._folder = folder
        self._run = run
        self._worker = worker
        self._migrated = migrated_database(self._databases)
        # The one to copy, and a copy of each that no test has written into.
        self._source = self._migrated
        self._copies: dict[str, str] = {}
        self._numbers = count()
        with locked(folder / "users.lock"):
            self._users.mkdir(exist_ok=True)
            self._results.mkdir(exist_ok=True)
            (self._users / worker).touch()

    def fill(self, name: str, make: Callable[[], Any]) -> Any:
        """Add what `make` adds, for the tests that follow; give what it gave, as JSON.

        It is added to what was filled in before, since `empty`.
        """
        stem = f"{zlib.crc32(f'{self._source} {name}'.encode()):08x}"
        filled = self._name(stem)
        result = self._results / f"{stem}.json"
        with locked(self._folder / f"{stem}.lock"):
            if not result.exists():
                self._databases.copy(self._source, filled)
                self._lead_to(filled)
                result.write_text(json.dumps(make()))
                self._lead_to(self._outside)
        self._source = filled
        return json.loads(result.read_text())

    def empty(self) -> None:
        """From here on tests find the migrated rows alone."""
        self._source = self._migrated

    def ready(self) -> None:
        """Lead to a copy that nobody wrote into."""
        if self._source not in self._copies:
            copy = self._name(f"{self._worker}_{next(self._numbers)}")
            self._databases.copy(self._source, copy)
            self._copies[self._source] = copy
        if self._settings["NAME"] != self._copies[self._source]:
            self._lead_to(self._copies[self._source])

    def spoilt(self) -> None:
        """The copy has been written into."""
        self._lead_to(self._outside)
        self._databases.drop(self._copies.pop(self._source))

    def close(self) -> None:
        """Leave nothing behind; the last worker deletes what all have copied."""
        self._lead_to(self._outside)
        for name in self._copies.values():
            self._databases.drop(name)
        with locked(self._folder / "users.lock"):
            (self._users / self._worker).unlink()
            if not any(self._users.iterdir()):
                for result in self._results.iterdir():
                    self._databases.drop(self._name(result.stem))
                    result.unlink()

    def _name(self, stem: str) -> str:
        return self._databases.name(self._folder, f"run{self._run}_{stem}")

    def _lead_to(self, name: str) -> None:
        # A connection to a file of SQLite keeps the newest rows beside it, uncopied.
        clock.close()
        # Once Playwright's loop runs, Django uses another connection in this thread.
        for connection in (self._connection, connections["default"]):
            connection.close()
        # So that nobody has the file open and all of it is in the one that is copied.
        clock.close()
        self._settings["NAME"] = name
