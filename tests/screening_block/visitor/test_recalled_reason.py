"""The reason of a recall is read aloud in the language that it was written in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.models import Locale

from screening_block.models import Recall, Release, Screener
from screening_block.public import mark_recalled_sentence
from tests.parts_of_pages import list_parts

# Once: only reads what others write on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
ENGLISH = "It left out <who> is in danger."
SPANISH = "Le faltaba quién está en peligro."


@pytest.fixture
def recalled(screener: Screener) -> Recall:
    release = Release.current("small")
    return Recall.objects.create(release=release, reason=ENGLISH)


def in_languages(answer: Any) -> dict[str, str]:
    """The language of each part that has a reason in it."""
    assert answer.status_code == 410
    parts = list_parts(answer.content.decode())
    return {
        part.lang: reason
        for part in parts
        for reason in (ENGLISH, SPANISH)
        if reason in part.text
    }


def test_every_page_says_it_and_none_needlessly(
    client: Client, screener: Screener
) -> None:
    spanish = screener.copy_for_translation(
        Locale.objects.get_or_create(language_code="es")[0], copy_parents=True
    )
    spanish.save_revision().publish()
    wrong = Recall.objects.create(release=Release.current("small"), reason=ENGLISH)
    begun = {"do": "next", "release": wrong.release_id}
    for reason, spoken in ((ENGLISH, ""), (SPANISH, "es")):
        Recall.objects.update(reason=reason, reason_locale=spoken)
        expected = {spoken or "en": reason}
        for address in (
            *(
                "/screeners/small/",
                "/es/screeners/small/",
                "/embed/v1/small/?locale=es",
            ),
            *("/embed/v1/small/", screener.url, spanish.url),
        ):
            answer = client.get(address)
            assert in_languages(answer) == expected, address
            own = "es" if "es" in address.replace("screeners", "") else "en"
            marked = b"<span lang=" in answer.content
            assert marked is (own != (spoken or "en")), address
        assert in_languages(client.post("/es/screeners/small/", begun)) == expected


def test_the_api_says_it_beside_the_sentence(client: Client, recalled: Recall) -> None:
    for words in ({}, {"words": "es"}):
        told = client.get("/api/v1/screeners/small/", words).json()
        assert (told["reason"], told["reason_locale"]) == (ENGLISH, "en")
        assert told["detail"].endswith(ENGLISH)


def test_the_editor_chooses_it(editor: Client, screener: Screener) -> None:
    sha256 = Release.current("small").pk
    address = f"/admin/screening/{screener.pk}/releases/{sha256}/recall/"
    form = editor.get(address).context["form"]
    assert form["reason_locale"].value() == "en", "the language of the rules at first"
    editor.post(address, {"reason": SPANISH, "reason_locale": "es"})
    recall = Recall.objects.get()
    assert recall.locale == "es"
    with override("es"):
        assert "<span" not in mark_recalled_sentence(recall)
    history = editor.get(f"/admin/screening/{screener.pk}/releases/")
    assert f'<span lang="es">{SPANISH}</span>' in history.content.decode()
