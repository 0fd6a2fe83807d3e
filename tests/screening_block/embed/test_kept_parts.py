"""A part that an upgrade replaced is served for a week more, from any machine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from screening_block.embed import assets, kept_parts
from screening_block.models import ScriptPart

# Once: only reads what others write on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], str]:
    """Installs a version with one part, as an upgrade does; gives its address."""
    monkeypatch.setattr(assets, "BUNDLED", tmp_path)

    def install(letter: str) -> str:
        for path in tmp_path.iterdir():
            path.unlink()
        name = f"result.{letter * 12}.js"
        (tmp_path / name).write_text(f'export default "{letter}";')
        call_command("migrate", verbosity=0)
        return f"/embed/v1/{name}"

    return install


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(kept_parts.timezone, "now", lambda: moment)


def test_an_old_part_is_served_as_it_was_for_a_week_and_then_forgotten(
    client: Client, upgrade: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    first = upgrade("a")
    before = client.get(first)
    # However long a version was installed: the week begins when it goes.
    at(monkeypatch, now + timedelta(days=100))
    second = upgrade("b")
    at(monkeypatch, now + timedelta(days=106))
    upgrade("c")
    after = client.get(first)
    assert after.content == before.content == b'export default "a";'
    for name in ("ETag", "Cache-Control", "Content-Type"):
        assert after[name] == before[name]
    assert after["Access-Control-Allow-Origin"] == "*"
    at(monkeypatch, now + timedelta(days=108))
    upgrade("d")
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_a_version_that_is_installed_again_is_no_old_one(
    client: Client, upgrade: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    first = upgrade("a")
    upgrade("b")
    upgrade("a")
    at(monkeypatch, now + timedelta(days=30))
    upgrade("a")
    assert not ScriptPart.objects.exclude(name__contains="a" * 12).exists()
    at(monkeypatch, now + timedelta(days=31))
    upgrade("c")
    assert client.get(first).status_code == 200
