"""Back, Forward, other pages and “Clear”: nothing goes unasked, nothing comes again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import SETTLED, Host, Visitor

pytestmark = pytest.mark.browser

FIRST, SECOND, THIRD = (
    "Your status today",
    "Which law was it?",
    "How many days did the judge order?",
)
CHECK, SHOW = "Check your answers", "Show the result"
RESULT = "What your answers may mean"
CLEAR = "Clear my answers and start again"
CLEARED = "Your answers are cleared."


@pytest.fixture
def address(long_rows: None, live_server: Any) -> str:
    return str(live_server.url)


class Reader:
    """One tab that came from another page of the site."""

    def __init__(self, page: Any, address: str, path: str) -> None:
        self.page, self.before = page, f"{address}/healthz"
        self.asked: list[str] = []
        page.on("dialog", self._answer)
        page.goto(self.before)
        page.goto(address + path)
        frames = page.frames
        self.inside = frames[1] if len(frames) > 1 else page
        self.screener = self.inside.locator("legal-screener")

    def _answer(self, dialog: Any) -> None:
        self.asked.append(dialog.type)
        dialog.dismiss()

    def press(self, name: str) -> Reader:
        self.screener.get_by_role("button", name=name, exact=True).first.click()
        return self

    def start(self) -> Reader:
        self.press("Start")
        self.inside.wait_for_function(SETTLED)
        return self

    def pick(self, *keys: str) -> Reader:
        for key in keys:
            self.screener.locator(f"#o-{key}:not(.ahead *)").check()
        return self.press("Continue")

    def number(self, text: str) -> Reader:
        self.screener.locator("#number:not(.ahead *)").fill(text)
        return self.press("Continue")

    def sees(self, heading: str) -> Reader:
        expect(self.screener.locator("h2:not(.ahead *)")).to_have_text(heading)
        return self

    def goes(self, way: str) -> Reader:
        self.page.evaluate(f"void setTimeout(() => history.{way}())")
        return self

    @property
    def state(self) -> list[Any]:
        return list(self.inside.evaluate("[history.length, history.state]"))


@pytest.fixture
def reader(tab: Callable[..., Any], address: str) -> Iterator[Callable[[str], Reader]]:
    page = tab(viewport={"width": 360, "height": 740})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield lambda path: Reader(page, address, path)
    page.context.close()
    assert complaints == []


PLACES = ["/screeners/small/", "/embed/v1/small/"]


@pytest.mark.parametrize("path", PLACES)
def test_back_is_the_question_before_and_the_first_leads_out(
    reader: Callable[[str], Reader], path: str
) -> None:
    visit = reader(path).start()
    length, _none = visit.state
    visit.pick("lpr").sees(SECOND).pick("pc_245").sees(THIRD).number("4242")
    visit.sees("What do you plan?")
    assert visit.state == [length + 3, {"legalScreener": 3}], "a number, no answer"
    for heading in (THIRD, SECOND, FIRST):
        visit.goes("back").sees(heading)
    expect(visit.screener.locator("#o-lpr:not(.ahead *)")).to_be_checked()
    assert visit.asked == []
    visit.goes("back")
    visit.page.wait_for_timeout(300)
    assert visit.asked == ["beforeunload"], "whoever goes is asked first"
    visit.sees(FIRST)


def test_back_leads_from_the_sheet_to_the_result_to_the_last_question(
    reader: Callable[[str], Reader],
) -> None:
    visit = reader(PLACES[0]).start()
    visit.pick("lpr").pick("pc_25400").pick("nothing").pick("true")
    visit.sees("Before you go on: this is urgent").press("Continue")
    visit.sees(CHECK).press(SHOW).sees(RESULT)
    visit.press("Print or save a sheet for a lawyer").sees("Sheet for a lawyer")
    visit.goes("back").sees(RESULT).goes("back").sees(CHECK)
    visit.goes("back").sees("Do you have a court date?").goes("forward").sees(CHECK)
    visit.goes("forward").sees(RESULT).goes("forward").sees("Sheet for a lawyer")
    visit.press("Back to the results").sees(RESULT).goes("back").sees(CHECK)
    visit.goes("back").sees("Do you have a court date?").goes("back")
    visit.sees("What do you plan?")


def test_a_change_from_the_result_keeps_the_way_back_in_order(
    reader: Callable[[str], Reader],
) -> None:
    visit = reader(PLACES[0]).start()
    length, _none = visit.state
    visit.pick("lpr").pick("pc_25400").pick("nothing").pick("false").sees(CHECK)
    visit.press(SHOW).sees(RESULT)
    visit.screener.locator("summary", has_text="Your 4 answers").click()
    change = visit.screener.get_by_role("button", name=f"Change {FIRST}")
    change.click()
    visit.sees(FIRST).pick("lpr").sees(RESULT)
    assert visit.state == [length + 5, {"legalScreener": 5}]
    visit.goes("back").sees(CHECK).goes("back").sees("Do you have a court date?")
    visit.press("Back").sees("What do you plan?").goes("back").sees(SECOND)


def test_nothing_that_was_cleared_comes_again_by_forward(
    reader: Callable[[str], Reader],
) -> None:
    visit = reader(PLACES[0]).start()
    visit.pick("lpr").pick("pc_245").number("4242").sees("What do you plan?")
    visit.press(CLEAR)
    question = visit.screener.get_by_text("Do you want to clear all your answers?")
    expect(question).to_be_focused()
    visit.press("No, keep them").sees("What do you plan?")
    visit.press(CLEAR).press("Yes, clear them").sees("Small screener")
    visit.page.wait_for_timeout(200)
    assert visit.state[1] == {"legalScreener": 0}
    visit.goes("forward")
    visit.page.wait_for_timeout(300)
    visit.sees("Small screener")
    text = visit.screener.inner_text()
    assert "4242" not in text
    visit.start().sees(FIRST)
    expect(visit.screener.locator(":checked:not(.ahead *)")).to_have_count(0)
    visit.goes("back")
    visit.page.wait_for_url(visit.before)
    assert visit.asked == [], "nothing would be lost"


def test_whoever_would_lose_answers_is_asked_and_can_stay(
    reader: Callable[[str], Reader],
) -> None:
    visit = reader(PLACES[0]).start()
    visit.pick("lpr").sees(SECOND)
    leave = f"void setTimeout(() => location.assign('{visit.before}'))"
    visit.page.evaluate(leave)
    visit.page.wait_for_timeout(300)
    assert visit.asked == ["beforeunload"]
    visit.sees(SECOND)
    visit.page.evaluate("void setTimeout(() => location.reload())")
    visit.page.wait_for_timeout(300)
    assert visit.asked == ["beforeunload"] * 2
    visit.press(CLEAR).press("Yes, clear them")
    visit.page.evaluate(leave)
    visit.page.wait_for_url(visit.before)
    assert len(visit.asked) == 2


@pytest.mark.parametrize("way", ["link", "escape"])
def test_leaving_quickly_asks_nothing_and_the_way_back_holds_nothing(
    reader: Callable[[str], Reader], way: str
) -> None:
    visit = reader(PLACES[0])
    away = "https://www.weather.gov/"
    visit.page.route(away, lambda route: route.fulfill(body="Weather"))
    visit.start().pick("lpr").pick("pc_245").number("4242").sees("What do you plan?")
    if way == "link":
        visit.page.get_by_role("link", name="Leave this site quickly").click()
    else:
        for _time in range(3):
            visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(away)
    assert visit.asked == []
    visit.goes("back")
    visit.page.wait_for_url(visit.before)
    # Forward are the entries of the visit: the start, without an answer.
    visit.goes("forward")
    visit.page.wait_for_url(away)
    visit.goes("forward")
    visit.sees("Small screener")
    assert "4242" not in visit.screener.inner_text()


def test_a_page_of_another_site_has_its_history_to_itself(visitor: Visitor) -> None:
    visitor.open(path="/page").start()
    before = visitor.page.evaluate("[history.length, history.state]")
    visitor.pick("lpr").pick("pc_245")
    assert visitor.page.evaluate("[history.length, history.state]") == before


def test_a_page_that_gives_its_history_keeps_its_own_state_in_it(
    visitor: Visitor, host: Host
) -> None:
    visitor.open(host.element(more="history"), path="/page")
    visitor.page.evaluate("history.replaceState({ route: 7 }, '')")
    visitor.start().pick("lpr").pick("pc_245")
    state = visitor.page.evaluate("history.state")
    assert state == {"route": 7, "legalScreener": 2}
    visitor.page.evaluate("location.hash = 'part'")
    visitor.type(number="400")
    for heading in (THIRD, THIRD, SECOND, FIRST):
        visitor.page.evaluate("history.back()")
        expect(visitor.find("h2")).to_have_text(heading)
    assert visitor.page.evaluate("history.state") == {"route": 7, "legalScreener": 0}
