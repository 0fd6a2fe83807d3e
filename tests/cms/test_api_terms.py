"""The glossary by the API: what its page says, to whoever builds another one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from wagtail.models import Locale, PageViewRestriction

from cms.articles.models import ArticlePage
from cms.freshness import version
from cms.freshness.layer import KeepingHandler
from tests.cms.factories import make_term
from tests.cms.freshness.asking import ask
from tests.recorded.test_recorded import make_content

pytestmark = pytest.mark.django_db(transaction=True)
TERMS = "/api/v1/terms/"


@pytest.fixture(scope="module", autouse=True)
def content(fill: Any) -> None:
    fill("recorded", make_content)


@pytest.fixture(autouse=True)
def _end() -> Iterator[None]:
    yield
    version.clock.close()


def test_a_term_says_what_its_place_in_the_glossary_says(client: Client) -> None:
    page = ArticlePage.objects.get(slug="short")
    term = make_term(
        *("plea bargain", "An agreement about what is admitted."),
        forms="plea deal\nplea bargains",
        page=page.page_ptr,
        citation="8 U.S.C. § 1101",
        source_url="https://example.org/law",
        status="verified",
    )
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    other = term.copy_for_translation(spanish)
    other.name, other.forms, other.explanation = "acuerdo", "", "Un acuerdo."
    other.save()
    other.save_revision().publish()
    make_term("bail")
    make_term("draft").unpublish()
    listed = client.get(TERMS).json()
    assert [one["name"] for one in listed["results"]] == ["bail", "plea bargain"]
    assert listed["count"] == 2
    said = client.get(f"{TERMS}plea-bargain/").json()
    assert said == listed["results"][1]
    link, translations = said.pop("page"), said.pop("translations")
    assert said == {
        "slug": "plea-bargain",
        "locale": "en",
        "name": "plea bargain",
        "forms": ["plea deal", "plea bargains"],
        "explanation": "An agreement about what is admitted.",
        "citation": "8 U.S.C. § 1101",
        "source_url": "https://example.org/law",
        "verified": True,
        "translation_reviewed": None,
        "in_place": True,
        "url": "http://testserver/glossary/#term-plea-bargain",
    }
    assert (link["type"], link["id"], link["locale"]) == ("article", page.pk, "en")
    assert translations == [
        {
            "locale": "es",
            "slug": "acuerdo",
            "name": "acuerdo",
            "url": "http://testserver/es/glossary/#term-acuerdo",
        }
    ]
    # Its address leads to it.
    assert 'id="term-plea-bargain"' in client.get("/glossary/").content.decode()
    own = client.get(f"{TERMS}acuerdo/?locale=es").json()
    assert (own["locale"], own["translation_reviewed"]) == ("es", False)
    assert client.get(f"{TERMS}acuerdo/").status_code == 404
    assert client.get(f"{TERMS}draft/").status_code == 404
    assert client.get(f"{TERMS}?colour=red").status_code == 400
    # A page that not everybody may read is not named.
    PageViewRestriction.objects.create(page=page.page_ptr, restriction_type="login")
    assert client.get(f"{TERMS}plea-bargain/").json()["page"] is None


def test_the_address_of_a_term_has_only_letters_that_an_address_may_have(
    client: Client,
) -> None:
    make_term("anulación")
    (said,) = client.get(TERMS).json()["results"]
    assert said["slug"] == "anulación"
    assert said["url"].endswith("#term-anulaci%C3%B3n")


def test_terms_are_kept_until_one_changes_and_told_of_in_the_feed(
    settings: Any,
) -> None:
    settings.PAGES_KEPT_MB = 8
    kept, django = KeepingHandler(), WSGIHandler()
    term = make_term("bail")
    first = ask(kept, TERMS)
    etag = first.headers["etag"]
    assert ask(kept, TERMS, if_none_match=etag).status == 304
    start = _read(django, "/api/v1/changes/?limit=100")
    listed = [one for one in start["results"] if one["type"] == "term"]
    assert [(one["slug"], one["locale"]) for one in listed] == [("bail", "en")]
    assert listed[0]["url"] == "http://testserver/api/v1/terms/bail/?locale=en"
    term.explanation = "Money that is held until the hearing."
    term.page = ArticlePage.objects.get(slug="short").page_ptr
    term.save_revision().publish()
    assert ask(kept, TERMS, if_none_match=etag).status == 200
    cursor = start["next"]
    changes = {
        "changed": lambda: None,
        # Its reference to a page says another title.
        "changed again": lambda: _rename(term.page.specific),
        "withdrawn": lambda: term.unpublish(),
    }
    for said, change in changes.items():
        change()
        part = _read(django, f"/api/v1/changes/?after={cursor}")
        (entry,) = [one for one in part["results"] if one["type"] == "term"]
        assert entry["change"] == said.split()[0]
        assert entry["gone"] is (said == "withdrawn")
        cursor = part["next"]


def _read(application: Any, address: str) -> Any:
    return json.loads(ask(application, address).body)


def _rename(page: Any) -> None:
    page.title = "Another title"
    page.save_revision().publish()
