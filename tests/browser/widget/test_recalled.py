"""A release that was wrong: recalled in the admin, and gone for every visitor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect
from wagtail.models import Site

from screening_block.models import Release
from screening_block.packs.load import load_pack
from tests.screening_block import small
from tests.screening_block.conftest import log_in

pytestmark = pytest.mark.browser
REASON = "It did not warn people with an open case."


def test_an_editor_recalls_a_release_and_no_visitor_gets_it_any_more(
    live_server: Any, tab: Callable[..., Any], host: Any, django_user_model: Any
) -> None:
    root = Site.objects.get(is_default_site=True).root_page
    screener = load_pack("small_pack", small.release(), root).screener
    form = f"{live_server.url}/screeners/small/"
    visit = tab(java_script_enabled=False)
    visit.goto(form)
    visit.get_by_label("Green card").check()

    user = django_user_model.objects.create_superuser("boss", "b@example.org", "x")
    client = Client()
    client.force_login(user)
    desk = tab()
    log_in(desk, client, live_server.url)
    desk.goto(f"{live_server.url}/admin/screening/{screener.pk}/releases/")
    desk.get_by_role("link", name="Recall").click()
    desk.get_by_role("textbox", name="Reason").fill(REASON)
    desk.get_by_role("button", name="Recall this release").click()
    desk.get_by_text("Recalled on").wait_for()
    assert REASON in desk.inner_text("main")

    # A visit that had begun, without script: the answer goes nowhere.
    visit.locator("[name=do][value=next]").click()
    visit.get_by_role("heading", name="This version was taken back").wait_for()
    assert REASON in visit.inner_text("main")
    assert "Your answers were not kept" in visit.inner_text("main")

    page = tab()
    embed = f"{live_server.url}/embed/v1"
    for address in (form, f"{embed}/small/", f"{live_server.url}{screener.url}"):
        page.goto(address)
        page.get_by_text(REASON).wait_for()
        expect(page.locator("legal-screener")).to_have_count(0)

    # On somebody else's page, with and without something of its own in the element.
    src = f"{live_server.url}/api/v1/screeners/small/"
    element = f'<legal-screener src="{src}">{{}}</legal-screener>'
    script = f'<script type="module" src="{embed}/screener.js"></script>'
    for inside in ("", "<p>Ask us by phone.</p>"):
        page.goto(host.other + host.page(element.format(inside) + script))
        page.get_by_role("status").get_by_text(REASON).wait_for()
        expect(page.get_by_role("button")).to_have_count(0)

    # A corrected one is there at once.
    screener.refresh_from_db()
    screener.intro = "Corrected."
    screener.save_revision().publish()
    assert Release.current("small").recalled is None
    page.goto(form)
    page.get_by_role("button", name="Start").wait_for()
