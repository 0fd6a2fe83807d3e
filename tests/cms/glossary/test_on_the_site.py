"""Terms on the pages that use them, on the page of the glossary, and for machines."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from cms.articles.models import ArticlePage, Topic
from cms.glossary.models import Term
from cms.glossary.terms import read_glossary
from cms.identity.models import FooterItem, SiteSettings
from tests.cms.factories import block, items, make_term, publish
from tests.cms.machines.search_engines import HeadOf
from tests.parts_of_pages import find_foreign
from tests.valid_html import check_html

ARTICLE = "/articles/short/"
BODY = [
    block("heading", {"text": "A plea and a conviction"}),
    block("key_takeaways", {"items": items("<p>A <b>plea</b> &amp; a plea.</p>")}),
    block(
        "table",
        {
            "caption": "Pleas",
            "columns": [
                {"type": "rich_text", "heading": "A conviction"},
                {"type": "rich_text", "heading": "What it does"},
            ],
            "rows": [{"values": ["<p>Conviction</p>", "<p>A Conviction counts</p>"]}],
        },
    ),
    block(
        "questions_and_answers",
        {"items": items({"question": "Why bond?", "answer": "<p>No bond.</p>"})},
    ),
    block("law_quotation", {"quote": "The removal …", "citation": "A removal"}),
    block("text", "<h3>Removal</h3><p>Removal by ICE.</p>"),
]


def see(address: str, status: int = 200) -> BeautifulSoup:
    answer = Client().get(address)
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


@pytest.fixture
def article(small_site: Any) -> ArticlePage:
    """An article, and a glossary of the words that it uses."""
    make_term("plea", forms="pleas", explanation="An answer to a charge.")
    make_term(
        "conviction",
        explanation="A finding of guilt.",
        citation="8 U.S.C. § 1101",
        source_url="https://example.org/law",
        status="verified",
        page=small_site.privacy,
    )
    make_term("bond", citation="A law", explanation="Money <paid>.")
    make_term("removal", in_place=False)
    make_term("ICE", explanation="An agency.")
    small_site.short.body = BODY
    return publish(small_site.short)


@pytest.fixture
def spanish(article: ArticlePage, small_site: Any) -> ArticlePage:
    locale = Locale.objects.create(language_code="es")
    for page in (small_site.home, small_site.index):
        publish(page.copy_for_translation(locale))
    for name, translated in (("plea", "declaración"), ("bond", "fianza")):
        source = Term.objects.get(name=name)
        make_term(
            translated,
            explanation="Lo que significa una palabra de la corte.",
            citation=source.citation,
            locale=locale,
            translation_key=source.translation_key,
        )
    page = article.copy_for_translation(locale)
    text = "<p>Una <b>declaración</b>, una declaración y fianza (bond) para ICE.</p>"
    page.title, page.slug, page.summary = "Corto", "corto", "En pocas palabras."
    page.body = [block("text", text)]
    return publish(page)


def test_a_page_explains_each_word_where_it_first_uses_it(article: ArticlePage) -> None:
    page = see(ARTICLE)
    marked = [
        (link.get_text(), link["href"], link.find_parent(["li", "td", "dd", "p"]).name)
        for link in page.select("a.term")
    ]
    assert marked == [
        ("plea", "/glossary/#term-plea", "p"),
        ("Conviction", "/glossary/#term-conviction", "p"),
        ("bond", "/glossary/#term-bond", "p"),
        ("ICE", "/glossary/#term-ice", "p"),
    ]
    for place in ("h1", "h2", "h3", "th", "dt", ".law"):
        assert not page.select(f"{place} .term")
    # What they mean is in the page, in their order, and says what was not checked.
    told = [" ".join(one.get_text(" ").split()) for one in page.select(".explanation")]
    assert [one.partition(" ")[0] for one in told] == [
        "Plea",
        "Conviction",
        "Bond",
        "ICE",
    ]
    assert "Money <paid>. Not yet checked against the source" in told[2]
    assert "Not yet checked" not in told[1]
    for link in page.select("a.term"):
        assert page.find(id=link["data-explained"]) is not None
    check_html(Client().get(ARTICLE).content.decode(), "an article with terms")
    # And where an editor wants none, there is nothing.
    article.explain_terms = False
    publish(article)
    page = see(ARTICLE)
    assert not page.select(".term, .explained, script[src*=glossary]")


def test_the_words_of_a_page_are_the_same_with_and_without_terms(
    article: ArticlePage,
) -> None:
    def words() -> list[str]:
        return [one.get_text() for one in see(ARTICLE).select(".rich-text")]

    explained = words()
    Term.objects.all().delete()
    assert words() == explained


def test_machines_read_the_plain_words(article: ArticlePage, client: Client) -> None:
    answer = client.get("/api/v1/articles/short/").json()
    sources = [
        client.get(ARTICLE[:-1] + ".md").content.decode(),
        client.get("/articles/feed/").content.decode(),
        str(answer),
        str(HeadOf(client.get(ARTICLE).content.decode()).data),
    ]
    assert "A conviction counts" in sources[0].replace("Conviction", "conviction")
    for text in sources:
        assert "glossary" not in text
        assert "explained" not in text and "term-" not in text


def test_a_page_without_texts_asks_for_no_terms(
    small_site: Any,
) -> None:
    def asked(page: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().get(page.url)
        return sum("glossary_term" in one["sql"] for one in queries)

    make_term("plea")
    assert asked(small_site.privacy) == 0
    # With texts it asks once, however many there are.
    assert read_glossary("en").entries
    assert asked(small_site.full) == 1


def test_the_introduction_of_a_topic_is_explained(article: ArticlePage) -> None:
    article.topics.add("Cases")
    publish(article)
    Topic.objects.filter(name="Cases").update(description="A <plea> & ICE.")
    page = see("/topics/cases/")
    lead = page.select_one(".lead")
    assert lead.get_text() == "A <plea> & ICE."
    assert [link.get_text() for link in lead.select("a.term")] == ["plea", "ICE"]
    assert len(page.select(".explanation")) == 2


def test_a_translation_says_the_english_word_once(spanish: ArticlePage) -> None:
    page = see("/es/articles/corto/")
    text = page.select_one(".rich-text").get_text()
    assert text == ("Una declaración (plea), una declaración y fianza (bond) para ICE.")
    assert page.select_one(".rich-text span")["lang"] == "en"
    assert [link["href"] for link in page.select("a.term")] == [
        "/es/glossary/#term-declaración",
        "/es/glossary/#term-fianza",
    ]
    html = Client().get("/es/articles/corto/").content.decode()
    assert find_foreign(html) == {}
    check_html(html, "a Spanish article with terms")
    # The page itself says so of its translation: each term need not.
    assert "esta explicación" not in page.get_text()
    spanish.translation_reviewed = True
    publish(spanish)
    said = see("/es/articles/corto/").select(".explanation")
    assert all("revisado esta explicación" in one.get_text() for one in said)


def test_the_glossary_lists_all_terms_by_letter(
    spanish: ArticlePage, client: Client
) -> None:
    html = client.get("/glossary/").content.decode()
    check_html(html, "the glossary")
    page = BeautifulSoup(html, "html.parser")
    assert [a.get_text() for a in page.select(".letters a")] == [*"BCIPR"]
    for link in page.select(".letters a"):
        assert page.select_one(link["href"]).get_text() == link.get_text()
    terms = {one["id"]: one for one in page.select(".entry-term")}
    assert [*terms] == [
        "term-bond",
        "term-conviction",
        "term-ice",
        "term-plea",
        "term-removal",
    ]
    other = terms["term-plea"].select_one("a")
    assert (other["href"], other["lang"]) == ("/es/glossary/#term-declaración", "es")
    assert "Not yet checked" in terms["term-bond"].get_text()
    source = terms["term-conviction"]
    assert "Checked against the source" in source.get_text()
    assert [a["href"] for a in source.select("a")] == [
        "https://example.org/law",
        "/privacy/",
    ]
    assert "translator" not in page.main.get_text()
    head = HeadOf(html)
    assert head.data["DefinedTermSet"]["hasDefinedTerm"][3] == {
        "@type": "DefinedTerm",
        "@id": "http://testserver/glossary/#term-plea",
        "name": "plea",
        "description": "An answer to a charge.",
        "inLanguage": "en",
        "url": "http://testserver/glossary/#term-plea",
        "alternateName": ["pleas"],
    }
    spanish_page = client.get("/es/glossary/").content.decode()
    assert "Ningún traductor legal ha revisado esta página" in spanish_page
    assert find_foreign(spanish_page) == {}
    for address in (html, spanish_page):
        for code in ("en", "es"):
            assert re.search(rf'hreflang="{code}" href="http://testserver/', address)
    # Where there are no terms there is no glossary.
    Term.objects.filter(locale__language_code="es").delete()
    for address in ("/es/glossary/", "/vi/glossary/"):
        see(address, status=404)


def test_the_glossary_is_found(spanish: ArticlePage, client: Client) -> None:
    sitemap = client.get("/sitemap.xml").content.decode()
    for address in ("/glossary/", "/es/glossary/"):
        assert f"<loc>http://testserver{address}</loc>" in sitemap
    assert sitemap.count('hreflang="es" href="http://testserver/es/glossary/"') == 2
    llms = client.get("/llms.txt").content.decode()
    assert "[Glossary](http://testserver/glossary/)" in llms
    assert "[Glosario](http://testserver/es/glossary/)" in llms
    for address, found in (
        ("/search/?q=pleas", "/glossary/#term-plea"),
        ("/search/?q=declaración", "/glossary/#term-plea"),
        ("/es/search/?q=fianza", "/es/glossary/#term-fianza"),
    ):
        page = see(address)
        hit = page.select_one("[aria-labelledby=found-term] .hits a")
        assert hit["href"] == found, address


def test_a_menu_leads_to_the_glossary(article: ArticlePage) -> None:
    record = SiteSettings.objects.get()
    record.footer_items = [FooterItem(url="/glossary/", label="Words")]
    record.full_clean()
    record.save_revision().publish()
    (link,) = see("/glossary/").select(".site-foot nav a")
    assert (link["href"], link.get_text()) == ("/glossary/", "Words")
    assert link["aria-current"] == "page"
    assert not see(ARTICLE).select_one(".site-foot nav a").has_attr("aria-current")


@pytest.mark.once
@pytest.mark.parametrize("url", ["//example.org", "/a b/", "/a\\b", "http://x.org"])
def test_a_menu_leads_to_no_other_address(small_site: Any, url: str) -> None:
    with pytest.raises(ValidationError):
        FooterItem(url=url, label="Words").full_clean(exclude=["settings"])
