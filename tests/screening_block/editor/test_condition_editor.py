"""The condition editor, in a real browser on the real page editor."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect
from wagtail.models import Revision

from tests.screening_block.conftest import log_in

FACTS, FINDINGS = "#facts-root", "#findings-root"


@pytest.fixture
def editor(page, live_server, screener, admin_client):
    """The editing page of the small screener, open in a browser."""
    log_in(page, admin_client, live_server.url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 1280, "height": 1400})
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(f"{live_server.url}/admin/pages/{screener.pk}/edit/")
    yield page
    assert page.errors == []


def open_block(page, tab, root, index):
    """Unfold a block of a stream; what holds it."""
    page.get_by_role("tab", name=tab).click()
    handle = page.evaluate_handle(
        "([root, i]) => document.querySelector(root).rootBlock.children[i].element",
        [root, index],
    )
    mark = f"{tab}-{index}"
    handle.evaluate("(e, mark) => e.setAttribute('data-test-block', mark)", mark)
    block = page.locator(f"[data-test-block='{mark}']")
    toggle = block.locator("[data-panel-toggle]").first
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    return block


def condition(block, name):
    return block.locator(f"[data-contentpath='{name}']").first


def value(field):
    return json.loads(field.locator("textarea").input_value())


def edit(field):
    field.locator(".ls-condition__edit").click()
    expect(field.locator(".ls-editor")).to_be_visible()
    return field.locator(".ls-editor")


def type_keys(page, *keys):
    """Press keys; a text that is no key's name is typed."""
    for key in keys:
        if len(key) > 1 and key[0] == "“":
            page.keyboard.type(key.strip("“”"))
        else:
            page.keyboard.press(key)


def focused(page):
    return page.evaluate(
        "() => [document.activeElement.closest('[data-path]')?.dataset.path ?? null,"
        " document.activeElement.closest('[data-part]')?.dataset.part ?? null]"
    )


def test_a_nested_condition_is_built_by_keyboard_alone_and_undone(editor):
    block = open_block(editor, "Findings", FINDINGS, 2)
    field = condition(block, "may_apply_when")
    expect(field.locator(".ls-condition__said")).to_have_text("No condition")
    field.locator(".ls-condition__edit").focus()
    type_keys(editor, "Enter")
    expect(field.locator(".ls-editor")).to_be_visible()
    assert focused(editor) == [None, "add"]
    # A first test: the status is a green card.
    type_keys(editor, "Enter")
    assert focused(editor) == ["", "subject"]
    type_keys(editor, "“your stat”", "Enter", "Tab", "Tab", "“green”", "Enter")
    first = {"op": "is", "question": "status", "value": "lpr"}
    assert value(field) == first
    said = field.locator(".ls-condition__said")
    expect(said).to_have_text("Your status today is Green card")
    # A group beside it: both become children of a group.
    field.get_by_role("button", name="Add a group").focus()
    type_keys(editor, "Enter")
    assert focused(editor) == ["1.0", "subject"]
    type_keys(
        editor, "“judge order”", "Enter", "Tab", "ArrowDown", "Tab", "Tab", "“90”"
    )
    field.locator("[data-group='1'] [data-part=add]").focus()
    type_keys(editor, "Enter", "“not a citizen”", "Enter")
    days = {
        "op": "compare",
        "left": {"question": "days"},
        "cmp": "gt",
        "right": {"value": 90},
    }
    fact = {"op": "fact", "fact": "noncitizen"}
    group = {"op": "any", "of": [days, fact]}
    assert value(field) == {"op": "all", "of": [first, group]}
    expect(said).to_contain_text("more than 90 days; You are not a citizen: yes")
    # The fact moves up past the number, out of the group and away.
    field.locator("[data-path='1.1'] [data-part=grip]").focus()
    type_keys(editor, "ArrowUp")
    assert focused(editor) == ["1.0", "grip"]
    type_keys(editor, "ArrowUp")
    assert value(field) == {
        "op": "all",
        "of": [first, fact, {"op": "any", "of": [days]}],
    }
    assert focused(editor) == ["1", "grip"]
    expect(field.get_by_role("status").last).to_have_text("Moved up.")
    type_keys(editor, "Delete")
    assert focused(editor) == ["1", "grip"]
    assert value(field) == {"op": "all", "of": [first, {"op": "any", "of": [days]}]}
    type_keys(editor, *["Control+z"] * 3)
    assert value(field) == {"op": "all", "of": [first, group]}
    type_keys(editor, "Control+y")
    assert value(field)["of"][1]["of"] == [fact, days]


def test_a_number_in_a_test_is_understood_or_is_none_and_never_another(editor):
    block = open_block(editor, "Findings", FINDINGS, 2)
    field = condition(block, "may_apply_when")
    edit(field).locator("[data-part=add]").first.focus()
    type_keys(editor, "Enter", "“judge order”", "Enter", "Tab", "Tab", "Tab")
    number = field.locator("input[data-part=right]")
    for typed, read in (
        *(("1 000", 1000), ("2,5", None), ("1,000", 1000), ("12 months", None)),
        *(("1,2345", None), ("30", 30), ("1e3", None), ("12.50", None)),
    ):
        number.press_sequentially(typed)
        assert (value(field).get("right") or {}).get("value") == read, typed
        assert number.get_attribute("aria-invalid") == str(read is None).lower()
        assert number.input_value() == typed
        if read is None:
            assert number.get_attribute("title").startswith("Enter a whole number")
        number.fill("")


def test_what_is_not_saved_yet_can_be_picked_and_is_said(editor):
    question = open_block(editor, "Questions", "#questions-root", 0)
    options = condition(question, "options")
    options.locator(".c-sf-add-button").last.click()
    label = options.locator("input[name$='-value-label']").last
    label.fill("Asylum granted (asylee)")
    key = options.locator("input[name$='-value-key']").last
    expect(key).to_have_value("asylum_granted_asylee")
    condition(question, "label").locator("input").first.fill("Status now")
    block = open_block(editor, "Facts", FACTS, 0)
    field = condition(block, "when")
    expect(field.locator(".ls-condition__said")).to_have_text(
        "Status now is not Citizen"
    )
    rows = edit(field)
    rows.locator("[data-part=value]").click()
    editor.keyboard.type("asyl")
    expect(rows.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    editor.keyboard.press("Enter")
    expect(field.locator(".ls-condition__said")).to_have_text(
        "Status now is not Asylum granted (asylee)"
    )
    expect(rows.locator(".ls-problem")).to_have_count(0)
    assert value(field)["of"][0]["value"] == "asylum_granted_asylee"
    # Its key is in use now, so the label can change and the key does not.
    editor.get_by_role("tab", name="Questions").click()
    label.fill("Asylee")
    expect(key).to_have_value("asylum_granted_asylee")
    expect(key).to_have_attribute("readonly", "")
    # A duplicated question is another one.
    question.locator("[data-streamfield-action=DUPLICATE]").first.click()
    keys = editor.evaluate(
        "document.querySelector('#questions-root').rootBlock.getState()"
        ".slice(0, 2).map(({ value }) => value.key)"
    )
    assert keys == ["status", "status_2"]


def test_conditions_are_pasted_and_problems_stand_at_their_row_with_a_way_out(editor):
    block = open_block(editor, "Findings", FINDINGS, 0)
    field = condition(block, "applies_when")
    rows = edit(field)
    rows.locator("[data-path='1'] [data-part=grip]").focus()
    editor.keyboard.press("Control+c")
    other = condition(block, "unless")
    target = edit(other)
    target.locator("[data-part=paste-all]").click()
    expect(other.locator("textarea")).not_to_have_value("")
    assert value(other) == value(field)["of"][1]
    editor.evaluate(
        'navigator.clipboard.writeText(\'{"op": "fact", "fact": "noncitzen"}\')'
    )
    target.locator("[data-part=grip], [data-part=subject]").first.focus()
    editor.keyboard.press("Control+v")
    wrong = target.locator("[data-path='1']")
    expect(wrong).to_have_count(1)
    assert [child["op"] for child in value(other)["of"]] == ["column", "fact"]
    expect(wrong.locator(".ls-problem")).to_contain_text(
        "There is no fact “noncitzen”. Did you mean “You are not a citizen”?"
    )
    expect(target.locator("[data-path='0'] .ls-problem")).to_have_count(0)
    wrong.get_by_role("button", name="Use “You are not a citizen”").click()
    expect(target.locator(".ls-problem")).to_have_count(0)
    assert value(other)["of"][1] == {"op": "fact", "fact": "noncitizen"}
    # What is no condition changes nothing.
    before = value(other)
    editor.evaluate("navigator.clipboard.writeText('rm -rf, and {\"op\": 1}')")
    target.locator("[data-part=paste-all]").click()
    expect(target.get_by_role("status").last).to_contain_text("Not pasted")
    assert value(other) == before


def test_deleting_what_a_condition_uses_is_refused_with_its_places(editor):
    block = open_block(editor, "Questions", "#questions-root", 2)
    block.locator("[data-streamfield-action=DELETE]").first.click()
    dialog = editor.get_by_role("dialog", name="This is still used")
    expect(dialog).to_contain_text("A long sentence may matter")
    expect(dialog).to_contain_text("Applies when")
    dialog.get_by_role("button", name="A long sentence may matter").click()
    expect(dialog).to_have_count(0)
    edit_button = editor.get_by_role("button", name="Edit: Applies when").first
    expect(edit_button).to_be_focused()
    count = "document.querySelector('#questions-root').rootBlock.children.length"
    assert editor.evaluate(count) == 6
    # An option that is used stays, one that is not goes.
    options = condition(
        open_block(editor, "Questions", "#questions-root", 0), "options"
    )
    bins = options.locator("[data-streamfield-action=DELETE]")
    bins.first.click()
    expect(dialog).to_contain_text("You are not a citizen")
    editor.keyboard.press("Escape")
    bins.last.click()
    expect(dialog).to_have_count(0)
    expect(options.locator("[data-streamfield-child]:visible")).to_have_count(2)


def test_looking_at_conditions_saves_nothing_and_rewrites_nothing(editor, screener):
    before = Revision.objects.count()
    # What would be posted: the states of built and unbuilt blocks are written apart.
    snapshot = """JSON.stringify(
        [...new FormData(document.querySelector('[data-edit-form]'))])"""
    editor.wait_for_function("document.querySelector('#findings-root')?.rootBlock")
    state = editor.evaluate(snapshot)
    for tab, root, index, name in (
        ("Facts", FACTS, 0, "when"),
        ("Findings", FINDINGS, 1, "applies_when"),
    ):
        field = condition(open_block(editor, tab, root, index), name)
        rows = edit(field)
        rows.locator("[data-part=subject]").first.click()
        editor.keyboard.press("Escape")
        field.locator(".ls-condition__edit").click()
    editor.wait_for_timeout(3500)  # autosave waits 0.5 s, its first look 2 s
    assert editor.evaluate(snapshot) == state
    assert Revision.objects.count() == before
