"""The map and the links to a field in a real browser, by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.screening_block.conftest import log_in


@pytest.fixture
def admin(page, live_server, screener, admin_client):
    """A browser that is logged in; `admin.map` and `admin.edit` are where to go."""
    log_in(page, admin_client, live_server.url)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.map = f"{live_server.url}/admin/screening/{screener.pk}/map/"
    page.edit = f"{live_server.url}/admin/pages/{screener.pk}/edit/"
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.wait_for_load_state("networkidle")
    page.goto("about:blank")
    assert errors == []


def wide(box):
    return box.bounding_box()["width"]


def test_the_map_is_zoomed_searched_and_read_beside_its_list(admin):
    admin.goto(f"{admin.map}?all=1")
    sheet = admin.get_by_role("region", name="Drawing")
    box = admin.locator("[data-node=fact-noncitizen]")
    fitting = wide(box)
    for _time in range(3):
        admin.get_by_role("button", name="Larger").click()
    assert wide(box) == pytest.approx(fitting * 1.25**3, rel=0.02)
    admin.get_by_role("button", name="Smaller").click()
    assert wide(box) == pytest.approx(fitting * 1.25**2, rel=0.02)
    admin.get_by_role("button", name="Fit").click()
    assert wide(box) == pytest.approx(fitting, rel=0.02)
    # What is found is marked and comes into the middle; the list keeps only that.
    for _time in range(6):
        admin.get_by_role("button", name="Larger").click()
    admin.get_by_role("searchbox", name="Find").fill("court SOON")
    expect(admin.get_by_role("status").last).to_have_text("0 in this drawing")
    admin.get_by_role("searchbox", name="Find").fill("miss COURT")
    expect(admin.get_by_role("status").last).to_have_text("1 in this drawing")
    found = admin.locator("[data-node=finding-court_soon]")
    expect(found).to_have_class(re.compile("is-found"))
    room, place = sheet.bounding_box(), found.bounding_box()
    assert room["x"] <= place["x"] + place["width"] / 2 <= room["x"] + room["width"]
    assert room["y"] <= place["y"] + place["height"] / 2 <= room["y"] + room["height"]
    left = admin.locator("[data-entry]:not([hidden])")
    assert [one.get_attribute("data-entry") for one in left.all()] == [
        "finding-court_soon"
    ]
    # Pointing at a box brings out its own links and no others.
    admin.get_by_role("button", name="Fit").click()
    found.hover()
    near = admin.locator(".is-near")
    assert {one.get_attribute("data-to") for one in near.all()} == {
        "finding-court_soon"
    }
    found.click()
    expect(admin).to_have_url(re.compile("at=finding%2Fcourt_soon"))


def test_the_map_works_by_keyboard_through_the_list(admin):
    admin.goto(f"{admin.map}?at=finding/travel_risk")
    sheet = admin.get_by_role("region", name="Drawing")
    for _time in range(8):
        admin.get_by_role("button", name="Larger").press("Enter")
    sheet.focus()
    before = sheet.evaluate("e => [e.scrollLeft, e.scrollTop]")
    for key in ("ArrowLeft", "ArrowUp"):
        for _time in range(3):
            admin.keyboard.press(key)
    admin.wait_for_timeout(400)
    assert sheet.evaluate("e => [e.scrollLeft, e.scrollTop]") != before
    # The boxes are no stops of their own: the next stop is the list, which says it all.
    admin.keyboard.press("Tab")
    assert admin.evaluate("!!document.activeElement.closest('.ls-map__outline')")
    entry = admin.locator("[data-entry=question-plans] > a").first
    entry.focus()
    near = admin.locator(".is-near")
    assert {one.get_attribute("data-from") for one in near.all()} == {"question-plans"}
    admin.keyboard.press("Enter")
    expect(admin).to_have_url(re.compile("at=question%2Fplans"))
    admin.locator("[data-entry=finding-travel_risk] .ls-map__edit").press("Enter")
    # Whoever uses the keyboard goes on where the block begins, and it is open.
    first = admin.locator("#findings-root input:focus")
    expect(first).to_be_in_viewport()
    block = admin.locator("#findings-root > div > [data-streamfield-child]")
    fold = block.filter(has=admin.locator("input:focus")).locator("[data-panel-toggle]")
    expect(fold.first).to_have_attribute("aria-expanded", "true")
    heading = admin.locator("#findings-root input[name$='-value-heading']:visible")
    expect(heading).to_have_value("See a lawyer before the trip")


def test_a_link_opens_the_field_it_names(admin, screener):
    finding = screener.findings[1]
    question = screener.questions[0]
    option = question.value["options"].bound_blocks[1].id
    for path, tab, selector in (
        (f"findings.{finding.id}.heading", "Findings", "input"),
        (f"findings.{finding.id}.applies_when", "Findings", ".ls-condition__edit"),
        (f"questions.{question.id}.options.{option}.label", "Questions", "input"),
        ("intro", "About", "textarea"),
        # In a panel that is folded at first.
        ("time_zone", "About", "select"),
    ):
        admin.goto("about:blank")
        admin.goto(f"{admin.edit}#:w:contentpath={path}")
        *above, name = path.split(".")
        place = f"[data-contentpath={name}]:visible"
        if above:
            place = f"[data-contentpath='{above[-1]}'] {place}"
        field = admin.locator(place).first
        expect(field.locator(selector).first).to_be_focused()
        expect(field).to_be_in_viewport()
        chosen = admin.get_by_role("tab", name=tab)
        expect(chosen).to_have_attribute("aria-selected", "true")


#: Scrolls away a moment after the field got the focus; whether it is out of sight then,
#: and a while later.
LATE = """
window.moved = new Promise((done) => {
  addEventListener("focusin", function late({ target }) {
    const field = target.closest("[data-contentpath=applies_when]");
    if (!field) return;
    removeEventListener("focusin", late);
    const out = () => field.getBoundingClientRect().top > innerHeight;
    setTimeout(() => {
      if (ACTS) dispatchEvent(new Event("wheel"));
      document.querySelector("main").scrollTo({ top: 0, behavior: "instant" });
      const then = out();
      setTimeout(() => done([then, out()]), 1500);
    }, 600);
  });
});
"""


@pytest.mark.parametrize("acts", [False, True])
def test_a_field_stays_in_sight_though_the_page_moves_until_somebody_acts(
    admin, screener, acts
):
    """Wagtail scrolls to where the field was hidden, and at times that comes late."""
    admin.set_viewport_size({"width": 1280, "height": 400})
    admin.add_init_script(LATE.replace("ACTS", str(acts).lower()))
    path = f"findings.{screener.findings[1].id}.applies_when"
    admin.goto(f"{admin.edit}#:w:contentpath={path}")
    assert admin.evaluate("moved") == [True, acts]
