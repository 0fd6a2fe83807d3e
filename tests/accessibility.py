"""axe-core and html-validate on what a page shows, on a phone and on a desk."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any
from zlib import crc32

from axe_playwright_python.sync_playwright import Axe

from tests.valid_html import check_html

ALL_SCREENS = bool(os.environ.get("ALL_SCREENS"))
#: Each width and each scheme is looked at, and by `make prove` each width in both. What
#: a width shows and what a scheme colours do not depend on one another.
SCREENS = (
    [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
    if ALL_SCREENS
    else [(360, "light"), (1280, "dark")]
)
#: The narrowest screen that nothing may be wider than (WCAG 1.4.10).
NARROW = 320
#: All rules; two are off by default: one of WCAG 2.2, one that Wagtail shows editors.
#: In the dark a page has other colours and nothing else, so the rules of colours do for
#: a width that was looked at before.
RUN = """async (only) => {
  const { violations } = await axe.run({
    resultTypes: ["violations"],
    ...(only.length ? { runOnly: only } : {
      rules: { "target-size": { enabled: true }, "p-as-heading": { enabled: true } },
    }),
  });
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}"""
RULES: dict[str, list[str]] = {
    "light": [],
    "dark": ["color-contrast", "link-in-text-block"] if ALL_SCREENS else [],
}
TOO_WIDE = "e => e.scrollWidth - e.clientWidth"
#: What stands in the shadow roots of a page, and in those within them.
ROOTS = """() => {
  const found = [];
  const look = (root) => {
    for (const { shadowRoot } of root.querySelectorAll("*")) {
      if (shadowRoot) {
        found.push(shadowRoot.innerHTML);
        look(shadowRoot);
      }
    }
  };
  look(document);
  return found;
}"""
_script: list[str] = []


def check(
    page: Any, state: str, screens: Sequence[tuple[int, str]] | None = None
) -> None:
    """No violation on any of the screens, nothing to scroll sideways for, valid HTML.

    `state` says in the message what the page shows. Without `screens` it is one, by
    turns; in `make prove` all.
    """
    if screens is None:
        turn = crc32(state.encode()) % len(SCREENS)
        screens = SCREENS if ALL_SCREENS else [SCREENS[turn]]
    # A click that leads to a new document waits for its address, not for its styles.
    page.wait_for_load_state("load")
    check_html(page.content(), state)
    for part in page.evaluate(ROOTS):
        check_html(part, state, fragment=True)
    # Reading the script takes a page longer than using it: once a document.
    if not page.evaluate("'axe' in window"):
        _script[:] = _script or [Axe().axe_script]
        page.evaluate(_script[0])
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert page.locator("html").evaluate(TOO_WIDE) == 0, f"{state}, {NARROW} px"
    for width, scheme in screens:
        page.set_viewport_size({"width": width, "height": 800})
        # Without motion: a colour on its way to another has no contrast yet.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        where = f"{state}, {width} px, {scheme}"
        found = page.evaluate(RUN, RULES[scheme])
        assert found == [], f"{where}: {found}"
        assert page.locator("html").evaluate(TOO_WIDE) == 0, where
