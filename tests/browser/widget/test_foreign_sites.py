"""A screener in articles of other sites, as WordPress and Drupal would hold it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from screening_block.visitor.embed_html import build_element_html

from .conftest import Host

pytestmark = pytest.mark.browser

#: What a block theme makes of an embed that it does not trust: the frame of oEmbed,
#: with its attributes filtered and a sandbox that allows scripts and nothing more.
WORDPRESS = """<!doctype html><html lang="en-US"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Blog</title>
<style>
  body {{ margin: 0; font-family: sans-serif; line-height: 1.6 }}
  .is-layout-constrained > * {{ max-width: 645px; margin-inline: auto !important }}
  .wp-block-embed {{ overflow-wrap: break-word; margin: 0 0 1em }}
  .wp-block-embed__wrapper {{ position: relative }}
  .wp-block-embed iframe {{ max-width: 100% }}
  :where(figure) {{ margin: 0 0 1em }}
  .wp-element-button, button {{ border-radius: 9999px; text-transform: uppercase }}
</style></head>
<body class="wp-singular post-template-default single single-post wp-embed-responsive">
<div class="wp-site-blocks"><main class="wp-block-group">
<h1 class="wp-block-post-title">An old conviction</h1>
<div class="entry-content wp-block-post-content is-layout-constrained">
<p>Before.</p>
<figure class="wp-block-embed is-type-rich is-provider-plain-terms">
<div class="wp-block-embed__wrapper">{frame}</div></figure>
<p id="after">After.</p>
</div></main></div>{script}</body></html>"""

#: A node whose text format allows the element and the script.
DRUPAL = """<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Site</title>
<style>
  *, *::before, *::after {{ box-sizing: border-box }}
  body {{ margin: 0; font-size: 1.125rem }}
  .text-content > * {{ margin-block: 1.125rem }}
  .text-content h2, .form-item label {{ color: red; font-size: 3rem }}
  button, .button {{ all: unset; display: inline-flex; height: 3.375rem }}
  fieldset {{ border: 3px solid red; margin: 9px }} legend {{ float: left }}
  label {{ display: inline !important; font-weight: bold }}
</style></head>
<body class="path-node page-node-type-article"><div class="layout-container">
<main role="main"><article class="node node--type-article node--view-mode-full">
<h1><span class="field field--name-title">An old conviction</span></h1>
<div class="text-content clearfix field field--name-body field__item">
<p>Before.</p>
<legal-screener src="{url}/api/v1/screeners/small/"></legal-screener>
<script type="module" src="{url}/embed/v1/screener.js"></script>
<p>After.</p>
</div></article></main></div></body></html>"""


@pytest.fixture
def site(small_rows: None, live_server: Any) -> str:
    """The address of the site that publishes the screener."""
    return str(live_server.url)


@pytest.fixture
def article(
    tab: Callable[..., Any], host: Host
) -> Iterator[Callable[[str, dict[str, str]], Any]]:
    """Opens a page of a site with another host name and another port."""
    page = tab(viewport={"width": 400, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else 0)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.complaints = complaints

    def show(text: str, headers: dict[str, str]) -> Any:
        host.pages["/article"] = (text, headers)
        page.goto(f"{host.url}/article")
        return page

    yield show
    page.context.close()
    assert complaints == []


def framed(page: Any, site: str) -> str:
    """The frame that oEmbed gives, found by the link on the screener's page."""
    context = page.context.request
    text = context.get(f"{site}/screeners/small/").text()
    address = text.split('type="application/json+oembed" href="')[1].split('"')[0]
    return str(context.get(address.replace("&amp;", "&")).json()["html"])


def test_a_wordpress_article_has_it_by_oembed(
    site: str, article: Callable[..., Any]
) -> None:
    """In WordPress's sandbox, and as high as what it shows."""
    page = article("", {})
    frame = framed(page, site).replace(
        "<iframe ",
        '<iframe class="wp-embedded-content" sandbox="allow-scripts" '
        'security="restricted" data-secret="x1" ',
    )
    script = f'<script type="module" src="{site}/embed/v1/frame.js"></script>'
    page = article(WORDPRESS.format(frame=frame, script=script), {})
    page.evaluate(
        "() => addEventListener('message', e => (window.heard ??= []).push(e.data))"
    )
    box = page.locator("iframe")
    inside = page.frame_locator("iframe")
    inside.get_by_role("button", name="Start").wait_for()
    fits = """([frame, high]) => new Promise((done) => {
      const look = () =>
        frame.clientHeight === high ? done(true) : setTimeout(look, 20);
      look();
    })"""

    def high() -> int:
        height = "e => Math.ceil(e.getBoundingClientRect().height)"
        found = int(inside.locator("body").evaluate(height))
        assert page.evaluate(fits, [box.element_handle(), found])
        return found

    low = high()
    inside.get_by_role("button", name="Start").click()
    inside.get_by_label("Green card").check()
    inside.get_by_role("button", name="Continue").click()
    expect(inside.get_by_role("heading", name="Which law was it?")).to_be_visible()
    inside.get_by_label("Not in this list").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    show = inside.get_by_role("button", name="Show the result")
    for _question in range(9):
        if show.count():
            break
        inside.locator(".quiet").first.click()
    show.click()
    inside.get_by_role("heading", name="What your answers may mean").wait_for()
    assert high() > low, "the result is longer than the start"
    wide = "document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(wide)
    told = [one for one in page.evaluate("heard") if isinstance(one, dict)]
    assert told
    for message in told:
        assert set(message) <= {
            *("legalScreenerHeight", "legalScreenerTop", "height", "sentinel", "type")
        }
        sizes = [v for k, v in message.items() if k not in ("sentinel", "type")]
        assert all(isinstance(size, int) for size in sizes)


#: What themes and sanitizers take away from a frame.
TAKEN = {"nothing": "$^", "style": r' style="[^"]*"', "border": ' frameborder="0"'}


@pytest.mark.parametrize("taken", TAKEN)
def test_the_text_to_copy_fits_the_narrowest_phone(
    site: str, article: Callable[..., Any], taken: str
) -> None:
    frame = re.sub(TAKEN[taken], "", framed(article("", {}), site))
    own = f"{site}/screeners/small/"
    source = f"{site}/api/v1/screeners/small/"
    element = build_element_html(source, own, "Small screener", "en")
    meta = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    page = article(f"<!doctype html>{meta}<p>Before.</p>{frame}{element}", {})
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = page.locator("iframe").bounding_box()
        assert box["width"] <= (width if taken == "style" else 680)
        assert box["height"] >= 640
        # Without its script there is the link, and the space that it will need.
        link = page.get_by_role("link", name="Small screener")
        assert link.get_attribute("href") == own
        assert page.locator("legal-screener").bounding_box()["height"] >= 640


def test_a_screener_that_is_gone_says_so_in_the_frame(
    site: str, article: Callable[..., Any]
) -> None:
    page = article(f'<iframe src="{site}/embed/v1/gone/" width="300"></iframe>', {})
    inside = page.frame_locator("iframe")
    inside.get_by_role("heading", name="no longer available").wait_for()
    expect(inside.get_by_role("link")).to_have_attribute("href", re.compile("^http"))
    assert inside.locator("html").evaluate("e => e.scrollWidth <= innerWidth")
    # The browser itself reports the 404.
    page.complaints.clear()


@pytest.mark.parametrize("inside", ["", "<br />", "<p>Call us.</p>"])
def test_a_screener_that_is_gone_says_so_in_the_element(
    site: str, article: Callable[..., Any], inside: str
) -> None:
    element = (
        f'<legal-screener src="{site}/api/v1/screeners/gone/" locale="es">{inside}'
        f'</legal-screener><script type="module" src="{site}/embed/v1/screener.js">'
        "</script>"
    )
    page = article(element, {})
    screener = page.locator("legal-screener")
    said = screener.get_by_role("status").locator("p")
    expect(said).to_have_text("Estas preguntas ya no están disponibles.")
    help_link = screener.get_by_role("link")
    expect(help_link).to_have_attribute("href", re.compile("^http"))
    expect(help_link).to_have_attribute("target", "_blank")
    expect(screener.get_by_role("button")).to_have_count(0)
    # As a box of its own, in the widget's look.
    edge = said.evaluate("e => getComputedStyle(e).borderInlineStartWidth")
    assert edge == "4px"
    page.complaints.clear()


def test_a_page_takes_heights_from_its_own_frames_alone(
    site: str, article: Callable[..., Any]
) -> None:
    other = "<script>parent.postMessage({ legalScreenerHeight: 4321 }, '*')</script>"
    frames = (
        f'<iframe id="other" height="100" srcdoc="{other}"></iframe>'
        f'<iframe id="ours" height="100" src="{site}/embed/v1/small/"></iframe>'
    )
    script = f'<script type="module" src="{site}/embed/v1/frame.js"></script>'
    page = article(script + frames, {})
    tall = "document.querySelector('#ours').clientHeight > 100"
    page.wait_for_function(tall)
    page.evaluate("postMessage({ legalScreenerHeight: 4321 }, '*')")
    page.wait_for_timeout(50)
    assert page.locator("#other").evaluate("e => e.clientHeight") == 100
    assert page.locator("#ours").evaluate("e => e.clientHeight") < 4000


def test_leaving_a_frame_quickly_leaves_the_page_around_it(
    site: str, article: Callable[..., Any]
) -> None:
    page = article(f'<iframe src="{site}/embed/v1/small/"></iframe>', {})
    page.route("https://www.weather.gov/", lambda r: r.fulfill(body="Weather"))
    inside = page.frame_locator("iframe")
    inside.get_by_role("button", name="Start").click()
    inside.get_by_role("link", name="Leave this site quickly").click()
    page.wait_for_url("https://www.weather.gov/")


STRICT = (
    "default-src 'none'; script-src {0}; connect-src {0}; style-src 'unsafe-inline'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def test_a_drupal_article_has_it_by_script(
    site: str, article: Callable[..., Any]
) -> None:
    """On a strict page whose style sheet would break everything that it reaches."""
    policy = {"Content-Security-Policy": STRICT.format(site)}
    page = article(DRUPAL.format(url=site), policy)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    screener = page.locator("legal-screener")
    screener.get_by_role("button", name="Start").click()
    looks = screener.locator("legend, label, button.button").evaluate_all(
        """all => all.filter((one) => !one.closest(".ahead")).map((one) => {
          const { color, display, float, textTransform } = getComputedStyle(one);
          return [color === "rgb(255, 0, 0)", display, float, textTransform];
        })"""
    )
    assert len(looks) == 6
    for red, display, floats, case in looks:
        assert (red, floats, case) == (False, "none", "none")
        assert display != "inline"
    screener.get_by_label("Citizen").check()
    screener.get_by_role("button", name="Continue").click()
    screener.get_by_role("button", name="Show the result").click()
    screener.get_by_role("heading", name="What your answers may mean").wait_for()
    loaded = [url.removeprefix(site) for url in asked if url.startswith(site)]
    hashes = r"(?<=\.)[0-9a-f]{12}\.|(?<=/)[0-9a-f]{64}(?=/)|(?<=as_of=)[0-9-]+"
    assert sorted(re.sub(hashes, "", url) for url in loaded) == [
        "/api/v1/releases//?words=en&as_of=&part=rest",
        "/api/v1/screeners/small/?words=en&part=start",
        "/api/v1/screeners/small/help/?locale=en",
        "/embed/v1/file.js",
        "/embed/v1/help.js",
        "/embed/v1/languages.js",
        "/embed/v1/result.js",
        "/embed/v1/screener.css",
        "/embed/v1/screener.js",
        "/embed/v1/sheet.js",
    ]
    screener.get_by_role(
        "button", name="Print or save a sheet for a lawyer"
    ).first.click()
    screener.get_by_role("heading", name="What I answered").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_page_builder_that_takes_away_that_it_is_a_module_takes_nothing_away(
    site: str, article: Callable[..., Any]
) -> None:
    """The console says what to put right, and the questions come all the same."""
    whole = DRUPAL.format(url=site)
    assert ' type="module"' in whole
    page = article(whole.replace(' type="module"', ""), {})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.reload()
    page.locator("legal-screener").get_by_role("button", name="Start").click()
    expect(page.locator("#o-citizen:not(.ahead *)")).to_be_visible()
    assert said == ['screener.js is a module: load it with <script type="module">.']
