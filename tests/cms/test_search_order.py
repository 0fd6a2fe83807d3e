"""Words that are only begun, what editors search, and the order of what is found."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from wagtail.models import Page

from cms.articles.models import ArticlePage
from cms.search.queries import Sought, build_query, read_query
from cms.site_search.excerpts import mark_words
from screening_block.public import public_pages

from .factories import ArticleFactory, block, publish
from .searching import ARTICLES, ask, titles

API = "/api/v1/articles/"


@pytest.fixture
def articles(small_site):
    """Of four articles two hold a word in their texts and one in its title, too."""

    def article(title, text):
        made = ArticleFactory(parent=small_site.index, title=title)
        made.body = [block("text", f"<p>{text}</p>")]
        return publish(made)

    cache.clear()
    return [
        article("Trampolines at home", "A trampoline stands in the yard."),
        article("The yard", "Somebody fell off trampolines there."),
        article("Trapeze", "The yard of a circus."),
        article("Nothing of it", "No such thing."),
    ]


def test_words_that_are_begun_find_what_begins_so(client, articles):
    first, second = "Trampolines at home", "The yard"
    for query, expected in (
        ("trampol", [first, second]),
        ("TRAMPOL", [first, second]),
        ("yard tramp", [second, first]),
    ):
        page = ask(client, query)
        assert titles(page, ARTICLES) == expected
        assert "trampolines" in {m.get_text().lower() for m in page.select("mark")}
        listed = client.get(API, {"q": query, "fields": "title"}).json()
        assert [one["title"] for one in listed["results"]] == titles(page, ARTICLES)
        assert listed["count"] == 2
    # Whoever typed a word that is there means that one.
    assert titles(ask(client, "trapeze"), ARTICLES) == ["Trapeze"]
    # Two letters begin everything.
    assert titles(ask(client, "tr"), ARTICLES) == []


def test_a_begun_word_is_marked_whole_and_its_text_stays_text():
    sought = [Sought(("tramp",), (("tramp",),), "tramp")]
    marked = mark_words("<b>Trampolínes</b> & a tram", sought, "en")
    assert marked == ("&lt;b&gt;<mark>Trampolínes</mark>&lt;/b&gt; &amp; a tram")


def test_editors_find_pages_by_what_stands_in_them(client, articles, admin_user):
    client.force_login(admin_user)

    def found(query):
        shown = client.get("/admin/pages/search/results/", {"q": query})
        assert shown.status_code == 200
        text = shown.content.decode()
        return [one.title for one in articles if f">{one.title}<" in _bare(text)]

    for query in ("trampolines", "trampoli", "tramp yard"):
        assert found(query) == ["Trampolines at home", "The yard"]
    assert found("circus") == ["Trapeze"]
    articles[2].unpublish()
    assert found("circus") == ["Trapeze"]
    assert found("circus published:true") == []


def _bare(html):
    return "".join(line.strip() for line in html.splitlines())


@pytest.mark.parametrize("named", [0, 500])
def test_all_ways_to_read_the_index_come_to_the_same(articles, monkeypatch, named):
    """Few keys are named in the query, many are read whole."""
    if connection.vendor == "sqlite":
        monkeypatch.setattr("cms.search.ranking.NAMED", named)
    pages = public_pages(ArticlePage.objects.all(), None)
    query = build_query(read_query("yard", "en"))
    found_in = ArticlePage.objects.filter(id__in=pages.values("id"))
    found = found_in.search(query)
    assert {one.title for one in found} == {
        "Trampolines at home",
        "The yard",
        "Trapeze",
    }
    assert found[0].title == "The yard"
    assert found.count() == len(found) == 3
    assert [one.pk for one in found[1:3]] == [one.pk for one in list(found)[1:3]]
    assert found[5:].count() == 0
    by_title = found_in.order_by("title").search(query, order_by_relevance=False)
    assert [one.title for one in by_title] == [
        "The yard",
        "Trampolines at home",
        "Trapeze",
    ]
    kinds = Page.objects.all().autocomplete("yar").facet("content_type_id")
    assert [*kinds.values()] == [3]


def test_a_private_page_is_not_found_by_the_beginning_of_its_word(client, articles):
    articles[1].unpublish()
    assert titles(ask(client, "trampol"), ARTICLES) == ["Trampolines at home"]
    assert client.get(API, {"q": "trampol"}).json()["count"] == 1
