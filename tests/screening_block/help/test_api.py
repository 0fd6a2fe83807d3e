"""Other systems read the directory, and a widget its one small file."""

import datetime as dt
import gzip
import json

import pytest

from screening_block.help.entry_file import MAX_BYTES
from screening_block.help.models import HelpWords
from tests.screening_block.conftest import load_small

from .entries import TODAY, make_entry

pytestmark = pytest.mark.django_db
LIST = "/api/v1/help/"
FILE = "/api/v1/screeners/small/help/"


def names(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [entry["key"] for entry in answer.json()["results"]]


def test_the_list_is_filtered_cut_and_in_the_language_asked_for(client):
    entry = make_entry("one", order=1)
    entry.words.add(HelpWords(language="es", note="Atiende."))
    entry.save_revision().publish()
    make_entry("two", order=2, subjects=["papers"], areas="us-ca", counties="Kern")
    make_entry("gone", order=3, checked_on=TODAY - dt.timedelta(days=365))
    assert names(client.get(LIST)) == ["one", "two"]
    assert names(client.get(f"{LIST}?subject=papers")) == ["two"]
    assert names(client.get(f"{LIST}?area=us-nv")) == ["one"]
    page = client.get(f"{LIST}?limit=1&fields=key,note&locale=es").json()
    assert page["results"] == [{"key": "one", "note": "Atiende."}]
    assert page["count"] == 2
    following = client.get(page["next"]).json()
    assert [entry["key"] for entry in following["results"]] == ["two"]
    assert client.get(following["previous"]).status_code == 200


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("county=Alameda", "county"),
        ("colour=red", "colour"),
        ("subject=gardening", "subject"),
        ("area=California", "area"),
        ("locale=xx", "locale"),
        ("fields=key,shoes", "fields"),
        ("limit=0", "limit"),
        ("offset=-1", "offset"),
        ("limit=1&limit=2", "limit"),
    ],
)
def test_what_the_list_does_not_know_is_refused_by_name(client, query, name):
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["path"] for error in answer.json()["errors"]] == [name]


@pytest.mark.parametrize("address", [LIST, FILE])
def test_an_answer_is_kept_for_a_minute_and_sent_once(client, root, address):
    load_small()
    make_entry()
    answer = client.get(address)
    assert answer["Cache-Control"] == "public, max-age=60"
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Set-Cookie" not in answer.headers


def test_the_file_of_a_screener_holds_its_area_and_no_answers(client, root):
    load_small()
    make_entry("here", areas="us-ca", counties="Kern")
    make_entry("elsewhere", areas="us-nv")
    file = client.get(FILE).json()
    assert [entry["key"] for entry in file["entries"]] == ["here"]
    assert file["entries"][0]["counties"] == ["Kern"]
    assert client.get("/api/v1/screeners/nowhere/help/").status_code == 404
    for name in ("county", "answers", "subject"):
        assert client.get(f"{FILE}?{name}=x").status_code == 400


def test_the_file_keeps_a_last_number_and_says_that_it_expired(client, root):
    load_small()
    make_entry("old", checked_on=TODAY - dt.timedelta(days=400))
    (entry,) = client.get(FILE).json()["entries"]
    assert entry["expired"] is True
    assert "please confirm" in entry["checked"]


def test_the_file_is_small_however_many_entries_there_are(client, root):
    load_small()
    for number in range(200):
        words = " ".join(f"{number * n * 7919 % 99991:x}" for n in range(1, 60))
        make_entry(f"entry_{number}", name=f"Office {number}", note=words)
    answer = client.get(FILE)
    assert len(gzip.compress(answer.content, 9)) <= MAX_BYTES == 15_000
    file = json.loads(answer.content)
    assert file["more"] is True
    assert 20 < len(file["entries"]) < 200
    assert file["entries"][0]["key"] == "entry_0"
