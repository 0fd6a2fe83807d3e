"""What a statement reads is told from it, and what hangs on that ends with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from cms.articles.models import ArticleIndexPage, ArticlePage, Topic
from cms.freshness import version
from cms.freshness.sources import PAGES, find_sources, name_kind
from cms.home.models import HomePage
from plugins.freshness import narrow, remember
from screening_block.public import IN_OWN_LANGUAGE

pytestmark = pytest.mark.django_db(transaction=True)


def read(rows: Any) -> set[str]:
    with CaptureQueriesContext(connection) as asked:
        list(rows)
    return {one for query in asked for one in find_sources(query["sql"])}


def test_a_kind_of_pages_is_told_from_others_only_where_no_other_is_read() -> None:
    article, home = name_kind(ArticlePage), name_kind(HomePage)
    articles = ArticlePage.objects.all()
    assert read(articles) == {"articles_articlepage", article}
    own = read(articles.filter(IN_OWN_LANGUAGE).select_related("locale"))
    assert own == {"articles_articlepage", "wagtailcore_locale", article}
    below = articles.filter(translation_key__in=articles.values("translation_key"))
    assert read(below) == {"articles_articlepage", article}
    assert read(Topic.objects.all()) == {"articles_topic"}
    anyhow = [
        Page.objects.all(),
        Page.objects.exclude(pk__in=articles.values("pk")),
        articles.exclude(path__in=Page.objects.values("path")),
        HomePage.objects.select_related("action_page"),
        Site.objects.select_related("root_page"),
    ]
    for rows in anyhow:
        assert PAGES in read(rows), rows.query
        assert not {article, home} & read(rows)
    found = find_sources("SELECT 1 FROM wagtailcore_page, articles_articlepage")
    assert found == {PAGES, "articles_articlepage"}


def test_what_was_read_is_kept_until_that_changes_and_no_longer() -> None:
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Home"))
    lists = home.add_child(instance=ArticleIndexPage(title="Articles"))
    Topic.objects.create(name="Papers", slug="papers")
    kind = name_kind(HomePage)

    def read_homes() -> list[str]:
        with narrow(PAGES) as kinds:
            kinds.add(kind)
            titles = Page.objects.filter(pk=home.pk).values_list("title", flat=True)
            return [*titles, *remember("topics", read_topics, by_source=True)]

    def read_topics() -> list[str]:
        return list(Topic.objects.values_list("name", flat=True))

    def read_pages() -> list[str]:
        return list(Page.objects.order_by("path").values_list("title", flat=True))

    parts = {
        "homes": lambda: remember("homes", read_homes, by_source=True),
        "topics": lambda: remember("topics", read_topics, by_source=True),
        "pages": lambda: remember("pages", read_pages, by_source=True),
        "more": lambda: remember("more", lambda: [*parts["topics"](), "x"]),
        # Of a part that hangs on anything.
        "most": lambda: remember("most", lambda: parts["more"](), by_source=True),
    }
    changes = {
        "Another home": (Page.objects.filter(pk=home.pk), "title"),
        "Another list": (Page.objects.filter(pk=lists.pk), "title"),
        "Another topic": (Topic.objects, "name"),
    }
    hangs = {
        "Another home": {"homes", "pages", "more", "most"},
        "Another list": {"pages", "more", "most"},
        "Another topic": {"homes", "topics", "more", "most"},
    }
    try:
        for said, (rows, field) in changes.items():
            before = {name: make() for name, make in parts.items()}
            for name, make in parts.items():
                assert make() is before[name], name
            rows.update(**{field: said})
            after = {name: make() for name, make in parts.items()}
            anew = {name for name in parts if after[name] is not before[name]}
            assert anew == hangs[said], said
            assert said in str(after)
        before = parts["topics"]()
        # Of how many pages are below another, only whether there are any.
        there = version.clock.read()
        assert there is not None
        lists.add_child(instance=ArticlePage(title="One", slug="one", summary="x"))
        one = version.clock.read()
        lists.add_child(instance=ArticlePage(title="Two", slug="two", summary="x"))
        two = version.clock.read()
        assert one is not None
        assert two is not None
        source = name_kind(ArticleIndexPage)
        assert there.version.sources[source] < one.version.sources[source]
        assert one.version.sources[source] == two.version.sources[source]
        assert parts["topics"]() is before
    finally:
        version.clock.close()
