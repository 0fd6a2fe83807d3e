"""The form without script in another language: at any page, with all answers."""

from __future__ import annotations

import copy
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Site

from screening_block.packs.load import load_pack
from tests.screening_block import small

from .test_form import Visitor

pytestmark = pytest.mark.django_db
HEADING = re.compile(r"<h1>(.*?)</h1>")
BUTTON = re.compile(r'<button[^>]*value="language:([a-z]+)"[^>]*formaction="([^"]*)"')


def in_two_languages() -> dict[str, Any]:
    return translated(small.with_urgent())


def translated(data: dict[str, Any]) -> dict[str, Any]:
    """A release with some of its texts in Spanish as well."""
    words = data["texts"]["es"] = copy.deepcopy(data["texts"]["en"])
    words["title"] = "Cuestionario pequeño"
    status = {"label": "Su situación hoy", "help": "Lo que dice su tarjeta."}
    words["questions"]["status"] |= status
    words["questions"]["days"]["label"] = "¿Cuántos días ordenó el juez?"
    for found in words["findings"].values():
        found["heading"] = f"ES {found['heading']}"
    return data


def load_in_two_languages(data: dict[str, Any]) -> None:
    """Into the site, where it has a page in both."""
    root = Site.objects.get(is_default_site=True).root_page
    locale, made = Locale.objects.get_or_create(language_code="es")
    if made:
        root.specific.copy_for_translation(locale).save_revision().publish()
    load_pack("small_pack", data, root)


@pytest.fixture(params=["form", "frame"])
def visitor(client: Client, request: Any) -> Visitor:
    load_in_two_languages(in_two_languages())
    place = (
        "screening_block:form" if request.param == "form" else "screening_embed:frame"
    )
    url = reverse(place, args=["small"])
    return type("Here", (Visitor,), {"url": url})(client)


def switch(visitor: Visitor, **typed: Any) -> Visitor:
    """Press the button of the other language, as a browser does with the form of it."""
    page = visitor.page.content.decode()
    # At the questions and, on a page of ours, at its head: none is a link, which would
    # lose the answers.
    found = BUTTON.findall(page)
    [(code, address)] = set(found)
    assert len(found) == (1 if "/embed/" in visitor.url else 2)
    assert not re.search(rf'<a [^>]*hreflang="{code}"', page)
    assert f'lang="{code}"' in page
    visitor.page = visitor.client.post(
        html.unescape(address), visitor.hidden | typed | {"do": f"language:{code}"}
    )
    visitor.url = html.unescape(address)
    assert '<div class="ls' in visitor.text and f'lang="{code}"' in visitor.text
    return visitor


def heading(visitor: Visitor) -> str:
    """The page's; the sheet for a lawyer behind a result has one as well."""
    return str(HEADING.findall(visitor.text)[0])


def test_every_page_can_go_on_in_the_other_language(visitor: Visitor) -> None:
    assert "Español" in visitor.text
    visitor.answer("lpr").answer("no").answer("pc_245")
    assert visitor.question == "days"
    switch(visitor, number="45 or so")
    assert heading(visitor) == "¿Cuántos días ordenó el juez?"
    assert 'value="45 or so"' in visitor.text
    assert "ls-error" not in visitor.text
    assert visitor.page.status_code == 200
    assert visitor.answers == {"status": "lpr", "held": False, "statute": "pc_245"}
    visitor.send(number="400", do="next").answer("nothing").answer("yes")
    assert heading(visitor) == "Antes de seguir: esto es urgente"
    switch(visitor)
    assert heading(visitor) == "Before you go on: this is urgent"
    assert "Do not miss court" in visitor.text
    visitor.send(do="next")
    assert heading(visitor) == "Check your answers"
    switch(visitor)
    assert heading(visitor) == "Revise sus respuestas"
    visitor.send(do="result")
    assert heading(visitor) == "Lo que pueden significar sus respuestas"
    english = switch(visitor)
    assert heading(english) == "What your answers may mean"
    assert len(visitor.answers) == 6


def test_the_other_language_can_be_read_beside(visitor: Visitor) -> None:
    visitor.send(do="next")
    text = re.sub(r"\s+", " ", visitor.text)
    assert (
        '<summary>Show the text in Spanish</summary> <div lang="es"> '
        "<p><strong>Su situación hoy</strong></p> <p>Lo que dice su tarjeta.</p>"
    ) in text
    visitor.answer("lpr").answer("no").answer("pc_245").send(number="400", do="next")
    visitor.answer("nothing").answer("yes")
    assert "<strong>ES Do not miss court</strong>" in visitor.text
    visitor.send(do="next").send(do="result")
    assert "<strong>ES Do not miss court</strong>" in visitor.text


def test_enter_goes_on_and_does_not_change_the_language(visitor: Visitor) -> None:
    visitor.answer("lpr")
    buttons = re.findall(r'<button(?![^>]*type="button")[^>]*>', visitor.text)
    assert 'value="next"' in buttons[0]
