"""The content version moves with every change that shows, when it is committed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from django.contrib.sessions.models import Session
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site

from cms.articles.models import Topic
from cms.freshness import tables, triggers
from cms.freshness.models import ContentVersion
from cms.freshness.version import ContentClock
from cms.home.models import HomePage
from plugins import freshness

pytestmark = pytest.mark.django_db(transaction=True)
numbers = count(1)


@pytest.fixture
def clock() -> Iterator[ContentClock]:
    clock = ContentClock()
    yield clock
    clock.close()


@pytest.fixture
def home() -> HomePage:
    return Page.get_first_root_node().add_child(instance=HomePage(title="A home"))


def test_whatever_shows_moves_it_however_it_is_written(
    clock: ContentClock, home: HomePage
) -> None:
    section = home.add_child(instance=HomePage(title="B", slug="b"))
    beside = home.add_child(instance=HomePage(title="C", slug="c"))
    topic = Topic.objects.create(name="Papers", slug="papers")
    ways: dict[str, Callable[[], object]] = {
        "save": lambda: _change(home).save(),
        "update": lambda: Page.objects.filter(pk=home.pk).update(title=_word()),
        "bulk": lambda: Topic.objects.bulk_update([_named(topic)], ["name"]),
        "bulk create": lambda: Topic.objects.bulk_create(
            [Topic(name=one, slug=one, folded=one) for one in (_word(), _word())]
        ),
        "move": lambda: section.move(beside, "last-child"),
        "publish": lambda: _change(home).save_revision().publish(),
        "unpublish": lambda: home.unpublish(),
        "restriction": lambda: PageViewRestriction.objects.create(page=home),
        "site": lambda: Site.objects.update(port=next(numbers)),
        "locale": lambda: Locale.objects.get_or_create(language_code="vi"),
        "redirect": lambda: Redirect.add_redirect("/old", redirect_to="/new"),
        "collection": lambda: Collection.objects.update(name=_word()),
        "sql": lambda: _run("UPDATE articles_topic SET description = 'x'"),
        "delete": lambda: Topic.objects.all().delete(),
    }
    seen = [clock.read()]
    for name, write in ways.items():
        with transaction.atomic():
            write()
            # Nobody else sees the change yet, so what is kept is still right.
            assert _in_another(clock) is seen[-1], name
        now = clock.read()
        assert now is not None and all(now is not before for before in seen), name
        seen.append(now)


def test_what_is_rolled_back_moves_nothing_and_a_part_of_it_everything(
    clock: ContentClock, home: HomePage
) -> None:
    before = clock.read()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _change(home).save()
        raise ZeroDivisionError
    assert clock.read() is before
    # A savepoint that is undone takes its own move with it, and no other one.
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            _change(home).save()
            raise ZeroDivisionError
        Topic.objects.create(name="Kept", slug="kept")
    assert clock.read() is not before


def test_work_on_drafts_keeps_the_pages(clock: ContentClock, home: HomePage) -> None:
    before = clock.read()
    _change(home).save_revision()
    Page.objects.filter(pk=home.pk).update(locked=True, locked_at=timezone.now())
    Page.objects.filter(pk=home.pk).update(live=home.live)
    Session.objects.create(session_key="a", expire_date=timezone.now())
    assert before is not None and clock.read() is before


def test_changes_side_by_side_wait_for_nobody_and_each_is_seen(
    clock: ContentClock,
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    topics = [Topic.objects.create(name=_word(), slug=_word()) for _ in range(6)]
    others = [connection.copy() for _topic in topics]
    turns = random.Random(4)
    try:
        for _round in range(8):
            for other, topic in zip(others, topics, strict=True):
                other.set_autocommit(False)
                with other.cursor() as cursor:
                    # Whoever would wait for another one fails instead.
                    cursor.execute("SET LOCAL lock_timeout = '1ms'")
                    for _time in range(2):
                        cursor.execute(
                            "UPDATE articles_topic SET name = %s WHERE id = %s",
                            [_word(), topic.pk],
                        )
            seen = [clock.read()]
            assert seen[0] is not None
            for other in turns.sample(others, len(others)):
                other.commit()
                now = clock.read()
                assert now is not None
                assert now.number > seen[-1].number
                seen.append(now)
    finally:
        for other in others:
            other.close()
    rows = ContentVersion.objects.filter(source="articles_topic")
    assert 1 <= rows.count() <= len(others)


def test_a_table_without_its_triggers_is_named_and_nothing_is_kept(
    clock: ContentClock,
) -> None:
    assert clock.read() is not None
    assert triggers.find_missing() == []
    name = next(n for n, (t, _) in triggers.list_triggers().items() if "topic" in t)
    on = " ON articles_topic" if connection.vendor == "postgresql" else ""
    table = triggers.list_triggers()[name][0]
    _run(f'DROP TRIGGER "{name}"' + on.replace("articles_topic", table))
    found = run_checks(databases=["default"], tags=["database"])
    assert [(one.id, table in one.msg) for one in found] == [("cms.W004", True)]
    other = ContentClock()
    assert other.read() is None
    call_command("migrate", verbosity=0, skip_checks=False)
    assert triggers.find_missing() == []
    other.close()
    assert other.read() is not None
    other.close()


def test_while_tables_are_changed_there_is_no_version(clock: ContentClock) -> None:
    before = clock.read()
    triggers.remove()
    assert clock.read() is None
    triggers.install()
    now = clock.read()
    assert before and now and now.number > before.number


def test_a_day_and_an_expiry_that_were_known_end_it(
    clock: ContentClock, home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = clock.read()
    assert before is not None
    soon = timezone.now() + dt.timedelta(seconds=90)
    Page.objects.filter(pk=home.pk).update(expire_at=soon)
    now = clock.read()
    assert now is not None
    assert now.end <= soon.timestamp() < timezone.now().timestamp() + 91
    monkeypatch.setattr(clock, "now", lambda: soon.timestamp() + 1)
    later = clock.read()
    assert later is not now and later is not None
    assert later.end <= freshness.next_day("America/Los_Angeles")


def test_every_table_that_is_left_out_exists() -> None:
    there = set(connection.introspection.table_names())
    assert (
        there | {"wagtailsearch_indexentry_fts"}
        >= tables.NEVER_SHOWN | tables.MADE_BY_READING
    )
    watched = {table for table, _sql in triggers.list_triggers().values()}
    assert {"wagtailcore_page", "screening_block_recall", "wagtailimages_image"} <= (
        watched
    )


def _change(home: HomePage) -> HomePage:
    home.title = _word()
    return home


def _named(topic: Topic) -> Topic:
    topic.name = _word()
    return topic


def _word() -> str:
    return f"word-{next(numbers)}"


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _in_another(clock: ContentClock) -> object:
    """What a request of another process is told."""
    return clock.read()
