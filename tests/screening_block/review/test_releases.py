"""The history of releases: compared in plain words, read, and gone back to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from screening_block.models import (
    ChartRow,
    Publication,
    Release,
    Screener,
    Threshold,
    ThresholdValue,
)

pytestmark = pytest.mark.django_db


def publish(record) -> None:
    record.save_revision().publish(skip_permission_checks=True)


@pytest.fixture
def changed(screener) -> tuple[str, str]:
    """Hashes before and after a threshold, a row and the screener changed."""
    before = Release.current("small").pk
    threshold = Threshold.objects.get(key="af_term")
    threshold.values = [
        *threshold.values.all(),
        ThresholdValue(sort_order=1, starts_on=date(2090, 1, 1), number=300),
    ]
    publish(threshold)
    row = ChartRow.objects.get(key="pc_25400")
    row.cells = {"also": ["drug"]}
    publish(row)
    page = Screener.objects.get(pk=screener.pk)
    page.intro = "Another introduction."
    raw = list(page.findings.get_prep_value())
    page.findings = [*raw[1:], raw[0]]
    publish(page)
    return before, Release.current("small").pk


def at(screener, *args, name: str = "") -> str:
    return reverse(f"screening_block_releases{name}", args=[screener.pk, *args])


def test_any_two_releases_are_compared_in_plain_words(editor, screener, changed):
    old, new = changed
    shown = editor.get(at(screener), {"old": old, "new": new})
    text = shown.content.decode()
    changes = {change.name: change for change in shown.context["changes"]}
    assert {name.kind for name in changes} == {
        "threshold",
        "row",
        "screener",
        "finding",
    }
    assert "<ins>Another</ins>" in text or "Another introduction." in text
    assert "300 days from January 1, 2090" in text
    assert text.count("Order: ") == 1
    # What is still to come stands by itself, and the newest is the current one.
    assert [one["from"] for one in shown.context["coming"]] == ["2090-01-01"]
    assert shown.context["publications"][0].release_id == new


def test_a_planned_draft_stands_in_the_history(editor, screener):
    threshold = Threshold.objects.get(key="af_term")
    revision = threshold.save_revision()
    revision.approved_go_live_at = timezone.now() + timedelta(days=3)
    revision.save()
    planned = editor.get(at(screener)).context["planned"]
    assert [plan["record"] for plan in planned] == [threshold]


def test_restoring_writes_drafts_whose_publication_is_the_old_release(
    editor, screener, changed
):
    old, new = changed
    asked = editor.get(at(screener, old, name="_restore"))
    assert len(asked.context["changes"]) == 4
    editor.post(at(screener, old, name="_restore"))
    assert Release.current("small").pk == new, "nothing is public by restoring"
    for model in (Threshold, ChartRow, Screener):
        for record in model.objects.all():
            publish(record.get_latest_revision_as_object())
    assert Release.current("small").pk == old
    again = editor.get(at(screener, old, name="_restore"))
    assert again.context["changes"] == []
    assert "The drafts already say this" in again.content.decode()


def test_a_release_and_the_draft_can_be_read_whole(editor, screener, changed):
    for name in (*changed, "draft"):
        text = editor.get(at(screener, name, name="_read")).content.decode()
        for words in (
            "Days for an aggravated felony",
            "PC 245: assault",
            "Your status",
        ):
            assert words in text
    assert "Another introduction." in text


def test_the_history_is_for_those_who_may_edit_the_screener(
    screener, changed, django_user_model
):
    stranger = Client()
    stranger.force_login(django_user_model.objects.create_user("s", "s@example.org"))
    for url in (
        at(screener),
        at(screener, changed[0], name="_read"),
        at(screener, changed[0], name="_restore"),
    ):
        assert stranger.get(url).status_code in (302, 403)
        assert Client().get(url).status_code == 302


def test_many_years_of_releases_are_listed_page_by_page_and_compared_across_pages(
    editor, screener, changed
):
    old, new = changed
    first = Publication.objects.get(release=old)
    Publication.objects.bulk_create(
        Publication(
            screener_key="small",
            screener=first.screener,
            release_id=new,
            cause=f"week {number}",
        )
        for number in range(120)
    )
    with CaptureQueriesContext(connection) as queries:
        newest = editor.get(at(screener))
    shown = newest.context["publications"]
    assert [one.cause for one in shown[:2]] == ["week 119", "week 118"]
    assert len(shown) == 50
    assert not any(
        "canonical" in query["sql"] and "publication" in query["sql"]
        for query in queries
    )
    text = newest.content.decode()
    assert "Page 1 of 3" in text and ">current<" in text
    # What is chosen goes with whoever turns the page, and is compared there.
    last = editor.get(at(screener), {"p": "3", "new": new})
    assert last.context["publications"][-1].release_id == old
    assert "Page 3 of 3" in last.content.decode()
    far = editor.get(at(screener), {"p": "1", "old": old, "new": new})
    assert far.context["changes"]
    assert [one.release_id for one in far.context["publications"]][-1] == old
    assert len(far.context["publications"]) == 51
