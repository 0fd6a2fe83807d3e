"""A history of years keeps what is worth its room, and never what is in use."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, ModelLogEntry, Revision, TaskState, WorkflowState

from screening_block.models import LegalReviewTask, Screener, Threshold
from tests.screening_block.conftest import load_small

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 30, 20, tzinfo=dt.UTC)


def thin(*words: str) -> str:
    said = StringIO()
    call_command("thin_revisions", *words, stdout=said)
    return said.getvalue().strip()


@pytest.fixture
def threshold() -> Threshold:
    load_small()
    return Threshold.objects.get(key="af_term")


def draft(record: Any, weeks_ago: float) -> Revision:
    revision: Revision = record.save_revision(clean=False)
    made = NOW - dt.timedelta(weeks=weeks_ago)
    Revision.objects.filter(pk=revision.pk).update(created_at=made)
    return revision


def left(record: Any) -> set[int]:
    return set(record.revisions.values_list("pk", flat=True))


def test_the_newest_one_a_month_and_then_one_a_year_stay(
    threshold: Threshold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    threshold.revisions.all().delete()
    made = [draft(threshold, weeks).pk for weeks in range(199, -1, -1)]
    threshold.refresh_from_db()
    months, years = {}, {}
    rows = threshold.revisions.order_by("pk").values_list("pk", "created_at")
    for pk, day in rows:
        if day.date() >= dt.date(2024, 11, 29):
            months[day.year, day.month] = pk
        else:
            years[day.year] = pk
    stay = {*made[-20:], *months.values(), *years.values()}
    assert len(months) >= 24
    assert set(years) == {2023, 2024}
    assert thin("--dry-run") == f"{200 - len(stay)} revisions would go."
    assert len(left(threshold)) == 200
    assert thin() == f"{200 - len(stay)} revisions deleted."
    assert left(threshold) == stay
    assert thin() == "0 revisions deleted."


def test_what_is_live_scheduled_or_was_reviewed_stays(
    threshold: Threshold, admin_user: Any
) -> None:
    """And so does where a comment of a page was made."""
    screener = Screener.objects.get()
    live = {one.live_revision_id for one in (threshold, screener)}
    assert None not in live
    old = draft(threshold, 300)
    reviewed, scheduled = draft(screener, 300), draft(screener, 300)
    task = LegalReviewTask.objects.create(name="Law", active=True)
    state = WorkflowState.objects.create(
        content_type=ContentType.objects.get_for_model(Screener),
        base_content_type=reviewed.base_content_type,
        object_id=str(screener.pk),
        workflow=_workflow(task),
        requested_by=admin_user,
    )
    TaskState.objects.create(
        workflow_state=state, revision=reviewed, task=task, status="approved"
    )
    plan = timezone.now() + dt.timedelta(days=5)
    Revision.objects.filter(pk=scheduled.pk).update(approved_go_live_at=plan)
    commented = draft(screener, 300)
    Comment.objects.create(
        page=screener,
        user=admin_user,
        text="?",
        contentpath="title",
        revision_created=commented,
    )
    for record in (threshold, screener):
        for weeks in (301, 300, 299.9, 2, 1, 0):
            draft(record, weeks)
    thin("--keep", "1")
    kept = left(threshold) | left(screener)
    assert {*live, reviewed.pk, scheduled.pk, commented.pk} <= kept
    assert old.pk not in kept
    for record in (threshold, screener):
        record.refresh_from_db()
        assert record.latest_revision_id in kept


def _workflow(task: LegalReviewTask) -> Any:
    from wagtail.models import Workflow, WorkflowTask

    workflow = Workflow.objects.create(name="Law")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


def test_the_history_still_opens(threshold: Threshold, admin_client: Any) -> None:
    for weeks in (300.2, 300.1, 300, 0):
        draft(threshold, weeks)
        threshold.get_latest_revision().publish()
    entries = ModelLogEntry.objects.count()
    assert thin("--keep", "1") != "0 revisions deleted."
    assert ModelLogEntry.objects.count() == entries
    for name in ("history", "edit"):
        url = threshold.snippet_viewset.get_url_name(name)
        answer = admin_client.get(reverse(url, args=[threshold.pk]))
        assert answer.status_code == 200


def test_something_has_to_stay() -> None:
    with pytest.raises(CommandError, match="--keep: at least 1"):
        thin("--keep", "0")
