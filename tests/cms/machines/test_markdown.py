"""HTML as Markdown, and articles at their address with `.md`."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import yaml
from django.urls import reverse
from django.utils import timezone
from markdown_it import MarkdownIt
from wagtail.models import Locale, Page, PageViewRestriction

from cms.markdown import escape, from_html, item, link
from screening_block.models import Recall, Release, Screener
from tests.cms.factories import ArticleFactory, block, publish
from tests.dummy_plugin.blocks import ExplodingBlock
from tests.screening_block.conftest import load_small

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once

BASE = "http://testserver/articles/full/"
READER = MarkdownIt("commonmark").enable("table")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<p>One <b>two</b> <i>three</i>.</p><p>Four</p>",
            "One **two** *three*.\n\nFour",
        ),
        (
            '<p>See <a href="/x/">this </a>now</p>',
            "See [this](http://testserver/x/) now",
        ),
        ('<p><a href="#there">Here</a></p>', f"[Here]({BASE}#there)"),
        ('<p><a href="javascript:alert(1)">No</a> <a>gone</a></p>', "No gone"),
        ("<h3>Head</h3><p>A<br/>b</p>", "### Head\n\nA\\\nb"),
        (
            "<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>",
            "- a\n- b\n\n  1. c\n  2. d",
        ),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<hr/>", "---"),
        ("<dl><div><dt>Q</dt><dd><p>A</p></dd></div></dl>", "**Q**\n\nA"),
        (
            (
                "<table><caption>C</caption><tr><th>a|b</th><th>c</th></tr>"
                "<tr><td>1</td><td><b>2</b></td></tr></table>"
            ),
            "**C**\n\n| a\\|b | c |\n| --- | --- |\n| 1 | **2** |",
        ),
        ("<p>a</p><script>x()</script><form><p>b</p></form><style>p{}</style>", "a"),
        (
            '<p><img src="/m/a.png" alt="A hill"></p>',
            "![A hill](http://testserver/m/a.png)",
        ),
        (
            "<div>loose <b>words</b><p>then</p>end</div>",
            "loose **words**\n\nthen\n\nend",
        ),
        ("<p>   </p><ul></ul><p>b</p>", "b"),
        ("<!-- note --><p>a</p>", "a"),
    ],
)
def test_html_becomes_markdown(html, text):
    assert from_html(html, BASE) == text


WORDS = [
    "2 * 3 * 4 _and_ snake_case `code` [x](y) <b> & \\",
    "# no heading",
    "- no list",
    "+ none",
    "1. none",
    "12) none",
    "> no quote",
    "=== ",
    "--- ",
    "~~~ none",
    "§ 1203.4(a)(1) – “quoted” … 法律 ñ",
    "**not bold** __nor this__ !(no) ![no](x)",
    "a | b",
    "&amp; stays &lt;b&gt;",
]


@pytest.mark.parametrize("words", WORDS)
def test_words_stay_words_whatever_signs_they_hold(words):
    """Read by a parser that is not ours."""
    from bs4 import BeautifulSoup

    html = READER.render(escape(words))
    assert BeautifulSoup(html, "html.parser").get_text().strip() == words.strip()
    assert html.startswith("<p>") and html.count("<") == 2
    shown = BeautifulSoup(words, "html.parser").new_tag("p")
    shown.string = words
    assert READER.render(from_html(str(shown), BASE)) == html


def test_an_entry_holds_what_belongs_to_it():
    assert item("a\n\nb\n- c", "10.") == "10. a\n\n    b\n    - c"
    assert link("a", "https://e.org/a (b)") == "[a](https://e.org/a%20%28b%29)"


# -- Articles --------------------------------------------------------------------


def read(client: Any, address: str) -> tuple[dict[str, Any], str]:
    """The front matter of an article in Markdown, and its text."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=60"
    _before, front, text = answer.content.decode().split("---\n", 2)
    return yaml.safe_load(front), text


def test_an_article_is_markdown_with_all_its_blocks(client, small_site):
    front, text = read(client, "/articles/full.md")
    assert front == {
        "title": "Full",
        "url": "http://testserver/articles/full/",
        "language": "en",
        "updated": timezone.localdate().isoformat(),
        "published": timezone.localdate().isoformat(),
        "publisher": "Plain Terms",
        "topics": ["Firearms", "Green card"],
        "disclaimer": "Information, not legal advice.",
    }
    short = "(http://testserver/articles/short/)"
    for words in (
        "# Full\n\nIn short.\n\n> **No attorney has reviewed this page.** Check it",
        f"## Key points\n\n- [One]{short}\n- Two\n\n## What counts\n\n",
        f"Words & **more**.\n\n[Short]{short}",
        "[Out](https://example.org/x?a=1&b=2)",
        f"> **Wait**\n>\n> [First read]{short}",
        f"### Why?\n\n[So]{short}",
        "## 法律",
        (
            "> The term “conviction” means …\n>\n> — [INA 101(a)(48)(A)]"
            "(https://example.org/ina) (Checked against the source)"
        ),
        (
            f"**Relief**\n\n| Name | What it does |\n| --- | --- |\n"
            f"| 1203.4 | [Dismisses]{short} |"
        ),
        f"**Next**\n\nDo this.\n\n[Read]{short}",
        "![Hills](http://testserver/media/images/",
        "*Hills of paper*\n",
    ):
        assert words in text, words
    assert "<" not in text.replace("\\<", "")
    assert "\n\n\n" not in text
    assert READER.render(text).count("<h1>") == 1


def test_the_page_and_its_markdown_know_each_other(client, small_site):
    page = client.get("/articles/full/")
    there = "http://testserver/articles/full.md"
    assert page["Link"] == f'<{there}>; rel="alternate"; type="text/markdown"'
    tag = f'<link rel="alternate" type="text/markdown" href="{there}">'
    assert tag in page.content.decode()
    answer = client.get("/articles/full.md")
    assert answer["Link"] == '<http://testserver/articles/full/>; rel="canonical"'
    assert "Link" not in client.get("/privacy/").headers


def test_a_review_is_named_where_there_is_one(client, small_site):
    article = small_site.full
    article.reviewed_by = "Ana Reyes, Esq."
    article.reviewed_on = datetime.date(2026, 1, 1)
    publish(article)
    front, text = read(client, "/articles/full.md")
    assert front["reviewed_by"] == "Ana Reyes, Esq."
    assert front["reviewed_on"] == "2026-01-01"
    assert "No attorney" not in text


@pytest.mark.parametrize("gone", ["draft", "expired", "private", "no article"])
def test_only_what_is_public_is_markdown(client, small_site, gone):
    article = ArticleFactory(parent=small_site.index, slug="gone")
    assert client.get("/articles/gone.md").status_code == 200
    if gone == "draft":
        article.unpublish()
    elif gone == "expired":
        Page.objects.filter(pk=article.pk).update(expire_at=timezone.now())
    elif gone == "private":
        PageViewRestriction.objects.create(page=article, restriction_type="login")
    address = "/privacy.md" if gone == "no article" else "/articles/gone.md"
    assert client.get(address).status_code == 404


def test_markdown_is_in_its_own_language_too(client, small_site):
    answer = client.get("/es/articles/full.md")
    assert answer.status_code == 302
    assert answer["Location"] == "http://testserver/articles/full.md"
    spanish = Locale.objects.create(language_code="es")
    publish(small_site.home.copy_for_translation(spanish))
    publish(small_site.index.copy_for_translation(spanish))
    article = small_site.full.copy_for_translation(spanish)
    article.title = "Entero"
    publish(article)
    front, text = read(client, "/es/articles/full.md")
    assert front["language"] == "es"
    assert front["url"] == "http://testserver/es/articles/full/"
    assert "Ningún abogado ha revisado esta página" in text


def test_a_screener_is_a_link_while_anybody_may_answer_it(client, small_site):
    load_small()
    page = Screener.objects.get()
    article = small_site.short
    article.body = [block("screener", page.pk)]
    publish(article)
    address = "(http://testserver/small/)"
    assert address in read(client, "/articles/short.md")[1]
    Recall.objects.create(release=Release.current("small"), reason="Wrong.")
    assert address not in read(client, "/articles/short.md")[1]
    Recall.objects.all().delete()
    page.unpublish()
    assert address not in read(client, "/articles/short.md")[1]


def test_a_block_of_a_plugin_is_written_from_what_it_shows(
    client, small_site, monkeypatch, admin_client
):
    article = small_site.short
    kinds = article.body.stream_block.child_blocks
    exploding = ExplodingBlock()
    exploding.set_name("dummy_plugin.exploding")
    exploding.contributed_by = "dummy_plugin"
    monkeypatch.setitem(kinds, "dummy_plugin.exploding", exploding)
    article.body = [
        block("dummy_plugin.exploding", "Hear *this*"),
        block("dummy_plugin.exploding", "render"),
        block("text", "<p>After</p>"),
        block("nobody.knows", {"secret": "kept"}),
    ]
    publish(article)
    for one in (client, admin_client):
        text = read(one, "/articles/short.md")[1]
        assert text.rstrip().endswith("Hear \\*this\\*\n\nAfter")
        assert "kept" not in text
        assert "could not be shown" not in text


def test_it_costs_few_queries(client, small_site, django_assert_max_num_queries):
    client.get("/articles/full.md")
    with django_assert_max_num_queries(18):
        client.get("/articles/full.md")


def test_its_address_is_known_by_name():
    assert reverse("markdown", args=["articles/full"]) == "/articles/full.md"
