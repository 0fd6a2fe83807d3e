"""A database with every migration applied, kept from one run to the next.

To apply them takes longer than most files of tests. The name holds a hash of what makes
such a database, so another branch or version has another one; those that are not used
any more are dropped. `make clean` forgets them all.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections

from tests.databases import Databases

FOLDER = Path(settings.BASE_DIR) / "var" / "test_databases"
FRESHNESS = Path(settings.BASE_DIR) / "cms" / "freshness"
#: As many as there are branches that somebody switches between.
KEPT = 3


def migrated_database(databases: Databases, folder: Path = FOLDER) -> str:
    """Return the name of the migrated database, which is made if there is none."""
    vendor = connections["default"].vendor
    key = hash_of(migrations())
    name = databases.name(folder, f"migrated_{key}")
    stamp = folder / f"{vendor}-{key}"
    folder.mkdir(parents=True, exist_ok=True)
    # Of its own for each system: tests on one may run beside those on the other.
    with locked(folder / f"{vendor}.lock"):
        databases.drop_abandoned()
        if not (stamp.exists() and databases.exists(name)):
            databases.drop(name)
            making = databases.name(folder, "making")
            _migrate(making)
            databases.rename(making, name)
        stamp.touch()
        stamps = folder.glob(f"{vendor}-*")
        by_use = sorted(stamps, key=lambda file: file.stat().st_mtime, reverse=True)
        for old in by_use[KEPT:]:
            stale = old.name.removeprefix(f"{vendor}-")
            databases.drop(databases.name(folder, f"migrated_{stale}"))
            old.unlink()
    return name


def migrations() -> Iterator[Path]:
    """Yield the files of all migrations, ours and those of packages."""
    for app in apps.get_app_configs():
        yield from sorted(Path(app.path).glob("migrations/*.py"))
    # What `migrate` puts on tables when it has changed them.
    yield from (FRESHNESS / f"{name}.py" for name in ("indexes", "tables", "triggers"))


def hash_of(files: Iterable[Path]) -> str:
    """Hash what the files say, and what else decides on a migrated database."""
    hashed = hashlib.sha256()
    for part in (
        *(version(name) for name in ("django", "wagtail")),
        settings.LANGUAGE_CODE,
        *(app.label for app in apps.get_app_configs()),
    ):
        hashed.update(f"{part}\n".encode())
    for file in files:
        hashed.update(file.name.encode())
        hashed.update(file.read_bytes())
    return hashed.hexdigest()[:8]


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Be the only process that does this; the others wait."""
    with open(file, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(name: str) -> None:
    connection = connections["default"]
    outside, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    before = test["NAME"]
    test["NAME"] = name
    try:
        connection.creation.create_test_db(
            verbosity=0, autoclobber=True, serialize=False
        )
    finally:
        connection.close()
        test["NAME"] = before
        connection.settings_dict["NAME"] = outside
        settings.DATABASES["default"]["NAME"] = outside
