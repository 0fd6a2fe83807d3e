"""Databases that are filled once for all workers of a run, and copied by each.

To run every migration, or to load a screener, takes longer than most files of tests.
The first worker that needs such rows makes them, and every worker works in a copy. A
test that commits spoils its worker's copy, and the next test gets another.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connections


class Copies:
    """The database of one worker; `folder` is the same one for all workers of a run."""

    def __init__(self, folder: Path, worker: str) -> None:
        self._connection = connections["default"]
        self._settings = self._connection.settings_dict
        self._outside = self._settings["NAME"]
        if self._connection.vendor == "sqlite":
            self._settings["TEST"]["NAME"] = str(folder / "migrated.sqlite3")
        self._migrated: str = self._settings["TEST"]["NAME"]
        # Makes and deletes databases that no request of a server is to see.
        self._maker = self._connection.copy()
        # One file for each worker, and what the functions gave that filled in rows.
        self._users = folder / "database_users"
        self._results = folder / "database_rows"
        self._locks = folder
        self._worker = worker
        # The one to copy, and a copy of each that no test has written into.
        self._source = self._migrated
        self._copies: dict[str, str] = {}
        self._numbers = count()
        with self._turn("users"):
            self._users.mkdir(exist_ok=True)
            self._results.mkdir(exist_ok=True)
            if not any(self._users.iterdir()):
                self._connection.creation.create_test_db(
                    verbosity=0, autoclobber=True, serialize=False
                )
                self._connection.close()
            (self._users / worker).touch()

    def fill(self, name: str, make: Callable[[], Any]) -> Any:
        """Add what `make` adds, for the tests that follow; give what it gave, as JSON.

        It is added to what was filled in before, since `empty`.
        """
        filled = self._name_of_clone(name)
        result = self._results / f"{Path(filled).stem}.json"
        with self._turn(result.stem):
            if not result.exists():
                self._lead_to(self._clone(name))
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
            suffix = f"{self._worker}_{next(self._numbers)}"
            self._copies[self._source] = self._clone(suffix)
        if self._settings["NAME"] != self._copies[self._source]:
            self._lead_to(self._copies[self._source])

    def spoilt(self) -> None:
        """The copy has been written into."""
        self._lead_to(self._outside)
        self._destroy(self._copies.pop(self._source))

    def close(self) -> None:
        """Leave nothing behind; the last worker deletes what all have copied."""
        self._lead_to(self._outside)
        for name in self._copies.values():
            self._destroy(name)
        with self._turn("users"):
            (self._users / self._worker).unlink()
            if not any(self._users.iterdir()):
                for result in self._results.iterdir():
                    self._destroy(str(Path(self._migrated).with_stem(result.stem)))
                    result.unlink()
                self._destroy(self._migrated)

    def _lead_to(self, name: str) -> None:
        # Once Playwright's loop runs, Django uses another connection in this thread.
        for connection in (self._connection, connections["default"]):
            connection.close()
        self._settings["NAME"] = name

    def _name_of_clone(self, suffix: str) -> str:
        self._maker.settings_dict["NAME"] = self._source
        return self._maker.creation.get_test_db_clone_settings(suffix)["NAME"]

    def _clone(self, suffix: str) -> str:
        name = self._name_of_clone(suffix)
        self._maker.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
        return name

    def _destroy(self, name: str) -> None:
        self._maker.settings_dict["NAME"] = name
        self._maker.creation.destroy_test_db(verbosity=0)

    @contextmanager
    def _turn(self, name: str) -> Iterator[None]:
        """Be the only worker that makes this; the others wait, and find it made."""
        with open(self._locks / f"{name}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
