"""The files that other sites load."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import brotli
import pytest
from django.test import Client

from screening_block.embed import assets

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once

SCRIPT = "/embed/v1/screener.js"


@pytest.mark.parametrize("name", assets.list_names())
def test_every_origin_may_load_a_file_and_keep_it(client: Client, name: str) -> None:
    response = client.get(f"/embed/v1/{name}")
    assert response.status_code == 200
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    assert response["Content-Type"] == f"{kind}; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    # What is put right is soon everywhere; what its name says never changes.
    named = re.search(r"\.[0-9a-f]{12}\.", name)
    for_good = "public, max-age=31536000, immutable"
    assert response["Cache-Control"] == (for_good if named else "public, max-age=60")
    assert not response.cookies


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip;q=1.0", "gzip"),
        ("identity", ""),
        ("br;q=much", ""),
        ("", ""),
    ],
)
def test_a_file_travels_compressed_and_arrives_whole(
    client: Client, accepted: str, encoding: str
) -> None:
    response = client.get(SCRIPT, headers={"accept-encoding": accepted})
    assert response.get("Content-Encoding", "") == encoding
    assert response["Vary"] == "Accept-Encoding"
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
    assert unpack(response.content) == client.get(SCRIPT).content


def test_an_etag_names_one_encoding_and_spares_sending_it_again(client: Client) -> None:
    tags = set()
    for accepted in ("br", "gzip", ""):
        etag = client.get(SCRIPT, headers={"accept-encoding": accepted})["ETag"]
        assert etag.startswith('"'), "strong"
        tags.add(etag)
        given = {"accept-encoding": accepted, "if-none-match": f'"x", {etag}'}
        again = client.get(SCRIPT, headers=given)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == etag
        assert again["Access-Control-Allow-Origin"] == "*"
    assert len(tags) == 3
    given = {"accept-encoding": "br", "if-none-match": sorted(tags)[-1]}
    assert client.head(SCRIPT, headers=given).status_code in (200, 304)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        *("other.js", "strings.js", "../screener.js", "es.css", "result.js"),
        *(f"result.{'0' * 12}.js", f"screener.{'0' * 12}.js"),
    ],
)
def test_nothing_else_is_served(client: Client, name: str) -> None:
    assert client.get(f"/embed/v1/{name}").status_code == 404


def test_a_file_made_anew_shows_without_a_restart(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As `make watch` makes them while a developer edits the sources."""
    bundled = shutil.copytree(assets.BUNDLED, tmp_path / "bundled")
    monkeypatch.setattr(assets, "BUNDLED", bundled)
    before = client.get(SCRIPT)
    (bundled / "screener.js").write_text('console.log("edited");')
    after = client.get(SCRIPT)
    assert after.content == b'console.log("edited");'
    assert after["ETag"] != before["ETag"]
