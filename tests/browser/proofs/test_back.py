"""Whoever presses “Back” after an ordinary link finds none of the answers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.widget.conftest import FORM, Host, Visitor

pytestmark = pytest.mark.browser
BOX = '<p><input id="kept"></p>'


def _there_and_back(page: Any, host: Host) -> None:
    """By a link to another origin and “Back”, to the very same document."""
    page.get_by_role("link", name="Away").click()
    page.wait_for_url(host.other + "/away")
    # Later: an evaluation that leaves its own page would fail at times.
    page.evaluate("void setTimeout(() => history.back())")
    page.wait_for_url(host.url + "/", wait_until="commit")
    # The page's own field shows that the browser did keep the page as it was.
    assert page.locator("#kept").input_value() == "kept"


def test_back_brings_a_fresh_start_and_not_the_answers(
    keeping_browser: Any, host: Host
) -> None:
    page = keeping_browser.new_page()
    away = f'<a href="{host.other}{host.page("Away", path="/away")}">Away</a>{BOX}'
    visitor = Visitor(page, host).open(host.element() + away)
    visitor.start().pick("lpr").pick("pc_245")
    visitor.screener.get_by_label("Number of days").fill("4242")
    page.locator("#kept").fill("kept")
    _there_and_back(page, host)
    shown = visitor.find(".ls").inner_text()
    assert "Small screener" in shown
    expect(visitor.screener.get_by_role("textbox")).to_have_count(0)
    visitor.start()
    assert visitor.heading == "Your status today"
    expect(visitor.screener.get_by_role("radio", checked=True)).to_have_count(0)
    visitor.pick("citizen").press("Show the result")
    visitor.screener.get_by_text("Your answer", exact=True).click()
    # What unfolds is made a moment later.
    shown_answers = visitor.find(".ls")
    expect(shown_answers).to_contain_text("Citizen")
    given = shown_answers.inner_text()
    assert "4242" not in given
    assert "Green card" not in given
    assert visitor.complaints == []


def test_back_brings_an_empty_form_where_one_was_begun(
    keeping_browser: Any, host: Host
) -> None:
    host.trouble = "missing"
    away = f'<a href="{host.other}{host.page("Away", path="/away")}">Away</a>{BOX}'
    page = keeping_browser.new_page()
    Visitor(page, host).open(host.element(inside=FORM) + away)
    page.locator("[name=a]").fill("4242")
    page.locator("#kept").fill("kept")
    _there_and_back(page, host)
    assert page.locator("[name=a]").input_value() == ""
