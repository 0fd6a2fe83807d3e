"""The editor's preview shows the draft, and what sample answers come to in it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from screening_block.models import Scenario, Threshold, ThresholdValue
from tests.screening_block import small

from .test_edit_views import page_form

# Once: only reads what others write on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def scenario(screener) -> Scenario:
    case = {
        "answers": small.ASSAULT | {"days": 320},
        "as_of": None,
        "expect": {"agg_felony_violence_1yr": "not_apply"},
    }
    return Scenario.objects.create(
        screener=screener.translation_key, name="320 days", case=case
    )


def preview(editor, screener, mode: str = "", **changes: str):
    """What the preview shows of a form that is not saved."""
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[screener.pk])
    data = page_form(editor, screener)
    data.update(changes)
    assert editor.post(url, data).json()["is_valid"]
    return editor.get(url, {"mode": mode})


def test_every_question_of_the_unsaved_draft_can_be_read(editor, screener, scenario):
    shown = preview(editor, screener, title="Not saved").content.decode()
    assert "<h1>Not saved</h1>" in shown
    for words in small.RELEASE["texts"]["en"]["questions"].values():
        assert words["label"] in shown


def test_sample_answers_show_what_the_draft_says_of_them(editor, screener, scenario):
    mode = f"case-{scenario.pk}"
    assert (mode, "320 days") in screener.preview_modes
    heading = "A long sentence may matter"
    before = preview(editor, screener, mode).content.decode()
    assert "What your answers may mean" in before
    assert "320 days" in before
    assert heading not in before
    assert "<form" not in before, "nothing in a preview leads to the public form"
    threshold = Threshold.objects.get()
    threshold.values = [ThresholdValue(starts_on=date(1996, 9, 30), number=300)]
    threshold.save_revision()
    assert heading in preview(editor, screener, mode).content.decode()


def test_answers_that_no_longer_fit_are_named_and_not_shown(editor, screener, scenario):
    scenario.case["answers"]["status"] = "martian"
    scenario.save()
    shown = preview(editor, screener, f"case-{scenario.pk}").content.decode()
    assert "The answers of “320 days” no longer fit" in shown
    assert "martian" not in shown


def test_the_draft_can_be_tried_as_of_another_day(editor, screener):
    threshold = Threshold.objects.get()
    threshold.values = [
        *threshold.values.all(),
        ThresholdValue(sort_order=1, starts_on=date(2090, 1, 1), number=300),
    ]
    threshold.save_revision()
    url = reverse("screening_scenarios:try", args=[screener.pk])

    answers = json.dumps(small.ASSAULT | {"days": 320})
    for day, level in (("2026-11-26", False), ("2090-01-01", True)):
        shown = editor.post(f"{url}?as_of={day}", {"answers": answers})
        found = {one["key"] for one in shown.context["so_far"]}
        assert ("agg_felony_violence_1yr" in found) is level
        assert f"as_of={day}" in shown.context["address"], "the next step keeps it"
    assert editor.get(f"{url}?as_of=never").status_code == 200


def test_the_editor_reads_the_samples_once(editor, screener, scenario):
    with CaptureQueriesContext(connection) as queries:
        editor.get(reverse("wagtailadmin_pages:edit", args=[screener.pk]))
    named = f'"{Scenario._meta.db_table}"."name"'
    assert sum(named in query["sql"] for query in queries) == 1
