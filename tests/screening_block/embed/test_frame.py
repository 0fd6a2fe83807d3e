"""The page that other sites show in a frame."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from screening_block.models import Screener

pytestmark = pytest.mark.django_db
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


def test_what_is_not_published_is_not_there(client: Client, screener: Screener) -> None:
    assert client.get("/embed/v1/other/").status_code == 404
    screener.unpublish()
    assert client.get(FRAME).status_code == 404
