"""Pages that other software really made, without its makers' styles and scripts.

`--record` of `benchmarks/hosts_wordpress.py` and `benchmarks/hosts_web.py` wrote them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import Host
from .test_foreign_sites import site  # noqa: F401 - fixture

pytestmark = pytest.mark.browser
FOLDER = Path(__file__).with_name("hosts")
PAGES = {path.name.partition(".")[0]: path for path in FOLDER.glob("*.html.txt")}
KEY = "ca-firearm-expungement"
#: Their scripts bring ours, and are not kept.
BY_SCRIPT = ("next",)


def test_there_is_a_page_of_each_host() -> None:
    assert set(PAGES) == {
        *("hugo", "next", "react", "turbo", "vue"),
        *("wordpress-element", "wordpress-frame"),
    }


@pytest.mark.parametrize("name", sorted(PAGES))
def test_what_a_host_makes_shows_the_screener(
    name: str,
    site: str,  # noqa: F811
    host: Host,
    tab: Callable[..., Any],
) -> None:
    text = PAGES[name].read_text("utf-8").replace("https://law.example", site)
    text = text.replace("https://partner.example", host.url).replace(KEY, "small")
    if name in BY_SCRIPT:
        text += f'<script type="module" src="{site}/embed/v1/screener.js"></script>'
    host.pages["/article"] = (text, {})
    framed = name.endswith("frame")
    for script in (False, True):
        page = tab(viewport={"width": 360, "height": 800}, java_script_enabled=script)
        page.goto(f"{host.url}/article")
        inside = page.frame_locator("iframe") if framed else page
        if script:
            inside.get_by_role("button", name="Start").click()
            question = inside.get_by_role("heading", name="Your status today")
            expect(question).to_be_visible()
            box = page.locator("iframe" if framed else "legal-screener").bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 360
        elif framed:
            expect(inside.get_by_role("radio").first).to_be_visible()
        else:
            link = inside.locator("legal-screener a")
            expect(link).to_have_attribute("href", f"{site}/screeners/small/")
            expect(link).to_be_visible()
        page.context.close()
    if framed:
        assert "sandbox" not in text
