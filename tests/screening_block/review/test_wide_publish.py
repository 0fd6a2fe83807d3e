"""A value that many screeners use is published in the background."""

from __future__ import annotations

import re
import time
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from plugins.models import Job
from plugins.work.running import run_job
from screening_block.models import ChartRow, Publication, Threshold
from screening_block.packs.load import load_pack
from screening_block.review.impact_views import impact_url
from screening_block.review.workflows import publish_approved
from tests.screening_block import small
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


def read(text: str, record: Threshold) -> dict[str, str]:
    """What the button posts with which a page of work shows what changes."""
    assert f'formaction="{impact_url(record)}"' in text
    hidden = r'<input type="hidden" name="(revision|state)" value="(\w+)">'
    return dict(re.findall(hidden, text))


def test_what_changes_results_is_read_before_it_is_published(editor, screener):
    before = Publication.objects.count()
    address = press_publish(editor, **{"values-0-number": "9"})
    text = work(editor, address)
    record = Threshold.objects.get(key="af_term")
    assert "Nothing is published yet" in text and "For example" in text
    assert Publication.objects.count() == before
    posted = read(text, record)
    text = work(editor, editor.post(impact_url(record), posted).url)
    assert "is published." in text and Publication.objects.count() == before + 1
    # Whoever read something else is told.
    record.save_revision()
    posted["revision"] = Threshold.objects.get(pk=record.pk).latest_revision_id
    text = work(editor, editor.post(impact_url(record), posted).url)
    assert "Something has changed in the meantime" in text


def test_what_changes_is_worked_out_when_asked_for_and_published(editor, screener):
    press_publish(editor, **{"values-0-number": "9"})
    Job.objects.all().delete()
    record = Threshold.objects.get(key="af_term")
    page = editor.get(impact_url(record))
    assert "1 screener uses this." in page.content.decode()
    assert not Job.objects.exists(), "reading writes nothing"
    address = editor.post(impact_url(record), {"work_out": "yes"}).url
    # Who comes back meanwhile sees how far it is, also from the form.
    assert editor.get(impact_url(record)).url == address
    edit = reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])
    assert address in editor.get(edit).content.decode()
    text = work(editor, address)
    assert "For example, with these answers" in text
    before = Publication.objects.count()
    text = work(editor, editor.post(impact_url(record), read(text, record)).url)
    assert "is published." in text and Publication.objects.count() == before + 1


def test_a_label_is_published_at_once_however_many_use_it(editor, screener):
    root = screener.get_parent()
    load_pack("second_pack", small.release() | {"key": "second"}, root)
    row = ChartRow.objects.get(key="pc_245")
    row.label += " (new)"
    row.save_revision()
    page = editor.get(impact_url(row))
    assert len(page.context["impact"]["sections"]) == 2
    posted = {"revision": page.context["revision"]}
    posted["state"] = page.context["impact"]["state"]
    editor.post(impact_url(row), posted)
    assert not Job.objects.exists()
    row.refresh_from_db()
    assert not row.has_unpublished_changes


def test_what_a_workflow_approved_is_published_in_the_background(editor, screener):
    record = Threshold.objects.get(key="af_term")
    value = record.values.first()
    value.number += 1
    record.values = [value]
    record.save_revision()
    before = Publication.objects.count()
    state = SimpleNamespace(content_object=record)
    publish_approved(state, get_user(editor))
    assert Publication.objects.count() == before
    run_job.call(Job.objects.get().pk)
    job = Job.objects.get()
    assert job.state == "done" and "is published." in job.message, job.reason
    assert Publication.objects.count() == before + 1


def test_a_refusal_is_told_with_its_reasons(editor, screener):
    before = Publication.objects.count()
    address = press_publish(editor, kind="money")
    text = work(editor, address)
    job = Job.objects.get()
    assert job.state == "failed", (job.message, job.outcomes)
    assert "Not published. Please fix this first" in text and "Not done:" in text
    assert Publication.objects.count() == before
