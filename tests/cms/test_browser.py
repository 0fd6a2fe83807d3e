"""The public pages in a real browser: axe finds nothing, and nothing overflows."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from cms.articles.models import ArticlePage

from .conftest import build_site

PAGES = [
    "/",
    "/articles/",
    "/articles/?q=nothing-like-it",
    "/articles/full/",
    "/privacy/",
    "/api/docs/",
    "/nowhere/",
]


@pytest.fixture
def served(live_server):
    site = build_site()
    site.site.hostname, port = live_server.url.removeprefix("http://").split(":")
    site.site.port = int(port)
    site.site.save()
    return live_server.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_public_pages_pass_axe_fit_the_screen_and_obey_the_policy(
    browser, served, width, scheme
):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else 0)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for address in PAGES:
        page.goto(served + address)
        too_wide = page.evaluate(
            "(({scrollWidth, clientWidth}) => scrollWidth - clientWidth)"
            "(document.documentElement)"
        )
        assert too_wide == 0, address
        # The rule is off by default, but Wagtail shows editors what it finds.
        result = Axe().run(page, options={"rules": {"p-as-heading": {"enabled": True}}})
        assert result.violations_count == 0, f"{address}\n{result.generate_report()}"
    assert hosts == {served.removeprefix("http://")}
    # The browser reports the 404 page itself; a policy breach would be here too.
    assert [c for c in complaints if "404" not in c] == []
    assert context.cookies() == []
    context.close()


def test_the_first_tab_leads_past_the_header(page, served):
    page.goto(served + "/articles/full/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_editor_opens_quietly_previews_and_makes_no_draft(
    page, served, django_user_model
):
    django_user_model.objects.create_superuser("ed", "ed@example.org", "pass word 1")
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else 0)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(served + "/admin/")
    page.fill("input[name=username]", "ed")
    page.fill("input[name=password]", "pass word 1")
    page.click("button[type=submit]")
    article = ArticlePage.objects.get(slug="full")
    page.goto(f"{served}/admin/pages/{article.pk}/edit/")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe#w-preview-iframe")
    preview.get_by_role("heading", level=1, name="Full").wait_for()
    # Longer than autosave waits after a change it believes in.
    page.wait_for_timeout(4000)
    assert article.revisions.count() == 1
    assert complaints == []
    page.goto(f"{served}/admin/block-preview/?id={_block_id('notice')}")
    page.get_by_text("Do not leave the country yet").wait_for()
    assert complaints == []


def _block_id(name: str) -> str:
    block = ArticlePage._meta.get_field("body").stream_block.child_blocks[name]
    return block.definition_prefix
