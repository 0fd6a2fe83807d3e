"""How much `evaluate` says, many sets of answers at once, and what both refuse."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from rest_framework.exceptions import ValidationError
from rest_framework.throttling import SimpleRateThrottle

from screening_block.api.evaluate_serializers import MOST_ITEMS
from screening_block.api.serializers import EvaluateSerializer, read_evaluation
from tests.screening_block import small

pytestmark = pytest.mark.django_db
URL = "/api/v1/screeners/small/evaluate/"
BATCH = f"{URL}batch/"
#: Nobody else's answer.
CANARY = 4242424242


def post(client: Any, address: str, body: Any, status: int = 200) -> Any:
    response = client.post(address, json.dumps(body), "application/json")
    assert response.status_code == status, response.content
    assert response["Cache-Control"] == "no-store"
    return response.json()


def test_each_detail_says_what_the_full_answer_says_and_no_more(client, screener):
    sent = {"answers": {"status": "lpr", "days": None}, "as_of": "2026-11-23"}
    full = post(client, URL, sent)
    assert full["detail"] == "full"
    assert full == post(client, f"{URL}?detail=full", sent)
    sizes = {}
    for detail, names in (
        ("levels", {"key", "level", "severity"}),
        ("reasons", {"key", "group", "level", "severity", "heading", "because"}),
    ):
        said = post(client, f"{URL}?detail={detail}", sent)
        assert said.pop("detail") == detail
        for found, whole in zip(said.pop("findings"), full["findings"], strict=True):
            assert names <= set(found)
            assert found == {name: whole[name] for name in found}
        assert said == {name: full[name] for name in said}
        sizes[detail] = set(said)
    assert "locale" in sizes["reasons"] - sizes["levels"]
    traced = post(client, f"{URL}?detail=trace", sent)
    traces = [found.pop("trace") for found in traced["findings"]]
    assert {**traced, "detail": "full"} == full
    for trace in traces:
        names = {node["id"] for node in trace}
        assert trace
        assert all(node["value"] in (0, 1, 2) for node in trace)
        assert all(names.issuperset(node["by"]) for node in trace)


def test_a_trace_is_what_the_command_explains(client, screener, tmp_path, capsys):
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(small.ASSAULT))
    call_command(
        "evaluate", "small", answers=str(file), as_of="2026-11-23", explain=True
    )
    printed = json.loads(capsys.readouterr().out)
    sent = {"answers": small.ASSAULT, "as_of": "2026-11-23"}
    answered = post(client, f"{URL}?detail=trace", sent)
    for one in (printed, answered):
        for found in one["findings"]:
            del found["body"]
    assert printed == answered


@pytest.mark.parametrize("query", ["detail=all", "detail=", "text=md", "details=full"])
def test_a_query_that_is_not_understood_is_named(client, screener, query):
    for address in (URL, BATCH):
        sent = {"answers": {}} if address == URL else {"items": [{"answers": {}}]}
        said = post(client, f"{address}?{query}", sent, 400)
        assert [one["path"] for one in said["errors"]] == [query.partition("=")[0]]


def test_what_is_taken_at_once_is_what_the_serializer_takes():
    """Whatever is refused or changed by it must not pass beside it."""
    values: dict[str, list[Any]] = {
        "answers": [{}, {"days": 1}, [], None, "x"],
        "as_of": ["2026-11-23", "2026-02-30", " 2026-11-23", "", None, 5],
        "locale": ["en", "pt-br", " en", "", "\0", None, 5, True, "x" * 21],
        "release": ["a" * 64, "a" * 63, f"{'a' * 64}\n", "", None, 5],
        "shoes": [2],
    }
    bodies: list[Any] = [[], None, "x", {}]
    for name, listed in values.items():
        bodies += [{"answers": {}, name: one} for one in listed] + [{name: listed[0]}]
    taken = 0
    for body in bodies:
        slow = EvaluateSerializer(data=body)
        if slow.is_valid():
            taken += 1
            assert read_evaluation(body) == slow.validated_data, body
        else:
            with pytest.raises(ValidationError) as refused:
                read_evaluation(body)
            assert refused.value.detail == slow.errors
    assert 6 < taken < len(bodies) / 2


def test_each_set_of_a_batch_is_answered_as_it_would_be_alone(client, screener):
    sets = [small.ASSAULT, {}, {"status": "lpr"}]
    common = {"as_of": "1990-01-01", "locale": "en"}
    for detail in ("levels", "reasons", "full", "trace"):
        sent = {"items": [{"answers": one} for one in sets], **common}
        said = post(client, f"{BATCH}?detail={detail}&text=plain", sent)
        alone = [
            post(
                client, f"{URL}?detail={detail}&text=plain", {"answers": one, **common}
            )
            for one in sets
        ]
        assert [one["result"] for one in said["items"]] == alone
        assert [one["index"] for one in said["items"]] == [0, 1, 2]
        assert said["as_of"] == "1990-01-01"
        assert said["release"] == alone[0]["release"]


def test_a_set_that_cannot_be_used_names_its_place_and_spares_the_others(
    client, screener
):
    sets = [{"days": 300}, {"days": f"{CANARY} or so", "status": "martian"}, {}]
    said = post(client, BATCH, {"items": [{"answers": one} for one in sets]})
    good, bad, empty = said["items"]
    assert good["problem"] is empty["problem"] is None
    assert good["result"]["screener"] == "small"
    assert bad["result"] is None
    assert bad["index"] == 1
    assert {one["path"] for one in bad["problem"]["errors"]} == {"days", "status"}
    assert bad["problem"]["status"] == 422
    assert str(CANARY) not in json.dumps(said)
    assert "martian" not in json.dumps(said)


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({}, "items"),
        ({"items": []}, "items"),
        ({"items": [{"answers": {}}] * (MOST_ITEMS + 1)}, "items"),
        ({"items": [{"answers": {}}, {"days": 3}]}, "items/1/days"),
        ({"items": [{"answers": {}}, {}]}, "items/1/answers"),
        ({"items": [{"answers": {}}, 7]}, "items/1"),
        ({"items": [{"answers": {}}], "answers": {}}, "answers"),
        ({"items": [{"answers": {}}], "as_of": "2026-02-30"}, "as_of"),
    ],
)
def test_a_batch_that_is_not_right_is_refused_whole(client, screener, sent, path):
    said = post(client, BATCH, sent, 400)
    assert path in {
        one["path"].removesuffix("/non_field_errors") for one in said["errors"]
    }


def test_a_batch_of_a_release_that_is_not_there_is_not_found(client, screener):
    sent = {"items": [{"answers": {}}], "release": "0" * 64}
    assert post(client, BATCH, sent, 404)["errors"][0]["path"] == "release"
    post(client, BATCH.replace("small", "none"), {"items": [{"answers": {}}]}, 404)


def test_each_set_of_a_batch_counts_against_the_limit(client, screener, monkeypatch):
    monkeypatch.setattr(
        SimpleRateThrottle, "THROTTLE_RATES", {"evaluate": "5/min", "search": "5/min"}
    )
    cache.clear()
    several = {"items": [{"answers": {}}] * 3}
    post(client, BATCH, several)
    post(client, URL, {"answers": {}})
    # The last one is left, and a batch may use it up.
    post(client, BATCH, several)
    for address, sent in ((URL, {"answers": {}}), (BATCH, several)):
        response = client.post(address, json.dumps(sent), "application/json")
        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 60
    cache.clear()
