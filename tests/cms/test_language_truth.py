"""No page and no part of one is in another language than it says."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from cms.articles.models import ArticlePage
from tests.demo_content.texts import articles, passages, spanish_articles
from tests.english import (
    find_english_sentences,
    find_spanish_sentences,
    split_sentences,
)
from tests.parts_of_pages import find_foreign
from tests.valid_html import check_html

pytestmark = pytest.mark.once

SCREENER = "ca-firearm-expungement"
#: What no sitemap lists.
ASIDE = [
    *("open/", f"screeners/{SCREENER}/", "nothing-here/", f"screeners/{SCREENER}/x/"),
    *("{list}?q=arma+gun", "{list}?q=zzzz", "{list}?q=a&page=9"),
    *("search/", "search/?q=DACA", "search/?q=zzzz", "search/?q=inmigracin"),
]


def list_addresses(client: Client) -> list[str]:
    """Every public address, in both languages, and those that only people type."""
    sitemap = client.get("/sitemap.xml").content.decode()
    listed = re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", sitemap)
    aside = [
        root + address.replace("{list}", name)
        for root, name in (("/", "articles/"), ("/es/", "articulos/"))
        for address in ASIDE
    ]
    return [*listed, *aside, f"/embed/v1/{SCREENER}/"]


def test_every_page_is_in_the_language_that_it_says(
    client: Client, demo_rows: Any, db: None
) -> None:
    addresses = list_addresses(client)
    assert len(addresses) > 60
    assert sum(address.startswith("/es/") for address in addresses) > 30
    foreign = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in {200, 404}, address
        html = answer.content.decode()
        language = BeautifulSoup(html, "html.parser").html["lang"]
        assert language == ("es" if address.startswith("/es/") else "en"), address
        if found := find_foreign(html):
            foreign[address] = found
        check_html(html, address)
    assert foreign == {}


def test_so_are_what_machines_read_and_what_fails(
    client: Client, demo_rows: Any, db: None
) -> None:
    (article, *_others) = ArticlePage.objects.filter(locale__language_code="es").live()
    for address in ("/es/articulos/feed/", f"{article.url[:-1]}.md"):
        text = client.get(address).content.decode()
        words = re.sub(r"<[^>]+>", "\n", unescape(text))
        assert find_english_sentences(words) == [], address
    told = client.get("/llms.txt").content.decode()
    for part in re.split(r"^## ", told, flags=re.MULTILINE):
        heading, _line, listed = part.partition("\n")
        spanish = "Español" in heading
        find = find_english_sentences if spanish else find_spanish_sentences
        # Titles are names, which stand in both languages at the end.
        said = re.sub(r"\]\([^)]*\)|\[", " ", listed)
        if "feed/" not in listed:
            assert find(said) == [], heading
    for code, find in (("es", find_english_sentences), ("en", find_spanish_sentences)):
        with override(code):
            for name in ("400", "403_csrf", "429", "500"):
                html = render_to_string(f"{name}.html")
                words = BeautifulSoup(html, "html.parser").get_text("\n")
                assert words.strip()
                assert find(words) == [], (code, name)
    # What the widget shows where there are no questions.
    answer = client.get("/api/v1/screeners/nothing/", {"words": "es"})
    assert answer.status_code == 404
    said = [text for text in answer.json().values() if isinstance(text, str)]
    assert find_english_sentences("\n".join(said)) == []


PLANTED = "We planted this sentence here for you."
PAGE = """<html lang="{lang}"><head><meta name="description" content="{meta}">
<script type="application/ld+json">{{"name": "{data}", "url": "the/and/of"}}</script>
</head><body><p>Una página <b>en español</b>, y {text}</p><img alt="{alt}">
<button aria-label="{label}">Sí</button><q lang="en">Words of the law as they are.</q>
</body></html>"""


@pytest.mark.parametrize("place", ["meta", "data", "text", "alt", "label"])
def test_what_is_planted_is_found(place: str) -> None:
    said = dict.fromkeys(("meta", "data", "text", "alt", "label"), "nada más que esto")
    assert find_foreign(PAGE.format(lang="es", **said)) == {}
    said[place] = f"esto. {PLANTED}"
    (found,) = find_foreign(PAGE.format(lang="es", **said)).values()
    assert found == [PLANTED]


def test_sentences_are_told_apart() -> None:
    """Of four words and more, of texts that nobody learnt from."""

    def sentences(texts: dict[str, Any]) -> list[str]:
        return [
            sentence
            for data in texts.values()
            for passage in passages({name: data[name] for name in ("title", "body")})
            for sentence in split_sentences(passage)
            if len(re.findall(r"\b[a-záéíóúñ]+\b", sentence)) >= 4
        ]

    english, spanish = sentences(articles()), sentences(spanish_articles())
    assert min(len(english), len(spanish)) > 800
    for own, other, find in (
        (english, spanish, find_english_sentences),
        (spanish, english, find_spanish_sentences),
    ):
        overlooked = [one for one in own if not find(one)]
        assert len(overlooked) <= len(own) / 100, overlooked
        alarms = [one for one in other if find(one)]
        assert len(alarms) <= len(other) / 200, alarms
