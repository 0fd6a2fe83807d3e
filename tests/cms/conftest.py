"""A small site: home, a list with two articles, and a page about privacy."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import get_type_hints

import pytest
from django.test import Client
from wagtail.models import Page, Site

from cms.articles.models import ArticleIndexPage, ArticlePage
from cms.demo.pictures import get_or_draw_image
from cms.home.models import HomePage, StandardPage

from .factories import (
    ArticleFactory,
    HomePageFactory,
    IndexFactory,
    SettingsFactory,
    StandardPageFactory,
    block,
    items,
    link,
    publish,
)


@dataclass
class SmallSite:
    site: Site
    home: HomePage
    index: ArticleIndexPage
    privacy: StandardPage
    short: ArticlePage
    full: ArticlePage


def build_site() -> dict[str, int]:
    """Make the site: `full` has every block of ours, and links to `short`."""
    root = Page.get_first_root_node()
    home = HomePageFactory(parent=root)
    site = Site.objects.get(is_default_site=True)
    site.root_page, site.site_name = home, "Plain Terms"
    site.hostname, site.port = "testserver", 80
    site.save()
    publish(SettingsFactory(site=site, locale=home.locale))
    index = IndexFactory(parent=home)
    privacy = StandardPageFactory(parent=home)
    short = ArticleFactory(parent=index, title="Short", slug="short")
    short.topics.add("Firearms")
    short = publish(short)
    image = get_or_draw_image("tests", "A picture")
    full = ArticleFactory(parent=index, title="Full", slug="full", hero_image=image)
    full.topics.add("Firearms", "Green card")
    full.body = [
        block("key_takeaways", {"items": items(link(short, "One"), "<p>Two</p>")}),
        block("heading", {"text": "What counts"}),
        block("text", f"<p>Words &amp; <b>more</b>.</p>{link(short, 'Short')}"),
        block("text", '<p><a href="https://example.org/x?a=1&amp;b=2">Out</a></p>'),
        block("heading", {"text": "What counts"}),
        block(
            "notice",
            {"tone": "urgent", "title": "Wait", "text": link(short, "First read")},
        ),
        block(
            "questions_and_answers",
            {"items": items({"question": "Why?", "answer": link(short, "So")})},
        ),
        block("heading", {"text": "法律"}),
        block(
            "law_quotation",
            {
                "quote": "The term “conviction” means …",
                "citation": "INA 101(a)(48)(A)",
                "url": "https://example.org/ina",
                "status": "verified",
            },
        ),
        block(
            "table",
            {
                "caption": "Relief",
                "columns": [
                    {"type": "text", "heading": "Name"},
                    {"type": "rich_text", "heading": "What it does"},
                ],
                "rows": [{"values": ["1203.4", link(short, "Dismisses")]}],
            },
        ),
        block(
            "call_to_action",
            {
                "title": "Next",
                "text": "Do this.",
                "label": "Read",
                "page": short.pk,
                "url": "",
            },
        ),
        block(
            "image",
            {
                "image": {"image": image.pk, "decorative": False, "alt_text": "Hills"},
                "caption": "Hills of paper",
            },
        ),
    ]
    site = SmallSite(site, home, index, privacy, short, publish(full))
    # Once for all tests: to make a picture in every size takes longer than a page.
    for address in ("/", "/articles/", "/articles/full/", "/api/v1/articles/full/"):
        Client().get(address)
    return {field.name: getattr(site, field.name).pk for field in fields(site)}


@pytest.fixture(scope="module")
def site_rows(fill: Callable) -> dict[str, int]:
    """Ids of what the site consists of, for all tests of a module."""
    return fill("site", build_site)


@pytest.fixture
def small_site(site_rows: dict[str, int], db: None) -> SmallSite:
    types = get_type_hints(SmallSite)
    return SmallSite(
        **{name: types[name].objects.get(pk=pk) for name, pk in site_rows.items()}
    )
