"""Publishing many pages with a worker: kills of it leave nothing half."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from plugins.models import Job
from tests.faults.test_bulk_publish import broken, draft, live  # noqa: F401
from tests.working import QUEUE, wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)
MANY, KILLS = 10, 1


@pytest.fixture
def with_worker(settings):
    settings.TASKS = QUEUE


def whole(pages) -> None:
    """What is told is what is live, each page with one publish and no other."""
    job = Job.objects.get()
    good = [told["text"] for told in job.outcomes if told["good"]]
    published = Page.objects.filter(pk__in=[page.pk for page in pages], live=True)
    assert sorted(good) == sorted(published.values_list("title", flat=True))
    logged = PageLogEntry.objects.filter(action="wagtail.publish")
    logged = logged.filter(page_id__in=[page.pk for page in pages])
    times = Counter(logged.values_list("page_id", flat=True))
    assert set(times) == set(published.values_list("pk", flat=True))
    assert set(times.values()) <= {1}
    assert job.done == len(job.outcomes)


def test_workers_that_are_killed_leave_nothing_half_and_the_work_goes_on(
    with_worker,
    editor,
    root,
    broken,  # noqa: F811
):
    pages = [draft(root, title=f"P {n}", slug=f"p-{n}") for n in range(MANY)]
    pages.insert(5, broken)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    asked = "&".join(f"id={page.pk}" for page in pages)
    began = time.monotonic()
    answer = editor.post(f"{url}?{asked}&next=/admin/")
    assert time.monotonic() - began < 1, "the editor is answered at once"
    job = Job.objects.get()
    assert answer.url == reverse("work_job", args=[job.pk])
    assert "You may leave" in editor.get(answer.url).content.decode()
    assert not any(map(live, pages))

    pick = random.Random(7)
    for kill in range(KILLS):
        with worker():
            far = pick.randrange(4 * kill + 1, 4 * kill + 4)
            wait_until(lambda far=far: Job.objects.get().done >= far)
            time.sleep(pick.random() * 0.1)
        whole(pages)
        assert not Job.objects.get().has_ended
    with worker("--once") as last:
        last.wait(60)
    whole(pages)
    job.refresh_from_db()
    assert (job.state, job.shown, job.total) == ("done", MANY + 1, MANY + 1)
    text = editor.get(answer.url).content.decode()
    assert f"{MANY} pages have been published. 1 is still a draft." in text
    assert "Broken" in text and "nobody" in text
    assert reverse("wagtailadmin_pages:edit", args=[broken.pk]) in text


def test_few_pages_are_published_by_the_request(with_worker, editor, root):
    page = draft(root, title="P", slug="p")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = editor.post(f"{url}?id={page.pk}&next=/admin/", follow=True)
    assert "1 page has been published" in answer.content.decode()
    assert live(page) and not Job.objects.exists()
