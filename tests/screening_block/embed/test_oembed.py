"""oEmbed, as its specification wants it."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from wagtail.models import Site

from screening_block.models import Screener

# Once: only reads what others write on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
OEMBED = "/embed/v1/oembed"
HOST = "http://testserver"
FRAME = f"{HOST}/embed/v1/small/"
LINK = re.compile(
    r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"'
)


def ask(client: Client, **query: Any) -> Any:
    return client.get(OEMBED, {"url": f"{HOST}/screeners/small/", **query})


def test_an_address_becomes_a_frame(client: Client, screener: Screener) -> None:
    Site.objects.update(site_name="Clear Record")
    for address in ("/screeners/small/", "/embed/v1/small/", screener.url):
        response = ask(client, url=HOST + address, format="json", dnt="1")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/json"
        assert response["Access-Control-Allow-Origin"] == "*"
        found = response.json()
        assert found.pop("html") == (
            f'<iframe src="{FRAME}" title="{found["title"]}" lang="en" width="100%"'
            ' height="720" frameborder="0"'
            ' style="width:100%;max-width:680px;border:0"></iframe>'
        )
        assert found == {
            "version": "1.0",
            "type": "rich",
            "title": "Small screener",
            "provider_name": "Clear Record",
            "provider_url": f"{HOST}/",
            "cache_age": 60,
            "width": 680,
            "height": 720,
        }


def test_it_is_no_larger_than_what_is_asked_for(
    client: Client, screener: Screener
) -> None:
    found = ask(client, maxwidth="300", maxheight="90000").json()
    assert (found["width"], found["height"]) == (300, 720)
    assert "max-width:300px" in found["html"]
    assert 'height="720"' in found["html"]
    for bad in ("wide", "-1", "", "1e3", "٣"):
        response = ask(client, maxwidth=bad)
        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"


def test_a_site_without_a_name_has_that_of_the_installation(
    client: Client, screener: Screener, settings: Any
) -> None:
    Site.objects.update(site_name="")
    settings.WAGTAIL_SITE_NAME = "Law for all"
    assert ask(client).json()["provider_name"] == "Law for all"
    settings.WAGTAIL_SITE_NAME = ""
    assert ask(client).json()["provider_name"] == "testserver"


#: Slugs with letters that addresses write in several ways.
SLUGS = ["año", "straße", "ý", "法律", "قانون", "thuế"]


@pytest.mark.parametrize("slug", SLUGS)
def test_an_address_in_any_letters_becomes_a_frame(
    client: Client, screener: Screener, slug: str
) -> None:
    screener.slug = slug
    screener.save_revision().publish()
    screener.refresh_from_db()
    [found] = LINK.findall(client.get(screener.url).content.decode())
    response = client.get(html.unescape(found))
    assert (response.status_code, response.json()["type"]) == (200, "rich")
    for form in ("NFC", "NFD"):
        bare = f"{HOST}/{unicodedata.normalize(form, slug)}/"
        for address in (bare, quote(bare, ":/"), quote(bare, ":/").lower()):
            assert ask(client, url=address).status_code == 200, address


def test_a_host_is_the_same_in_letters_and_as_idna(
    client: Client, screener: Screener, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["xn--ao-zja.example"]
    Site.objects.update(hostname="xn--ao-zja.example")
    for host in ("xn--ao-zja.example", "año.example", "AÑO.example:80"):
        query = {"url": f"http://{host}/screeners/small"}
        response = client.get(OEMBED, query, headers={"host": "xn--ao-zja.example"})
        assert response.status_code == 200, host


def test_another_format_is_not_implemented(client: Client, screener: Screener) -> None:
    for name in ("xml", "JSON", ""):
        assert ask(client, format=name).status_code == 501


UNKNOWN = [
    "https://elsewhere.example/screeners/small/",
    f"{HOST}/screeners/other/",
    f"{HOST}/",
    f"{HOST}/admin/",
    f"{HOST}/no/such/page/",
    "javascript:alert(1)",
    "http://[",
    f"http://testserver@elsewhere.example{FRAME.removeprefix(HOST)}",
    "small",
]


@pytest.mark.parametrize("address", UNKNOWN)
def test_an_address_without_a_screener_is_not_found(
    client: Client, screener: Screener, address: str
) -> None:
    response = ask(client, url=address)
    assert response.status_code == 404
    assert address not in response.content.decode()


def test_what_is_no_longer_public_is_not_found(
    client: Client, screener: Screener
) -> None:
    addresses = [f"{HOST}{screener.url}", f"{HOST}/screeners/small/", FRAME]
    screener.unpublish()
    assert {ask(client, url=a).status_code for a in addresses} == {404}
    assert ask(client, url="").status_code == 400


def test_a_screener_s_pages_lead_to_it(client: Client, screener: Screener) -> None:
    for address in ("/screeners/small/", screener.url):
        [found] = LINK.findall(client.get(address).content.decode())
        response = client.get(html.unescape(found))
        assert response.json()["title"] == "Small screener"
    assert LINK.search(client.get("/").content.decode()) is None


def test_the_language_of_an_address_is_that_of_the_frame(
    client: Client, screener: Screener
) -> None:
    addresses = [f"{HOST}/es/screeners/small/", f"{FRAME}?locale=es"]
    for address in addresses:
        assert f'src="{FRAME}?locale=es"' in ask(client, url=address).json()["html"]
