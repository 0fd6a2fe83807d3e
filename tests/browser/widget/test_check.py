"""The checks of the embed kit: on our own page, and on pages of other sites."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page_quality import judge, watch

from .conftest import Host
from .test_foreign_sites import site  # noqa: F401 - fixture

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[3]
CHECKS = ROOT / "screening_block/static/screening_block/check"
RESULTS = "() => document.querySelector('legal-screener-check').results"
META = '<meta name="viewport" content="width=device-width, initial-scale=1">'
#: As strict as the guide says is enough, and with frames.
STRICT = (
    "default-src 'none'; script-src {0}; connect-src {0}; frame-src {0}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
ONLY = {  # groups of checks that a page below may break
    "looks": "letters small-root hostile-rules targets narrow light dark",
    "frame": "frame frame-height frame-narrow frame-own",
}


def snippet(site: str, only: str = "", more: str = "") -> str:  # noqa: F811
    """The two lines of the guide."""
    guide = (ROOT / "docs/embedding.md").read_text("utf-8")
    found = re.search(r"```html\n(<legal-screener-check.+?)```", guide, re.DOTALL)
    assert found
    lines = found[1].replace("https://law.example", site).replace("KEY", "small")
    begin = "<legal-screener-check"
    return META + lines.replace(begin, f'{begin} only="{only}" {more}')


def results_of(page: Any) -> dict[str, Any]:
    """What a program reads, once the checks are over."""
    page.wait_for_function(RESULTS, timeout=120_000)
    found: dict[str, Any] = page.evaluate(RESULTS)
    counts = {name: len(named(found, name)) for name in ("passed", "failed")}
    assert {name: found[name] for name in counts} == counts
    return found


def named(results: dict[str, Any], status: str = "failed") -> dict[str, str]:
    """The checks that came out so, with their reasons."""
    checks = results["checks"]
    return {one["key"]: one["reason"] for one in checks if one["status"] == status}


#: Notes in every picture of the page, from the list of checks on until they are over:
#: how far it scrolled, where it ends, where a row of the list is.
STILL = """
  if (top === self) {
    window.seen = [new Set(), new Set(), new Set()];
    requestAnimationFrame(function look() {
      const element = document.querySelector("legal-screener-check");
      const [row] = element?.shadowRoot?.querySelectorAll("li:last-child") ?? [];
      const root = document.documentElement;
      [scrollY, root.scrollHeight, row?.getBoundingClientRect().top].forEach(
        (found, at) => row && !element.results && window.seen[at].add(found),
      );
      requestAnimationFrame(look);
    });
  }
"""


@pytest.mark.parametrize("width", [360, 1280])
def test_our_own_page_does_not_shift_while_it_is_looked_at(
    site: str,  # noqa: F811
    tab: Callable[..., Any],
    width: int,
) -> None:
    page = tab(viewport={"width": width, "height": 800})
    watch(page)
    page.goto(f"{site}/embed/v1/check")
    results_of(page)
    judge(page, f"the check, {width} pixels wide")
    page.context.close()


def test_on_our_own_page(site: str, tab: Callable[..., Any]) -> None:  # noqa: F811
    page = tab(viewport={"width": 1280, "height": 800})
    page.add_init_script(STILL)
    page.goto(f"{site}/embed/v1/check?locale=es")
    results = results_of(page)
    # Whoever reads meanwhile is where they were: nothing scrolls, nothing jumps.
    scrolled, ends, listed = page.evaluate("window.seen.map((set) => [...set])")
    assert (scrolled, len(ends), len(listed)) == ([0], 1, 1)
    assert named(results) == {}
    assert results["passed"] >= 50
    assert set(named(results, "not_possible")) == {
        *("locale", "seamless", "forced-colors", "frame-own")
    }
    box = page.locator("legal-screener-check")
    expect(box.get_by_role("status")).to_contain_text(f"{results['passed']} bien")
    expect(box.get_by_text("Este cuestionario está en un solo idioma.")).to_be_visible()
    assert page.evaluate("document.querySelectorAll('legal-screener').length") == 0
    assert page.evaluate("[scrollY, document.documentElement.scrollWidth]") == [0, 1280]
    # Without script it says what would be looked at.
    page.context.close()
    page = tab(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page.goto(f"{site}/embed/v1/check")
    expect(page.locator("dt")).to_have_count(len(results["checks"]))
    page.context.close()


def test_on_a_strict_page_of_another_site(
    site: str,  # noqa: F811
    tab: Callable[..., Any],
    host: Host,
) -> None:
    """Nothing but the two lines; another screener of the page is left alone."""
    page = tab(viewport={"width": 1280, "height": 800})
    policy = {"Content-Security-Policy": STRICT.format(site)}
    visited = f'<legal-screener src="{site}/api/v1/screeners/small/"></legal-screener>'
    script = f'<script type="module" src="{site}/embed/v1/screener.js"></script>'
    host.pages["/article"] = (f"<!doctype html><html lang=en>{visited}{script}", policy)
    page.goto(f"{host.url}/article")
    visitor = page.locator("legal-screener").first
    visitor.get_by_role("button", name="Start").click()
    visitor.get_by_label("Green card").check()
    visitor.get_by_role("button", name="Continue").click()
    page.evaluate(WATCH)
    page.evaluate(
        """async (site) => {
          const one = document.createElement("legal-screener-check");
          one.setAttribute("src", `${site}/api/v1/screeners/small/`);
          document.body.append(one);
          await import(`${site}/embed/v1/check.js`);
        }""",
        site,
    )
    results = results_of(page)
    assert named(results) == {}
    assert results["passed"] >= 45
    forbidden = {"script-late", "script-first", "script-twice", "property-early"}
    assert set(named(results, "not_possible")) >= {*forbidden, "inner-html"}
    # The visitor is where the visitor was, and was not looked at.
    assert page.evaluate("window.looked") == []
    assert "lpr" not in str(results)
    expect(visitor.get_by_role("heading", name="Which law was it?")).to_be_visible()
    assert page.evaluate("window.told") == []
    page.context.close()


#: Notes whoever looks into the screener of the visitor, and what the page is told.
WATCH = """() => {
  window.looked = [];
  window.told = [];
  const visitor = document.querySelector("legal-screener");
  for (const name of ["app", "shadowRoot", "textContent", "innerHTML", "outerHTML"]) {
    let from = visitor;
    let own;
    while (from && !(own = Object.getOwnPropertyDescriptor(from, name)))
      from = Object.getPrototypeOf(from);
    const { value } = own;
    Object.defineProperty(visitor, name, {
      configurable: true,
      get() {
        if (/check(-frame)?[.]js/.test(new Error().stack)) window.looked.push(name);
        return own.get ? own.get.call(visitor) : value;
      },
    });
  }
  for (const name of ["started", "finished"])
    addEventListener(`screener:${name}`, () => window.told.push(name));
}"""


def test_no_check_can_look_into_a_screener_that_it_did_not_make() -> None:
    """One module looks into a screener, and one makes them for it."""
    texts = {path.name: path.read_text("utf-8") for path in CHECKS.glob("*.js")}
    looks = {name for name, text in texts.items() if "shadowRoot" in text}
    assert looks == {"subject.js", "tried.js"}, "tried.js is in frames of checks alone"
    makes = {name for name, text in texts.items() if "new Subject(" in text}
    assert makes == {"stage.js"}
    for name, text in texts.items():
        if name != "tried.js":
            found = re.findall(
                r"document\.(?:querySelector\w*|get\w+By\w+)\(([^)]*)", text
            )
            assert set(found) <= {'"[data-ls-exit]"', '"iframe"'}, name
    stage = texts["stage.js"]
    assert "querySelector" not in stage.replace(
        'this.#host.querySelectorAll(":scope > [slot=stage]")', ""
    )


TAKES_KEYS = """<script>
  addEventListener("keydown", (event) => event.stopImmediatePropagation(), true);
</script>"""
STORES = """<script>
  addEventListener("screener:finished", () => (document.cookie = "seen=1"), true);
</script>"""
#: Pages that break something: what stands before the two lines (or around them, at
#: `{}`), the checks that run, the one that fails, and a word of the reason.
BROKEN: dict[str, tuple[str, str, str, str]] = {
    "letters in rem": (
        "<style>html { font-size: 62.5% } :root { --ls-size-xl: 1.42rem }</style>",
        ONLY["looks"],
        "letters",
        "14.2 pixels",
    ),
    "shrunk": (
        "<div style='transform: scale(0.8)'>{}</div>",
        "letters narrow hostile-rules",
        "letters",
        "0.80 times",
    ),
    "half of the colours": (
        "<style>:root { --ls-color-text: #eee }</style>",
        ONLY["looks"],
        "light",
        "contrast",
    ),
    "a bar that covers": (
        "<p style='position:fixed;inset:0 0 auto;height:50vh;z-index:9'>Bar</p>",
        "in-view letters",
        "in-view",
        "lies over it",
    ),
    "no room": (
        "<style>legal-screener { min-height: 0 !important }</style>",
        "shift letters",
        "shift",
        "shifted",
    ),
    "wider than its place": (
        "<style>legal-screener { min-width: 500px }</style>",
        "narrow letters",
        "narrow",
        "room for 320",
    ),
    "hidden inside": (
        "<style>legal-screener a { display: none }</style>",
        "fallback try-again",
        "fallback",
        "does not show",
    ),
    "a box that cuts off": (
        "<div style='overflow: hidden'>{}</div>",
        "way-out escape",
        "way-out",
        "out of view",
    ),
    "takes all keys": (
        TAKES_KEYS,
        "escape way-out",
        "escape",
        "did not reach",
    ),
    "a script that stores": (
        STORES,
        "result requests stored events",
        "stored",
        "cookies",
    ),
    "a script of somebody": (
        "<script src='{other}/static/screening_block/engine/ranks.js'></script>",
        "other-scripts confined",
        "other-scripts",
        "{other}",
    ),
    "a limit for frames": (
        "<style>iframe { max-height: 300px }</style>",
        ONLY["frame"],
        "frame-height",
        "max-height is 300px",
    ),
    "a frame in a sandbox": (
        "<iframe src='{site}/embed/v1/small/' sandbox='allow-scripts'></iframe>",
        ONLY["frame"],
        "frame-own",
        "allow-downloads allow-modals",
    ),
    "a frame that is cut": (
        "<iframe src='{site}/embed/v1/small/' style='max-height:381px'></iframe>",
        ONLY["frame"],
        "frame-own",
        "max-height of 381px",
    ),
}


def test_what_a_page_breaks_fails_and_nothing_else(
    site: str,  # noqa: F811
    tab: Callable[..., Any],
    host: Host,
) -> None:
    page = tab(viewport={"width": 1280, "height": 800})
    for name, (body, only, wanted, reason) in BROKEN.items():
        lines = snippet(site, only)
        filled = body.replace("{site}", site).replace("{other}", host.other)
        text = filled.replace("{}", lines) if "{}" in body else filled + lines
        host.pages["/article"] = (f"<!doctype html><html lang=en>{text}", {})
        page.goto(f"{host.url}/article")
        results = results_of(page)
        failed = named(results)
        assert set(failed) == {wanted}, (name, failed)
        assert reason.replace("{other}", host.other) in failed[wanted], name
        row = page.locator(f"legal-screener-check li[data-key={wanted}]")
        expect(row.get_by_text("How to fix it:")).to_be_visible()
    page.context.close()


def test_a_policy_that_forbids_to_fetch_is_named(
    site: str,  # noqa: F811
    tab: Callable[..., Any],
    host: Host,
) -> None:
    page = tab()
    policy = f"default-src 'none'; script-src {site}; connect-src 'self'"
    headers = {"Content-Security-Policy": policy}
    host.pages["/article"] = (f"<!doctype html>{snippet(site)}", headers)
    page.goto(f"{host.url}/article")
    results = results_of(page)
    assert set(named(results)) == {"connect"}
    assert "connect-src" in named(results)["connect"]
    missing = named(results, "not_possible")
    assert "The questions may be fetched" in missing["first-questions"]
    assert "frame-src" in missing["frame"]
    page.context.close()


def test_forced_colours_and_a_page_in_a_sandbox(
    site: str,  # noqa: F811
    tab: Callable[..., Any],
    host: Host,
) -> None:
    only = "forced-colors seamless confined stored"
    host.pages["/article"] = (f"<!doctype html>{snippet(site, only, 'seamless')}", {})
    host.pages["/around"] = ('<iframe sandbox="allow-scripts" src="/article">', {})
    page = tab(forced_colors="active")
    page.goto(f"{host.url}/article")
    results = results_of(page)
    assert named(results) == named(results, "not_possible") == {}
    page.goto(f"{host.url}/around")
    assert set(named(results_of(page.frames[1]))) == {"confined"}
    page.context.close()


def answer(route: Any, **how: Any) -> None:
    route.fulfill(**how)


#: Faults of the embed itself: in which file, what becomes of which text, what fails.
FAULTS = {
    "deaf to attributes": ("screener.js", '["src","locale"]', "[]", "src-late"),
    "no hash": ("screener.js", 'throw Error("ETag")', "0", "altered"),
    "in rem": ("screener.css", "1.0625em", "1.0625rem", "small-root"),
    "inherits": ("screener.css", "all:initial", "color:red", "hostile-rules"),
    "wide": ("screener.css", "}", "}.ls{min-inline-size:400px}", "narrow"),
}


def test_a_fault_of_ours_is_found(
    site: str,  # noqa: F811
    tab: Callable[..., Any],
    host: Host,
) -> None:
    for name, (file, old, new, wanted) in FAULTS.items():
        page = tab(viewport={"width": 1280, "height": 800})
        text = (ROOT / "screening_block/embed/bundled" / file).read_text("utf-8")
        assert old in text, name
        kind = "text/css" if file.endswith("css") else "text/javascript"
        broken = text.replace(old, new)
        headers = {"Access-Control-Allow-Origin": "*"}
        page.route(
            f"**/embed/v1/{file}*",
            partial(answer, body=broken, content_type=kind, headers=headers),
        )
        host.pages["/article"] = (f"<!doctype html>{snippet(site, wanted)}", {})
        page.goto(f"{host.url}/article")
        assert set(named(results_of(page))) == {wanted}, name
        page.context.close()
