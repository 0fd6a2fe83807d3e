"""“Check your own case”: a way to the questions from everywhere, while they exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from screening_block.models import Publication, Recall, Screener
from screening_block.packs.load import load_pack
from tests.screening_block import small

from .conftest import SmallSite
from .factories import block, publish

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once

LABEL = "Check your own case"
#: Pages of every kind that is no screener's.
PAGES = ["/", "/articles/", "/articles/?q=conviction", "/articles/full/", "/privacy/"]


def find_ways(address: str, status: int = 200) -> list[str]:
    """Where a page leads by “Check your own case”, or by the box at its end."""
    answer = Client().get(address)
    assert answer.status_code == status
    html = answer.content.decode()
    return re.findall(rf'href="([^"]*)"[^>]*>(?:{LABEL}|Go to the questions)</a>', html)


@pytest.fixture
def screener(small_site: SmallSite) -> Screener:
    """The public screener that the home page names."""
    load_pack("small_pack", small.release(), small_site.home)
    page = Screener.objects.get(key="small")
    small_site.home.own_case = page
    publish(small_site.home)
    return page


def test_every_page_leads_to_the_questions(screener: Screener) -> None:
    for address in PAGES:
        ways = find_ways(address)
        assert set(ways) == {"/small/"}, address
    assert len(find_ways("/")) == 2, "in the header and in the first screen"
    assert len(find_ways("/articles/full/")) == 3, "in the header, at head and end"
    assert len(find_ways("/privacy/")) == 1
    assert find_ways("/nowhere/", 404) == ["/small/"]


@pytest.mark.parametrize("address", ["/small/", "/screeners/small/"])
def test_on_its_own_pages_nothing_leads_away(screener: Screener, address: str) -> None:
    assert find_ways(address) == []
    answer = Client().post("/screeners/small/", {"do": "restart"})
    assert LABEL not in answer.content.decode()


def recall(screener: Screener) -> None:
    release = Publication.objects.filter(screener=screener.translation_key).last()
    assert release
    Recall.objects.create(release_id=release.release_id, reason="A number was wrong.")


@pytest.mark.parametrize(
    "go",
    [
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: PageViewRestriction.objects.create(
            page=page, restriction_type="login"
        ),
        lambda page: Page.objects.filter(pk=page.pk).update(
            expire_at="2026-01-01T00:00Z"
        ),
        recall,
    ],
    ids=["unpublished", "deleted", "restricted", "expired", "recalled"],
)
def test_it_goes_when_the_screener_goes(
    screener: Screener, small_site: SmallSite, go: Callable[[Any], object]
) -> None:
    article = small_site.short
    article.body = [block("screener", screener.pk)]
    publish(article)
    assert find_ways("/") and find_ways("/articles/short/")
    go(screener)
    for address in [*PAGES, "/articles/short/"]:
        assert find_ways(address) == [], address


def test_an_article_that_shows_a_screener_leads_to_that_one(
    screener: Screener, small_site: SmallSite
) -> None:
    other = {**small.release(), "key": "other"}
    load_pack("other_pack", other, small_site.home)
    shown = Screener.objects.get(key="other")
    article = small_site.short
    article.body = [block("text", "<p>Words</p>"), block("screener", shown.pk)]
    publish(article)
    assert find_ways("/articles/short/") == ["/small/", *["#screener-other"] * 2]
    html = Client().get("/articles/short/").content.decode()
    assert html.count('id="screener-other"') == 1
    # Gone, it is not what the article leads to.
    shown.unpublish()
    assert find_ways("/articles/short/") == ["/small/"] * 3


def test_a_page_in_another_language_leads_to_the_screener_in_it(
    screener: Screener, small_site: SmallSite
) -> None:
    spanish = Locale.objects.create(language_code="es")
    publish(small_site.home.copy_for_translation(spanish))
    assert set(re.findall(r'href="(/[a-z/]*small/)"', _html("/es/"))) == {"/small/"}
    translation = screener.copy_for_translation(spanish)
    translation.slug = "preguntas"
    publish(translation)
    assert 'href="/es/preguntas/"' in _html("/es/")
    assert 'href="/es/preguntas/"' not in _html("/")


def _html(address: str) -> str:
    return Client().get(address).content.decode()


def test_without_the_setting_there_is_no_such_link(small_site: SmallSite) -> None:
    load_pack("small_pack", small.release(), small_site.home)
    assert [way for address in PAGES for way in find_ways(address)] == []


def test_it_costs_a_page_four_queries(
    screener: Screener, django_assert_max_num_queries: Any
) -> None:
    _html("/articles/full/")
    with django_assert_max_num_queries(35):
        _html("/articles/full/")
