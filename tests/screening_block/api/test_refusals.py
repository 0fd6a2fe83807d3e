"""What the API refuses, it refuses in the language of whoever sent it."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from screening_block.api.refusals import translate_refusal
from screening_block.engine import answers as engine_answers, types as engine_types
from tests.english import find_english, find_english_sentences

pytestmark = pytest.mark.django_db
URL = "/api/v1/screeners/small/evaluate/"
#: Of types.py, what reads a text that was typed: the form says it by itself.
TYPED = "parse_text"


def list_refusals() -> list[str]:
    """Every sentence in which the engine refuses an answer, numbers filled in."""
    found = []
    for module in (engine_answers, engine_types):
        tree = ast.parse(Path(str(module.__file__)).read_text())
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef) or function.name == TYPED:
                continue
            for call in ast.walk(function):
                if not isinstance(call, ast.Call):
                    continue
                if getattr(call.func, "id", "") in ("BadAnswer", "Problem"):
                    found += _texts(call.args[-1])
    return found


def _texts(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return [
            "".join(
                part.value if isinstance(part, ast.Constant) else "1900"
                for part in node.values
            )
        ]
    return []  # a variable: said elsewhere


def test_every_refusal_of_an_answer_is_in_spanish() -> None:
    refusals = list_refusals()
    assert len(refusals) > 10
    for refusal in refusals:
        with override("en"):
            assert translate_refusal(refusal) == refusal
        with override("es"):
            said = translate_refusal(refusal)
        assert said != refusal
        assert find_english(said) == [], said
        assert re.findall(r"\d+", said) == re.findall(r"\d+", refusal)


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
