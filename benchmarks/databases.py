"""A site of its own to hurt: an empty database, the small screener published in it.

SQLite in a new folder, or a new database on the PostgreSQL of this machine, and
nothing is left of either afterwards. Django starts with it, so one process works with
one database: `on_each` runs the benchmark again for each.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.services import database as postgresql

KINDS = ("sqlite", "postgresql")
SMALL = "small"


def on_each(script: str, arguments: list[str]) -> int:
    """Run `script` once on each kind of database there is; 1 if one run failed."""
    failed = 0
    for kind in KINDS:
        if kind == "postgresql" and not postgresql():
            print("SKIPPED on PostgreSQL: none answers here (set TEST_DATABASE_URL).")
            continue
        failed |= subprocess.call([sys.executable, script, "--on", kind, *arguments])
        sys.stdout.flush()
    return failed


@contextmanager
def new_site(kind: str, fill: bool = True, kept: Path | None = None) -> Iterator[Path]:
    """Django, set up on a new database; gives its folder.

    `fill`: with the small screener; else empty. `kept`: a file of SQLite that it begins
    as a copy of, if it exists.
    """
    with (
        tempfile.TemporaryDirectory(prefix="legal-cms-") as folder,
        _database(kind, Path(folder)) as address,
    ):
        os.environ |= {
            "DATABASE_URL": address,
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        }
        if kept and kept.exists():
            shutil.copy(kept, Path(folder) / "db.sqlite3")
        django.setup()
        _migrate()
        if fill:
            _fill()
        yield Path(folder)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _fill() -> None:
    from django.db import connections

    from tests.screening_block.conftest import load_small

    load_small()
    connections.close_all()


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    server = postgresql()
    if server is None:
        raise SystemExit("No PostgreSQL answers here (set TEST_DATABASE_URL).")
    name = f"bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
