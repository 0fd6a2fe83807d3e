"""An editor shares a draft, and somebody without an account reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from cms.articles.models import ArticlePage
from tests.accessibility import check
from tests.recorded.test_recorded import make_content
from tests.screening_block.conftest import log_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def rows(fill: Callable[..., Any]) -> None:
    fill("recorded", make_content)


def test_a_draft_is_shared_and_withdrawn(
    new_context: Callable[..., Any],
    rows: None,
    live_server: Any,
    admin_client: Any,
) -> None:
    article = ArticlePage.objects.get(slug="full")
    article.title = "Only drafted"
    article.save_revision()
    page = new_context(viewport={"width": 1400, "height": 1000}).new_page()
    log_in(page, admin_client, live_server.url)
    page.goto(f"{live_server.url}/admin/pages/{article.pk}/edit/")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Share the draft").click()
    page.get_by_label("Ends after").select_option("30")
    page.get_by_role("button", name="Make a link").click()
    expect(page.locator(".messages .success")).to_be_visible()
    address = page.get_by_label("Address of the page").input_value()
    reader = new_context(viewport={"width": 360, "height": 740}).new_page()
    reader.goto(address)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Only drafted")
    expect(reader.get_by_text("Draft: this is not published.")).to_be_visible()
    check(reader, "a shared draft")
    page.get_by_role("button", name="Withdraw this link").click()
    expect(page.get_by_text("The link leads nowhere any more.")).to_be_visible()
    assert reader.reload().status == 404
