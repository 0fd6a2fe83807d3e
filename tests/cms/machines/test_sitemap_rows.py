"""The sitemap, written from rows, is what the pages themselves would say."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from wagtail.models import Page

from cms.articles.models import ArticlePage
from cms.home.models import StandardPage
from cms.machines.languages import Version, list_alternates
from cms.machines.sitemap import Entry, list_glossaries, list_pages, list_topics
from screening_block.public import public_pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(demo_rows: Any) -> None:
    pass


def write_page_by_page(request: Any) -> str:
    """Ask each page, and fill in Django's own template."""
    pages = public_pages(Page.objects.all(), request).order_by("path").specific()
    entries = [
        Entry(said["location"], said["lastmod"], page.locale.language_code, key)
        for page in pages
        for key in [page.translation_key]
        for said in page.get_sitemap_urls(request)
    ]
    written: list[dict[str, Any]] = []
    for found in (entries, list_topics(request), list_glossaries(request)):
        own = list(found)
        versions = defaultdict(list)
        for one in own:
            versions[one.group].append(Version(one.code, one.location))
        for one in own:
            others = list_alternates(versions[one.group])
            alternates = [{"lang_code": v.code, "location": v.url} for v in others]
            said = {"location": one.location, "lastmod": one.changed}
            written.append({**said, "alternates": alternates})
    return render_to_string("sitemap.xml", {"urlset": written})


def test_it_says_what_each_page_would_say_of_itself(client: Client) -> None:
    request = RequestFactory().get("/sitemap.xml")
    # Letters that an address writes in another way, and what XML does.
    page = StandardPage.objects.filter(locale__language_code="en").first()
    page.slug = "ñandú-y-más"
    page.save_revision().publish()
    never = ArticlePage.objects.live().first()
    Page.objects.filter(pk=never.pk).update(last_published_at=None)
    shown = client.get("/sitemap.xml").content.decode()
    assert shown == write_page_by_page(request)
    assert shown.count("<url>") > 50
    assert "%C3%B1and%C3%BA" in shown
    assert shown.count('hreflang="x-default"') > 20


def test_a_kind_of_page_may_speak_for_itself(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def speak(page: Any, request: Any = None) -> list[dict[str, Any]]:
        own = page.get_full_url(request)
        return [{"location": f"{own}?a&b", "priority": 0.5}, {"location": f"{own}c/"}]

    page = StandardPage.objects.live().first()
    address = re.escape(page.get_full_url())
    monkeypatch.setattr(StandardPage, "get_sitemap_urls", speak)
    text = client.get("/sitemap.xml").content.decode()
    first = rf"<url><loc>{address}\?a&amp;b</loc><priority>0\.5</priority>"
    assert re.search(first, text)
    assert re.search(rf"<url><loc>{address}c/</loc>", text)
    entries = list(list_pages(RequestFactory().get("/sitemap.xml")))
    assert len({one.location for one in entries}) == len(entries)
