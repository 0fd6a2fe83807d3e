"""A shared cache is told what to forget, by a function that the operator names."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page

from tests.recorded.test_recorded import make_content

pytestmark = pytest.mark.django_db(transaction=True)
told: list[list[str]] = []


def empty(addresses: list[str]) -> None:
    told.append(addresses)


@pytest.fixture(scope="module", autouse=True)
def content(fill: Any) -> None:
    fill("recorded", make_content)


def test_an_article_and_what_lists_it_are_named(settings: Any) -> None:
    article = Page.objects.get(slug="short").specific
    article.save_revision().publish()
    assert told == []
    settings.PAGES_PURGE = "tests.cms.freshness.test_purge.empty"
    article.save_revision().publish()
    root = article.get_site().root_url
    expected = [f"{root}{path}" for path in ("/articles/short/", "/articles/", "/")]
    assert told.pop() == [*expected, f"{root}/sitemap.xml"]
    article.slug = "shorter"
    article.save_revision().publish()
    named = {address for addresses in told for address in addresses}
    assert {f"{root}/articles/{slug}/" for slug in ("short", "shorter")} <= named
    told.clear()
    Page.objects.get(pk=article.pk).delete()
    assert told.pop()[0] == f"{root}/articles/shorter/"
