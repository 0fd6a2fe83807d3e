"""A page is served in the language it is in, and at the address of that language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction

from screening_block.models import Screener
from tests.cms.factories import ArticleFactory, publish
from tests.parts_of_pages import find_foreign
from tests.screening_block.conftest import load_small

from .search_engines import HeadOf

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once

ENGLISH_ONLY = ["/", "/articles/", "/articles/full/", "/privacy/", "/articles/feed/"]


@pytest.fixture
def spanish(db) -> Locale:
    return Locale.objects.get_or_create(language_code="es")[0]


@pytest.fixture
def home(small_site, spanish) -> Page:
    """A Spanish home page, and nothing else in Spanish."""
    translated = small_site.home.copy_for_translation(spanish)
    translated.title = "Su caso"
    return publish(translated)


def leads_to(client, address: str) -> str:
    """Where a redirect leads; "" for a 404. Nothing else will do."""
    answer = client.get(address)
    if answer.status_code == 404:
        return ""
    assert answer.status_code == 302
    target = answer["Location"].removeprefix("http://testserver")
    assert client.get(target).status_code == 200
    return target


@pytest.mark.parametrize("code", ["es", "vi", "ko", "tl", "zh-hans", "en"])
@pytest.mark.parametrize("address", ENGLISH_ONLY)
def test_what_is_not_translated_leads_to_its_own_language(
    client, small_site, code, address
):
    assert leads_to(client, f"/{code}{address}") == address


def test_it_does_with_a_home_page_in_that_language_too(client, small_site, home):
    assert client.get("/es/").status_code == 200
    for page in (small_site.index, small_site.full, small_site.privacy):
        assert leads_to(client, f"/es{page.url}") == f"/es/?from={page.pk}"
    # What machines read is led to as it is.
    assert leads_to(client, "/es/articles/feed/") == "/articles/feed/"
    # A language without a home page of its own.
    assert leads_to(client, "/vi/articles/full/") == "/articles/full/"


def notice_of(client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.html["lang"] == "es"
    notice = page.select_one("p.translation[role=status]")
    assert find_foreign(f'<html lang="es">{notice}</html>') == {}
    return notice


def test_the_switch_of_a_page_that_is_not_translated_says_so_and_leads_back(
    client, small_site, home
):
    """What is said is in Spanish, and the title of the page says its language."""
    full = small_site.full
    page = BeautifulSoup(client.get(full.url).content, "html.parser")
    (switch,) = page.select("nav.languages a")
    assert switch["href"] == f"/es/?from={full.pk}"
    assert (switch["lang"], switch["rel"]) == ("es", ["nofollow"])
    # No search engine is told of an address that only a reader came by.
    assert page.select("link[rel=alternate][hreflang]") == []
    notice = notice_of(client, switch["href"])
    assert "todavía no está en español" in notice.text
    assert notice.a["href"] == full.get_full_url()
    assert notice.a["lang"] == notice.a["hreflang"] == "en"
    assert notice.a.text == full.title
    assert notice_of(client, "/es/") is None
    canonical = HeadOf(client.get(switch["href"]).content.decode()).canonical
    assert canonical == "http://testserver/es/"


def test_a_notice_names_only_what_anybody_may_read_and_nothing_else(
    client, small_site, home, spanish
):
    """Nor does it lead away from the site, whatever the address says."""
    article = ArticleFactory(parent=small_site.index, slug="x", title="Not for all")
    assert "Not for all" in notice_of(client, f"/es/?from={article.pk}").text
    restriction = PageViewRestriction.objects.create(
        page=article, restriction_type="login"
    )
    assert notice_of(client, f"/es/?from={article.pk}") is None
    restriction.delete()
    article.unpublish()
    assert notice_of(client, f"/es/?from={article.pk}") is None
    for odd in ("", "0", "1", "-1", "²", "9" * 11, "9" * 10, "//evil.example", "x"):
        assert notice_of(client, f"/es/?from={odd}") is None, odd
    # One that was translated meanwhile is in Spanish.
    publish(small_site.privacy.copy_for_translation(spanish))
    assert notice_of(client, f"/es/?from={small_site.privacy.pk}") is None
    assert client.get(f"{small_site.full.url}?from={article.pk}").status_code == 200


def test_a_translation_is_found_by_the_name_of_the_original(
    client, small_site, home, spanish
):
    index = small_site.index.copy_for_translation(spanish)
    index.title, index.slug = "Artículos", "articulos"
    publish(index)
    article = small_site.full.copy_for_translation(spanish)
    article.slug = "entero"
    publish(article)
    assert leads_to(client, "/es/articles/full/") == "/es/articulos/entero/"
    # From a language that it is not in, to the one that was named.
    assert leads_to(client, "/vi/articulos/entero/") == "/es/articulos/entero/"


@pytest.mark.parametrize("gone", ["draft", "expired", "private"])
def test_nobody_is_led_to_what_is_not_public(client, small_site, home, gone):
    article = ArticleFactory(parent=small_site.index, slug=gone)
    if gone == "draft":
        article.unpublish()
    elif gone == "expired":
        Page.objects.filter(pk=article.pk).update(expire_at=timezone.now())
    else:
        PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert leads_to(client, f"/es/articles/{gone}/") == ""


def test_an_editors_redirect_comes_first(client, small_site, home):
    Redirect.objects.create(old_path="/es/articles/full", redirect_link="/privacy/")
    answer = client.get("/es/articles/full/")
    assert answer["Location"] == "/privacy/"


def test_an_alias_in_another_language_is_shown_nowhere(
    client, small_site, spanish, django_assert_max_num_queries
):
    """Wagtail puts one in place of a parent that is not translated."""
    article = small_site.full.copy_for_translation(spanish, copy_parents=True)
    article.title = "Entero"
    publish(article)
    assert Page.objects.filter(locale=spanish, alias_of__isnull=False).count() == 2
    assert leads_to(client, "/es/") == "/"
    assert leads_to(client, "/es/articles/") == "/articles/"
    assert leads_to(client, "/es/articles/feed/") == "/articles/feed/"
    answer = client.get("/es/articles/full/")
    assert answer.status_code == 200
    page = HeadOf(answer.content.decode())
    assert page.language == "es"
    assert set(page.alternates) == {"en", "es", "x-default"}
    assert HeadOf(client.get("/").content.decode()).alternates == {}
    # The way to it leads to the home page that there is.
    assert 'href="/"' in answer.content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    addresses = re.findall("<loc>http://testserver([^<]+)</loc>", sitemap)
    there = [a for a in addresses if a.startswith("/es") and "/topics/" not in a]
    assert there == ["/es/articles/full/"]
    # What of the frame is in another language says so.
    assert '<a href="/privacy/" lang="en">Privacy</a>' in answer.content.decode()
    with django_assert_max_num_queries(41):
        client.get("/es/articles/full/")


def test_the_language_switch_stays_at_the_page_and_offers_what_there_is(
    client, small_site, home, spanish
):
    index = publish(small_site.index.copy_for_translation(spanish))
    article = small_site.full.copy_for_translation(spanish)
    publish(article)
    load_small()
    screener = Screener.objects.get()
    translated = screener.copy_for_translation(spanish)
    translated.title = "Preguntas"
    publish(translated)

    def switch(address: str) -> list[str]:
        html = client.get(address).content.decode()
        nav = html.partition('<nav class="languages"')[2].partition("</nav>")[0]
        return re.findall('href="(/[^"]+)" lang="([^"]+)"', nav)

    assert switch("/articles/full/") == [("/es/articles/full/", "es")]
    assert switch("/es/articles/full/") == [("/articles/full/", "en")]
    assert switch("/small/") == [("/es/small/", "es")]
    assert switch("/es/screeners/small/") == [("/small/", "en")]
    assert switch("/articles/short/") == [(f"/es/?from={small_site.short.pk}", "es")]
    index.unpublish()
    assert switch("/articles/") == [(f"/es/?from={small_site.index.pk}", "es")]


def test_the_sitemap_names_languages_and_costs_few_queries(
    client, small_site, home, spanish, django_assert_max_num_queries
):
    def entry(address: str) -> str:
        sitemap = client.get("/sitemap.xml").content.decode()
        begin = re.escape(f"<loc>http://testserver{address}</loc>")
        found = re.search(f"{begin}.*?</url>", sitemap, re.DOTALL)
        return found[0]

    assert 'hreflang="x-default" href="http://testserver/"' in entry("/es/")
    assert 'hreflang="es" href="http://testserver/es/"' in entry("/")
    assert "hreflang" not in entry("/privacy/")
    for number in range(12):
        ArticleFactory(parent=small_site.index, slug=f"more-{number}")
    with django_assert_max_num_queries(16):
        client.get("/sitemap.xml")


def test_a_form_without_script_asks_in_a_language_it_has_words_in(client, small_site):
    load_small()
    for code in ("es", "vi"):
        assert leads_to(client, f"/{code}/screeners/small/") == "/screeners/small/"
    step = client.post("/es/screeners/small/", {"do": "next"})
    assert step.status_code == 200
    assert '<div class="ls" lang="en">' in step.content.decode()
    assert leads_to(client, "/vi/screeners/nothing/") == ""


def test_what_opens_files_speaks_the_languages_that_it_can(client, small_site):
    assert client.get("/open/").status_code == 200
    assert client.get("/es/open/").status_code == 200
    for code in ("vi", "ko", "tl", "zh-hans"):
        assert leads_to(client, f"/{code}/open/") == "/open/"
