"""What is urgent, in the form without script: by itself, in time, once."""

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
URGENT = "Before you go on: this is urgent"
FINDING = re.compile(r"<article[^>]*>\s*<h2>(.*?)</h2>")


@pytest.fixture
def visitor(
    client: Client,
    load: Callable[[dict[str, Any]], None],  # noqa: F811
) -> Visitor:
    load(small.with_urgent())
    return Visitor(client)


def urgent(visitor: Visitor) -> list[str]:
    """The findings on the page of what is urgent; none on any other."""
    shown = FINDING.findall(visitor.text)
    assert bool(shown) == (f"<h1>{URGENT}</h1>" in visitor.text)
    return shown


def test_what_is_urgent_waits_for_the_end_of_its_section(visitor: Visitor) -> None:
    visitor.answer("none")
    assert urgent(visitor) == []
    assert visitor.question == "held"
    visitor.answer("yes")
    assert urgent(visitor) == ["Do not keep a gun", "Call a lawyer today"]
    assert "Ask about bond." in visitor.text
    visitor.send(do="next")
    assert visitor.question == "statute"


def test_what_the_rest_of_a_section_takes_back_is_never_shown(
    visitor: Visitor,
) -> None:
    visitor.answer("none").send(do="back").answer("lpr").answer("no")
    assert visitor.question == "statute"


def test_it_is_shown_once_whatever_way_the_visitor_takes(visitor: Visitor) -> None:
    visitor.answer("none").answer("yes")
    assert len(urgent(visitor)) == 2
    visitor.send(do="back")
    assert visitor.question == "held"
    visitor.answer("yes")
    assert visitor.question == "statute"
    visitor.send(do="change:status").answer("lpr").send(do="change:status")
    visitor.answer("none")
    assert visitor.question == "statute"
    visitor.answer("pc_25400").answer("nothing").answer("yes")
    assert urgent(visitor) == ["Do not miss court"], "the others were shown"
    visitor.send(do="next")
    assert "Check your answers" in visitor.text
    visitor.send(do="change:court_date_set").answer("yes")
    assert "Check your answers" in visitor.text


def test_what_a_change_makes_urgent_is_shown_at_once(visitor: Visitor) -> None:
    visitor.answer("lpr").answer("no").answer("pc_245")
    assert visitor.question == "days"
    visitor.send(do="change:held").answer("yes")
    assert urgent(visitor) == ["Call a lawyer today"]
    visitor.send(do="next")
    assert visitor.question == "days"
    visitor.send(do="change:status").send(do="back").send(do="unsure")
    visitor.send(do="change:status").answer("none")
    assert urgent(visitor) == ["Do not keep a gun"]


def test_whoever_clears_everything_is_told_again(visitor: Visitor) -> None:
    visitor.answer("none").answer("no")
    assert urgent(visitor) == ["Do not keep a gun"]
    visitor.send(do="next").send(do="restart").answer("none").answer("no")
    assert urgent(visitor) == ["Do not keep a gun"]


def test_without_sections_it_is_shown_at_once(
    client: Client,
    load: Callable[[dict[str, Any]], None],  # noqa: F811
) -> None:
    data = small.with_urgent()
    for question in data["questions"]:
        del question["section"]
    del data["texts"]["en"]["sections"]
    load(data)
    visitor = Visitor(client).answer("none")
    assert urgent(visitor) == ["Do not keep a gun"]


def test_a_field_that_claims_what_was_never_shown_hides_it_from_no_result(
    visitor: Visitor,
) -> None:
    visitor.answer("none").send(told="ice gun nothing 9", answer=["yes"], do="next")
    assert visitor.question == "statute"
    assert visitor.hidden["told"] == "gun ice"
    visitor.answer("pc_25400").answer("nothing").answer("no").send(do="result")
    assert "What your answers may mean" in visitor.text
    assert "Do not keep a gun" in visitor.text
