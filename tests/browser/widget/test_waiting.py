"""With script no answer is ever sent, however slow the network: on the running site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.accessibility import check

pytestmark = pytest.mark.browser

SECOND = "Which law was it?"
SERVER = "Use the form that sends your answers to our server"
FAILED = "The questions could not be loaded."
MOMENT = "One moment: the questions are still loading."
STAYS = "Your answers stay in this page on your device."
SENT = "Your answers go to our server inside this form"


@pytest.fixture(params=["/screeners/small/", "/embed/v1/small/"])
def address(request: Any, long_rows: None, live_server: Any) -> str:
    return str(live_server.url + request.param)


class Slow:
    """A tab where the questions come when they are let go; what was posted from it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.held: list[Any] = []
        self.posted: list[str] = []
        page.route("**/api/v1/screeners/**", self._hold)
        page.on("request", self._note)

    def _hold(self, route: Any) -> None:
        # Whether anybody is there at all is asked where nothing came.
        if route.request.method == "HEAD":
            route.abort()
        else:
            self.held.append(route)

    def _note(self, request: Any) -> None:
        if request.method == "POST":
            self.posted.append(request.post_data or "")

    def let_go(self) -> None:
        while self.held:
            self.held.pop().continue_()
        self.page.unroute("**/api/v1/screeners/**")

    def fail(self) -> None:
        for _tick in range(50):
            if self.held:
                break
            self.page.wait_for_timeout(20)
        self.held.pop().abort()
        expect(self.page.get_by_text(FAILED)).to_be_visible()

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def heading(self) -> Any:
        return self.page.locator("legal-screener h2:not(.ahead *)")


@pytest.fixture
def slow(tab: Callable[..., Any]) -> Iterator[Slow]:
    page = tab(viewport={"width": 360, "height": 740})
    yield Slow(page)
    page.context.close()


def test_what_was_picked_while_it_loads_stays_picked(slow: Slow, address: str) -> None:
    slow.page.goto(address)
    expect(slow.page.get_by_text(STAYS)).to_be_visible()
    expect(slow.page.get_by_text(SENT)).to_have_count(0)
    slow.page.get_by_label("Green card").check()
    slow.page.keyboard.press("Enter")
    slow.let_go()
    expect(slow.heading).to_have_text("Your status today")
    expect(slow.page.get_by_label("Green card")).to_be_checked()
    slow.button("Continue").click()
    expect(slow.heading).to_have_text(SECOND)
    assert slow.posted == []


def test_continue_waits_for_the_questions_and_sends_nothing(
    slow: Slow, address: str
) -> None:
    slow.page.goto(address)
    slow.page.get_by_label("Green card").check()
    check(slow.page, "loading")
    slow.button("Continue").click()
    expect(slow.page.get_by_text(MOMENT)).to_be_visible()
    expect(slow.button(SERVER)).to_be_visible()
    check(slow.page, "waiting")
    slow.let_go()
    expect(slow.heading).to_have_text(SECOND)
    slow.page.locator("legal-screener summary", has_text="Your answer").click()
    expect(slow.page.locator("legal-screener dl.given")).to_contain_text("Green card")
    assert slow.posted == []


def test_a_failure_is_said_and_the_server_s_form_is_a_choice(
    slow: Slow, address: str
) -> None:
    slow.page.goto(address)
    slow.page.get_by_label("Green card").check()
    slow.fail()
    check(slow.page, "failed")
    slow.button("Continue").click()
    expect(slow.page.get_by_text(MOMENT)).to_be_visible()
    slow.fail()
    assert slow.posted == []
    slow.button(SERVER).click()
    slow.page.locator("h1", has_text="Your status today").wait_for()
    assert slow.posted == ["do=restart"]
    expect(slow.page.get_by_text(SENT)).to_be_visible()
    slow.page.get_by_label("Green card").check()
    slow.button("Continue").click()
    slow.page.locator("h1", has_text=SECOND).wait_for()
    assert "answer=lpr" in slow.posted[1]


def test_a_second_try_takes_the_answer_along(slow: Slow, address: str) -> None:
    slow.page.goto(address)
    slow.page.get_by_label("Green card").check()
    slow.fail()
    slow.page.unroute("**/api/v1/screeners/**")
    slow.button("Continue").click()
    expect(slow.heading).to_have_text(SECOND)
    assert slow.posted == []


def test_where_the_script_never_comes_nothing_is_sent_unasked(
    slow: Slow, address: str
) -> None:
    slow.page.route("**/embed/v1/screener.js", lambda route: route.abort())
    slow.page.goto(address)
    slow.page.get_by_label("Green card").check()
    slow.page.keyboard.press("Enter")
    slow.button("Continue").click()
    slow.page.wait_for_timeout(300)
    assert slow.posted == []
    slow.button(SERVER).click()
    slow.page.locator("h1", has_text="Your status today").wait_for()
    assert slow.posted == ["do=restart"]


def test_without_script_the_form_says_where_answers_go_and_how_to_go_back(
    tab: Callable[..., Any], address: str
) -> None:
    page = tab(java_script_enabled=False, viewport={"width": 360, "height": 740})

    def press(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).click()

    def sees(title: str) -> None:
        page.locator("h1", has_text=title).wait_for()

    page.goto(address)
    # Playwright's texts and roles pass over `noscript`; the browser shows it.
    promise = page.locator("noscript .ls-promise")
    expect(promise).to_be_visible()
    expect(promise).to_contain_text(SENT)
    expect(promise).to_contain_text("Your browser’s own Back button starts again.")
    expect(page.get_by_text(STAYS)).to_be_hidden()
    expect(page.get_by_role("button", name=SERVER)).to_be_hidden()
    expect(page.locator("[data-ls-wait]")).to_be_hidden()
    expect(page.locator("noscript [value=next]")).to_be_visible()
    page.get_by_label("Green card").check()
    page.keyboard.press("Enter")
    sees(SECOND)
    page.locator("select").select_option("pc_25400")
    press("Previous question")
    sees("Your status today")
    expect(page.get_by_label("Green card")).to_be_checked()
    expect(page.get_by_role("button", name="Previous question")).to_have_count(0)
    press("Continue")
    # What was picked before going back was kept.
    sees("What do you plan?")
    page.get_by_label("Nothing", exact=False).first.check()
    press("Continue")
    sees("Do you have a court date?")
    press("Skip this question")
    sees("Check your answers")
    press("Show the result")
    sees("What your answers may mean")
    press("Back to your answers")
    sees("Check your answers")
    press("Previous question")
    sees("Do you have a court date?")
    press("Previous question")
    sees("What do you plan?")
    page.context.close()
