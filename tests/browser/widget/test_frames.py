"""The frame on pages of other sites: what it asks of them, and what it does without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import SETTLED
from .test_foreign_sites import article, site  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser
META = '<meta name="viewport" content="width=device-width, initial-scale=1">'
HEAR = "<script>addEventListener('message', e => (window.heard ??= []).push(e.data))"
#: Where a node of the frame is, seen from the window around it.
SEEN = "e => e.getBoundingClientRect().top"


def frame_of(site: str, more: str = 'height="720"', end: str = "") -> str:  # noqa: F811
    return f'<iframe src="{site}/embed/v1/small/{end}" width="100%" {more}></iframe>'


def listener(site: str) -> str:  # noqa: F811
    return f'<script type="module" src="{site}/embed/v1/frame.js"></script>'


def top_of(page: Any, inside: Any, name: str) -> float:
    """Where a heading inside the frame is in the window."""
    node = inside.get_by_role("heading", name=name)
    node.wait_for()
    page.wait_for_timeout(500)
    within: float = node.evaluate(SEEN)
    around: float = page.locator("iframe").evaluate(SEEN)
    return within + around


def press(page: Any, inside: Any, name: str) -> None:
    """Press a button that stands at the top of the window: what comes is above it."""
    button = inside.get_by_role("button", name=name)
    button.wait_for()
    within: float = button.evaluate(SEEN)
    around: float = page.locator("iframe").evaluate(SEEN)
    page.evaluate("y => scrollBy({ top: y, behavior: 'instant' })", within + around)
    button.evaluate("e => { e.focus({ preventScroll: true }); e.click() }")


#: Pages around the frame: before it, its attributes, whether the page has the script.
PAGES = {
    "with the script": ("", 'height="720"', True),
    "without, as high as the result": ("", 'height="2600"', False),
    "without, as high as the window": ("", 'height="500"', False),
    "with a bar that floats": (
        "<style>html { scroll-padding-top: 90px }</style>",
        'height="720"',
        True,
    ),
}


@pytest.mark.parametrize("around", PAGES)
def test_the_next_question_is_in_view(
    site: str,  # noqa: F811
    article: Callable[..., Any],  # noqa: F811
    around: str,
) -> None:
    before, more, scripted = PAGES[around]
    text = (
        f"{META}{before}<div style='height:500px'>Partner</div>{frame_of(site, more)}"
        f"<div style='height:1500px'>Footer</div>{listener(site) if scripted else ''}"
    )
    page = article(f"<!doctype html>{text}", {})
    inside = page.frame_locator("iframe")
    press(page, inside, "Start")
    low = 90 if "bar" in around else 0
    assert low <= top_of(page, inside, "Your status today") < 500
    inside.get_by_label("Green card").check()
    press(page, inside, "Continue")
    assert low <= top_of(page, inside, "Which law was it?") < 500


def test_in_a_box_that_scrolls_the_box_scrolls(
    site: str,  # noqa: F811
    article: Callable[..., Any],  # noqa: F811
) -> None:
    box = "<div id=box style='height:600px;overflow:auto'><p style='height:500px'>x</p>"
    page = article(f"<!doctype html>{META}{box}{frame_of(site)}</div>", {})
    page.add_script_tag(url=f"{site}/embed/v1/frame.js", type="module")
    inside = page.frame_locator("iframe")
    inside.get_by_role("button", name="Start").click()
    assert 0 <= top_of(page, inside, "Your status today") < 400


def test_it_speaks_what_pages_listen_for(
    site: str,  # noqa: F811
    article: Callable[..., Any],  # noqa: F811
) -> None:
    ask = """
      const frame = () => document.querySelector("iframe").contentWindow;
      addEventListener("message", ({ data }) => {
        if (data === "[iFrameResizerChild]Ready")
          frame().postMessage("[iFrameSizer]box1:8:false:false:32", "*");
      });
    </script>"""
    page = article(HEAR + ";" + ask + frame_of(site, end="#?secret=abc123"), {})
    inside = page.frame_locator("iframe")
    inside.get_by_role("button", name="Start").click()
    inside.get_by_role("heading", name="Your status today").wait_for()
    page.wait_for_timeout(300)
    heard = page.evaluate("heard")
    objects = [one for one in heard if isinstance(one, dict)]
    sizes = [one["height"] for one in objects if one.get("type") == "embed-size"]
    high = inside.locator("body").evaluate("e => Math.ceil(e.offsetHeight)")
    assert abs(sizes[-1] - high) <= 1
    assert {"message": "height", "value": sizes[-1], "secret": "abc123"} in objects
    words = [one for one in heard if isinstance(one, str)]
    assert any(one.startswith(f"[iFrameSizer]box1:{sizes[-1]}:") for one in words)
    assert any(one.endswith(":scrollToOffset") for one in words)


def test_the_page_s_own_limit_stays_and_that_of_video_themes_goes(
    site: str,  # noqa: F811
    article: Callable[..., Any],  # noqa: F811
) -> None:
    frame = f'<iframe src="{site}/embed/v1/small/" width="680" height="720"'
    page = article(
        f"<!doctype html>{META}<style>#a {{ max-height: 300px }}</style>"
        f'<div>{frame} id=a></iframe></div><div>{frame} id=b style="max-height:200px">'
        f"</iframe></div><div style='width:360px'>{frame} id=c "
        f'style="max-width:100%;max-height:381px"></iframe></div>{listener(site)}',
        {},
    )
    fits = "document.querySelector('#c').style.height.endsWith('px')"
    page.wait_for_function(fits)
    limits = "['a', 'b', 'c'].map((id) => document.getElementById(id).style.maxHeight)"
    assert page.evaluate(limits) == ["", "200px", ""]
    high = "['a', 'b'].map((id) => document.getElementById(id).clientHeight)"
    page.wait_for_function(f"String({high}) === '300,200'")


def test_it_keeps_its_space_before_it_comes(
    site: str,  # noqa: F811
    article: Callable[..., Any],  # noqa: F811
) -> None:
    page = article("", {})
    page.route("**/embed/v1/small/", lambda route: None)
    text = f"{META}{frame_of(site)}<p id=after>After</p>"
    page.set_content(text, wait_until="commit")
    assert page.locator("iframe").bounding_box()["height"] >= 720


CONFINED = [
    "allow-scripts",
    "allow-scripts allow-same-origin",
    "allow-scripts allow-forms",
]


@pytest.mark.parametrize("sandbox", CONFINED)
def test_in_a_sandbox_it_offers_what_works(
    site: str,  # noqa: F811
    article: Callable[..., Any],  # noqa: F811
    sandbox: str,
) -> None:
    page = article(frame_of(site, f'height="720" sandbox="{sandbox}"'), {})
    inside = page.frame_locator("iframe")
    expect(inside.get_by_text("This frame may not leave the page")).to_be_visible()
    expect(inside.get_by_text("Leave this site quickly")).to_have_count(0)
    expect(inside.get_by_text("Or press the Escape key")).to_have_count(0)
    inside.get_by_role("button", name="Start").click()
    inside.get_by_label("Citizen").check()
    inside.get_by_role("button", name="Continue").click()
    inside.get_by_role("button", name="Show the result").click()
    # The parts that the result has buttons for have come.
    page.frames[1].wait_for_function(SETTLED)
    sheet = inside.get_by_role("button", name="Print or save a sheet for a lawyer")
    sheet.first.click()
    inside.get_by_role("button", name="Save as text").click()
    notice = inside.get_by_role("alert")
    expect(notice).to_contain_text("If nothing was printed or saved")
    expect(notice).to_contain_text(f"{site}/screeners/small/")
    copy = inside.get_by_role("textbox")
    assert "Citizen" in copy.input_value()
    assert copy.evaluate("e => e.selectionEnd - e.selectionStart") > 100
    inside.get_by_role("link", name="Hide this quickly").click()
    page.wait_for_timeout(300)
    assert page.frames[1].url == "about:blank"
    assert page.url.endswith("/article")
    # The browser says what it blocked.
    page.complaints.clear()


def test_outside_of_a_sandbox_nothing_of_that_is_said(
    site: str,  # noqa: F811
    article: Callable[..., Any],  # noqa: F811
) -> None:
    page = article(frame_of(site), {})
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("link", name="Leave this site quickly")).to_be_visible()
    expect(inside.get_by_text("This frame may not leave")).to_have_count(0)


def test_escape_on_the_page_around_leaves_as_well(
    site: str,  # noqa: F811
    article: Callable[..., Any],  # noqa: F811
) -> None:
    page = article(f"<h1>Partner</h1>{frame_of(site)}{listener(site)}", {})
    page.route("https://www.weather.gov/", lambda r: r.fulfill(body="Weather"))
    page.frame_locator("iframe").get_by_role("button", name="Start").click()
    page.locator("h1").click()
    for _time in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.weather.gov/")
