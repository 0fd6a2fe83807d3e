"""Half of a character, sent to the API, is a problem and no fault."""

from __future__ import annotations

import json

import pytest

from tests.screening_block import small

pytestmark = pytest.mark.django_db

SURROGATES = [
    r'{"answers":{},"\ud800":1}',
    r'{"answers":{"\ud800":1}}',
    r'{"answers":{"status":"\ud800"}}',
    r'{"answers":{"status":"lpr\udfff"}}',
    r'{"answers":{"plans":["travel","\udc00"]}}',
    r'{"answers":{"plans":{"\ud800":[{"a":"\udbff"}]}}}',
    r'{"answers":{},"locale":"\ud800"}',
    r'{"answers":{},"release":"\udfff"}',
    r'{"answers":{},"as_of":"2026-11-\udc23"}',
    r'"\ud800"',
    r'["\ud800"]',
    r'{"answers":{"status":"\ud83d\ud83d"}}',
]


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize("body", SURROGATES)
def test_half_of_a_character_is_a_problem_document_wherever_it_stands(
    client, screener, body
):
    client.raise_request_exception = False
    answer = client.post(
        "/api/v1/screeners/small/evaluate/", body, content_type="application/json"
    )
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == answer.status_code


def test_a_whole_character_in_two_halves_is_text(client, screener):
    body = json.dumps({"answers": small.ASSAULT})
    good = client.post(
        "/api/v1/screeners/small/evaluate/", body, content_type="application/json"
    )
    assert good.status_code == 200
    emoji = r'{"answers":{"status":"\ud83d\ude00"}}'
    answer = client.post(
        "/api/v1/screeners/small/evaluate/", emoji, content_type="application/json"
    )
    assert answer.status_code == 422, "an option that there is not, said as such"
    assert "errors" in answer.json()
