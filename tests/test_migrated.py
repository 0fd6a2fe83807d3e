"""The migrated database that is kept: never an old one, never a heap of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import migrated


class Folder:
    """Stands for the system of databases: a folder of files."""

    def name(self, folder: Path, stem: str) -> str:
        return str(folder / f"{stem}.database")

    def exists(self, name: str) -> bool:
        return Path(name).exists()

    def copy(self, source: str, target: str) -> None:
        raise AssertionError("nothing is copied here")

    def rename(self, source: str, target: str) -> None:
        Path(source).rename(target)

    def drop(self, name: str) -> None:
        Path(name).unlink(missing_ok=True)

    def drop_abandoned(self) -> None:
        pass


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each database that was migrated."""
    names: list[str] = []

    def migrate(name: str) -> None:
        names.append(name)
        Path(name).touch()

    monkeypatch.setattr(migrated, "_migrate", migrate)
    return names


@pytest.fixture
def migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "0001_initial.py"
    file.write_text("operations = []")
    monkeypatch.setattr(migrated, "migrations", lambda: [file])
    return file


def test_migrations_are_applied_once_and_again_when_one_changes(
    tmp_path: Path, migration: Path, made: list[str]
) -> None:
    first = migrated.migrated_database(Folder(), tmp_path)
    assert migrated.migrated_database(Folder(), tmp_path) == first
    assert len(made) == 1
    migration.write_text("operations = [1]")
    assert migrated.migrated_database(Folder(), tmp_path) != first
    assert len(made) == 2
    migration.write_text("operations = []")
    assert migrated.migrated_database(Folder(), tmp_path) == first
    assert len(made) == 2


def test_a_database_that_somebody_dropped_is_made_again(
    tmp_path: Path, migration: Path, made: list[str]
) -> None:
    Path(migrated.migrated_database(Folder(), tmp_path)).unlink()
    assert Path(migrated.migrated_database(Folder(), tmp_path)).exists()


def test_those_that_are_not_used_any_more_are_dropped(
    tmp_path: Path, migration: Path, made: list[str]
) -> None:
    names = []
    for number in range(migrated.KEPT + 2):
        migration.write_text(f"operations = [{number}]")
        names.append(migrated.migrated_database(Folder(), tmp_path))
        for stamp in tmp_path.glob("*-*"):
            os.utime(stamp, (stamp.stat().st_atime, stamp.stat().st_mtime - 10))
    assert [Path(name).exists() for name in names] == [False, False, True, True, True]


def test_every_migration_counts() -> None:
    files = {file.name for file in migrated.migrations()}
    assert {"0001_initial.py", "0002_one_topic_a_name.py"} <= files
    assert "0007_editors_notes_and_law_watch.py" in files
