"""axe finds nothing in any state of the widget, on any of the screens of `check`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from screening_block import engine
from tests.accessibility import check
from tests.screening_block import small

from .conftest import FORM, Host, Visitor, long_list

pytestmark = pytest.mark.browser
PAGE = "<main><h1>Host</h1>{}</main>"
STYLE = ":root { color-scheme: light dark; background: Canvas }"


def with_money() -> engine.Release:
    """Every question type, sections, and an overdue review."""
    release = small.with_sections(long_list())
    texts = release["texts"]["en"]
    release["review"] = {
        "reviewer": "A. Lawyer",
        "reviewed_on": "2020-01-02",
        "next_due": "2021-01-02",
    }
    release["questions"].append({"key": "fine", "type": "money", "currency": "USD"})
    texts["questions"]["fine"] = {
        "label": "What was the fine?",
        "help": "As the court wrote it.",
        "why": "A fine can count.",
        "where": "The [minute order](https://example.org/order).",
    }
    release["findings"].append(
        {
            "key": "fined",
            "group": "help",
            "severity": "info",
            "applies_when": {
                "op": "compare",
                "left": {"question": "fine"},
                "cmp": "lt",
                "right": {"value": 100_000},
            },
            "citations": [],
            "status": "verified",
            "checked_on": "2026-01-15",
            "actions": [],
        }
    )
    texts["findings"]["fined"] = {"heading": "A small fine", "body": "It may help."}
    return engine.load_release(release)


@pytest.fixture
def opened(host: Host, tab: Callable[..., Any]) -> Any:
    host.releases["small"] = with_money()
    page = tab()
    yield Visitor(page, host)
    page.context.close()


def unfold(visitor: Visitor) -> None:
    visitor.find("details").evaluate_all("all => all.map((one) => (one.open = true))")
    # What unfolds is made a moment later.
    visitor.page.wait_for_timeout(50)


def test_axe_finds_nothing_in_any_state_of_a_visit(opened: Visitor) -> None:
    visitor, page = opened, opened.page
    visitor.open(PAGE.format(visitor.host.element()), style=STYLE)
    visitor.screener.get_by_role("button", name="Start").wait_for()
    check(page, "start")
    visitor.start()
    check(page, "choice")
    visitor.press("Continue")
    check(page, "error of a choice")
    visitor.pick("lpr")
    check(page, "list")
    visitor.screener.get_by_label("Search the list").fill("no such law")
    check(page, "list without a match")
    visitor.press("Continue")
    check(page, "error of a list")
    visitor.pick("other").press("Back")
    check(page, "list with an answer")
    visitor.screener.get_by_label("Search the list").fill("assault")
    visitor.pick("pc_245")
    check(page, "integer")
    visitor.type(number="a year")
    check(page, "error of an integer")
    visitor.press("I’m not sure")
    check(page, "choices")
    visitor.press("Continue")
    check(page, "error of choices")
    visitor.pick("travel")
    check(page, "date")
    visitor.type(month="2", day="30", year="2099")
    check(page, "error of a date")
    visitor.type(month="12", day="1")
    check(page, "yes or no")
    visitor.press("Continue")
    check(page, "error of yes or no")
    visitor.pick("true")
    assert visitor.heading == "Before you go on: this is urgent"
    check(page, "urgent")
    visitor.press("Continue")
    unfold(visitor)
    check(page, "money, all unfolded")
    visitor.type(number="much")
    check(page, "error of money")
    visitor.type(number="250.00")
    assert visitor.heading == "Check your answers"
    check(page, "answers to check")
    unfold(visitor)
    check(page, "answers to check, all unfolded")
    visitor.press("Show the result")
    check(page, "result")
    unfold(visitor)
    check(page, "result, all unfolded")
    visitor.press("Print or save a sheet for a lawyer")
    check(page, "sheet")
    visitor.press("Back to the results")
    visitor.screener.get_by_text("Your 7 answers").click()
    visitor.press("Change Your status today").pick("citizen")
    visitor.is_told("no longer matter")
    check(page, "answers taken out")
    visitor.press("Clear my answers and start again")
    visitor.press("Yes, clear them")
    check(page, "cleared")
    assert visitor.complaints == []


def test_axe_finds_nothing_while_it_loads_or_fails(opened: Visitor) -> None:
    visitor, page = opened, opened.page
    hold: list[Any] = []
    page.route("**/release/small?*", lambda route: hold.append(route))
    visitor.open(PAGE.format(visitor.host.element()), style=STYLE)
    visitor.screener.get_by_text("The questions are loading.").wait_for()
    check(page, "loading")
    hold.pop().abort()
    visitor.screener.get_by_role("button", name="Try again").wait_for()
    check(page, "failed")
    form = FORM.replace("<input", '<input aria-label="Days"')
    visitor.open(PAGE.format(visitor.host.element(inside=form)), style=STYLE)
    visitor.screener.get_by_role("button", name="Next").wait_for()
    check(page, "the form inside")
