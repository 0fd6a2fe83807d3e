"""A translation says that no translator has checked it, until an editor lifts that."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale, PageLogEntry

from cms.articles.models import ArticlePage
from cms.glossary.models import Term
from screening_block.models import Release, Screener
from tests.cms.factories import publish
from tests.screening_block.conftest import load_small
from tests.screening_block.posting import form_of

NOTICE = "Ningún traductor legal ha revisado esta página."
SCREENER_NOTICE = "Ningún traductor legal ha revisado esta traducción."


@pytest.fixture
def spanish(small_site: Any) -> ArticlePage:
    """The article `short` in Spanish, published."""
    locale = Locale.objects.create(language_code="es")
    for page in (small_site.home, small_site.index):
        publish(page.copy_for_translation(locale))
    return publish(small_site.short.copy_for_translation(locale))


def test_a_page_says_so_everywhere_until_somebody_lifts_it(
    client: Any, admin_client: Any, admin_user: Any, spanish: ArticlePage
) -> None:
    def told() -> tuple[bool, Any, bool]:
        """What the page, the API and the Markdown say."""
        answer = client.get(f"/api/v1/articles/{spanish.slug}/", {"locale": "es"})
        markdown = client.get(f"{spanish.url[:-1]}.md").content.decode()
        return (
            NOTICE in client.get(spanish.url).content.decode(),
            answer.json()["translation_reviewed"],
            NOTICE in markdown,
        )

    assert told() == (True, False, True)
    edit = reverse("wagtailadmin_pages:edit", args=[spanish.pk])
    page = admin_client.get(edit)
    data = form_of(page)
    data["translation_reviewed"] = "on"
    data["action-publish"] = "action-publish"
    assert admin_client.post(edit, data).status_code == 302
    assert told() == (False, True, False)
    entry = PageLogEntry.objects.get(action="screening_block.translation_reviewed")
    assert (entry.page_id, entry.user) == (spanish.pk, admin_user)
    history = reverse("wagtailadmin_pages:history", args=[spanish.pk])
    assert (
        "Translation marked as reviewed" in admin_client.get(history).content.decode()
    )


def test_a_page_in_the_sites_own_language_says_nothing(
    client: Any, admin_client: Any, spanish: ArticlePage, small_site: Any
) -> None:
    assert 'class="translation"' not in client.get("/articles/short/").content.decode()
    answer = client.get("/api/v1/articles/short/").json()
    assert answer["translation_reviewed"] is None
    edit = reverse("wagtailadmin_pages:edit", args=[small_site.short.pk])
    assert "translation_reviewed" not in admin_client.get(edit).content.decode()


def test_editors_find_what_is_not_reviewed(
    admin_client: Any, spanish: ArticlePage
) -> None:
    # A term of the glossary has a translation to review and is no page.
    term = Term.objects.create(
        name="tarjeta verde", explanation="x", locale=spanish.locale
    )
    report = reverse("screening_block_report_translations")
    reports = admin_client.get(reverse("wagtailadmin_reports:locked_pages"))
    assert report in reports.content.decode()
    everything = admin_client.get(report).context["object_list"]
    assert {row.title for row in everything} >= {"Short", "Articles", "tarjeta verde"}
    [row] = [one for one in everything if one.title == "tarjeta verde"]
    assert admin_client.get(row.url).context["object"] == term
    spanish.translation_reviewed = True
    publish(spanish)
    titles = {
        state: {
            row.title
            for row in admin_client.get(report, {"state": state}).context["object_list"]
        }
        for state in ("yes", "no")
    }
    assert titles["yes"] == {"Short"}
    assert "Short" not in titles["no"]
    assert "Articles" in titles["no"]


def test_a_screener_says_so_where_it_is_used(client: Any, small_site: Any) -> None:
    load_small()
    source = Screener.objects.get(key="small")
    locale = Locale.objects.create(language_code="es")
    publish(small_site.home.copy_for_translation(locale))
    page = publish(source.copy_for_translation(locale, copy_parents=True))

    def told() -> tuple[bool, bool, Any]:
        """What the form, the widget and the API say."""
        words = client.get("/api/v1/screeners/small/", {"words": "es"})
        answer = client.post(
            "/api/v1/screeners/small/evaluate/",
            {"answers": {}, "locale": "es"},
            content_type="application/json",
        )
        return (
            SCREENER_NOTICE in client.get(page.url).content.decode(),
            SCREENER_NOTICE in words.content.decode(),
            answer.json()["translation_reviewed"],
        )

    assert told() == (True, True, False)
    english = client.get("/api/v1/screeners/small/", {"words": "en"}).content.decode()
    assert "legal translator" not in english
    before = Release.current("small")
    page = Screener.objects.get(pk=page.pk)
    page.translation_reviewed = True
    publish(page)
    # A release of its own: what was sent before is still what it was.
    assert Release.current("small") != before
    assert told() == (False, False, True)
