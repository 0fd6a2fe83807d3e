"""What is planned for one moment goes live together, quickly, and stops nobody."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from cms.home.models import StandardPage
from screening_block.models import Publication, Screener, Threshold
from tests.faults.test_bulk_publish import broken, draft, live  # noqa: F401

pytestmark = pytest.mark.django_db
MANY = 47


def plan(record) -> None:
    revision = record.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - dt.timedelta(hours=1)
    revision.save()


@pytest.fixture
def pair(screener):
    """Drafts of a screener and of a threshold that is not public without it."""
    page = Screener.objects.get(pk=screener.pk)
    old = Threshold.objects.get(key="af_term")
    (value,) = old.values.all()
    new = Threshold(
        key="new_term", label="New term", unit=old.unit, locale=old.locale, live=False
    )
    new.values = [type(value)(starts_on=value.starts_on, number=value.number)]
    new.save()
    new.save_revision()
    page.intro = "At least {new_term}."
    page.save_revision()
    value.number += 1
    old.values = [value]
    old.save_revision()
    for record in (page, old, new):
        plan(record)
    return page, new


@pytest.mark.parametrize("by", ["publish_scheduled", "run_due"])
def test_a_screener_goes_live_with_the_threshold_it_needs(pair, by):
    page, new = pair
    before = Publication.objects.count()
    call_command(by)
    assert Publication.objects.count() == before + 1, "one release for all of it"
    assert Threshold.objects.get(pk=new.pk).live
    assert "new_term" in Screener.objects.get(pk=page.pk).intro


def test_fifty_are_published_in_ten_seconds_and_a_broken_one_stops_none(
    pair,
    root,
    broken,  # noqa: F811
):
    pages = [
        draft(root, StandardPage, title=f"P{n}", slug=f"p{n}") for n in range(MANY)
    ]
    for page in [*pages[:9], broken, *pages[9:]]:
        plan(page)
    began = time.process_time()
    call_command("publish_scheduled")
    took = time.process_time() - began
    assert all(map(live, pages)) and not live(broken)
    assert Threshold.objects.get(pk=pair[1].pk).live
    assert "new_term" in Screener.objects.get(pk=pair[0].pk).intro
    assert took < 10, took
    print(f"{MANY + 3} due: {took:.1f} s of the processor")


def test_what_cannot_be_read_stops_none(root, monkeypatch):
    pages = [draft(root, title=f"P{n}", slug=f"p{n}") for n in range(2)]
    for page in pages:
        plan(page)
    publish = StandardPage.publish

    def fail(self, *args, **kwargs):
        if self.slug == "p0":
            raise RuntimeError("a fault of a plugin")
        return publish(self, *args, **kwargs)

    monkeypatch.setattr(StandardPage, "publish", fail)
    call_command("publish_scheduled")
    assert [Page.objects.get(pk=page.pk).live for page in pages] == [False, True]
