"""Answers that stand out are nowhere on the server once it has answered."""

from __future__ import annotations

import json
import logging

import pytest

from screening_block.api import evaluating as api_views
from screening_block.visitor import form_step
from tests import canary

from .test_form import Visitor

pytestmark = pytest.mark.django_db
URL = "/screeners/small/"
#: An option, a row, a number, an amount typed wrong, a date, an unknown answer.
WORDS = [
    "lpr",
    "pc_245",
    "4242424242",
    "8181 or so",
    "2077-07-07",
    "year=2077",
    "no-such-status",
]
ANSWERS = {
    "status": "lpr",
    "statute": "pc_245",
    "days": 4242424242,
    "plans": ["travel"],
    "trip_start": "2077-07-07",
    "court_date_set": True,
}


def _form(client) -> None:
    """The whole path without script, with a mistake and a change of mind."""
    visitor = Visitor(client)
    visitor.answer("lpr").answer("pc_245").send(number="8181 or so", do="next")
    assert visitor.page.status_code == 422
    visitor.send(number="4242424242", do="next").answer("travel")
    visitor.send(month="7", day="7", year="2077", do="next").answer("yes")
    assert "Before you go on" in visitor.text
    visitor.send(do="next").send(do="result")
    assert "4,242,424,242 days" in visitor.text
    assert "no-store" in visitor.page["Cache-Control"]
    visitor.send(do="change:status").answer("none").send(do="restart")
    visitor.send(answers='{"status": "no-such-status"}', do="next")
    assert not client.cookies


def _api(client) -> None:
    """Good and bad answers to the API."""
    address = "/api/v1/screeners/small/evaluate/"
    for answers, status in (
        (ANSWERS, 200),
        ({"status": "no-such-status", "days": "8181 or so"}, 422),
    ):
        response = client.post(
            address, json.dumps({"answers": answers}), "application/json"
        )
        assert response.status_code == status, response.content
        assert "no-store" in response.get("Cache-Control", "")
        if status == 422:
            assert canary.left(WORDS, response.content.decode()) == []


@pytest.mark.parametrize("visit", [_form, _api])
def test_no_answer_is_logged_cached_or_stored(client, screener, capfd, visit):
    client.get(URL)
    before = canary.database()
    with canary.listening() as heard:
        visit(client)
    assert canary.database() == before
    assert any("SELECT" in line for line in heard), "nothing was heard"
    # Not even as the values of a query.
    assert canary.left(WORDS, *heard, *capfd.readouterr()) == []
    assert canary.left(WORDS, canary.cached()) == []


@pytest.mark.parametrize(
    ("module", "visit"), [(form_step, _form), (api_views, _api)], ids=["form", "api"]
)
def test_no_answer_is_logged_when_the_server_fails(
    client, screener, monkeypatch, capfd, module, visit
):
    def fail(*_arguments):
        raise RuntimeError("The engine broke.")

    monkeypatch.setattr(module, "build_result", fail)
    client.raise_request_exception = False
    with canary.listening() as heard, pytest.raises(AssertionError):
        visit(client)
    assert any("The engine broke." in line for line in heard)
    assert canary.left(WORDS, *heard, *capfd.readouterr()) == []


def test_what_listens_leaves_no_logger_talking():
    talkers = [logging.getLogger(name) for name in ("django.template", "asyncio")]
    before = [logger.isEnabledFor(logging.DEBUG) for logger in talkers]
    with canary.listening():
        assert all(logger.isEnabledFor(logging.DEBUG) for logger in talkers)
    assert [logger.isEnabledFor(logging.DEBUG) for logger in talkers] == before
