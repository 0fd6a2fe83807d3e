"""Who can help, at the end of a visit on the real site: with script and without."""

import datetime as dt
import json
import re
from html import unescape

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Site

from screening_block.packs.load import load_pack
from tests import canary
from tests.accessibility import check
from tests.browser.widget.conftest import SETTLED
from tests.screening_block import small
from tests.screening_block.help.entries import TODAY, make_entry

PATH = "/screeners/small/"
#: A Monday, 10:00 in Los Angeles.
NOW = "2026-11-30T18:00:00Z"


def make_helped() -> None:
    """The small screener: its urgent finding leads to who helps people in detention."""
    data = small.release()
    for finding in data["findings"]:
        action = {"key": "who", "type": "help", "subject": "detention"}
        finding["actions"] = [*finding["actions"], action]
        words = data["texts"]["en"]["findings"][finding["key"]]
        words["actions"] = {**words.get("actions", {}), "who": "Call today"}
    load_pack("small_pack", data, Site.objects.get().root_page)
    here = {"areas": "us-ca", "subjects": ["detention"]}
    make_entry("closed", name="Closed line", order=1, hours="Tue 9:00-17:00", **here)
    make_entry("open", name="Open line", order=2, hours="Mon 9:00-17:00", **here)
    make_entry("yolo", name="Yolo office", order=3, hours="", counties="Yolo", **here)
    make_entry("kern", name="Kern office", order=4, hours="", counties="Kern", **here)
    papers = {"areas": "us", "subjects": ["papers"], "hours": "", "order": 5}
    make_entry("papers", name="Paper office", **papers)


@pytest.fixture(scope="module")
def helped(fill):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda *args: TODAY)
        fill("small with help", make_helped)


@pytest.fixture
def served(helped, live_server, db, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    return live_server.url


def visit(page, url, path=PATH, now=NOW):
    page.clock.set_fixed_time(now)
    page.goto(url + path)
    page.get_by_role("button", name="Start").click()
    page.wait_for_function(SETTLED)


def to_the_end(page):
    for _step in range(30):
        skip = page.locator("legal-screener .quiet:not(.ahead *)").first
        go_on = page.locator("legal-screener p > .button:not(.ahead *)").first
        if skip.count() and page.locator("legal-screener form:not(.ahead *)").count():
            skip.click()
        elif go_on.count() and go_on.inner_text() in ("Continue", "Show the result"):
            go_on.click()
        else:
            break
    # The entries are folded: one number stands in what is said in short.
    page.locator("summary:not(.ahead *)", has_text="Who can help").click()


def test_the_result_ends_with_who_helps_and_the_county_never_leaves(page, served):
    with canary.listening() as heard:
        visit(page, served)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        to_the_end(page)
        helpers = page.locator(".helpers:not(.ahead *) li > strong:first-child")
        names = ["Open line", "Closed line", "Yolo office", "Kern office"]
        assert helpers.all_inner_texts() == names
        listed = page.locator(".helpers:not(.ahead *)")
        assert "Open now" in listed.inner_text()
        assert "Opens Tuesday 9:00 AM" in listed.inner_text()
        page.get_by_label("County").select_option("Yolo")
        assert helpers.all_inner_texts() == names[:3]
        page.get_by_label("What for").select_option("")
        assert helpers.all_inner_texts() == [*names[:3], "Paper office"]
        page.get_by_label("What for").select_option("papers")
        assert helpers.all_inner_texts() == ["Paper office"]
        call = page.locator(".helpers:not(.ahead *) a.tel").first
        expect(call).to_have_attribute("href", "tel:+18005550100")
        stores = page.evaluate(
            "[{...localStorage}, {...sessionStorage}, history.state, location.href]"
        )
    assert asked == []
    places = [
        "\n".join(heard),
        json.dumps(stores),
        str(canary.database()["django_session"]),
    ]
    assert canary.left(["county=", "Yolo"], *places[1:]) == []
    assert "county=" not in places[0]


def test_who_can_help_passes_axe_and_fits_the_screen(page, served):
    visit(page, served, "/embed/v1/small/")
    to_the_end(page)
    expect(page.locator(".helpers:not(.ahead *)")).to_be_visible()
    check(page, "the result with who can help")


def test_an_urgent_finding_has_a_number_to_tap_even_if_it_is_old(page, served):
    from screening_block.help.models import HelpEntry

    old = TODAY - dt.timedelta(days=400)
    HelpEntry.objects.filter(subjects__contains="|detention|").update(checked_on=old)
    visit(page, served)
    entries = page.evaluate("document.querySelector('legal-screener').app.entries")
    assert [e["name"] for e in entries["entries"] if e.get("expired")]
    number = page.evaluate(
        """async () => {
          const { app } = document.querySelector("legal-screener");
          const actions = [{ key: "who", type: "help", subject: "detention" }];
          return app.later.help.urgent(app, { actions })?.textContent;
        }"""
    )
    assert "1-800-555-0100" in number
    assert "please confirm" in number


def test_below_what_is_urgent_stands_once_whom_to_call(page, served):
    visit(page, served)
    screen = page.locator("legal-screener")

    def pick(*labels):
        for label in labels:
            screen.get_by_label(label, exact=True).first.check()
        screen.get_by_role("button", name="Continue", exact=True).first.click()

    for label in ("Green card", "PC 25400: carrying", "Travel"):
        pick(label)
    page.locator("#year:not(.ahead *)").fill("2099")
    page.locator("#month:not(.ahead *)").select_option("12")
    page.locator("#day:not(.ahead *)").fill("1")
    pick()
    pick("Yes")
    shown = page.locator("legal-screener .finding:not(.ahead *) h3")
    assert shown.all_inner_texts() == [
        "See a lawyer before the trip",
        "Do not miss court",
    ]
    call = page.locator("legal-screener .call:not(.ahead *):has(> p)")
    expect(call).to_have_count(1)
    expect(call).to_contain_text("Open line")
    check(page, "urgent, with a number")


def test_below_what_is_urgent_stands_once_whom_to_call_without_script(client, served):
    answers = {
        **{"status": "lpr", "statute": "pc_25400", "plans": ["travel"]},
        **{"trip_start": "2099-12-01", "court_date_set": True},
    }
    html = client.post(PATH, {"answers": json.dumps(answers)}).content.decode()
    assert html.count("<h1>Before you go on: this is urgent</h1>") == 1
    assert html.count('<article class="ls-finding') == 2
    assert html.count('href="tel:') == 1
    assert html.index("Do not miss court") < html.index('href="tel:')


def test_without_script_the_result_lists_them_by_area(client, served):
    html = client.get(PATH).content.decode()
    for _step in range(40):
        if 'id="ls-helpers"' in html:
            break
        fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html)
        sent = {name: unescape(value) for name, value in fields}
        todo = "result" if 'value="result"' in html else "unsure"
        html = client.post(PATH, {**sent, "do": todo}).content.decode()
    listed = html.partition('id="ls-helpers"')[2].partition("</section>")[0]
    names = ["Kern County", "Kern office", "Yolo office", "California", "Closed line"]
    places = [listed.index(name) for name in names]
    assert places == sorted(places)
    assert 'href="tel:+18005550100"' in listed
    assert "Paper office" not in listed
