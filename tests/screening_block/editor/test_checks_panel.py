"""The checks and the overview beside a screener's form, in a real browser."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from screening_block.models import Screener

from .test_blocks import field, open_part, part, tab  # noqa: F401


@pytest.fixture
def screener(screener, settings) -> Screener:
    # Nothing but the checks may notice what is typed.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    return screener


def open_panel(page, name):
    page.locator(f'[data-side-panel-toggle="{name}"]').click()
    panel = page.locator(f'[data-side-panel="{name}"]')
    expect(panel).to_be_visible()
    return panel


def test_a_problem_shows_unsaved_leads_to_its_field_and_goes_when_mended(tab, screener):  # noqa: F811
    revisions = screener.revisions.count()
    panel = open_panel(tab, "ls-problems")
    summary = panel.get_by_role("status")
    expect(summary).not_to_contain_text("stops publishing")
    heading = field(open_part(tab, "findings", 1), "heading")
    was = heading.input_value()
    heading.fill("")
    expect(summary).to_contain_text("1 problem stops publishing.")
    counter = tab.locator('[data-side-panel-toggle="ls-problems"] div')
    expect(counter).to_have_text("1")
    expect(counter).to_contain_class("ls-checks-errors")
    tab.get_by_role("tab", name="About").click()
    expect(heading).to_be_hidden()
    panel.get_by_role("button", name="Finding “travel_risk”, Heading").click()
    expect(heading).to_be_focused()
    tab.keyboard.type(was)
    expect(summary).not_to_contain_text("stops publishing")
    expect(counter).not_to_contain_class("ls-checks-errors")
    assert screener.revisions.count() == revisions


def test_a_contradiction_shows_answers_and_a_test_gets_the_focus(tab, screener):  # noqa: F811
    panel = open_panel(tab, "ls-problems")
    exclusive = tab.locator("[name=exclusive]")
    pair = [child.value["key"] for child in screener.findings[:2]]
    exclusive.evaluate(
        """(field, pair) => {
          field.value = JSON.stringify([pair]);
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        pair,
    )
    expect(panel).to_contain_text("yet both apply to some answers")
    panel.get_by_text("An example").click()
    expect(panel.locator("details li").first).to_be_visible()
    panel.get_by_role("button", name="Findings that exclude each other").click()
    expect(exclusive).to_be_focused()
    exclusive.fill("[]")

    rule = screener.findings[0].value["applies_when"]
    rule["of"][2]["right"] = {"threshold": "af_tern"}
    found = open_part(tab, "findings", 0)
    found.locator("[name=findings-0-value-applies_when]").evaluate(
        """(field, text) => {
          field.value = text;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        json.dumps(rule),
    )
    expect(panel).to_contain_text("There is no threshold “af_tern”")
    tab.get_by_role("tab", name="Facts").click()
    panel.locator("[data-ls-row]").click()
    expect(found.locator('[data-path="2"] :focus')).to_be_visible()


def test_the_overview_filters_and_leads_to_parts_by_keyboard(tab, screener):  # noqa: F811
    panel = open_panel(tab, "ls-parts")
    entries = panel.locator("li:visible")
    shown = panel.get_by_role("status")
    total = sum(len(getattr(screener, n)) for n in ("questions", "facts", "findings"))
    expect(shown).to_have_text(f"{total} of {total} shown")
    panel.get_by_label("Uses").select_option("threshold:af_term")
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text("agg_felony_violence_1yr")
    panel.get_by_label("Uses").select_option("")
    panel.get_by_label("Needs checking").check()
    expect(entries).to_have_count(1)
    panel.get_by_label("Needs checking").uncheck()
    panel.get_by_label("Label or key").fill("court")
    expect(shown).to_have_text(f"2 of {total} shown")
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        tab.keyboard.press(key)
    expect(
        part(tab, "findings", 2).locator("[data-panel-toggle]").first
    ).to_be_focused()
    expect(field(part(tab, "findings", 2), "key")).to_have_value("court_soon")


def test_a_check_that_fails_says_so_and_can_be_asked_again(tab, screener):  # noqa: F811
    panel = open_panel(tab, "ls-problems")
    expect(panel.get_by_role("status")).not_to_be_empty()
    tab.route("**/screening/checks/**", lambda route: route.abort())
    tab.get_by_role("tab", name="About").click()
    tab.locator("[name=title]").fill("")
    expect(panel.get_by_text("Nothing you wrote is lost")).to_be_visible()
    tab.unroute("**/screening/checks/**")
    panel.get_by_role("button", name="Check again").click()
    expect(panel).to_contain_text("This text is missing.")
    expect(panel.get_by_text("Nothing you wrote is lost")).to_be_hidden()
