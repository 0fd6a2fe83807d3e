"""Whose site it is, as an editor types it and a visitor reads it; sharing articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from cms.home.models import ContactPage, TeamMember, TeamPage
from cms.identity.models import HelpLine, Person, SiteSettings
from tests.accessibility import check
from tests.screening_block.conftest import log_in

COPIED = """window.copied = [];
navigator.clipboard.writeText = async (text) => copied.push(text)"""
SHARED = "window.shared = []; navigator.share = async (what) => shared.push(what)"
PRINTED = "window.printed = 0; window.print = () => printed++"


@pytest.fixture
def served(live_server: Any, small_site: Any) -> str:
    site = small_site.site
    site.hostname, port = live_server.url.removeprefix("http://").split(":")
    site.port = int(port)
    site.save()
    home = small_site.home
    ana = Person.objects.create(name="Ana Reyes", role="Attorney", locale=home.locale)
    home.add_child(instance=ContactPage(title="Contact", slug="contact"))
    team = home.add_child(instance=TeamPage(title="Team", slug="team"))
    team.members = [TeamMember(person=ana)]
    team.save_revision().publish()
    record = SiteSettings.objects.get()
    record.phones, record.hours = "Office: 213-555-0100", "Mon-Fri 9:00-17:00"
    record.help_lines = [HelpLine(label="Night line", number="1-800-555-0100")]
    record.save_revision().publish()
    url: str = live_server.url
    return url


def test_a_draft_is_previewed_and_published_for_visitors_at_once(
    new_context: Callable, served: str, admin_client: Any
) -> None:
    visitor = new_context(base_url=served).new_page()
    visitor.goto("/contact/")
    check(visitor, "contact")
    visitor.goto("/team/")
    check(visitor, "team")
    editor = new_context(base_url=served, viewport={"width": 1400, "height": 1000})
    page = editor.new_page()
    log_in(page, admin_client, served)
    page.goto("/admin/")
    page.get_by_role("link", name="Site settings").click()
    page.get_by_role("link", name="Plain Terms").first.click()
    page.locator("#id_name").fill("Records Help")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages .success")).to_be_visible()
    visitor.goto("/contact/")
    expect(visitor.locator(".brand")).to_have_text("Plain Terms")
    page.goto(page.url)
    page.get_by_role("button", name="Toggle preview").click()
    shown = page.frame_locator("iframe[title='Preview']").first
    expect(shown.locator(".brand")).to_have_text("Records Help")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages .success")).to_be_visible()
    visitor.goto("/contact/")
    expect(visitor.locator(".brand")).to_have_text("Records Help")


def test_an_article_is_shared_copied_or_printed(
    new_context: Callable, served: str
) -> None:
    address = f"{served}/articles/full/"
    page = new_context().new_page()
    page.add_init_script(f"{PRINTED}; {SHARED}")
    page.goto(f"{address}#what-counts")
    page.get_by_role("button", name="Share or copy the link").click()
    assert page.evaluate("shared") == [{"title": "Full", "url": address}]
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("printed") == 1
    # On paper: the text and where it is from.
    page.emulate_media(media="print")
    expect(page.locator(".on-paper")).to_contain_text(address)
    expect(page.locator(".disclaimer")).to_be_visible()
    for away in (".share", ".site-foot__columns", ".quick-exit", ".own-case"):
        for part in page.locator(away).all():
            expect(part).to_be_hidden()

    page = new_context().new_page()
    page.add_init_script(f"delete Navigator.prototype.share; {COPIED}")
    page.goto(address)
    page.get_by_role("button", name="Share or copy the link").click()
    expect(page.get_by_role("status")).to_have_text("The link is copied.")
    assert page.evaluate("copied") == [address]

    page = new_context(java_script_enabled=False).new_page()
    page.goto(address)
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("link", name="Send by email")).to_be_visible()
