"""A value that many screeners use is published in the background."""

from __future__ import annotations

import time

import pytest
from django.urls import reverse

from plugins.models import Job
from plugins.work.running import run_job
from screening_block.models import Publication, Threshold
from screening_block.review.impact_views import impact_url
from tests.screening_block.posting import form_of
from tests.working import QUEUE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_worker(settings):
    settings.TASKS, settings.WORK_AT_ONCE = QUEUE, 0


def press_publish(editor, **fields):
    """Post the form of a threshold; the page of its job, as it is then."""
    record = Threshold.objects.get(key="af_term")
    url = reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])
    data = dict(form_of(editor.get(url)).items()) | fields
    began = time.monotonic()
    answer = editor.post(url, data | {"action-publish": "yes"})
    assert time.monotonic() - began < 1, "the editor is answered at once"
    return answer.url


def work(editor, address) -> str:
    job = Job.objects.latest("pk")
    assert address == reverse("work_job", args=[job.pk])
    run_job.call(job.pk)
    return editor.get(address).content.decode()


def test_what_changes_results_is_read_before_it_is_published(editor, screener):
    before = Publication.objects.count()
    address = press_publish(editor, **{"values-0-number": "9"})
    text = work(editor, address)
    record = Threshold.objects.get(key="af_term")
    read = f"{impact_url(record)}?confirm=1"
    assert read in text and "Nothing is published yet" in text
    assert Publication.objects.count() == before
    page = editor.get(read)
    posted = {
        "revision": page.context["revision"],
        "state": page.context["impact"]["state"],
    }
    text = work(editor, editor.post(impact_url(record), posted).url)
    assert "is published." in text and Publication.objects.count() == before + 1
    # Whoever read something else is told.
    record.save_revision()
    posted["revision"] = Threshold.objects.get(pk=record.pk).latest_revision_id
    text = work(editor, editor.post(impact_url(record), posted).url)
    assert "Something has changed in the meantime" in text


def test_a_refusal_is_told_with_its_reasons(editor, screener):
    before = Publication.objects.count()
    address = press_publish(editor, kind="money")
    text = work(editor, address)
    job = Job.objects.get()
    assert job.state == "failed", (job.message, job.outcomes)
    assert "Not published. Please fix this first" in text and "Not done:" in text
    assert Publication.objects.count() == before
