"""`llms.txt`, `security.txt`, and the page that says that there is none."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from cms.home.models import HelpPage
from cms.settings.tools import env_contacts
from screening_block.models import Screener
from tests.cms.factories import ArticleFactory, publish
from tests.screening_block.conftest import load_small

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once

HERE = "http://testserver"


def read_llms(client) -> str:
    answer = client.get("/llms.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=60"
    return answer.content.decode()


def test_assistants_are_told_what_there_is_to_read(client, small_site):
    small_site.privacy.summary = "How we keep it."
    publish(small_site.privacy)
    load_small()
    text = read_llms(client)
    assert text.startswith("# Plain Terms\n\n> What the law says.\n\nInformation, not")
    for words in (
        f"## Questions about your own case\n\n- [Small screener]({HERE}/small/): ",
        (
            f"## Articles\n\n- [Full]({HERE}/articles/full.md): In short.\n"
            f"- [Short]({HERE}/articles/short.md): In short.\n"
        ),
        f"- [Privacy]({HERE}/privacy/): How we keep it.\n",
        f"]({HERE}/api/docs/)",
        f"]({HERE}/api/schema/)",
        f"]({HERE}/sitemap.xml)",
        f"]({HERE}/articles/feed/)",
    ):
        assert words in text, words
    for address in re.findall(r"\]\(http://testserver([^)]+)\)", text):
        assert client.get(address).status_code == 200, address


def test_assistants_are_told_of_nothing_that_is_not_public(client, small_site):
    load_small()
    Screener.objects.get().unpublish()
    ArticleFactory(parent=small_site.index, title="Draft", live=False)
    private = ArticleFactory(parent=small_site.index, title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    text = read_llms(client)
    assert "Full" in text
    for word in ("Draft", "Private", "screener]("):
        assert word not in text


def test_each_language_has_its_own_lists(client, small_site):
    spanish = Locale.objects.create(language_code="es")
    publish(small_site.home.copy_for_translation(spanish))
    publish(small_site.index.copy_for_translation(spanish))
    article = small_site.full.copy_for_translation(spanish)
    article.title = "Entero"
    publish(article)
    text = read_llms(client)
    assert "## Artículos (Español)" in text
    assert f"- [Entero]({HERE}/es/articles/full.md): In short." in text


def test_the_list_costs_few_queries(client, small_site, django_assert_max_num_queries):
    for _number in range(20):
        ArticleFactory(parent=small_site.index)
    client.get("/llms.txt")
    with django_assert_max_num_queries(16):
        client.get("/llms.txt")


# -- Whom to tell of a weakness -----------------------------------------------------


def test_nobody_is_invented_whom_to_tell_of_a_weakness(client, small_site, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = ["mailto:a@example.org", "https://example.org/report"]
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[:2] == [
        "Contact: mailto:a@example.org",
        "Contact: https://example.org/report",
    ]
    (expires,) = [line for line in lines if line.startswith("Expires: ")]
    moment = datetime.datetime.fromisoformat(expires.removeprefix("Expires: "))
    left = moment - timezone.now()
    assert datetime.timedelta(days=90) < left < datetime.timedelta(days=365)
    assert f"Canonical: {HERE}/.well-known/security.txt" in lines


def test_a_contact_is_an_address(monkeypatch):
    monkeypatch.setenv("SECURITY_CONTACT", "a@example.org, https://example.org/x")
    assert env_contacts("SECURITY_CONTACT") == [
        "mailto:a@example.org",
        "https://example.org/x",
    ]
    monkeypatch.delenv("SECURITY_CONTACT")
    assert env_contacts("SECURITY_CONTACT") == []
    for wrong in ("nobody", "http://example.org", "mailto: a@example.org"):
        monkeypatch.setenv("SECURITY_CONTACT", wrong)
        with pytest.raises(ImproperlyConfigured, match="SECURITY_CONTACT"):
            env_contacts("SECURITY_CONTACT")


# -- A page that does not exist ------------------------------------------------------


def test_who_finds_nothing_can_search_and_find_help(client, small_site):
    helping = HelpPage(title="Help", slug="help", live=True)
    small_site.home.add_child(instance=helping)
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    html = answer.content.decode()
    assert '<form class="search" role="search" method="get" action="/search/">' in html
    assert re.search('href="[^"]*/help/">Find legal help', html)
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    spanish = client.get("/es/nowhere/").content.decode()
    assert '<html lang="es"' in spanish
    assert "Esta página no existe" in spanish
    assert "Buscar ayuda legal" in spanish
    # What there is in English alone says so.
    assert '<a href="/privacy/" lang="en">Privacy</a>' in spanish
    assert "Information, not legal advice." not in spanish


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("vi", "Tìm trợ giúp pháp lý"),
        ("ko", "법률 도움 찾기"),
        ("tl", "Humanap ng tulong legal"),
        ("zh-hans", "寻找法律帮助"),
    ],
)
def test_it_speaks_the_language_of_the_address(client, small_site, code, words):
    small_site.home.add_child(instance=HelpPage(title="Help", slug="help", live=True))
    html = client.get(f"/{code}/nowhere/").content.decode()
    assert f'<html lang="{code}"' in html
    assert words in html
    assert "This page does not exist" not in html


def test_feeds_are_named_on_every_page(client, small_site):
    for address in ("/", "/articles/", "/articles/full/", "/privacy/", "/nowhere/"):
        html = client.get(address).content.decode()
        assert (
            '<link rel="alternate" type="application/atom+xml" title="Articles" '
            'href="/articles/feed/">' in html
        )
        assert 'href="/articles/feed/" type="application/atom+xml">New articles' in html
