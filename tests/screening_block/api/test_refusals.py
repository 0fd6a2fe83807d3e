"""What the API refuses, it refuses in the language of whoever sent it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.english import find_english_sentences

pytestmark = pytest.mark.django_db
URL = "/api/v1/screeners/small/evaluate/"
CANARY = "canary-answer"
#: What is sent, the status, and the places that are named.
SENT: dict[str, tuple[dict[str, Any], int, list[str]]] = {
    "unknown option": ({"answers": {"status": CANARY}}, 422, ["status"]),
    "no number": ({"answers": {"days": CANARY}}, 422, ["days"]),
    "no question": ({"answers": {CANARY: True, "no_such": 1}}, 422, ["", "no_such"]),
    "no answers": ({}, 400, ["answers"]),
    "answers as a text": ({"answers": CANARY}, 400, ["answers"]),
    "no date": ({"answers": {}, "as_of": "2026-02-30"}, 400, ["as_of"]),
    "unknown field": ({"answers": {}, "asof": "x"}, 400, ["asof"]),
    "no release": ({"answers": {}, "release": "0" * 64}, 404, ["release"]),
}


@pytest.mark.parametrize("case", SENT)
def test_a_refusal_is_in_the_language_that_was_asked_for(
    client: Client, screener: Any, case: str
) -> None:
    body, status, places = SENT[case]

    def ask(**more: str) -> dict[str, Any]:
        answer = client.post(URL, json.dumps(body | more), "application/json")
        assert answer.status_code == status
        assert CANARY not in answer.content.decode()
        found: dict[str, Any] = answer.json()
        assert [one["path"] for one in found["errors"]] == places
        return found

    english, spanish = ask(), ask(locale="es-MX")
    said = [spanish["title"], *(one["message"] for one in spanish["errors"])]
    assert find_english_sentences("\n".join(said), least=2) == []
    told = [english["title"], *(one["message"] for one in english["errors"])]
    assert not set(said) & set(told)
    # What programs go by stays.
    for one, other in zip(english["errors"], spanish["errors"], strict=True):
        assert one["code"] == other["code"]
    assert english["type"] == spanish["type"]
    assert ask(locale="xx") == english


def test_each_of_a_batch_is_refused_in_it_too(client: Client, screener: Any) -> None:
    items = [{"answers": {"status": CANARY}}, {"answers": {}}]
    body = json.dumps({"items": items, "locale": "es"})
    answer = client.post(f"{URL}batch/", body, "application/json").json()
    refused, fine = answer["items"]
    assert refused["problem"]["title"] == "Algunas respuestas no se pueden usar."
    assert refused["problem"]["errors"][0]["message"].startswith("La pregunta no")
    assert fine["problem"] is None


def test_a_parameter_is_refused_in_it_too(client: Client, screener: Any) -> None:
    body = json.dumps({"answers": {}, "locale": "es"})
    found = client.post(f"{URL}?detail=x", body, "application/json").json()
    assert found["title"] == "La solicitud no es correcta."
    assert "uno de estos" in found["errors"][0]["message"]
