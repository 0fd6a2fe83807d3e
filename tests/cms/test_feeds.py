"""Machines that read the site: feed readers and search engines."""

import xml.etree.ElementTree as ElementTree

import pytest
from wagtail.models import PageViewRestriction

from .factories import ArticleFactory

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_feed_is_atom_with_absolute_links_and_live_articles_only(
    client, small_site
):
    ArticleFactory(parent=small_site.index, title="Draft", live=False)
    response = client.get("/articles/feed/")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id") == "http://testserver/articles/"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Plain Terms"
    entries = feed.findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}title") for e in entries] == ["Full", "Short"]
    for entry in entries:
        assert entry.find(f"{ATOM}link").get("href").startswith("http://testserver/")
        assert entry.findtext(f"{ATOM}updated")
    assert [c.get("term") for c in entries[0].findall(f"{ATOM}category")] == [
        "Firearms",
        "Green card",
    ]


def test_the_sitemap_lists_public_pages_only(client, small_site):
    draft = ArticleFactory(parent=small_site.index, slug="draft", live=False)
    private = ArticleFactory(parent=small_site.index, slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    sitemap = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = [loc.text for loc in sitemap.iter(f"{SITEMAP}loc")]
    assert "http://testserver/" in addresses
    assert "http://testserver/articles/full/" in addresses
    assert len(addresses) == len(set(addresses)) == 7
    assert not any(p.slug in " ".join(addresses) for p in (draft, private))


def test_robots_names_the_sitemap(client, db):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
