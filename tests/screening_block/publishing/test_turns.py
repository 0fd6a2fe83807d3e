"""Publishes take turns, and whoever waits keeps nobody else waiting."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from screening_block.models import ChartRow, Screener, Threshold
from screening_block.models.publishing import one_at_a_time

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not connection.features.has_select_for_update,
        reason="SQLite lets one transaction write at a time, whatever we do",
    ),
]


def publish(model, key: str, **changes) -> None:
    try:
        record = model.objects.get(key=key)
        for name, value in changes.items():
            setattr(record, name, value)
        record.save_revision().publish(skip_permission_checks=True)
    finally:
        connection.close()


def test_a_publish_waits_for_another_and_holds_nothing_meanwhile(screener):
    waits = Event()

    def watch(execute, sql, params, many, context):
        if "FOR NO KEY UPDATE" in sql:
            waits.set()
        return execute(sql, params, many, context)

    def publish_watched() -> None:
        with connection.execute_wrapper(watch):
            publish(Threshold, "af_term", label="Another name")

    with ThreadPoolExecutor(1) as pool:
        with one_at_a_time():
            other = pool.submit(publish_watched)
            assert waits.wait(30)
            # What it is going to write is still free: no two can wait in a ring.
            for model in (Threshold, ChartRow, Screener):
                list(model.objects.select_for_update(nowait=True))
            assert not other.done()
        other.result(timeout=60)
    assert Threshold.objects.get(key="af_term").label == "Another name"


def test_what_was_never_public_is_saved_without_waiting_for_a_publish(screener):
    new = Threshold.objects.create(key="new", label="New", live=False)
    page = Screener(title="Draft", slug="draft", live=False)
    screener.get_parent().add_child(instance=page)

    def save() -> None:
        try:
            connection.cursor().execute("SET lock_timeout = '200ms'")
            new.label = "Another label"
            new.save()
            new.save_revision()
            page.title = "Another title"
            page.save()
            page.save_revision()
            Threshold.objects.create(key="newer", label="Newer", live=False)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, one_at_a_time():
        pool.submit(save).result(timeout=60)
    assert Threshold.objects.get(key="new").label == "Another label"
