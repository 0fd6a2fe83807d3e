"""How large letters are: as the visitor set them, whatever a page made of its root."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Host, Visitor

pytestmark = pytest.mark.browser

#: The least size of any text that shows, and the least height of anything to press.
MEASURE = """() => {
  const root = document.querySelector("legal-screener").shadowRoot;
  const shown = [...root.querySelectorAll(".ls *")]
    .filter((e) => e.checkVisibility() && !e.closest(".hidden, .ahead"));
  const text = shown.filter((e) => [...e.childNodes]
    .some((one) => one.nodeType === 3 && one.data.trim()));
  const size = (e) => parseFloat(getComputedStyle(e).fontSize);
  const pressed = shown.filter((e) => e.matches(".button, .back, .option, .exit"));
  return {
    text: Math.min(...text.map(size)),
    heading: Math.max(...shown.filter((e) => e.matches("h2:not(.hidden)")).map(size)),
    pressed: Math.min(...pressed.map((e) => e.getBoundingClientRect().height)),
    wide: document.documentElement.scrollWidth - innerWidth,
  };
}"""

#: What themes and resets do to the root of a page, and around the element.
ROOTS = {
    "as it is": "",
    "62.5%": "html { font-size: 62.5% } body { font-size: 1.6rem }",
    "10px": "html { font-size: 10px !important }",
    "200%": "html { font-size: 200% }",
    "fluid": "html { font-size: 1vw }",
    "zero": "html { font-size: 0 }",
    "of the element": "legal-screener { font-size: 3px } p { font-size: 9px }",
    "of everything": "* { font-size: 1.1rem !important }",
    "uppercase": "body { text-transform: uppercase; line-height: 1; zoom: 1 }",
}


def measure(visitor: Visitor, css: str) -> list[dict[str, float]]:
    """At the start, at a question and at the result."""
    meta = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    style = f"{meta}<style>body {{ margin: 0 }} {css}</style>"
    visitor.open(f"{style}<p>{visitor.host.element()}</p>")
    visitor.screener.get_by_role("button", name="Start").wait_for()
    found = [visitor.page.evaluate(MEASURE)]
    visitor.start()
    found.append(visitor.page.evaluate(MEASURE))
    visitor.pick("lpr").pick("pc_245").type(number="400").pick("travel")
    visitor.press("I’m not sure" if visitor.find(".quiet").count() else "Go on")
    visitor.page.wait_for_timeout(80)
    found.append(visitor.page.evaluate(MEASURE))
    return found


@pytest.mark.parametrize("root", ROOTS)
def test_no_root_of_a_page_makes_letters_small_or_large(
    visitor: Visitor, root: str
) -> None:
    for screen in measure(visitor, ROOTS[root]):
        assert screen["text"] == 16
        assert screen["heading"] == 17 * 1.42 or screen["heading"] == 17
        assert 44 <= screen["pressed"] < 60
        assert screen["wide"] <= 0


@pytest.mark.parametrize("root", ["as it is", "62.5%", "10px"])
def test_the_visitor_s_own_letters_stay_as_large_as_they_are(
    host: Host, large_letters: Callable[..., Any], root: str
) -> None:
    page = large_letters(viewport={"width": 400, "height": 800})
    visitor = Visitor(page, host)
    for screen in measure(visitor, ROOTS[root]):
        assert 30 <= screen["text"] <= 34
        assert screen["pressed"] >= 80
        assert screen["wide"] <= 0
    assert visitor.complaints == []
    page.context.close()
