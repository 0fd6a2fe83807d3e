"""The way out: on every page, one line on a phone, and “Back” does not lead here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.browser.widget.conftest import SETTLED
from tests.screening_block.conftest import load_small

from .conftest import SmallSite

NAME = "Leave this site quickly"
AWAY = "https://www.weather.gov/"
PAGES = [
    "/",
    "/articles/",
    "/articles/?q=nothing-like-it",
    "/articles/full/",
    "/privacy/",
    "/nowhere/",
    "/screeners/small/",
    "/open/",
]
HISTORY = "does not delete your browser’s history"
REMEMBERS = "Your browser remembers that you were here"


@pytest.mark.parametrize("template", ["400", "403_csrf", "429", "500"])
def test_a_page_that_fails_has_it_too(template: str) -> None:
    from django.shortcuts import render

    html = render(None, f"{template}.html").content.decode()
    assert f'href="{AWAY}"' in html
    assert NAME in html


@pytest.fixture(scope="module")
def screener_rows(site_rows: Any, fill: Callable[..., Any]) -> None:
    """The small screener on the small site, for all tests of the module."""
    fill("small", load_small)


@pytest.fixture
def served(live_server: Any, screener_rows: None, small_site: SmallSite) -> str:
    site = small_site.site
    site.hostname, port = live_server.url.removeprefix("http://").split(":")
    site.port = int(port)
    site.save()
    return str(live_server.url)


Tab = Callable[..., Any]


@pytest.fixture
def tab(browser: Any) -> Iterator[Tab]:
    """Makes a tab that came from a page of somebody else's."""
    opened = []

    def make(**options: Any) -> Any:
        context = browser.new_context(**options)
        opened.append(context)
        context.route(AWAY, lambda route: route.fulfill(body="Weather"))
        before = "https://example.org/"
        context.route(before, lambda route: route.fulfill(body="Before"))
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: page.complaints.append(dialog.type))
        page.goto(before)
        return page

    yield make
    for context in opened:
        for page in context.pages:
            assert page.complaints == []
        context.close()


PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


@pytest.mark.browser
def test_it_is_one_line_on_a_phone_and_lies_over_nothing(tab: Tab, served: str) -> None:
    page = tab(**PHONE, is_mobile=True)
    for address in PAGES:
        page.goto(served + address)
        links = page.get_by_role("link", name=NAME)
        expect(links).to_have_count(1)
        bar = page.locator(".quick-exit")
        assert bar.bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 44}
        # What is below it begins below it.
        assert page.locator(".site-head").bounding_box()["y"] >= 44
        assert links.bounding_box()["height"] == 44, address
        # Who has no keys is not told of one.
        expect(page.get_by_text("Escape").filter(visible=True)).to_have_count(0)
        expect(page.get_by_text(REMEMBERS)).to_be_visible()
    page.goto(f"{served}/articles/full/")
    page.evaluate("scrollTo(0, 1000)")
    assert bar.bounding_box()["y"] == 0, "it stays in reach"
    page.goto(f"{served}/articles/full/#what-counts")
    assert page.locator("#what-counts").bounding_box()["y"] >= 44


@pytest.mark.browser
def test_on_a_desk_it_says_what_it_does_not_do(tab: Tab, served: str) -> None:
    page = tab()
    page.goto(served)
    expect(page.get_by_text(HISTORY)).to_be_visible()
    expect(page.get_by_text("Escape, pressed three times")).to_be_visible()


def leave_by_link(page: Any) -> None:
    page.get_by_role("link", name=NAME).click()


def leave_by_escape(page: Any) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    for _time in range(2):
        page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert page.locator(".site-head").is_visible(), "twice is no sign"
    page.keyboard.press("Escape")


@pytest.mark.browser
@pytest.mark.parametrize("leave", [leave_by_link, leave_by_escape])
@pytest.mark.parametrize("address", ["/articles/full/", "/nowhere/"])
def test_the_page_is_replaced(
    tab: Tab, served: str, leave: Callable[[Any], None], address: str
) -> None:
    page = tab()
    page.goto(served + address)
    leave(page)
    page.wait_for_url(AWAY)
    page.go_back()
    assert page.url == "https://example.org/"


@pytest.mark.browser
def test_while_the_other_page_comes_nothing_is_shown(tab: Tab, served: str) -> None:
    page = tab()
    page.goto(f"{served}/articles/full/")
    # An answer without a page: it never comes.
    page.route(AWAY, lambda route: route.fulfill(status=204))
    page.get_by_role("link", name=NAME).click()
    expect(page.locator("h1")).to_be_hidden()
    expect(page).to_have_title("www.weather.gov")


@pytest.mark.browser
@pytest.mark.parametrize("leave", [leave_by_link, leave_by_escape])
def test_with_answers_given_nothing_is_asked_and_none_stays(
    tab: Tab, served: str, leave: Callable[[Any], None]
) -> None:
    page = tab()
    page.goto(f"{served}/screeners/small/")
    page.get_by_role("button", name="Start").click()
    page.wait_for_function(SETTLED)
    page.locator("#o-lpr:not(.ahead *)").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Which law was it?")).to_be_visible()
    leave(page)
    page.wait_for_url(AWAY)
    page.go_back()
    assert page.url == "https://example.org/", "the visit's own entries went first"


@pytest.mark.browser
def test_without_script_it_is_a_link(tab: Tab, served: str) -> None:
    page = tab(java_script_enabled=False)
    for address in ("/articles/full/", "/screeners/small/"):
        page.goto(served + address)
        expect(page.get_by_text("Escape, pressed three times")).to_be_hidden()
        links = page.get_by_role("link", name=NAME)
        expect(links).to_have_count(1)
        links.click()
        page.wait_for_url(AWAY)


def test_where_it_leads_is_a_setting(small_site: SmallSite, settings: Any) -> None:
    settings.SCREENING_EXIT_URL = "https://example.org/recipes/"
    html = Client().get("/articles/full/").content.decode()
    assert 'href="https://example.org/recipes/"' in html
    assert AWAY not in html
