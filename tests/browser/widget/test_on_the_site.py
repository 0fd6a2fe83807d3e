"""The screener's own page: the widget where it can run, the form where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from wagtail.models import Site

from screening_block.packs.load import load_pack
from tests.screening_block import small

pytestmark = pytest.mark.browser


def test_the_form_becomes_the_widget_within_the_site_s_policy(
    live_server: Any, tab: Callable[..., Any]
) -> None:
    load_pack(
        "small_pack", small.release(), Site.objects.get(is_default_site=True).root_page
    )
    address = live_server.url + "/screeners/small/"
    complaints: list[str] = []
    page = tab()
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else 0)
    page.goto(address)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name="Your status today")).to_be_visible()
    expect(page.get_by_role("link", name="Leave this site quickly")).to_have_count(1)
    expect(page.locator("form[method=post]")).to_have_count(0)
    page.get_by_label("Citizen").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Show the result").click()
    expect(
        page.get_by_role("heading", name="What your answers may mean")
    ).to_be_visible()
    assert page.url == address
    assert page.context.cookies() == []
    assert complaints == []

    page.route("**/api/**", lambda route: route.abort())
    page.reload()
    page.get_by_text("The questions could not be loaded.").wait_for()
    page.get_by_role("button", name="Use the form that sends").click()
    page.get_by_label("Citizen").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Show the result").click()
    page.get_by_role("heading", name="What your answers may mean").wait_for()
    page.context.close()

    page = tab(java_script_enabled=False)
    page.goto(address)
    page.get_by_label("Green card").check()
    page.locator("noscript [value=next]").click()
    page.locator("legend", has_text="Which law was it?").wait_for()
    page.context.close()
