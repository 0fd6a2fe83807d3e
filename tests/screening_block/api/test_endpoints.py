"""The API: releases to read, evaluation without a trace."""

from __future__ import annotations

import hashlib
import io
import json
import logging

import pytest
from django.core.management import CommandError, call_command as manage
from django.utils import translation
from django.utils.translation import gettext

from screening_block import engine
from screening_block.models import Threshold
from screening_block.models.releases import today
from screening_block.visitor.widget_strings import write_widget_words
from tests.screening_block import small

pytestmark = pytest.mark.django_db
URL = "/api/v1/screeners/small/"


def post(client, body, **extra):
    return client.post(
        f"{URL}evaluate/", json.dumps(body), content_type="application/json", **extra
    )


def finding(body, key="agg_felony_violence_1yr"):
    return next(found for found in body["findings"] if found["key"] == key)


def test_the_current_release_is_its_canonical_bytes_named_by_their_hash(
    client, screener
):
    response = client.get(URL)
    assert response.status_code == 200
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert client.get(URL, HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304
    sha = response["ETag"].strip('"')
    by_hash = client.get(f"/api/v1/releases/{sha}/")
    assert by_hash.content == response.content
    assert by_hash["Cache-Control"] == "public, max-age=60, must-revalidate"


def test_every_finding_is_listed_with_law_reasons_and_what_is_missing(client, screener):
    body = post(client, {"answers": {"status": "lpr", "days": None}}).json()
    assert [found["key"] for found in body["findings"]] == [
        "agg_felony_violence_1yr",
        "travel_risk",
        "court_soon",
    ]
    found = finding(body)
    assert found["level"] == "may_apply"
    assert found["missing"] == [
        {"question": "statute", "state": "not_asked"},
        {"question": "days", "state": "not_sure"},
    ]
    assert found["citations"][0]["text"] == "INA 101(a)(43)(F)"
    assert any("You are not sure" in reason for reason in found["because"])
    assert "365 days" in found["body"]
    assert body["next"] == "statute"
    assert body["complete"] is False


def test_an_evaluation_is_not_to_be_stored_by_anyone(client, screener):
    response = post(client, {"answers": small.ASSAULT})
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_as_of_and_an_older_release_are_taken(client, screener):
    sha = client.get(URL)["ETag"].strip('"')
    body = post(
        client,
        {"answers": small.ASSAULT, "as_of": "1990-01-01", "release": sha},
    ).json()
    assert body["as_of"] == "1990-01-01"
    assert body["release"] == sha
    # Before its first date the threshold has no value: unknown, not "no".
    assert finding(body)["level"] == "may_apply"


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ({"status": "canary-value"}, "status"),
        ({"days": "canary-value"}, "days"),
        ({"days": 3.5}, "days"),
        ({"days": True}, "days"),
        ({"plans": ["canary-value"]}, "plans"),
        ({"trip_start": "2026-02-30"}, "trip_start"),
        ({"canary_question": 1}, "canary_question"),
    ],
)
def test_a_bad_answer_is_refused_by_question_and_never_repeated(
    client, screener, answers, path, caplog
):
    with caplog.at_level(logging.DEBUG):
        response = post(client, {"answers": answers})
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert [error["path"] for error in response.json()["errors"]] == [path]
    assert b"canary-value" not in response.content
    assert "canary-value" not in caplog.text


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{",
        b"null",
        b'{"answers": []}',
        b'{"answers": {}, "as_of": "yesterday"}',
        b'{"answers": {}, "as_of": "2026-11-23\\n"}',
        b'{"answers": {}, "release": "x"}',
        b'{"answers": {}, "surprise": 1}',
        b'{"answers": {"status": "lpr", "status": "none"}}',
        b'{"answers": {"days": NaN}}',
        b'{"answers": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    ],
)
def test_a_malformed_request_is_a_problem_document(client, screener, body):
    response = client.post(f"{URL}evaluate/", body, content_type="application/json")
    assert 400 <= response.status_code < 500
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["title"]


@pytest.mark.parametrize("url", [URL, "/api/v1/screeners/"])
def test_unknown_query_parameters_are_refused(client, screener, url):
    response = client.get(f"{url}?surprise=1")
    assert response.status_code == 400
    assert response.json()["errors"][0]["path"] == "surprise"


def test_unknown_screeners_and_releases_are_not_found(client, screener):
    assert client.get("/api/v1/screeners/nobody/").status_code == 404
    assert client.get(f"/api/v1/releases/{'0' * 64}/").status_code == 404


def test_a_withdrawn_screener_is_gone_by_its_hash_as_well(client, screener):
    sha = client.get(URL)["ETag"].strip('"')
    screener.unpublish()
    assert client.get(URL).status_code == 404
    assert post(client, {"answers": {}}).status_code == 404
    assert client.get(f"/api/v1/releases/{sha}/").status_code == 404
    answers = {"answers": {}, "release": sha}
    assert post(client, answers).status_code == 404


def test_the_list_names_every_public_screener(client, screener):
    (listed,) = client.get("/api/v1/screeners/").json()
    assert listed["key"] == "small"
    assert listed["title"] == "Small screener"
    assert client.get(listed["url"]).status_code == 200
    assert client.get(listed["page"]).status_code == 200


def test_the_command_prints_what_the_api_answers(client, screener, tmp_path):
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(small.ASSAULT))
    out = io.StringIO()
    manage("evaluate", "small", answers=str(file), as_of="2026-11-23", stdout=out)
    printed = json.loads(out.getvalue())
    body = post(client, {"answers": small.ASSAULT, "as_of": "2026-11-23"}).json()
    for found in [*printed["findings"], *body["findings"]]:
        del found["body"]
    assert printed == body


def test_the_command_names_the_question_and_not_the_answer(screener, tmp_path):
    file = tmp_path / "answers.json"
    file.write_text('{"status": "canary-value"}')
    with pytest.raises(CommandError, match="status") as refused:
        manage("evaluate", "small", answers=str(file))
    assert "canary" not in str(refused.value)
    file.write_text('{"status": canary-value')
    with pytest.raises(CommandError) as refused:
        manage("evaluate", "small", answers=str(file))
    assert "canary" not in str(refused.value)


def test_thresholds_and_charts_are_listed_with_their_law(client, screener):
    (threshold,) = client.get("/api/v1/thresholds/").json()
    assert threshold["key"] == "af_term"
    assert threshold["values"] == [{"from": "1996-09-30", "value": 365}]
    assert threshold["citations"][0]["text"] == "INA 101(a)(43)(F)"
    chart = client.get("/api/v1/charts/statutes/").json()
    assert [row["key"] for row in chart["rows"]] == ["pc_245", "pc_25400"]
    assert chart["rows"][0]["cells"] == {"violence": "candidate"}
    assert chart["columns"][0]["values"] == {"candidate": "may be", "no": "no"}
    assert client.get("/api/v1/charts/nobody/").status_code == 404


def test_only_what_is_published_is_listed(client, screener):
    threshold = Threshold.objects.get(key="af_term")
    threshold.label = "A draft label"
    threshold.values.all()[0].number = 1
    threshold.save_revision()
    Threshold.objects.create(
        key="draft", label="Draft", live=False, locale=screener.locale
    )
    (listed,) = client.get("/api/v1/thresholds/").json()
    assert listed["label"] == "Days for an aggravated felony"
    assert listed["values"][0]["value"] == 365


def test_the_widget_s_words_come_with_the_release_on_a_line_of_their_own(
    client, screener
):
    plain = client.get(URL)
    response = client.get(URL, {"words": "es-MX"})
    first, second = response.content.split(b"\n")
    assert first == plain.content
    sha = plain["ETag"].strip('"')
    assert response["ETag"].startswith(f'"{sha}-')
    same = {"words": "es-MX"}, {"HTTP_IF_NONE_MATCH": response["ETag"]}
    assert client.get(URL, same[0], **same[1]).status_code == 304
    told = json.loads(second)
    assert told["as_of"] == today(engine.load_release(plain.json()))
    # There are no texts in Spanish, and half of a screener is not in another language.
    assert (told["locale"], told["dir"]) == ("en", "ltr")
    assert told["ui"]["next"] == "Continue"
    assert "365 days" in told["thresholds"]["af_term"]
    by_hash = client.get(f"/api/v1/releases/{sha}/", {"words": "en"})
    # As of today: not for ever.
    assert "immutable" not in by_hash["Cache-Control"]
    assert b"\n" not in plain.content


def test_the_widget_s_own_words_are_translated_as_those_of_the_form_are():
    data = small.release()
    data["texts"]["es"] = {"title": "Prueba"}
    release = engine.load_release(data)
    found = [
        json.loads(write_widget_words(release, tag, "2026-11-23"))
        for tag in ("en", "es-MX")
    ]
    assert [told["locale"] for told in found] == ["en", "es"]
    assert [told["ui"]["next"] for told in found] == ["Continue", "Continuar"]
    with translation.override("es"):
        assert found[1]["ui"]["next"] == gettext("Continue")
