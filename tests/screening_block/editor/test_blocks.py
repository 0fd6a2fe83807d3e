"""The screener's editor in a real browser: its blocks are built when opened."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from plugins.testing import stored_stream
from screening_block.models import Release, Screener
from tests.screening_block.conftest import log_in

STREAMS = ("questions", "facts", "findings")
BODY = "First line.\n\nSecond line, with “quotes” & <angles>."


@pytest.fixture
def tab(page, live_server, screener, editor):
    """The editor of the small screener, opened by somebody who may do everything."""
    findings = list(screener.findings.get_prep_value())
    findings[0]["value"]["body"] = screener.intro = BODY
    screener.findings = findings
    screener.save_revision().publish()
    log_in(page, editor, live_server.url)
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.address = f"{live_server.url}/admin/pages/{screener.pk}/edit/"
    page.goto(page.address)
    page.locator("#findings-root").wait_for(state="attached")
    yield page
    # Let nothing ask the server any more once the database is gone.
    page.goto("about:blank")
    assert page.errors == []


def rows(screener):
    return {name: stored_stream(screener, name) for name in STREAMS}


def part(tab, stream, place):
    """The part at a place of a stream that is not deleted."""
    children = f"#{stream}-root > div > [data-streamfield-child]:not([aria-hidden])"
    return tab.locator(children).nth(place)


def open_part(tab, stream, place):
    tab.get_by_role("tab", name=stream.title()).click()
    found = part(tab, stream, place)
    found.locator("[data-panel-toggle]").first.click()
    expect(field(found, "key")).to_be_visible()
    return found


def field(found, name):
    """A field of a part itself, not of what it holds."""
    return found.locator(f"[name$=-value-{name}]").first


def said(value):
    """A value without the ids of what it lists."""
    if isinstance(value, dict):
        return {name: said(each) for name, each in value.items() if name != "id"}
    return [said(each) for each in value] if isinstance(value, list) else value


def ids_in(block):
    listed = [each for each in block["value"].values() if isinstance(each, list)]
    return {block["id"], *(item["id"] for items in listed for item in items)}


def press(tab, name):
    tab.get_by_role("button", name="More actions").click()
    with tab.expect_navigation():
        tab.locator(f"[name={name}]").click()


def save(tab):
    with tab.expect_navigation():
        tab.get_by_role("button", name="Save draft").click()
    expect(tab.locator(".messages .success")).to_be_visible()


def act(found, action):
    found.locator(f"[data-streamfield-action={action}]").first.click()


def test_looking_at_a_screener_and_saving_it_changes_nothing(tab, screener):
    before, release = rows(screener), Release.current("small").pk
    revisions = screener.revisions.count()
    assert tab.locator("#findings-root textarea").count() == 0
    heading = part(tab, "findings", 0).locator("[data-panel-heading-text]")
    expect(heading).to_contain_text("(agg_felony_violence_1yr)")
    # Until then Wagtail takes no change for an edit.
    tab.wait_for_timeout(2500)
    for stream in STREAMS:
        open_part(tab, stream, 0)
    expect(tab.locator("[name=findings-0-value-body]")).to_have_value(BODY)
    # Longer than the check for changes and autosave wait together.
    tab.wait_for_timeout(4000)
    assert screener.revisions.count() == revisions
    press(tab, "action-publish")
    screener.refresh_from_db()
    assert (rows(screener), screener.intro) == (before, BODY)
    assert Release.current("small").pk == release


def test_parts_are_edited_added_copied_moved_and_removed(tab, screener):
    before = rows(screener)
    first, second = before["findings"][:2]
    # Edit one.
    found = open_part(tab, "findings", 1)
    field(found, "heading").fill("Edited")
    # Copy one that nobody has opened, with new ids all through.
    act(part(tab, "findings", 0), "DUPLICATE")
    twin = part(tab, "findings", 1)
    field(twin, "key").fill("twin")
    # Move an unopened one, remove an unopened one, add a new one.
    act(part(tab, "findings", 0), "MOVE_DOWN")
    act(part(tab, "findings", 3), "DELETE")
    tab.get_by_role("tab", name="Facts").click()
    tab.locator("#facts-root button.c-sf-add-button").last.click()
    new = part(tab, "facts", len(before["facts"]))
    field(new, "key").fill("brand_new")
    field(new, "label").fill("Brand new")
    save(tab)

    draft = Screener.objects.get(pk=screener.pk).latest_revision.content
    after = {name: json.loads(draft[name]) for name in STREAMS}
    twin, moved, edited, *rest = after["findings"]
    assert (moved, rest) == (first, before["findings"][3:])
    assert edited == {**second, "value": {**second["value"], "heading": "Edited"}}
    assert said(twin["value"]) == said(first["value"]) | {"key": "twin"}
    assert not ids_in(twin) & ids_in(first)
    assert after["questions"] == before["questions"]
    assert after["facts"][:-1] == before["facts"]
    assert after["facts"][-1]["value"]["key"] == "brand_new"
    assert rows(screener) == before


def test_a_question_and_a_finding_are_left_off_the_sheet_by_a_tick(tab, screener):
    for stream in ("questions", "findings"):
        found = open_part(tab, stream, 1)
        box = found.get_by_label("Leave off the sheet")
        expect(box).not_to_be_checked()
        expect(found.get_by_text("never on the sheet for a lawyer")).to_be_visible()
        box.check()
    press(tab, "action-publish")
    release = Release.current("small").load().data
    marks = [
        [part["key"] for part in release[stream] if part.get("off_paper")]
        for stream in ("questions", "findings")
    ]
    assert marks == [["statute"], ["travel_risk"]]
    assert '"off_paper":false' not in Release.current("small").canonical


def test_a_save_waits_for_the_autosave_before_it_and_is_the_last_word(tab, screener):
    autosaves, saves = [], []
    held = []

    def watch(route):
        request = route.request
        if request.method != "POST":
            route.continue_()
        elif "json" in request.headers["accept"]:
            autosaves.append(request)
            held.append(route)
        else:
            saves.append(request)
            route.continue_()

    tab.route(tab.address, watch)
    title = tab.locator("#id_title")
    # Until then Wagtail takes no change for an edit.
    tab.wait_for_timeout(2500)
    with tab.expect_request(tab.address):
        title.fill("Not quite")
    title.fill("The last word")
    tab.get_by_role("button", name="Save draft").click()
    tab.wait_for_timeout(1000)
    assert (len(autosaves), len(saves)) == (1, 0)
    with tab.expect_navigation():
        held.pop().continue_()
    expect(tab.locator(".messages .success")).to_be_visible()
    assert (len(autosaves), len(saves)) == (1, 1)
    draft = Screener.objects.get(pk=screener.pk).get_latest_revision_as_object()
    assert draft.title == "The last word"


def test_a_mistake_opens_its_part_and_an_address_leads_into_it(tab, screener):
    act(open_part(tab, "findings", 1), "MOVE_UP")
    tab.locator("[name=findings-1-value-heading]").fill("")
    press(tab, "action-publish")
    expect(tab.locator(".messages .error")).to_be_visible()
    tab.get_by_role("tab", name="Findings").click()
    mistaken = part(tab, "findings", 0)
    expect(mistaken.get_by_text("This field is required.")).to_be_visible()
    expect(field(mistaken, "heading")).to_be_visible()
    assert tab.locator("#findings-root textarea").count() > 0
    expect(part(tab, "findings", 1).locator("textarea")).to_have_count(0)

    target = screener.findings[1]
    tab.goto("about:blank")
    tab.goto(f"{tab.address}#:w:contentpath=findings.{target.id}.severity")
    # Where the draft has it now: an autosave may have kept that it was moved.
    there = tab.locator(f"[data-contentpath='{target.id}'] [name$=-value-severity]")
    expect(there).to_be_focused()
