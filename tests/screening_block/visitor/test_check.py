"""All answers once more before the result, in the form without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.screening_block import small

from .test_form import Visitor
from .test_sections import load  # noqa: F401 - fixture

# Once: only reads what others write on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
CHECK, RESULT = "<h1>Check your answers</h1>", "<h1>What your answers may mean</h1>"
ROW = re.compile(r"<h2 class=\"ls-part\">(.*?)</h2>|<dt>(.*?)</dt>\s*<dd>(.*?)</dd>")


@pytest.fixture
def visitor(
    client: Client,
    load: Callable[[dict[str, Any]], None],  # noqa: F811
) -> Visitor:
    load(small.with_sections())
    visitor = Visitor(client).answer("lpr").answer("pc_245")
    visitor.send(number="400", do="next").answer("nothing").answer("no")
    assert CHECK in visitor.text
    return visitor


def test_the_answers_stand_in_their_sections(visitor: Visitor) -> None:
    rows = ROW.findall(visitor.text)
    assert ["".join(row[:1]) or row[1:] for row in rows] == [
        "Your status in the U.S.",
        ("Your status today", "Green card"),
        "The case",
        ("Which law was it?", "PC 245: assault"),
        ("How many days did the judge order?", "400 days"),
        "Your plans",
        ("What do you plan?", "Nothing"),
        ("Do you have a court date?", "No"),
    ]
    assert RESULT in visitor.send(do="result").text


def test_a_change_leads_back_to_them(visitor: Visitor) -> None:
    visitor.send(do="change:days")
    assert visitor.question == "days"
    visitor.send(number="20", do="next")
    assert CHECK in visitor.text
    assert "20 days" in visitor.text
    visitor.send(do="change:status").answer("citizen")
    assert CHECK in visitor.text
    assert "some earlier answers no longer matter" in visitor.text
    assert visitor.answers == {"status": "citizen"}


def test_a_change_that_opens_questions_asks_them_and_no_other(visitor: Visitor) -> None:
    visitor.send(do="change:plans").answer("travel")
    assert visitor.question == "trip_start"
    assert "no longer matter" not in visitor.text
    visitor.send(do="unsure")
    assert CHECK in visitor.text, "what came after it was answered"
    assert ROW.findall(visitor.text)[-1][1:] == ("Do you have a court date?", "No")


def test_the_way_back_leads_from_the_result_to_them_to_the_last_question(
    visitor: Visitor,
) -> None:
    visitor.send(do="result").send(do="check")
    assert CHECK in visitor.text
    visitor.send(do="back")
    assert visitor.question == "court_date_set"
    assert CHECK in visitor.answer("no").text


def test_a_change_from_the_result_leads_back_to_the_result(visitor: Visitor) -> None:
    visitor.send(do="result").send(do="change:days")
    assert visitor.question == "days"
    visitor.send(number="x", do="next")
    assert RESULT in visitor.send(number="20", do="next").text
    # Once they were looked at again, they come again.
    visitor.send(do="check").send(do="change:days").send(number="30", do="next")
    assert CHECK in visitor.text


def test_a_result_that_is_not_there_yet_is_not_shown(visitor: Visitor) -> None:
    visitor.send(answers='{"status": "lpr"}', do="result")
    assert visitor.question == "statute"
