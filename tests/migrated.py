"""One migrated database for all workers of a run.

To run every migration takes longer than most files of tests. The first worker that
needs a database does it, and every worker works in a copy.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def copy_of_migrated(
    connection: BaseDatabaseWrapper, folder: Path, worker: str
) -> Iterator[None]:
    """Let `connection` lead to a copy for `worker`; `folder` is one for all of them."""
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        own["TEST"]["NAME"] = str(folder / "migrated.sqlite3")
    outside, migrated = own["NAME"], own["TEST"]["NAME"]
    users = folder / "database_users"
    with _turn(folder):
        users.mkdir(exist_ok=True)
        if not any(users.iterdir()):
            connection.creation.create_test_db(
                verbosity=0, autoclobber=True, serialize=False
            )
            # Nothing may be connected to what is copied.
            connection.close()
        (users / worker).touch()
        own["NAME"] = migrated
        connection.creation.clone_test_db(worker, verbosity=0, autoclobber=True)
    own["NAME"] = connection.creation.get_test_db_clone_settings(worker)["NAME"]
    # What `serialized_rollback` gives back. Once Playwright's loop runs, Django uses
    # another connection in this thread than this one: it has to find it, too.
    rows = connection.creation.serialize_db_to_string()
    type(connection)._test_serialized_contents = rows
    yield
    with _turn(folder):
        own["NAME"] = migrated
        connection.creation.destroy_test_db(verbosity=0, suffix=worker)
        (users / worker).unlink()
        if not any(users.iterdir()):
            connection.creation.destroy_test_db(verbosity=0)
        own["NAME"] = outside


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    with open(folder / "database_lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
