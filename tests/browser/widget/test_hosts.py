"""The widget on pages of all kinds, and what it leaves behind: nothing."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from screening_block import engine

from .conftest import FORM, Host, Visitor, long_list

pytestmark = pytest.mark.browser


def test_no_answer_leaves_the_page_or_stays_in_the_browser(visitor: Visitor) -> None:
    """Answers that stand out are in no request, address, title, store or history."""
    canaries = ["4242", "pc_1017", "1017(a)", "2077", "lpr"]
    sent: list[str] = []
    visitor.page.on(
        "request",
        lambda r: sent.append(f"{r.url} {r.headers} {r.post_data}"),
    )
    visitor.open(path="/page")
    visitor.screener.get_by_role("button", name="Start").wait_for()
    entries = visitor.page.evaluate("history.length")
    visitor.start()
    loaded = len(visitor.host.seen)
    visitor.pick("lpr").pick("pc_1017").press("Back").pick("pc_245")
    visitor.type(number="4242 x").type(number="4242").pick("travel")
    visitor.type(month="7", day="7", year="2077").pick("true")
    visitor.press("Continue").press("Show the result")
    visitor.press("Print or save a sheet for a lawyer")
    with visitor.page.expect_download():
        visitor.press("Save as text")
    assert "4,242 days" in visitor.find(".ls").inner_text()
    kept = visitor.page.evaluate(
        """async () => JSON.stringify([
          location.href, document.title, document.cookie, document.referrer, name,
          { ...localStorage }, { ...sessionStorage }, history.state, history.length,
          await indexedDB.databases(), await caches.keys(), performance.getEntries(),
          document.documentElement.outerHTML,
        ])"""
    )
    assert visitor.page.context.cookies() == []
    state = visitor.page.evaluate("[history.length, history.state]")
    assert state == [entries, None]
    assert visitor.host.seen[loaded:] == [], "a request after the first question"
    everything = kept + " ".join(sent) + " ".join(visitor.host.seen)
    assert [word for word in canaries if word in everything] == []
    assert sum("/release/" in line for line in visitor.host.seen) == 1


def test_the_form_stays_where_the_screener_cannot_be(
    host: Host, tab: Callable[..., Any]
) -> None:
    """No script, no release, a release that is not what it says it is."""
    host.page(host.element(inside=FORM))
    for trouble, script in (("", False), ("missing", True), ("forged", True)):
        host.trouble = trouble
        page = tab(java_script_enabled=script)
        page.goto(host.url)
        page.wait_for_timeout(200)
        page.get_by_role("button", name="Next").click()
        page.wait_for_url(host.url + "/form")
        page.context.close()


def test_without_a_form_a_failure_is_said_and_can_be_tried_again(
    visitor: Visitor,
) -> None:
    visitor.host.trouble = "missing"
    visitor.open()
    visitor.screener.get_by_text("The questions could not be loaded").wait_for()
    visitor.host.trouble = "slow"
    visitor.press("Try again")
    visitor.screener.get_by_text("The questions are loading.").wait_for()
    visitor.screener.get_by_role("button", name="Start").wait_for()
    # The browser itself reports the 404.
    visitor.complaints = [c for c in visitor.complaints if "404" not in c]


def test_a_slow_network_never_takes_away_a_form_that_was_begun(
    visitor: Visitor,
) -> None:
    visitor.host.trouble = "slow"
    visitor.open(visitor.host.element(inside=FORM))
    expect(visitor.page.locator("form")).to_be_visible()
    visitor.page.locator("input").fill("begun")
    visitor.page.wait_for_timeout(1300)
    assert visitor.page.locator("input").input_value() == "begun"
    visitor.page.reload()
    visitor.screener.get_by_role("button", name="Start").wait_for()
    expect(visitor.page.locator("form")).to_be_hidden()


STRICT = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; script-src {0}; "
    "connect-src {0}; require-trusted-types-for 'script'; trusted-types 'none'"
)


def test_a_strict_page_of_another_origin_can_embed_it(visitor: Visitor) -> None:
    host = visitor.host
    policy = {"Content-Security-Policy": STRICT.format(host.url)}
    path = host.page(host.element(), policy)
    visitor.page.goto(host.other + path)
    visitor.answer({"status": "lpr", "statute": "pc_245", "days": 400})
    assert visitor.heading == "What your answers may mean"
    visitor.press("Print or save a sheet for a lawyer")
    with visitor.page.expect_download():
        visitor.press("Save as text")
    visitor.page.evaluate("window.print = () => {}")
    visitor.press("Print, or save as PDF")
    colour = "e => getComputedStyle(e).getPropertyValue('max-inline-size')"
    assert visitor.find(".ls").evaluate(colour) != "none", "no style"


HOSTILE = """<style>
  * { all: unset !important; letter-spacing: 9px !important; display: inline; }
  h2, button, label { display: none !important; font-size: 1px !important; }
  legal-screener { font-size: 3px; color: red; line-height: 0; text-align: right;
    visibility: visible; text-transform: uppercase; display: block !important; }
</style>"""


def test_a_page_cannot_break_its_looks_and_two_do_not_mix(visitor: Visitor) -> None:
    host = visitor.host
    visitor.open(HOSTILE + host.element() + host.element("pack"))
    first, second = (visitor.page.locator("legal-screener").nth(n) for n in (0, 1))
    for one in (first, second):
        one.get_by_role("button", name="Start").click()
    heading = first.locator("h2:not(.ahead *)")
    looks = heading.evaluate(
        "e => { const s = getComputedStyle(e);"
        " return [s.letterSpacing, s.textTransform, s.textAlign, s.display]; }"
    )
    assert looks == ["normal", "none", "start", "block"]
    assert heading.bounding_box()["height"] > 20
    first.locator("#o-citizen").check()
    second.locator("#o-lpr").check()
    first.get_by_role("button", name="Continue").click()
    first.get_by_role("button", name="Show the result").click()
    assert heading.inner_text() == "What your answers may mean"
    assert (
        second.locator("h2:not(.ahead *)").inner_text()
        == "What is your immigration status today?"
    )
    assert second.locator("#o-lpr").is_checked()
    assert sorted(host.loaded()) == [
        "file.js",
        # The pack's Spanish has English words.
        "foreign.js",
        "help.js",
        "languages.js",
        "result.js",
        "screener.css",
        "screener.js",
        "sheet.js",
    ]


def test_leaving_quickly_replaces_the_page(visitor: Visitor) -> None:
    host = visitor.host
    away = host.page("<h1>Weather</h1>", path="/weather")
    element = host.element(more=f'exit-url="{host.url}{away}"')
    for way in ("link", "escape"):
        visitor.open(element, path="/page")
        visitor.start().pick("lpr")
        entries = visitor.page.evaluate("history.length")
        if way == "link":
            visitor.screener.get_by_role("link", name="Leave this site quickly").click()
        else:
            visitor.page.keyboard.press("Escape")
            visitor.page.keyboard.press("Escape")
            visitor.page.keyboard.press("a")
            visitor.page.keyboard.press("Escape")
            assert visitor.heading == "Which law was it?", "not three in a row"
            visitor.page.keyboard.press("Escape")
            visitor.page.keyboard.press("Escape")
        visitor.page.wait_for_url(host.url + away)
        assert visitor.page.evaluate("history.length") == entries


def test_events_say_where_a_visit_stands_and_nothing_of_the_answers(
    visitor: Visitor,
) -> None:
    visitor.open()
    visitor.page.evaluate(
        """() => ["started", "finished"].forEach((name) =>
          addEventListener(`screener:${name}`, (event) =>
            (window.told ??= []).push([event.type, event.detail])))"""
    )
    visitor.start().pick("citizen")
    assert len(visitor.page.evaluate("told")) == 1, "before the result nothing is over"
    visitor.press("Show the result")
    sha256 = visitor.host.releases["small"].sha256
    assert visitor.page.evaluate("told") == [
        [f"screener:{name}", {"screener": "small", "release": sha256}]
        for name in ("started", "finished")
    ]


def test_texts_of_another_language_are_used_from_right_to_left(
    visitor: Visitor,
) -> None:
    data = copy.deepcopy(long_list())
    data["texts"]["ar"] = {"questions": {"status": {"label": "ما هو وضعك؟"}}}
    visitor.host.releases["small"] = engine.load_release(data)
    visitor.open(visitor.host.element(more='locale="ar"'))
    visitor.start()
    assert visitor.heading == "ما هو وضعك؟"
    frame = visitor.find(".ls")
    assert (frame.get_attribute("dir"), frame.get_attribute("lang")) == ("rtl", "ar")
    assert visitor.find("label:has(#o-lpr)").inner_text() == "Green card"


#: The least contrast of text (WCAG 1.4.3), of what shows of the element on its page.
CONTRAST = """(e) => {
  const canvas = document.createElement("canvas").getContext("2d");
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((one) => one / 255)
      .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = light(getComputedStyle(document.body).backgroundColor);
  const shown = e.shadowRoot.querySelectorAll(".ls p:not([class]), .ls .link, .ls h2");
  return Math.min(...[...shown].map((one) => {
    const front = light(getComputedStyle(one).color);
    return (Math.max(front, behind) + 0.05) / (Math.min(front, behind) + 0.05);
  }));
}"""


@pytest.mark.parametrize(
    ("page", "scheme"), [("#111", "dark"), ("#fff", "light"), ("#fff", "")]
)
def test_a_page_says_by_an_attribute_whether_it_is_dark(
    visitor: Visitor, page: str, scheme: str
) -> None:
    visitor.page.emulate_media(color_scheme="dark" if scheme == "light" else "light")
    style = f"<style>body {{ background: {page} }}</style>"
    # Says that it can be both, as the light page that its visitor wants dark.
    both = '<meta name="color-scheme" content="light dark">' if scheme else ""
    more = f'seamless scheme="{scheme}"'
    visitor.open(both + style + visitor.host.element(more=more)).start()
    assert visitor.screener.evaluate(CONTRAST) >= 4.5
