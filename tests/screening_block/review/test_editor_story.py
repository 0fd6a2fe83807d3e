"""One change to the law, from an editor's first look to what a visitor reads.

Two people with the rights of their roles and nothing more, in the real admin, by mouse
and keyboard. ``SHOTS=DIR`` keeps a picture of every step there, for somebody to look
at, and ``WIDTH`` is how wide the window is.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from screening_block.models import Scenario, Screener
from screening_block.roles import EDITOR, REVIEWER
from tests.screening_block import small

SHOTS = os.environ.get("SHOTS")
WIDTH = int(os.environ.get("WIDTH", "1280"))


@pytest.fixture
def screener(screener) -> Screener:
    call_command("create_roles", verbosity=0)
    Scenario.objects.create(
        screener=screener.translation_key,
        name="Assault, 320 days",
        case={
            "answers": small.ASSAULT | {"days": 320},
            "as_of": timezone.now().date().isoformat(),
            "expect": {"court_soon": "not_apply"},
        },
    )
    return screener


class Person:
    """Somebody at a browser of their own, with the rights of one role."""

    def __init__(self, new_context, url, name, role):
        user = get_user_model().objects.create_user(name, f"{name}@example.org", "pass")
        user.groups.add(Group.objects.get(name=role))
        assert not user.is_superuser
        size = {"width": WIDTH, "height": 900 if WIDTH < 800 else 1200}
        self.context = new_context(viewport=size, base_url=url)
        self.page = self.context.new_page()
        self.name, self.count, self.errors = name, 0, []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto("/admin/")
        self.page.get_by_label("Username").fill(name)
        self.page.get_by_label("Password").fill("pass")
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def shot(self, what):
        if SHOTS:
            self.count += 1
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            name = f"{WIDTH}-{self.name}-{self.count:02}-{what}.png"
            self.page.wait_for_timeout(500)
            self.page.screenshot(path=Path(SHOTS) / name, full_page=True)

    def menu(self, *names):
        """Go somewhere by the menu at the side."""
        if WIDTH < 800:
            self.page.get_by_role("button", name="Toggle sidebar").click()
        *above, last = names
        side = self.page.locator("#wagtail-sidebar")
        for name in above:
            side.get_by_role("button", name=name).click()
        side.get_by_role("link", name=last, exact=True).click()

    def more(self, name):
        """Press something of the menu beside the title."""
        self.page.get_by_role("button", name="Actions", exact=True).first.click()
        self.page.get_by_role("link", name=name).click()

    def act(self, name):
        """Press one of the actions in the footer, once the page's script knows them."""
        self.page.wait_for_load_state("load")
        footer = self.page.locator("footer")
        button = footer.get_by_role("button", name=name)
        if not button.is_visible():
            footer.get_by_role("button", name="More actions").click()
        button.click()
        self.page.wait_for_load_state()

    def close(self):
        # Let nothing ask the server any more once the database is gone.
        self.page.wait_for_load_state("networkidle")
        self.page.goto("about:blank")
        self.context.close()
        assert self.errors == []


@pytest.fixture
def editor(new_context, live_server, screener):
    person = Person(new_context, live_server.url, "mara", EDITOR)
    yield person
    person.close()


@pytest.fixture
def reviewer(new_context, live_server, screener):
    person = Person(new_context, live_server.url, "lee", REVIEWER)
    yield person
    person.close()


YESTERDAY = timezone.now().date() - timedelta(days=1)


def last_value(editor, count):
    """The field of the newest value, once all of them are there."""
    fields = editor.page.get_by_label("Value, a number")
    expect(fields).to_have_count(count)
    return fields.last


def add_value(editor, number):
    page = editor.page
    last_value(editor, 1)
    page.get_by_role("button", name="Add value").click()
    field = last_value(editor, 2)
    page.get_by_label("In effect from").last.fill(YESTERDAY.isoformat())
    field.fill(str(number))
    field.press("Tab")


def part(editor, tab, index):
    """Unfold one of the parts in a tab of the screener."""
    editor.page.get_by_role("tab", name=tab).click()
    stream = f"#{tab.lower()}-root > div > [data-streamfield-child]"
    block = editor.page.locator(stream).nth(index)
    toggle = block.locator("[data-panel-toggle]").first
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    return block


def field(block, name):
    return block.locator(f"[data-contentpath={name}]").first


def pick(editor, words):
    """Choose by typing in the list that is open."""
    editor.page.keyboard.type(words)
    editor.page.keyboard.press("Enter")


def test_a_change_goes_from_an_editor_through_review_to_the_public(
    editor, reviewer, screener, new_context, live_server
):
    page = editor.page
    editor.shot("home")

    # The number of days changes from a date.
    editor.menu("Law", "Thresholds")
    page.get_by_role("link", name="Days for an aggravated felony").click()
    editor.shot("threshold")
    add_value(editor, 30)
    editor.shot("threshold-filled")
    editor.act("Save draft")
    expect(page.locator(".messages")).to_contain_text("updated")
    editor.shot("threshold-saved")
    editor.more("What changes for visitors")
    editor.shot("threshold-impact")
    expect(page.get_by_role("main")).to_contain_text("A long sentence may matter")
    page.get_by_role("link", name="Back to the draft").click()
    editor.act("Submit to Legal review")
    expect(page.locator(".messages")).to_contain_text("submitted")
    editor.shot("threshold-sent")

    # A finding is reworded.
    editor.menu("Screeners")
    editor.shot("screeners")
    page.get_by_role("link", name="Small screener").click()
    editor.shot("screener")
    finding = part(editor, "Findings", 0)
    finding.get_by_label("Heading").fill("A sentence of a year may matter")
    editor.shot("finding")

    # A question gets an option, and a condition uses it.
    question = part(editor, "Questions", 0)
    options = field(question, "options")
    options.get_by_role("button", name="Add").last.click()
    options.get_by_label("Label").last.fill("Asylum granted")
    editor.shot("option")
    expect(options.get_by_label("Key").last).to_have_value("asylum_granted")
    finding = part(editor, "Findings", 1)
    condition = field(finding, "may_apply_when")
    condition.get_by_role("button", name="Add a condition").click()
    editor.shot("condition-new")
    condition.get_by_role("button", name="Add a test").click()
    editor.shot("condition-picker")
    pick(editor, "Your status")
    editor.shot("condition-subject")
    condition.locator("[data-part=value]").click()
    pick(editor, "asyl")
    said = condition.locator(".ls-condition__said")
    expect(said).to_have_text("Your status today is Asylum granted")
    editor.shot("condition")

    # A finding comes in.
    page.locator("#findings-root").get_by_role(
        "button", name="Insert a block"
    ).last.click()
    editor.shot("finding-new")
    new = part(editor, "Findings", 3)
    new.get_by_label("Heading").fill("Keep your asylum papers with you")
    new.get_by_label("Text", exact=False).first.fill("Bring them to every appointment.")
    field(new, "group").get_by_role("combobox").select_option("What to do next")
    field(new, "severity").get_by_role("combobox").select_option("Info")
    condition = field(new, "applies_when")
    condition.get_by_role("button", name="Add a condition").click()
    condition.get_by_role("button", name="Add a test").click()
    pick(editor, "Your status")
    condition.locator("[data-part=value]").click()
    pick(editor, "asyl")
    editor.shot("finding-filled")
    editor.act("Save draft")
    expect(page.locator(".messages")).to_contain_text("updated")
    editor.shot("screener-saved")
    editor.more("What changes for visitors")
    editor.shot("screener-impact")
    page.get_by_role("link", name="Back to the draft").click()
    editor.act("Submit to Legal review")
    expect(page.locator(".messages")).to_contain_text("submitted")
    editor.shot("screener-sent")

    # The reviewer reads, and sends the number back.
    desk = reviewer.page
    desk.reload()
    reviewer.shot("home")
    desk.get_by_role("link", name="Days for an aggravated felony").click()
    reviewer.shot("threshold")
    reviewer.act("Ask for changes")
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("30 days from")
    expect(dialog).to_contain_text("1 gives a different result than now")
    expect(dialog.get_by_role("link", name="Assault, 320 days")).to_be_visible()
    reviewer.shot("refuse")
    dialog.get_by_role("button", name="Ask for changes").click()
    expect(dialog).to_contain_text("This field is required")
    reviewer.shot("refuse-without-a-word")
    dialog.get_by_label("What should change?").fill("The bill says 300 days, not 30.")
    dialog.get_by_role("button", name="Ask for changes").click()
    expect(desk.locator(".messages")).to_contain_text("updated")
    reviewer.shot("refused")

    # The editor finds the comment, corrects and sends it again.
    page.goto("/admin/")
    editor.shot("home-after")
    editor.menu("Law", "Thresholds")
    page.get_by_role("link", name="Days for an aggravated felony").click()
    editor.shot("threshold-back")
    expect(page.locator(".messages")).to_contain_text(
        "lee asked for changes: The bill says"
    )
    last_value(editor, 2).fill("300")
    editor.act("Resubmit to Legal review")
    expect(page.locator(".messages")).to_contain_text("submitted")
    editor.shot("threshold-again")

    # Both are approved, and published with that.
    for words, title in (
        ("300 days from", "Days for an aggravated felony"),
        ("Keep your asylum papers", "Small screener"),
    ):
        desk.goto("/admin/")
        desk.get_by_role("link", name=title).click()
        reviewer.act("Read the changes, approve")
        expect(dialog).to_contain_text(words)
        reviewer.shot("approve")
        approve = dialog.get_by_role("button", name="approve")
        # Where it is missing, this shows what stands there instead.
        expect(approve).to_be_visible()
        approve.click()
        expect(desk.locator(".messages")).to_contain_text(title)
        reviewer.shot("approved")
    desk.goto("/admin/")
    reviewer.shot("home-after")
    expect(desk.get_by_role("main")).not_to_contain_text("Awaiting your review")
    visit_with_script(reviewer)
    visit_without_script(new_context, live_server.url)


def visit_with_script(reviewer):
    """As a visitor reads it in the widget, on the screener's page."""
    page = reviewer.context.new_page()
    page.goto("/screeners/small/")
    page.get_by_role("button", name="Start").click()
    for answer in ("Asylum granted", "PC 245: assault"):
        page.get_by_label(answer).check()
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("spinbutton").or_(page.get_by_role("textbox")).fill("320")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Nothing").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Show the result").click()
    reads(page)
    page.close()


def visit_without_script(new_context, url):
    """The same by plain forms."""
    context = new_context(java_script_enabled=False, base_url=url)
    page = context.new_page()
    page.goto("/screeners/small/")
    for answer in ("Asylum granted", "PC 245: assault"):
        page.get_by_label(answer).check()
        page.locator("[name=do][value=next]").click()
    page.locator("input[name=number]").fill("320")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Nothing").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Show the result").click()
    reads(page)
    context.close()


def reads(page):
    result = page.locator("body")
    expect(result).to_contain_text("A sentence of a year may matter")
    expect(result).to_contain_text("300 days or more")
    expect(result).to_contain_text("See a lawyer before the trip")
    expect(result).to_contain_text("Keep your asylum papers with you")
