"""The page that opens a file of answers, and the release it asks for by its hash."""

from __future__ import annotations

import json

import pytest

from screening_block.models import Release
from screening_block.models.releases import today
from tests.screening_block import small

# Once: only reads what others write on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_page_is_the_site_s_own_and_is_found_by_nobody(client, screener):
    response = client.get("/open/")
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response.cookies == {}
    page = response.content.decode()
    assert 'src="/api/v1/releases/"' in page
    assert "A script of this page opens the file." in page
    # Nothing of any screener, so that a file is all there is to know one by.
    assert small.RELEASE["texts"]["en"]["title"] not in page
    assert 'href="/es/open/" target="_self" hreflang="es" lang="es">Español<' in page
    spanish = client.get("/es/open/").content.decode()
    assert "Abrir un archivo guardado" in spanish
    assert 'href="/open/" target="_self" hreflang="en" lang="en">English<' in spanish
    assert client.post("/open/", {"answers": "{}"}).status_code == 405


def test_a_release_by_its_hash_comes_with_the_words_of_a_day_and_of_today(
    client, screener
):
    release = Release.current("small")
    address = f"/api/v1/releases/{release.sha256}/"
    response = client.get(address, {"words": "en", "as_of": "2026-01-31"})
    assert response["ETag"].startswith(f'"{release.sha256}-')
    canonical, then, now = response.content.decode().split("\n")
    assert canonical == release.canonical
    days = [json.loads(line)["as_of"] for line in (then, now)]
    assert days == ["2026-01-31", today(release.load())]


@pytest.mark.parametrize("day", ["", "soon", "2026-02-30", "1899-12-31", "2026-1-1"])
def test_a_day_that_is_none_is_refused_and_not_guessed(client, screener, day):
    address = f"/api/v1/releases/{Release.current('small').sha256}/"
    response = client.get(address, {"words": "en", "as_of": day})
    assert response.status_code == 422
    assert response.json()["errors"][0]["path"] == "as_of"


def test_a_day_without_a_language_is_told_in_that_of_the_rules(client, screener):
    address = f"/api/v1/releases/{Release.current('small').sha256}/"
    day = {"as_of": "2026-01-31"}
    told = client.get(address, day)
    assert told.content == client.get(address, {**day, "words": "en"}).content
    assert client.get(address, {"as_of": "soon"}).status_code == 422


def test_without_script_the_result_says_that_saving_needs_it(client, screener):
    given = {"answers": json.dumps(small.ASSAULT), "do": "result"}
    page = client.post("/screeners/small/", given)
    assert "What your answers may mean" in page.content.decode()
    assert "Saving your answers to a file" in page.content.decode()
