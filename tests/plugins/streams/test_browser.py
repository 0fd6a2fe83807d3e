"""The card of a kept part in a real editor: seen, left alone, moved, removed."""

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from plugins.testing import stored_stream
from tests.plugins.bodies import GONE, KNOWN, LAST, section

pytestmark = pytest.mark.urls("tests.kitapp.urls")
BODY = [KNOWN, GONE, section([{**GONE, "id": "n1"}], {"lost": 1}), LAST]


@pytest.fixture
def tab(page):
    page.set_viewport_size({"width": 1300, "height": 1600})
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    return page


def log_in(tab, live_server, page):
    get_user_model().objects.create_superuser("ed", "ed@example.org", "secret")
    tab.goto(f"{live_server.url}/admin/pages/{page.pk}/edit/")
    tab.get_by_label("Username").fill("ed")
    tab.get_by_label("Password").fill("secret")
    tab.get_by_role("button", name="Sign in").click()
    tab.wait_for_load_state("networkidle")


def publish(tab):
    tab.get_by_role("button", name="More actions").click()
    with tab.expect_navigation():
        tab.locator("[name=action-publish]").click()
    expect(tab.locator(".messages .success")).to_be_visible()


def test_editors_see_the_card_and_lose_nothing(tab, live_server, make_page):
    page = make_page(BODY)
    log_in(tab, live_server, page)
    cards = tab.locator("[data-kept-block]:visible")
    expect(cards).to_have_count(3)
    expect(cards.first).to_contain_text("“chart” needs the plugin gone")
    cards.first.get_by_text("Show what is stored").click()
    expect(cards.first.locator("pre")).to_contain_text("LEGAL")
    expect(cards.nth(1)).to_contain_text("of a kind that this site does not know: lost")
    # Nobody is asked to fill it in, and nobody can add one.
    expect(cards.locator("input:visible, textarea:visible")).to_have_count(0)
    tab.locator(".c-sf-add-button:visible").first.click()
    options = tab.locator(".w-combobox__option")
    expect(options.first).to_be_visible()
    assert not [t for t in options.all_inner_texts() if "ept part" in t]
    tab.keyboard.press("Escape")
    # The paragraph before it moves down, past the kept part.
    tab.locator("[name=body-0-value]").fill("Edited")
    tab.locator("[data-streamfield-action=MOVE_DOWN]").first.click()
    publish(tab)
    assert tab.errors == []
    edited = {**KNOWN, "value": "Edited"}
    assert stored_stream(page) == [GONE, edited, *BODY[2:]]


def test_editors_can_remove_and_duplicate_it(tab, live_server, make_page):
    page = make_page([GONE, LAST])
    log_in(tab, live_server, page)
    first = tab.locator("[data-streamfield-child]").first
    first.locator("[data-streamfield-action=DUPLICATE]").click()
    expect(tab.locator("[data-kept-block]:visible")).to_have_count(2)
    first.locator("[data-streamfield-action=DELETE]").click()
    expect(tab.locator("[data-kept-block]:visible")).to_have_count(1)
    publish(tab)
    assert tab.errors == []
    twin, last = stored_stream(page)
    assert last == LAST
    assert twin["value"] == GONE["value"] and twin["type"] == GONE["type"]
    assert re.fullmatch(r"[0-9a-f-]{36}", twin["id"])
