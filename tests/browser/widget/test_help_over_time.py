"""Who is named as days and hours go by: a visitor walks there, in both halves."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Site

from screening_block.packs.load import load_pack
from tests.browser.widget.test_help import to_the_end, visit
from tests.screening_block import small
from tests.screening_block.help.entries import TODAY, make_entry

PATH = "/screeners/small/"
WAYS = ("script", "form")

#: What leads on where nothing is answered, the first that there is.
ONWARD = "button[value=unsure]", "button[value=result]", "button[value=next]"
#: 10:00 and 20:00 in Los Angeles.
MORNING, EVENING = "T18:00:00Z", "T04:00:00Z"
FAMILIES = "https://example.org/families"


def make_urgent() -> None:
    """The small screener with an urgent finding, about detention, that stands open."""
    data = small.release()
    finding = data["findings"][0]
    finding["severity"] = "urgent"
    finding["actions"] = [{"key": "who", "type": "help", "subject": "detention"}]
    words = data["texts"]["en"]["findings"][finding["key"]]
    words["actions"] = {"who": "Call a lawyer today"}
    load_pack("small_pack", data, Site.objects.get().root_page)
    here = {"subjects": ["detention"], "order": 1}
    make_entry("day", name="Day line", hours="Mon-Fri 9:00-17:00", **here)
    night = "Mon-Sun 18:00-24:00"
    make_entry("night", name="Night line", phones="213-555-0199", hours=night, **here)
    fresh = TODAY + dt.timedelta(days=300)
    page = {"phones": "", "url": FAMILIES, "hours": "", "order": 9}
    make_entry("families", name="For families", **here | page)
    case = {"subjects": ["court_dates"], "order": 0, "hours": "Mon-Sun 0:00-24:00"}
    make_entry("case", name="Case line", **case)
    from screening_block.help.models import HelpEntry

    HelpEntry.objects.filter(key__in=["families", "case"]).update(checked_on=fresh)


@pytest.fixture(scope="module")
def urgent(fill):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda *args: TODAY)
        fill("small with urgent help", make_urgent)


@pytest.fixture
def served(urgent, live_server, db, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    return live_server.url


@pytest.fixture
def go(served, new_context, monkeypatch):
    """Walk to the result some days later; return who is named there, and the page."""

    def go(way: str, days: int, clock: str = MORNING):
        day = TODAY + dt.timedelta(days=days)
        monkeypatch.setattr(timezone, "localdate", lambda *args: day)
        now = dt.datetime.fromisoformat(f"{day}{clock}")
        page = new_context(java_script_enabled=way == "script").new_page()
        if way == "script":
            visit(page, served, now=now.isoformat())
            to_the_end(page)
        else:
            with monkeypatch.context() as patched:
                patched.setattr(timezone, "now", lambda: now)
                page.goto(served + PATH)
                while page.locator(".ls-result").count() == 0:
                    there = (page.locator(f".ls {one}") for one in ONWARD)
                    with page.expect_navigation():
                        next(one for one in there if one.count()).click()
        return page

    return go


def named(page):
    """The texts of whom the result names: in short, then in the urgent finding."""
    calls = page.locator("div:is(.call, .ls-call):visible")
    return [re.sub(r"\s+", " ", text) for text in calls.all_inner_texts()]


@pytest.mark.parametrize("way", WAYS)
def test_who_answers_now_is_named_and_when_it_opens_is_said(go, way):
    morning = named(go(way, 0))
    evening = named(go(way, 1, EVENING))
    assert len(morning) == len(evening) == 2
    assert all("Day line" in text for text in morning)
    assert all("Night line" in text for text in evening)
    assert "Checked on Nov. 30, 2026." in morning[0]
    if way == "script":
        assert "Open now" in morning[0]
    else:
        assert "Monday to Friday: 9 a.m. to 5 p.m." in morning[0]


@pytest.mark.parametrize("way", WAYS)
def test_after_90_days_whoever_is_named_is_to_be_confirmed(go, way):
    short, _finding = named(go(way, 91))
    assert "Day line" in short
    assert "Last checked on Nov. 30, 2026; please confirm." in short


@pytest.mark.parametrize("way", WAYS)
def test_after_a_year_entries_are_gone_but_the_urgent_keep_the_last_number(go, way):
    page = go(way, 371)
    if way == "form":
        page.locator("summary", has_text="Who can help").click()
    both = named(page)
    assert len(both) == 2
    for text in both:
        assert "Day line" in text
        assert "1-800-555-0100" in text
    assert "please confirm" in both[0]
    listed = page.locator(":is(.helpers:not(.ahead *), .ls-helpers)").inner_text()
    assert "For families" in listed
    assert "Day line" not in listed
    assert "Night line" not in listed


@pytest.mark.parametrize("way", WAYS)
def test_a_next_step_leads_to_who_can_help_with_it(go, way):
    page = go(way, 0)
    helpers = page.locator(":is(.helpers:not(.ahead *), .ls-helpers li)").first
    if way == "script":
        who = page.locator("summary:not(.ahead *)", has_text="Who can help")
        page.get_by_label("What for").select_option("court_dates")
        who.click()
    expect(helpers).not_to_be_visible()
    role = "button" if way == "script" else "link"
    page.get_by_role(role, name="Call a lawyer today").first.click()
    expect(helpers).to_be_visible()
    if way == "script":
        expect(page.get_by_label("What for")).to_have_value("detention")
        expect(who).to_be_focused()
    assert page.url.endswith(PATH) if way == "script" else "#ls-who" in page.url
