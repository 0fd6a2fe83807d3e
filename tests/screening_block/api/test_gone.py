"""What the element is told where its questions are gone."""

from __future__ import annotations

import pytest
from django.test import Client

from screening_block.models import Recall, Release, Screener

pytestmark = pytest.mark.django_db
SOURCE = "/api/v1/screeners/small/"


def test_whoever_asks_for_words_is_told_what_to_say_and_where_help_is(
    client: Client, screener: Screener
) -> None:
    release = f"/api/v1/releases/{Release.current('small').pk}/"
    screener.unpublish()
    for address in (SOURCE, release, "/api/v1/screeners/other/"):
        response = client.get(address, {"words": "en"})
        assert response.status_code == 404
        found = response.json()
        assert found["status"] == 404
        assert found["detail"] == "These questions are no longer available."
        assert found["help"].startswith("http://")
        assert found["help_label"]
    # As problem documents are, for whoever reads them by program.
    assert client.get(SOURCE).json().keys() == {"type", "title", "status"}


@pytest.mark.parametrize("words", ["es", "es-MX"])
def test_it_is_told_in_the_language_of_the_words(
    client: Client, screener: Screener, words: str
) -> None:
    screener.unpublish()
    found = client.get(SOURCE, {"words": words}).json()
    assert found["detail"] == "Estas preguntas ya no están disponibles."


@pytest.mark.parametrize("words", ["", "xx", "../..", "e" * 300])
def test_an_unknown_language_is_no_fault(
    client: Client, screener: Screener, words: str
) -> None:
    screener.unpublish()
    found = client.get(SOURCE, {"words": words}).json()
    assert found["detail"] == "These questions are no longer available."


def test_a_recalled_release_says_why_and_where_help_is(
    client: Client, screener: Screener, django_user_model: type
) -> None:
    user = django_user_model.objects.create_user("somebody")  # type: ignore[attr-defined]
    release = Release.current("small")
    Recall.objects.create(release=release, recalled_by=user, reason="It was wrong.")
    found = client.get(SOURCE, {"words": "es"}).json()
    assert found["status"] == 410
    assert "It was wrong." in found["detail"]
    assert "se retiró" in found["detail"] or "retirada" in found["detail"]
    assert found["help"].startswith("http://")
