"""A plugin follows what is published: told when it is so, and unable to hinder it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.home.models import StandardPage
from cms.identity.people import Person
from plugins import signals
from screening_block.models import Recall, Release
from tests.dummy_plugin import followed
from tests.recorded.test_recorded import make_content

pytestmark = pytest.mark.django_db(transaction=True)
HOST = "http://localhost"


@pytest.fixture(scope="module", autouse=True)
def content(fill: Any) -> None:
    fill("recorded", make_content)


@pytest.fixture
def acts() -> Iterator[list[tuple[str, str, list[str]]]]:
    followed.acts.clear()
    yield followed.acts
    followed.acts.clear()


def took(acts: list[Any]) -> list[Any]:
    """What was told since, each once, in its order."""
    told = [(act, name, tuple(where)) for act, name, where in acts]
    acts.clear()
    return list(dict.fromkeys(told))


def test_every_way_to_come_and_go_is_told_once_it_is_so(acts: list[Any]) -> None:
    section = Page.objects.get(slug="privacy").specific
    with transaction.atomic():
        section.save_revision().publish()
        assert acts == []
    address = section.get_full_url()
    came, gone = ("came", str(section), (address,)), ("went", str(section), (address,))
    assert took(acts) == [came]
    section.save_revision()
    assert took(acts) == []
    section.unpublish()
    assert took(acts) == [gone]
    section.get_latest_revision().publish()
    took(acts)
    # Closed to some, and opened again.
    closed = PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert took(acts) == [gone]
    closed.delete()
    assert took(acts) == [came]
    # At another address, with what is below it.
    section = Page.objects.get(slug="privacy").specific
    below = section.add_child(instance=StandardPage(title="Below", slug="below"))
    below.save_revision().publish()
    took(acts)
    section.slug = "your-privacy"
    section.save_revision().publish()
    new = address.replace("/privacy/", "/your-privacy/")
    told = took(acts)
    assert ("came", str(section), (new, address)) in told
    assert ("came", "Below", (f"{new}below/", f"{address}below/")) in told
    below = Page.objects.get(slug="below").specific
    below.move(Page.objects.get(slug="articles"), "last-child")
    moved = f"{address.removesuffix('privacy/')}articles/below/"
    assert took(acts) == [("came", "Below", (moved, f"{new}below/"))]
    # As its time is over, and for good.
    Page.objects.filter(pk=below.pk).update(expire_at=timezone.now())
    assert took(acts) == []
    call_command("publish_scheduled")
    assert took(acts) == [("went", "Below", (moved,))]
    section = Page.objects.get(pk=section.pk)
    section.delete()
    assert took(acts) == [("went", str(section), (new,))]


def test_records_and_recalls_are_told(acts: list[Any]) -> None:
    person = Person.objects.create(name="Ada Example", live=False)
    person.save_revision().publish()
    assert took(acts) == [("came", "Ada Example", ())]
    Person.objects.get(pk=person.pk).unpublish()
    assert took(acts) == [("went", "Ada Example", ())]
    release = Release.current("small")
    assert release is not None
    Recall.objects.create(release=release, reason="A number was wrong.")
    assert took(acts) == [("recalled", "small: A number was wrong.", (release.pk,))]


def test_what_is_undone_is_told_nobody(acts: list[Any]) -> None:
    page = Page.objects.get(slug="privacy").specific
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        page.save_revision().publish()
        raise ZeroDivisionError
    assert acts == []


def test_a_receiver_that_fails_is_logged_and_hinders_nobody(
    acts: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_more: Any) -> None:
        raise RuntimeError("the search engine is away")

    page = Page.objects.get(slug="privacy").specific
    page.title = "Published nonetheless"
    signals.published.connect(fail)
    # The first to be told.
    signals.published.receivers.insert(0, signals.published.receivers.pop())
    logger = logging.getLogger("django.dispatch")
    logger.addHandler(caplog.handler)
    try:
        page.save_revision().publish()
    finally:
        logger.removeHandler(caplog.handler)
        signals.published.disconnect(fail)
    assert Page.objects.get(slug="privacy").title == page.title
    assert [act for act, _name, _where in acts] == ["came"]
    assert "the search engine is away" in caplog.text
