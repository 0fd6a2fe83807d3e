"""What a visitor sees and does, from the first question to the sheet for a lawyer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from screening_block import engine
from screening_block.engine.wording import Wording
from screening_block.models.releases import today
from screening_block.visitor.markup import to_html
from screening_block.visitor.pages import build_result_page
from screening_block.visitor.results import build_result
from tests.law_pack import law_pack

from .conftest import SETTLED, Visitor

pytestmark = pytest.mark.browser


def test_the_whole_path_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.open()
    visitor.screener.get_by_role("button", name="Start").wait_for()
    keys = visitor.page.keyboard

    def tab_to(text: str) -> None:
        for _step in range(60):
            keys.press("Tab")
            if text in visitor.focused:
                return
        raise AssertionError(f"{text} cannot be reached from {visitor.heading}")

    tab_to("Start")
    keys.press("Enter")
    assert visitor.focused == visitor.heading == "Your status today"
    visitor.is_told("Question 1")
    visitor.page.wait_for_function(SETTLED)
    tab_to("o-citizen")
    keys.press("ArrowDown")
    assert visitor.focused == "o-lpr"
    keys.press("Enter")

    assert visitor.focused == "Which law was it?"
    tab_to("find")
    keys.type("245")
    keys.press("Enter")
    assert visitor.focused == "o-pc_245"
    keys.press("Enter")

    tab_to("number")
    keys.type("1,000")
    keys.press("Enter")
    assert visitor.heading == "What do you plan?"
    tab_to("o-travel")
    keys.press("Space")
    tab_to("o-nothing")
    keys.press("Space")
    assert not visitor.find("#o-travel").is_checked(), "one stands alone"
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    keys.press("Space")
    assert not visitor.find("#o-nothing").is_checked()
    keys.press("Enter")

    tab_to("month")
    keys.type("December")
    tab_to("day")
    keys.type("1")
    tab_to("year")
    keys.type("2099")
    keys.press("Enter")
    visitor.is_told("Question 6, the last one")
    tab_to("Skip this question")
    keys.press("Enter")
    assert visitor.focused == visitor.heading == "Check your answers"
    tab_to("Show the result")
    keys.press("Enter")
    assert visitor.focused == visitor.heading == "What your answers may mean"
    tab_to("Print or save")
    keys.press("Enter")
    assert visitor.focused == "Sheet for a lawyer"
    tab_to("Back to the results")
    keys.press("Enter")
    assert visitor.focused == "What your answers may mean"


def test_what_follows_stands_ready_unseen_until_the_answer_is_given(
    visitor: Visitor,
) -> None:
    visitor.open()
    visitor.page.evaluate(
        "() => addEventListener('screener:finished', () => (window.ended = true))"
    )
    visitor.start()
    unseen = visitor.screener.locator(".ahead h2")
    ready = unseen.last  # what was shown before is there a moment longer
    height = visitor.page.evaluate("document.documentElement.scrollHeight")
    visitor.is_told("Question 1")
    spoken = visitor.screener.aria_snapshot()
    expect(ready).to_have_text("Which law was it?")  # after “not sure”
    visitor.find("#o-citizen").check()
    expect(ready).to_have_text("Check your answers")
    assert visitor.focused == "o-citizen"
    assert visitor.page.evaluate("document.documentElement.scrollHeight") == height
    assert visitor.screener.aria_snapshot() == spoken.replace(
        '"Citizen"', '"Citizen" [checked]'
    )
    visitor.find("#o-lpr").check()
    expect(ready).to_have_text("Which law was it?")
    visitor.press("Continue")
    assert visitor.heading == visitor.focused == "Which law was it?"
    expect(unseen).to_have_count(1)  # after “not sure” once more
    visitor.press("Back")
    summary = visitor.find("summary", has_text="Your answer")
    assert summary.inner_text() == "Your answer", "the others were never given"
    visitor.find("#o-citizen").check()
    expect(ready).to_have_text("Check your answers")
    assert not visitor.page.evaluate("window.ended")
    visitor.press("Clear my answers and start again").press("Yes, clear them")
    expect(unseen).to_have_count(0)
    assert visitor.page.evaluate("window.ended") is None


#: Presses a button; what is there before the browser does anything more.
AT_ONCE = """(name) => {
  const root = document.querySelector("legal-screener").shadowRoot;
  const shows = (one) => !one.closest(".ahead");
  const shown = (css) => [...root.querySelectorAll(css)].filter(shows);
  shown("button").find((one) => one.textContent === name).click();
  const described = shown("[aria-describedby]");
  const by = (one) => one.getAttribute("aria-describedby").split(" ");
  const ids = described.flatMap(by);
  return {
    screens: root.querySelectorAll("h2").length,
    focused: root.activeElement.textContent,
    described: ids.map((id) => shown(`#${id}`).includes(root.getElementById(id))),
    given: root.querySelectorAll(":checked").length,
    told: root.querySelector(".ls > [role=status]").textContent,
  };
}"""


def test_the_screen_that_goes_lends_nothing_to_the_one_that_comes(
    visitor: Visitor,
) -> None:
    visitor.open().start().find("#o-lpr").check()
    ready = visitor.screener.locator(".ahead h2").last
    expect(ready).to_have_text("Which law was it?")
    now = visitor.page.evaluate(AT_ONCE, "Continue")
    assert now["screens"] == 2, "what went is out of sight and not yet taken away"
    assert now["focused"] == "Which law was it?"
    assert now["described"] == [True, True], "the old question's help is not read"
    visitor.is_told("Question 2")
    expect(visitor.screener.locator("h2", has_text="Your status today")).to_have_count(
        0
    )


def test_an_error_says_what_is_wanted_and_keeps_what_was_typed(
    visitor: Visitor,
) -> None:
    visitor.open().start().press("Continue")
    summary = visitor.find(".summary")
    assert summary.get_attribute("role") == "alert"
    assert "Choose one answer" in visitor.focused
    visitor.pick("lpr").pick("pc_245")
    visitor.type(number="about 4242 days")
    assert "Enter a whole number" in visitor.focused
    assert visitor.find("#number").input_value() == "about 4242 days"
    assert visitor.find("#number").get_attribute("aria-invalid") == "true"
    expect(visitor.find("fieldset #error")).to_be_visible()
    for spoken in visitor.find("[role=status], [role=alert]").all():
        assert "4242" not in (spoken.text_content() or "")
    summary.get_by_role("button").click()
    assert visitor.focused == "number"
    visitor.type(number="-5")
    assert "Enter a number that is 0 or more." in summary.inner_text()
    expect(summary).to_have_count(1)
    visitor.type(number="400")
    assert visitor.heading == "What do you plan?"
    expect(summary).to_have_count(0)


def test_a_date_that_does_not_exist_is_refused_kindly(visitor: Visitor) -> None:
    visitor.open().start().pick("lpr").pick("pc_25400").pick("travel")
    visitor.type(month="2", day="30", year="2027")
    assert "That date does not exist." in visitor.focused
    wrong = visitor.find("[aria-invalid=true]")
    assert [box.get_attribute("id") for box in wrong.all()] == ["day"]
    for year in ("16", "1899", "2101"):
        visitor.type(year=year)
        assert "Write the year with four digits, such as 2016" in visitor.focused
        assert "from 1900 to 2100" in visitor.focused
        assert [box.get_attribute("id") for box in wrong.all()] == ["year"]
    visitor.find(".summary").get_by_role("button").click()
    assert visitor.focused == "year"
    visitor.type(year="2027", day="")
    assert "Enter the month, the day and the year." in visitor.focused
    assert [box.get_attribute("id") for box in wrong.all()] == ["day"]
    assert visitor.find("#year").input_value() == "2027"
    visitor.type(day="28")
    assert visitor.heading == "Do you have a court date?"


def test_the_list_narrows_as_one_types_and_always_offers_a_way_out(
    visitor: Visitor,
) -> None:
    visitor.open().start().pick("lpr")
    box = visitor.find("#find")
    shown = visitor.find(".option:visible")
    status = visitor.find("fieldset [role=status]")
    expect(shown).to_have_count(33)
    box.fill("1005(a)")
    assert shown.all_inner_texts() == [
        "PC 1005(a)(2): offense number 5",
        "Not in this list",
    ]
    assert status.inner_text() == "Matches: 1"
    box.fill("OFFENSE pc 102")
    expect(shown).to_have_count(11)
    box.fill("no such law")
    assert shown.all_inner_texts() == ["Not in this list"]
    assert status.inner_text() == "Matches: 0"
    box.press("Enter")
    assert visitor.focused == "o-other"
    assert not visitor.find("#o-other").is_checked()
    visitor.find("#o-other").check()
    box.fill("assault")
    expect(shown).to_have_count(2)
    visitor.press("Continue").press("Back")
    assert visitor.find("#o-other").is_checked()


def test_answers_that_no_longer_matter_are_dropped_and_it_is_said(
    visitor: Visitor,
) -> None:
    visitor.open().start().pick("lpr").pick("pc_245").type(number="400")
    visitor.find("summary", has_text="Your 3 answers").click()
    visitor.screener.get_by_role("button", name="Change Your status today").click()
    assert visitor.find("#o-lpr").is_checked()
    visitor.pick("citizen")
    said = "Because of that change, these answers no longer matter. We removed them:"
    labels = ["Which law was it?", "How many days did the judge order?"]
    visitor.is_told(" ".join([said, *labels]))
    notice = visitor.find(".notice")
    assert notice.inner_text().split("\n")[0] == said
    assert notice.locator("li").all_inner_texts() == labels
    given = visitor.find(".given dt")
    given.first.wait_for()
    assert given.all_inner_texts() == ["Your status today"]


def test_what_is_urgent_is_shown_by_itself_once(visitor: Visitor) -> None:
    visitor.open().start().pick("lpr").pick("pc_25400").pick("nothing").pick("true")
    assert visitor.heading == visitor.focused == "Before you go on: this is urgent"
    assert visitor.find(".finding h3").inner_text() == "Do not miss court"
    visitor.press("Continue")
    assert visitor.heading == "Check your answers"
    visitor.press("Show the result")
    assert visitor.heading == "What your answers may mean"
    first = visitor.find("section", has_text="What matters most")
    assert first.locator("h4").first.inner_text() == "Do not miss court"
    visitor.find("summary", has_text="Your 4 answers").click()
    visitor.screener.get_by_role("button", name="Change Do you have a court").click()
    visitor.press("Continue")
    assert visitor.heading == "What your answers may mean", "once is enough"


def test_an_unknown_answer_is_explained_and_can_be_given_from_the_result(
    visitor: Visitor,
) -> None:
    visitor.open().start().pick("lpr").pick("pc_245").press("I’m not sure")
    visitor.pick("nothing").pick("false").press("Show the result")
    short = visitor.find(".brief")
    question = "How many days did the judge order?"
    expect(short.get_by_role("button", name=question)).to_be_visible()
    open_part = visitor.find("section", has_text="that we cannot rule out until")
    open_part.locator("summary", has_text=question).click()
    assert "The minute order." in open_part.inner_text()
    open_part.locator("summary", has_text="What it could be").click()
    finding = visitor.find(".finding", has_text="A long sentence")
    finding.locator("summary").first.click()
    finding.locator("summary", has_text="What would change this?").click()
    finding.get_by_role("button", name="Answer now").click()
    assert visitor.heading == "How many days did the judge order?"
    visitor.type(number="400")
    assert visitor.heading == "What your answers may mean"
    expect(open_part).to_have_count(0)
    assert finding.locator(".level").first.inner_text() == "This fits your answers"


def test_clearing_leaves_nothing_behind(visitor: Visitor) -> None:
    visitor.open().start().pick("lpr").pick("pc_245").type(number="4242")
    visitor.find("#o-travel").check()
    visitor.is_told("Question 4")
    visitor.press("Clear my answers and start again")
    now = visitor.page.evaluate(AT_ONCE, "Yes, clear them")
    assert (now["screens"], now["given"], now["told"]) == (1, 0, "")
    visitor.is_told("Your answers are cleared.")
    visitor.start()
    assert visitor.heading == "Your status today"
    expect(visitor.find(":checked")).to_have_count(0)
    expect(visitor.find("summary", has_text="answers")).to_have_count(0)


def _visitors() -> list[dict[str, Any]]:
    """Five of the pack's scenarios: those with most answers, spread over the pack."""
    scenarios = sorted(
        law_pack().scenarios, key=lambda one: (-len(one["answers"]), one["name"])
    )
    return scenarios[:25:5]


@pytest.mark.parametrize("scenario", _visitors(), ids=lambda one: one["name"][:40])
def test_the_browser_comes_to_what_the_server_does(
    visitor: Visitor, scenario: dict[str, Any]
) -> None:
    release = visitor.host.releases["pack"]
    visitor.open(visitor.host.element("pack"))
    visitor.answer(scenario["answers"])
    day = today(release)
    asked = engine.walk(
        release, dict.fromkeys(release.questions) | scenario["answers"], day
    )
    outcome = build_result(release, asked.answers, day, "en")
    given = {key: asked.answers[key] for key in asked.asked}
    words = Wording(release, "en", day)
    page = build_result_page(release, outcome, words, given)
    assert visitor.find(".brief > dl > div:not(:has(button))").all_inner_texts() == [
        f"{line['label']}\n{line['text']}" for line in page["short"]
    ]
    for _level in range(4):
        # What unfolds is made when it does.
        visitor.find("section details:not([open])").evaluate_all(
            "all => all.map((one) => (one.open = true))"
        )
        visitor.page.wait_for_timeout(50)
    shown = visitor.find("section:has(.finding)").evaluate_all(
        """(sections) => sections.map((section) => [
          section.querySelector("h3").textContent,
          [...section.querySelectorAll(".finding")].map((one) =>
            ["h4", ".level"].map((css) => one.querySelector(css)?.textContent ?? "")),
        ])"""
    )

    def heads(findings: list[dict[str, Any]]) -> list[list[str]]:
        return [[one["heading"], str(one.get("level_label", ""))] for one in findings]

    wanted = [[group["heading"], heads(group["findings"])] for group in page["groups"]]
    if page["open"]:
        wanted.insert(0, ["What matters most", heads(page["open"])])
    assert shown == wanted
    articles = visitor.find("article").all_inner_texts()
    for text in articles:
        heading = text.split("\n")[0]
        found = next(f for f in outcome["findings"] if f["heading"] == heading)
        cited = [one["text"] for one in found["citations"]]
        for said in [*found["because"], *cited, found["checked"]]:
            assert said in text, heading


def saved(visitor: Visitor) -> str:
    with visitor.page.expect_download() as download:
        visitor.press("Save as text")
    assert download.value.suggested_filename == "Sheet for a lawyer.txt"
    return Path(download.value.path()).read_text("utf-8")


def test_the_sheet_has_all_that_a_lawyer_needs(visitor: Visitor) -> None:
    visitor.open().answer({"status": "lpr", "statute": "pc_245", "plans": ["nothing"]})
    visitor.press("Print or save a sheet for a lawyer")
    text = saved(visitor)
    for part in [
        "Your status today: Green card",
        "WHAT I AM NOT SURE ABOUT\n- How many days did the judge order?",
        "And 1 more that my answers leave open.",
        "QUESTIONS TO ASK",
        "The minute order.",
        "No attorney has reviewed",
        visitor.host.releases["small"].sha256,
    ]:
        assert part in text
    why = "You are not sure: How many days did the judge order?"
    assert why not in text, "reasons are more pages"
    expect(visitor.screener.get_by_text(why)).to_be_hidden()
    visitor.screener.get_by_label("Add the reasons and the law").check()
    text = saved(visitor)
    assert text.count(why) == 1
    assert "INA 101(a)(43)(F) *" in text
    assert "A long sentence may matter (This may fit)" in text
    assert "**" not in text
    on_screen = visitor.find(".ls").inner_text()
    assert "Papers to bring" in on_screen
    assert why in on_screen


def test_the_sheet_is_shared_by_the_device_and_only_if_it_can(
    visitor: Visitor,
) -> None:
    answers = {"status": "lpr", "statute": "pc_245", "plans": ["nothing"]}
    share = visitor.screener.get_by_role("button", name="Share")
    visitor.open().answer(answers).press("Print or save a sheet for a lawyer")
    expect(share).to_have_count(0)
    visitor.page.add_init_script(
        """navigator.canShare = ({ files }) => files.length === 1;
        navigator.share = async ({ files: [file] }) => {
          window.shared = [file.name, file.type, await file.text()];
        };"""
    )
    visitor.open().answer(answers).press("Print or save a sheet for a lawyer")
    assert visitor.page.evaluate("window.shared") is None
    share.click()
    visitor.page.wait_for_function("window.shared")
    name, kind, text = visitor.page.evaluate("window.shared")
    assert (name, kind) == ("Sheet for a lawyer.txt", "text/plain")
    assert text == saved(visitor)


def test_only_the_sheet_is_printed(visitor: Visitor) -> None:
    body = f"<header>HEADER</header><main><p>BEFORE</p>{visitor.host.element()}</main>"
    visitor.open(body).answer({"status": "citizen"})
    visitor.press("Print or save a sheet for a lawyer")
    # Printing waits for a dialog that no one sees: stand in for it.
    visitor.page.evaluate("window.print = () => {}")
    visitor.press("Print, or save as PDF")
    visitor.page.emulate_media(media="print")
    expect(visitor.page.locator("header")).to_be_hidden()
    expect(visitor.page.get_by_text("BEFORE")).to_be_hidden()
    expect(visitor.screener.get_by_text("What I answered")).to_be_visible()
    expect(visitor.screener.get_by_role("button", name="Print")).to_be_hidden()
    visitor.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(visitor.page.locator("header")).to_be_visible()


TEXTS = [
    "One.\n\nTwo **bold [law](https://example.org/a?b=1&c=2)** end.",
    "Before\n- one\n- **two**\nafter\nthis\n\n\n- three",
    '<b>x</b> & "y" [bad](javascript:alert(1)) [**b**](mailto:a@example.org) **',
    "[a](https://example.org) [b] (c) ** not ** **yes** [](https://example.org)",
    " - not a list\n  - a list  \n",
]


def test_the_small_markup_is_what_the_server_writes(visitor: Visitor) -> None:
    visitor.open()
    script = """async ([texts, url]) => {
      const { h, markup } = await import(url);
      return texts.map((text) => h("div", markup(text)).innerHTML);
    }"""
    address = "/static/screening_block/widget/dom.js"
    found = visitor.page.evaluate(script, [TEXTS, address])
    wanted = [
        # Links open in a new tab here, so that the answers stay.
        re.sub(r'(<a href="[^"]*") ', r'\1 target="_blank" ', str(to_html(text)))
        for text in TEXTS
    ]
    as_written = "texts => texts.map(t => {const d = document.createElement('div');"
    parsed = visitor.page.evaluate(
        as_written + "d.innerHTML = t; return d.innerHTML})", wanted
    )
    # `[bad](javascript:…)` stays text on both sides.
    assert found == parsed
