"""The page that other sites show in a frame."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from wagtail import hooks

from screening_block.models import Recall, Release, Screener

# Once: only reads what others write on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
FRAME = "/embed/v1/small/"
HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">')


def fields(response: Any) -> dict[str, str]:
    form = response.content.decode().split("<form", 1)[1]
    return {name: html.unescape(value) for name, value in HIDDEN.findall(form)}


def test_any_site_may_frame_it_and_no_other_page(
    client: Client, screener: Screener
) -> None:
    response = client.get(FRAME)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *;" in policy
    assert "'unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "X-Frame-Options" not in response
    for other in ("/screeners/small/", screener.url, "/"):
        page = client.get(other)
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"


def test_without_script_the_form_stays_in_the_frame_and_keeps_nothing(
    client: Client, screener: Screener
) -> None:
    page = client.get(FRAME)
    assert f'action="{FRAME}" target="_self"' in page.content.decode()
    page = client.post(FRAME, fields(page) | {"answer": "citizen", "do": "next"})
    page = client.post(FRAME, fields(page) | {"do": "result"})
    assert page["Cache-Control"].startswith("no-store, private")
    assert "frame-ancestors *;" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    assert not page.cookies
    text = page.content.decode()
    assert "What your answers may mean" in text
    assert '<base target="_blank">' in text, "links leave the frame"
    assert 'target="_top"' in text, "and the way out leaves the page around it"


def test_its_language_can_be_chosen_and_stays(
    client: Client, screener: Screener
) -> None:
    page = client.get(f"{FRAME}?locale=es")
    assert page["Content-Language"] == "es"
    assert '<html lang="es"' in page.content.decode()
    assert f'action="{FRAME}?locale=es"' in page.content.decode()
    given = fields(page) | {"do": "unsure"}
    assert client.post(f"{FRAME}?locale=es", given)["Content-Language"] == "es"
    for odd in ("xx", "", "<b>"):
        page = client.get(FRAME, {"locale": odd})
        assert page["Content-Language"] == "en"


def test_whether_it_is_light_or_dark_can_be_chosen_and_stays(
    client: Client, screener: Screener
) -> None:
    page = client.get(f"{FRAME}?scheme=dark")
    text = html.unescape(page.content.decode())
    assert 'data-ls-scheme="dark"' in text
    assert f'action="{FRAME}?scheme=dark"' in text
    given = fields(page) | {"do": "unsure"}
    page = client.post(f"{FRAME}?scheme=dark", given)
    assert 'data-ls-scheme="dark"' in page.content.decode()
    assert "data-ls-scheme" not in client.get(f"{FRAME}?scheme=red").content.decode()


def may_be_framed(response: Any) -> bool:
    return (
        "frame-ancestors *;" in response["Content-Security-Policy"]
        and "X-Frame-Options" not in response
        and b"data-legal-screener" in response.content
    )


def test_what_is_not_published_is_said_in_the_frame_with_a_way_to_help(
    client: Client, screener: Screener
) -> None:
    screener.unpublish()
    for address in (FRAME, "/embed/v1/other/", "/embed/v1/a%C3%B1o/", "/embed/v1/a b/"):
        for response in (client.get(address), client.post(address, {"do": "next"})):
            assert response.status_code == 404
            assert may_be_framed(response)
            assert response["Cache-Control"].startswith("no-store") or (
                "no-cache" in response["Cache-Control"]
            )
            text = response.content.decode()
            assert "These questions are no longer available." in text
            assert 'href="http://' in text
    text = client.get(f"{FRAME}?locale=es").content.decode()
    assert "Estas preguntas ya no están disponibles." in text


def test_the_way_to_help_is_the_page_of_help_where_there_is_one(
    client: Client, db: None
) -> None:
    def find(request: Any, locale: str) -> str:
        return f"/help-{locale}/"

    with hooks.register_temporarily("screening_block_help_page", find, order=-1):
        text = client.get("/embed/v1/other/?locale=es").content.decode()
    assert '<a href="http://testserver/help-es/">Quién puede ayudar</a>' in text


def test_a_fault_is_said_in_the_frame_and_reported(
    client: Client, screener: Screener, monkeypatch: Any, caplog: Any
) -> None:
    def fail(*arguments: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("screening_block.embed.views.show_step", fail)
    client.raise_request_exception = False
    response = client.get(FRAME)
    assert response.status_code == 500
    assert may_be_framed(response)
    assert "are not available right now" in response.content.decode()
    assert any(record.exc_info for record in caplog.records)


def test_too_large_a_form_is_refused_in_the_frame(
    client: Client, screener: Screener, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post(FRAME, {"answers": "x" * 200})
    assert response.status_code in (400, 413)
    assert may_be_framed(response)


def test_a_recalled_one_says_why_in_the_frame_with_a_way_to_help(
    client: Client, screener: Screener, django_user_model: Any
) -> None:
    user = django_user_model.objects.create_user("somebody")
    release = Release.objects.get()
    Recall.objects.create(release=release, recalled_by=user, reason="Was wrong.")
    response = client.get(FRAME)
    assert response.status_code == 410
    assert may_be_framed(response)
    text = response.content.decode()
    assert "Was wrong." in text
    assert "Go to the site of these questions" in text
