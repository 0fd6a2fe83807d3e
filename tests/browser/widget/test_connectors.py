"""What connects other software to a site, as far as that software is at hand here.

Whole sites of others are built and walked by `benchmarks/hosts_wordpress.py` and
`benchmarks/hosts_web.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from playwright.sync_api import expect
from wagtail.embeds.blocks import EmbedBlock
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders import get_finders

from screening_block.embed.finder import ScreenerFinder

from .test_foreign_sites import article, site  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser
HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Partner</title>
<meta name="viewport" content="width=device-width, initial-scale=1">"""


@pytest.fixture
def finder(site: str) -> Iterator[None]:  # noqa: F811
    """A site of Wagtail that takes embeds from ours, and videos in proportion."""
    entry = {"class": "screening_block.embed.finder", "site": f"{site}/"}
    with override_settings(
        WAGTAILEMBEDS_FINDERS=[entry], WAGTAILEMBEDS_RESPONSIVE_HTML=True
    ):
        get_finders.cache_clear()
        yield
    get_finders.cache_clear()


def test_a_wagtail_article_has_it_by_its_embed_block(
    site: str,  # noqa: F811
    article: Callable[..., Any],  # noqa: F811
    finder: None,
) -> None:
    block = EmbedBlock()
    shown = block.render(block.clean(block.to_python(f"{site}/screeners/small/")))
    assert "responsive-object" not in shown, "held to the proportions of a video"
    page = article(f"{HEAD}<p>Before.</p>{shown}<p>After.</p>", {})
    frame, inside = page.locator("iframe"), page.frame_locator("iframe")
    inside.get_by_role("button", name="Start").click()
    inside.get_by_role("heading", name="Your status today").wait_for()
    expect(frame).to_have_attribute("title", "Small screener")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        page.wait_for_function(
            """() => {
              const frame = document.querySelector("iframe");
              return frame.clientHeight > 300 && frame.style.height.endsWith("px");
            }"""
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert frame.bounding_box()["width"] == min(680, width - 16)


def test_the_embed_block_refuses_what_is_no_screener(
    site: str,  # noqa: F811
    finder: None,
) -> None:
    [ours] = get_finders()
    assert ours.accept(site.upper() + "/SCREENERS/")
    for other in (f"{site}.evil.example/", f"{site}1/", "https://x.example/?" + site):
        assert not ours.accept(other)
    with pytest.raises(EmbedNotFoundException):
        ours.find_embed(f"{site}/screeners/unknown/")
    block = EmbedBlock()
    for wrong in (f"{site}/screeners/unknown/", "https://video.example/1"):
        with pytest.raises(Exception, match="Cannot find an embed"):
            block.clean(block.to_python(wrong))
    with pytest.raises(ImproperlyConfigured, match="must be an address"):
        ScreenerFinder("law.example")
