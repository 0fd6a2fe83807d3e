"""What comes before the result of the widget: what is urgent, in time and once, and all
answers once more."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from screening_block import engine
from tests.screening_block import small

from .conftest import Visitor

pytestmark = pytest.mark.browser
URGENT, CHECK = "Before you go on: this is urgent", "Check your answers"
SHOW, RESULT = "Show the result", "What your answers may mean"
HELD, STATUTE = "Does ICE hold you?", "Which law was it?"


@pytest.fixture
def visit(visitor: Visitor) -> Visitor:
    visitor.host.releases["small"] = engine.load_release(small.with_urgent())
    return visitor.open().start()


def change(visit: Visitor, label: str) -> None:
    visit.find("summary", has_text="Your").first.click()
    visit.press(f"Change {label}")


def urgent(visit: Visitor) -> list[str]:
    assert visit.heading == visit.focused == URGENT
    return list(visit.find(".finding h3").all_inner_texts())


def test_what_is_urgent_waits_for_the_end_of_its_section(visit: Visitor) -> None:
    visit.pick("none")
    assert visit.heading == HELD
    visit.pick("true")
    assert urgent(visit) == ["Do not keep a gun", "Call a lawyer today"]
    visit.press("Continue")
    assert visit.heading == visit.focused == STATUTE


def test_it_is_shown_once_and_what_is_taken_back_never(visit: Visitor) -> None:
    visit.pick("none").press("Back").pick("lpr").pick("false")
    assert visit.heading == STATUTE
    change(visit, "Your status today")
    visit.pick("none")
    assert urgent(visit) == ["Do not keep a gun"]
    visit.press("Back")
    assert visit.heading == HELD
    visit.pick("true")
    assert urgent(visit) == ["Call a lawyer today"], "the other one was shown"
    visit.press("Continue").pick("pc_25400").pick("nothing").pick("true")
    assert urgent(visit) == ["Do not miss court"]
    visit.press("Continue")
    assert visit.heading == CHECK
    visit.press("Change Do you have a court date?").pick("true")
    assert visit.heading == CHECK, "once is enough"


def test_without_sections_it_is_shown_at_once(visitor: Visitor) -> None:
    data = small.with_urgent()
    for question in data["questions"]:
        del question["section"]
    del data["texts"]["en"]["sections"]
    visitor.host.releases["small"] = engine.load_release(data)
    visitor.open().start().pick("none")
    assert urgent(visitor) == ["Do not keep a gun"]


def to_check(visit: Visitor) -> Visitor:
    visit.pick("lpr").pick("false").pick("pc_245").type(number="400")
    visit.pick("nothing").pick("false")
    assert visit.heading == visit.focused == CHECK
    return visit


def test_the_answers_stand_in_their_sections(visit: Visitor) -> None:
    to_check(visit)
    rows = visit.find(".check h3, .check dt, .check dt + dd").all_inner_texts()
    assert rows == [
        "Your status in the U.S.",
        *("Your status today", "Green card", HELD, "No"),
        "The case",
        *(STATUTE, "PC 245: assault"),
        *("How many days did the judge order?", "400 days"),
        "Your plans",
        *("What do you plan?", "Nothing", "Do you have a court date?", "No"),
    ]
    visit.press(SHOW)
    assert visit.heading == visit.focused == RESULT


def test_a_change_leads_back_to_them_and_says_what_it_made_pointless(
    visit: Visitor,
) -> None:
    to_check(visit).press("Change How many days did the judge order?")
    visit.type(number="20")
    assert visit.heading == CHECK
    expect(visit.find(".check")).to_contain_text("20 days")
    visit.press(f"Change {STATUTE}").pick("pc_25400")
    assert visit.heading == CHECK
    expect(visit.find(".notice li")).to_have_text("How many days did the judge order?")


def test_a_change_that_opens_questions_asks_them_and_no_other(visit: Visitor) -> None:
    to_check(visit).press("Change What do you plan?")
    visit.find("#o-nothing").uncheck()
    visit.pick("travel")
    assert visit.heading == "When do you leave?"
    expect(visit.find(".notice")).to_have_count(0)
    visit.press("I’m not sure")
    assert visit.heading == CHECK, "what came after it was answered"
    expect(visit.find(".check dd")).to_have_count(14)
    expect(visit.find(".notice")).to_have_count(0)


def test_back_leads_to_the_last_question_and_a_change_from_the_result_to_it(
    visit: Visitor,
) -> None:
    to_check(visit).press("Back")
    assert visit.heading == "Do you have a court date?"
    visit.press("Continue").press(SHOW)
    change(visit, "How many days did the judge order?")
    visit.type(number="20")
    assert visit.heading == RESULT


def test_all_can_be_cleared_there_and_then_they_come_again(visit: Visitor) -> None:
    to_check(visit).press("Clear my answers and start again").press("Yes, clear them")
    assert visit.heading == "Small screener"
    to_check(visit.start())


def test_answers_are_not_printed_there(visit: Visitor) -> None:
    to_check(visit).page.emulate_media(media="print")
    expect(visit.find("dd", has_text="PC 245: assault")).to_be_hidden()
