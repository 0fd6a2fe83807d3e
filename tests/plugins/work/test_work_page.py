"""The page of background work says how far it is, by itself and without script."""

from __future__ import annotations

import os

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plugins.models import Job
from tests.screening_block.conftest import log_in
from tests.valid_html import check_html


@pytest.fixture
def owner(django_user_model):
    return django_user_model.objects.create_superuser("owner", "o@example.org", "x")


@pytest.fixture
def job(owner):
    return Job.objects.create(
        kind="screening_block.publish_pages",
        subject="12 pages",
        owner=owner,
        language="en",
        state="running",
        done=3,
        shown=3,
        total=12,
        outcomes=[{"text": "First", "url": "", "good": True, "reasons": []}],
    )


def end(job) -> None:
    refused = {
        "text": "Second",
        "url": "/admin/",
        "good": False,
        "reasons": ["A fact that it names is not there."],
    }
    Job.objects.filter(pk=job.pk).update(
        state="done",
        message="11 pages have been published. 1 is still a draft.",
        outcomes=[*job.outcomes, refused],
        ended_at=timezone.now(),
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_it_shows_by_itself_what_came_out(page, client, live_server, owner, job, width):
    page.set_viewport_size({"width": width, "height": 800})
    client.force_login(owner)
    log_in(page, client, live_server.url)
    page.goto(live_server.url + reverse("work_job", args=[job.pk]))
    expect(page.get_by_text("3 of 12")).to_be_visible()
    expect(page.get_by_text("You may leave this page")).to_be_visible()
    shoot(page, f"running-{width}")
    end(job)
    expect(page.get_by_role("status").get_by_text("11 pages")).to_be_visible()
    expect(page.get_by_role("link", name="Second")).to_be_visible()
    expect(page.get_by_text("A fact that it names is not there.")).to_be_visible()
    expect(page.get_by_text("You may leave this page")).to_be_hidden()
    shoot(page, f"done-{width}")
    page.goto(live_server.url + reverse("work_list"))
    expect(page.get_by_role("link", name="12 pages")).to_be_visible()
    wide = "document.documentElement.scrollWidth <= window.innerWidth"
    assert page.evaluate(wide), "nothing sticks out"
    shoot(page, f"list-{width}")


def test_without_script_a_link_shows_it(client, owner, job):
    client.force_login(owner)
    address = reverse("work_job", args=[job.pk])
    text = client.get(address).content.decode()
    assert 'href="?"' in text and "3 of 12" in text
    part = client.get(address + "?part").content.decode()
    check_html(part, "how far it is", fragment=True)
    end(job)
    assert "11 pages" in client.get(address + "?").content.decode()


def shoot(page, name) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
