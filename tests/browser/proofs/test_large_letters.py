"""Letters twice as large, on a phone: nothing is cut off, covered or out of reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.widget.conftest import Host, Visitor

pytestmark = pytest.mark.browser
#: Where an element sticks out to the side, or something else lies over its middle.
LOOK = """() => {
  const root = document.querySelector("legal-screener").shadowRoot;
  const name = (e) => `${e.localName}.${e.className} ${e.textContent.slice(0, 40)}`;
  const shown = [...root.querySelectorAll(".ls *")].filter((e) => e.checkVisibility());
  const wide = shown.filter((e) => !e.closest(".hidden")
    && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  const covered = shown.filter((e) => {
    if (!e.matches("button, a, summary, input, select")) return false;
    e.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = e.getBoundingClientRect();
    const hit = root.elementFromPoint(left + width / 2, top + height / 2);
    return !(hit && (e.contains(hit) || hit.control === e || hit.contains(e)));
  });
  return { wide: wide.map(name), covered: covered.map(name) };
}"""


def test_twice_as_large_letters_cut_and_cover_nothing(
    host: Host, large_letters: Callable[..., Any]
) -> None:
    page = large_letters(viewport={"width": 360, "height": 740})
    visitor = Visitor(page, host)
    # Of the visitor's own setting: what a page does to its root changes no letter.
    large = "<style>body { margin: 0 }</style>"
    seen = []

    def look(state: str) -> None:
        assert page.evaluate(LOOK) == {"wide": [], "covered": []}, state
        seen.append(state)

    visitor.open(large + host.element())
    visitor.screener.get_by_role("button", name="Start").wait_for()
    look("start")
    visitor.start()
    look("choice")
    visitor.pick("lpr")
    look("list")
    visitor.pick("pc_245").press("Continue")
    look("number, with an error")
    visitor.type(number="400")
    look("choices")
    visitor.press("Back").press("Back").press("Back").pick("citizen")
    visitor.find(".notice").wait_for()
    look("result, with a notice")
    visitor.press("Clear my answers and start again").press("Yes, clear them").start()
    visitor.pick("lpr").pick("pc_25400").pick("travel").press("Continue")
    look("date, with an error")
    visitor.type(month="12", day="1", year="2099").press("Back").press("Back")
    visitor.press("Back").pick("pc_245").type(number="400")
    visitor.press("Skip this question")
    visitor.find(".check").wait_for()
    look("all answers")
    page.context.close()
    assert (len(seen), visitor.complaints) == (8, [])
