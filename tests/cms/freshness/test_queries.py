"""What is worked out anew after a change grows with nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.recorded.test_recorded import make_content

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def content(fill: Any) -> None:
    fill("recorded", make_content)


def count(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_sitemap_asks_no_more_of_more_pages(client: Client) -> None:
    before = count(client, "/sitemap.xml")
    article = Page.objects.get(slug="short").specific
    for number in range(5):
        slug = f"copied-{number}"
        article.copy(update_attrs={"slug": slug, "title": slug}, keep_live=True)
    assert count(client, "/sitemap.xml") == before
    assert "/articles/copied-4/" in client.get("/sitemap.xml").content.decode()
