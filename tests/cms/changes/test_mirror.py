"""Whoever follows the feed has what is public after any change, however it is written.

Each kind of edit, in the order of a fixed seed; `benchmarks/changes.py` makes ten
thousand.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from wagtail.models import Page, Site

from cms.changes import reconciling
from tests.cms.freshness import changes
from tests.cms.freshness.asking import ask
from tests.recorded.test_recorded import make_content

from .mirror import Mirror, compare, read_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module", autouse=True)
def content(fill: Any) -> None:
    fill("recorded", make_content)


def get(address: str) -> tuple[int, Any]:
    given = ask(WSGIHandler(), address)
    return given.status, json.loads(given.body)


def test_a_mirror_is_what_is_public_after_any_change() -> None:
    random = Random(7)
    edits = [*changes.QUICK, *changes.SLOW]
    random.shuffle(edits)
    mirror = Mirror(get)
    mirror.follow()
    assert compare(mirror.held, read_all(get)) == []
    for number, edit in enumerate(edits):
        edit(random)
        # By turns after each, and after several at once.
        if number % 4 == 2:
            continue
        mirror.follow()
        assert mirror.follow() == 0, f"{number} {edit.__name__}"
        if number % 6 == 5:
            wrong = compare(mirror.held, read_all(get))
            assert wrong == [], f"{number} {edit.__name__}"
    assert compare(mirror.held, read_all(get)) == []
    assert changes.PRIVATE not in json.dumps(mirror.entries)
    assert {entry["change"] for entry in mirror.entries} == {
        *("published", "changed", "withdrawn", "recalled")
    }


def test_much_work_is_done_in_parts_that_nobody_keeps(monkeypatch: Any) -> None:
    monkeypatch.setattr(reconciling, "CHUNK", 1)
    monkeypatch.setattr(reconciling, "ENOUGH", 0)
    mirror = Mirror(get)
    given = ask(WSGIHandler(), "/api/v1/changes/")
    assert json.loads(given.body)["has_more"] is True
    assert given.headers["cache-control"] == "no-store"
    monkeypatch.setattr(reconciling, "AT_MOST", 0)
    mirror.follow()
    assert compare(mirror.held, read_all(get)) == []
    Site.objects.update(site_name="Another")
    Page.objects.filter(depth__gt=2).update(search_description="all of them")
    mirror.follow()
    assert compare(mirror.held, read_all(get)) == []
