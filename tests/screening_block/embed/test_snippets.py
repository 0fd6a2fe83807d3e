"""What the admin offers to copy into other sites."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override
from markdown_it import MarkdownIt
from wagtail.models import Locale

from screening_block.models import Screener
from screening_block.review.tags import embed_snippets
from screening_block.visitor.embed_html import build_link_markdown

PAGE = "https://law.example/screeners/small/"


class Links(HTMLParser):
    """The links of a text, and what they say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str | None, str]] = []
        self.others: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "a":
            self.found.append((dict(attrs)["href"], ""))
        else:
            self.others.append(tag)

    def handle_data(self, data: str) -> None:
        if self.found and data.strip():
            address, text = self.found[-1]
            self.found[-1] = address, text + data


@pytest.mark.parametrize(
    "title",
    [
        "Guns & “expunged” cases",
        "A *b* _c_ `d` [e](https://x.example) ![f] \\ <i onclick=g>h</i> &lt;",
        "](https://x.example) [",
    ],
)
def test_the_link_in_markdown_is_the_title_and_nothing_else(title: str) -> None:
    text = build_link_markdown(PAGE, title)
    for way in ("commonmark", "gfm-like"):
        rendered = MarkdownIt(way, {"linkify": False}).render(text)
        links = Links(rendered)
        assert links.found == [(PAGE, title)]
        assert links.others == ["p"]


@pytest.mark.django_db
def test_the_promote_tab_offers_each_way(editor: Any, screener: Screener) -> None:
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[screener.pk]))
    text = unescape(unescape(page.content.decode()))
    host = "http://testserver"
    for offered in (
        f'<legal-screener src="{host}/api/v1/screeners/small/"',
        f'<iframe src="{host}/embed/v1/small/" title="Small screener" lang="en"',
        f"[Small screener]({host}/screeners/small/)",
    ):
        assert offered in text


@pytest.mark.django_db
def test_what_is_copied_of_a_page_leads_to_its_own_language(
    screener: Screener, rf: Any
) -> None:
    """Whatever language the editor who copies it reads."""
    locale, _new = Locale.objects.get_or_create(language_code="es")
    spanish = screener.copy_for_translation(locale, copy_parents=True)
    spanish.title, spanish.slug = "Cuestionario", "cuestionario"
    spanish.save_revision().publish()
    spanish.refresh_from_db()
    host = "http://testserver"
    for page, admin, form, frame, lang in (
        (spanish, "en", "/es/screeners/small/", "/embed/v1/small/?locale=es", "es"),
        (screener, "es", "/screeners/small/", "/embed/v1/small/", "en"),
    ):
        with override(admin):
            found = embed_snippets(page, rf.get("/"))
        assert f'href="{host}{form}" lang="{lang}"' in found["element"]
        assert f'src="{host}{frame}"' in found["frame"]
        assert f'lang="{lang}"' in found["frame"]
        assert found["address"] == host + form
