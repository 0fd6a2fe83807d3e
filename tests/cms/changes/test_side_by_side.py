"""Whoever writes while the feed is read is missed in no order of commits."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections, transaction

from cms.articles.models import ArticlePage, Topic
from tests.cms.freshness.asking import ask
from tests.recorded.test_recorded import make_content

from .mirror import Mirror, compare, read_all

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("short", "full")


@pytest.fixture(scope="module", autouse=True)
def content(fill: Any) -> None:
    fill("recorded", make_content)


@pytest.fixture
def writers() -> Iterator[list[Any]]:
    """Connections of others, each in a transaction that stays open."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    others: list[Any] = [connection.copy() for _name in NAMES]
    for other in others:
        other.set_autocommit(False)
    yield others
    for other in others:
        other.close()


def get(address: str) -> tuple[int, Any]:
    given = ask(WSGIHandler(), address)
    return given.status, json.loads(given.body)


def write(writer: Any, slug: str, words: str) -> None:
    pk = ArticlePage.objects.get(slug=slug).pk
    statement = "UPDATE articles_articlepage SET summary = %s WHERE page_ptr_id = %s"
    with writer.cursor() as cursor:
        cursor.execute(statement, [words, pk])


def said(mirror: Mirror, slug: str) -> str:
    mirror.follow()
    pk = str(ArticlePage.objects.get(slug=slug).pk)
    return str(mirror.held["page", pk, ""]["summary"])


def test_what_is_committed_later_than_it_was_written_is_told(writers: Any) -> None:
    mirror, (one, other) = Mirror(get), writers
    write(one, "short", "begun first")
    assert said(mirror, "short") != "begun first"
    write(other, "full", "begun second")
    other.commit()
    assert said(mirror, "full") == "begun second"
    assert mirror.follow() == 0
    one.commit()
    assert said(mirror, "short") == "begun first"
    one.rollback()
    assert mirror.follow() == 0


def test_what_is_committed_is_told_while_another_writes_the_same(writers: Any) -> None:
    mirror, (one, other) = Mirror(get), writers
    mirror.follow()
    write(one, "short", "once")
    one.commit()
    # This one takes hold of the note that the first one left.
    write(other, "short", "twice")
    assert said(mirror, "short") == "once"
    other.commit()
    assert said(mirror, "short") == "twice"
    write(one, "short", "undone")
    one.rollback()
    assert said(mirror, "short") == "twice"


def test_two_who_write_and_one_who_reads_lose_nothing() -> None:
    mirror, failed = Mirror(get, limit=3), []
    mirror.follow()

    def work(number: int) -> None:
        random = Random(number)
        try:
            for turn in range(15):
                with transaction.atomic():
                    page = ArticlePage.objects.get(slug=NAMES[number])
                    page.summary = f"{number} {turn}"
                    page.save()
                    Topic.objects.filter(slug="firearms").update(
                        description=f"{number} {turn}"
                    )
                    if random.random() < 0.5:
                        page.topics.add(f"topic {number} {turn % 4}")
                        page.save()
                # SQLite lets whoever asks first go first, again and again.
                time.sleep(0.05)
        except Exception as error:  # noqa: BLE001 - told by the test
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[number]) for number in (0, 1)]
    for thread in threads:
        thread.start()
    rounds = 0
    while any(thread.is_alive() for thread in threads):
        mirror.follow()
        rounds += 1
    for thread in threads:
        thread.join()
    mirror.follow()
    assert failed == [] and rounds > 1
    assert compare(mirror.held, read_all(get)) == []
    numbers = [entry["seq"] for entry in mirror.entries]
    assert numbers == sorted(set(numbers))
