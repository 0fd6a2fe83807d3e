"""An editor writes what a result says first, and visitors read it."""

from typing import Any

import pytest

from screening_block.models import Release
from screening_block.packs.load import load_pack
from tests.screening_block import small
from tests.screening_block.conftest import log_in

pytestmark = pytest.mark.browser


def test_a_line_is_written_and_read(
    page: Any, live_server: Any, root: Any, admin_client: Any, client: Any
) -> None:
    screener = load_pack("small_pack", small.with_short(), root).screener
    log_in(page, admin_client, live_server.url)
    page.set_viewport_size({"width": 1280, "height": 1400})
    page.goto(f"{live_server.url}/admin/pages/{screener.pk}/edit/")
    page.get_by_role("tab", name="In short").click()
    lines = page.locator("#short_risk-root")
    lines.locator("button.c-sf-add-button").first.click()
    lines.locator("[name$=-value-text]").fill("Travel may be a risk.")
    lines.locator("[name$=-value-key]").fill("travel")
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.locator("[name=action-publish]").click()
    line = {"key": "travel"}
    assert Release.current("small").load().data["short"]["risk"] == [line]
    answer = client.post(
        "/api/v1/screeners/small/evaluate/",
        {"answers": {"status": "lpr"}},
        content_type="application/json",
    ).json()
    assert [one["text"] for one in answer["shown"]["short"]] == [
        "Travel may be a risk.",
        "Ask a lawyer before you travel. 365 days counts.",
    ]
