"""Topics have pages of their own: to land on, to link to, to find."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from cms.articles.models import Topic
from tests.cms.factories import ArticleFactory, publish

from .search_engines import HeadOf, check_preview


def test_a_topic_has_a_heading_words_and_its_articles(client, small_site):
    html = client.get("/topics/firearms/").content.decode()
    assert "<h1>Firearms</h1>" in html
    assert "2 articles about Firearms." in html
    assert re.findall('<h3><a href="([^"]+)"', html) == [
        "/articles/full/",
        "/articles/short/",
    ]
    assert "1 article about Green card." in (
        client.get("/topics/green-card/").content.decode()
    )
    head = HeadOf(html)
    check_preview(head)
    assert head.canonical == "http://testserver/topics/firearms/"
    assert head.one("description") == "2 articles about Firearms."
    crumbs = head.data["BreadcrumbList"]["itemListElement"]
    assert [crumb["item"].removeprefix("http://testserver") for crumb in crumbs] == [
        *("/", "/articles/", "/topics/firearms/"),
    ]
    Topic.objects.filter(slug="firearms").update(description="Guns and the law.")
    head = HeadOf(client.get("/topics/firearms/").content.decode())
    assert head.one("description") == "Guns and the law."


@pytest.mark.parametrize("gone", ["draft", "expired", "private"])
def test_a_topic_is_there_while_a_public_article_has_it(client, small_site, gone):
    article = ArticleFactory(parent=small_site.index, slug=gone)
    article.topics.add("Only here")
    article = publish(article)
    assert client.get("/topics/only-here/").status_code == 200
    assert "/topics/only-here/" in client.get("/sitemap.xml").content.decode()
    if gone == "draft":
        article.unpublish()
    elif gone == "expired":
        Page.objects.filter(pk=article.pk).update(expire_at=timezone.now())
    else:
        PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert client.get("/topics/only-here/").status_code == 404
    assert "/topics/only-here/" not in client.get("/sitemap.xml").content.decode()
    assert client.get("/topics/nothing/").status_code == 404


def test_the_old_addresses_lead_to_it(client, small_site):
    for query, target in (
        ("?topic=green-card", "/topics/green-card/"),
        ("?topic=firearms&page=2", "/topics/firearms/?page=2"),
    ):
        answer = client.get(f"/articles/{query}")
        assert answer.status_code == 301
        assert answer["Location"] == target
    # Words are still searched for among the articles of a topic.
    found = client.get("/articles/?q=conviction&topic=firearms")
    assert [article.title for article in found.context["articles"]] == ["Full"]
    assert 'content="noindex, follow"' in found.content.decode()


@pytest.mark.parametrize("address", ["/", "/articles/", "/articles/full/"])
def test_tags_lead_to_it(client, small_site, address):
    html = client.get(address).content.decode()
    assert '<a href="/topics/green-card/">' in html
    assert "?topic=" not in html


def test_a_topic_in_another_script_has_an_address(client, small_site):
    small_site.short.topics.add("移民法")
    publish(small_site.short)
    html = client.get("/articles/").content.decode()
    address = re.search(r'href="(/topics/%E7[^"]+)"', html)[1]
    answer = client.get(address).content.decode()
    assert "<h1>移民法</h1>" in answer
    assert HeadOf(answer).canonical == f"http://testserver{address}"
    assert f"<loc>http://testserver{address}</loc>" in (
        client.get("/sitemap.xml").content.decode()
    )


def test_a_topic_is_in_the_languages_that_its_articles_are_in(client, small_site):
    spanish = Locale.objects.create(language_code="es")
    publish(small_site.home.copy_for_translation(spanish))
    publish(small_site.index.copy_for_translation(spanish))
    topic = Topic.objects.get(slug="green-card")
    notice = f"http://testserver/es/?from=topic-{topic.pk}"
    assert client.get("/es/topics/green-card/")["Location"] == notice
    # The article keeps its topics, and here they are not translated.
    article = small_site.full.copy_for_translation(spanish)
    article.title = "Entero"
    publish(article)
    html = client.get("/es/topics/green-card/").content.decode()
    assert "Entero" in html
    assert ">Full<" not in html
    assert "1 artículo sobre Green card." in html
    head = HeadOf(html)
    assert set(head.alternates) == {"en", "es", "x-default"}
    assert '<a href="/topics/green-card/" lang="en"' in html
    sitemap = client.get("/sitemap.xml").content.decode()
    assert 'hreflang="es" href="http://testserver/es/topics/green-card/"' in sitemap
    article.topics.clear()
    article.topics.add("Tarjeta verde")
    publish(article)
    named = Topic.objects.get(name="Tarjeta verde")
    assert client.get("/topics/tarjeta-verde/")["Location"] == (
        f"http://testserver/?from=topic-{named.pk}"
    )


def test_a_topic_without_articles_in_a_language_is_switched_with_a_notice(
    client, small_site
):
    spanish = Locale.objects.create(language_code="es")
    assert switches(client, "/topics/green-card/") == []
    publish(small_site.home.copy_for_translation(spanish))
    topic = Topic.objects.get(slug="green-card")
    (switch,) = switches(client, "/topics/green-card/")
    assert switch["href"] == f"/es/?from=topic-{topic.pk}"
    assert (switch["lang"], switch["rel"]) == ("es", ["nofollow"])
    home = BeautifulSoup(client.get(switch["href"]).content, "html.parser")
    notice = home.select_one("p.translation[role=status]")
    assert "todavía no está en español" in notice.text
    assert notice.a["href"] == "http://testserver/topics/green-card/"
    assert (notice.a["lang"], notice.a.text) == ("en", "Green card")
    # Nothing is said of what nobody has written about, or of what is here in Spanish.
    hidden = Topic.objects.create(name="Nobody’s")
    for odd in (f"topic-{hidden.pk}", "topic-0", "topic-", "topic-x", "topic-²"):
        page = client.get(f"/es/?from={odd}").content.decode()
        assert 'role="status"' not in page, odd
    publish(small_site.index.copy_for_translation(spanish))
    publish(small_site.full.copy_for_translation(spanish))
    assert 'role="status"' not in client.get(switch["href"]).content.decode()
    (switch,) = switches(client, "/topics/green-card/")
    assert switch["href"] == "/es/topics/green-card/"


def switches(client, address: str) -> list[Any]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return list(page.select("nav.languages a"))


def test_more_articles_than_fit_are_on_further_pages(
    client, small_site, django_assert_max_num_queries
):
    for number in range(14):
        article = ArticleFactory(parent=small_site.index, title=f"More {number}")
        article.topics.add("Firearms")
        publish(article)
    client.get("/topics/firearms/")
    with django_assert_max_num_queries(22):
        first = client.get("/topics/firearms/").content.decode()
    assert first.count('<article class="entry') == 12
    assert 'rel="next" href="?page=2"' in first
    second = client.get("/topics/firearms/?page=2").content.decode()
    assert second.count('<article class="entry') == 4
    assert 'content="noindex, follow"' in second
