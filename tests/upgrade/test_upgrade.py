"""A site of an earlier version, brought up to date once for the tests below."""

from __future__ import annotations

import json
import lzma
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).parent
pytestmark = pytest.mark.slow
RELEASES = "select sha256, canonical from screening_block_release"
#: Prints every release by its name, as the site reads it.
READ = """
import json
from screening_block.models import Release
print(json.dumps({one.pk: one.canonical for one in Release.objects.all()}))
"""


@dataclass
class OldSite:
    """`disclaimer`, and the texts of `releases` by name: as the earlier version had
    them."""

    file: Path
    disclaimer: list[Any]
    releases: dict[str, str]

    def manage(self, *args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *args],
            cwd=ROOT,
            env={
                "PATH": "/usr/bin:/bin",
                "DJANGO_SETTINGS_MODULE": "cms.settings.base",
                "DATABASE_URL": f"sqlite:///{self.file}",
                "VAR_DIR": str(self.file.parent),
                "OFFICE_ADDRESS": "1 Main Street, Oakland",
                "OFFICE_PHONE": "510-555-0100",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def read(self, sql: str) -> list[Any]:
        with sqlite3.connect(self.file) as database:
            return database.execute(sql).fetchall()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> OldSite:
    """The site after `migrate`."""
    folder = tmp_path_factory.mktemp("old")
    file = folder / "db.sqlite3"
    file.write_bytes(lzma.decompress((KEPT / "93e52e5.sqlite3.xz").read_bytes()))
    shutil.copytree(KEPT / "media", folder / "media")
    site = OldSite(file, [], {})
    site.disclaimer = site.read("select disclaimer from home_homepage")
    site.releases = dict(site.read(RELEASES))
    migrated = site.manage("migrate", "-v0")
    assert migrated.returncode == 0, migrated.stderr
    return site


def test_its_screeners_are_put_right(site: OldSite) -> None:
    """Two with one key, and one that is deleted and public."""
    check = ("check", "--database", "default", "--fail-level", "WARNING")
    found = site.manage(*check)
    assert found.returncode == 1
    assert "gone: The log names a release, and there is no such page" in found.stderr
    assert "small-2: The page is live, and no release" in found.stderr
    repaired = site.manage("repair_publications")
    assert "gone: " in repaired.stdout
    assert "small-2: " in repaired.stdout
    assert site.manage(*check).returncode == 0
    with sqlite3.connect(site.file) as database:
        keys = database.execute("select key from screening_block_screenerkey")
        assert sorted(key for (key,) in keys) == [
            "ca-firearm-expungement",
            "small",
            "small-2",
        ]
        bodies = database.execute("select body from articles_articlepage")
        assert all(len(body) > 100 for (body,) in bodies)
        for table in ("threshold", "chartrow"):
            kept = database.execute(
                f"select distinct watch, editors_note from screening_block_{table}"
            )
            assert kept.fetchall() == [("[]", "")]


def test_its_releases_are_the_same_to_the_letter_there_and_back(site: OldSite) -> None:
    assert len(site.releases) > 2
    # Others may have come when it was put right.
    now = json.loads(site.manage("shell", "-v0", "-c", READ).stdout)
    assert site.releases.items() <= now.items()
    back = site.manage("migrate", "-v0", "screening_block", "0014")
    assert back.returncode == 0, back.stderr
    assert dict(site.read(RELEASES)) == now
    again = site.manage("migrate", "-v0")
    assert again.returncode == 0, again.stderr


def test_its_disclaimer_is_kept_there_and_back(site: OldSite) -> None:
    said = site.disclaimer
    assert said[0][0]
    table = "identity_sitesettings"
    assert site.read(f"select disclaimer, address, phones, live from {table}") == [
        (*said[0], "1 Main Street, Oakland", "510-555-0100", 1)
    ]
    back = site.manage("migrate", "-v0", "home", "0004")
    assert back.returncode == 0, back.stderr
    assert site.read("select disclaimer from home_homepage") == said
