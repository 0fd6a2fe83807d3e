"""oEmbed of articles: the screener in them, or a link, with their picture."""

from __future__ import annotations

import html
import re
from typing import Any

from wagtail.models import Locale, PageViewRestriction

from screening_block.models import Recall, Release
from screening_block.packs.load import load_pack
from tests.cms.conftest import SmallSite
from tests.screening_block import small

from ..factories import block, publish

OEMBED = "/embed/v1/oembed"
HERE = "http://testserver"


def ask(client: Any, path: str, **more: Any) -> Any:
    return client.get(OEMBED, {"url": f"{HERE}{path}", **more})


def test_an_article_is_a_link_with_its_picture(client, small_site: SmallSite) -> None:
    page = client.get("/articles/full/").content.decode()
    address = re.search(
        r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page
    )
    assert address
    found = client.get(html.unescape(address[1])).json()
    picture = found.pop("thumbnail_url")
    assert picture.startswith(f"{HERE}/media/images/")
    assert found == {
        "version": "1.0",
        "type": "link",
        "title": "Full",
        "provider_name": found["provider_name"],
        "provider_url": f"{HERE}/",
        "cache_age": 60,
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }
    # Without the slash at its end, and no larger than is asked for.
    for more, wide in (({"maxwidth": 700}, 600), ({"maxheight": 200}, 300)):
        found = ask(client, "/articles/full", **more).json()
        assert found["thumbnail_width"] == wide
    assert "thumbnail_url" not in ask(client, "/articles/full/", maxwidth=99).json()
    assert "thumbnail_url" not in ask(client, "/articles/short/").json()


def test_an_answer_says_the_language_of_its_title(
    client, small_site: SmallSite
) -> None:
    spanish = Locale.objects.create(language_code="es")
    for page in (small_site.home, small_site.index):
        publish(page.copy_for_translation(spanish))
    screener = load_pack("small_pack", small.release(), small_site.home).screener
    article = small_site.full.copy_for_translation(spanish)
    article.title, article.slug = "Entero", "entero"
    article.body = [block("screener", screener.pk)]
    publish(article)
    found = ask(client, "/es/articles/entero/")
    assert (found.json()["title"], found["Content-Language"]) == ("Entero", "es")
    # The questions are in English alone, so is their title.
    assert 'title="Small screener" lang="en"' in found.json()["html"]
    for address in ("/small/", "/es/screeners/small/", "/embed/v1/small/?locale=es"):
        found = ask(client, address)
        assert found.json()["title"] == "Small screener"
        assert found["Content-Language"] == "en", address


def test_an_article_with_a_screener_is_its_frame(client, small_site: SmallSite) -> None:
    screener = load_pack("small_pack", small.release(), small_site.home).screener
    article = small_site.full
    article.body = [block("screener", screener.pk)]
    publish(article)
    found = ask(client, "/articles/full/").json()
    assert found["type"] == "rich"
    assert found["title"] == "Full"
    assert f'src="{HERE}/embed/v1/small/"' in found["html"]
    assert (found["width"], found["height"]) == (680, 720)
    assert found["thumbnail_width"] == 1200
    # The article is there when its questions are not.
    Recall.objects.create(release=Release.current("small"), reason="Wrong day.")
    assert ask(client, "/articles/full/").json()["type"] == "link"


def test_what_is_no_public_article_is_not_told_of(
    client, small_site: SmallSite
) -> None:
    for path in ("/privacy/", "/articles/", "/articles/feed/", "/es/articles/full/"):
        assert ask(client, path).status_code == 404, path
    foreign = client.get(OEMBED, {"url": "http://example.org/articles/full/"})
    assert foreign.status_code == 404
    PageViewRestriction.objects.create(page=small_site.full, restriction_type="login")
    assert ask(client, "/articles/full/").status_code == 404
    small_site.short.unpublish()
    assert ask(client, "/articles/short/").status_code == 404
