"""What stands around the questions of the widget: the start, sections."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from screening_block import engine
from tests.screening_block import small

from .conftest import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(visitor: Visitor) -> Visitor:
    visitor.host.releases["small"] = engine.load_release(small.with_sections())
    return visitor.open()


def test_the_start_says_how_long_it_takes_and_what_to_have_at_hand(
    visit: Visitor,
) -> None:
    visit.screener.get_by_role("button", name="Start").wait_for()
    said = visit.find("dl").inner_text().split("\n")
    assert [one for one in said if one] == [
        "How long it takes",
        "About 3 minutes",
        "What to have at hand",
        "Papers from court.",
    ]


def test_a_start_without_either_does_not_name_them(visitor: Visitor) -> None:
    visitor.open().screener.get_by_role("button", name="Start").wait_for()
    expect(visitor.find("dl")).to_have_count(0)


def test_every_question_names_its_section_and_it_is_read_out(visit: Visitor) -> None:
    visit.start()
    part = visit.find(".part")
    expect(part).to_have_text("Your status in the U.S.")
    visit.is_told("Your status in the U.S.: Question 1")
    visit.pick("lpr")
    assert visit.focused == visit.heading == "Which law was it?"
    expect(part).to_have_text("The case")
    visit.is_told("The case: Question 2")
    visit.pick("pc_245")
    expect(part).to_have_text("The case")
    visit.press("Back").press("Back")
    expect(part).to_have_text("Your status in the U.S.")


def test_questions_without_sections_name_none(visitor: Visitor) -> None:
    visitor.open().start()
    expect(visitor.find(".part")).to_have_count(0)
    visitor.is_told("Question 1")
