"""The public pages in a real browser. What each of them shows is looked at in
`test_public_states.py`."""

import pytest
from wagtail.models import Site

from cms.articles.models import ArticlePage, Topic
from screening_block.models import Screener
from screening_block.packs.load import load_pack
from tests.accessibility import check
from tests.browser.widget.conftest import long_list

from .factories import block, publish

PAGES = [
    "/",
    "/articles/",
    "/articles/?q=nothing-like-it",
    "/search/?q=short",
    "/search/?q=nothing-like-it",
    "/articles/full/",
    "/topics/green-card/",
    "/privacy/",
    "/api/docs/",
    "/nowhere/",
]


@pytest.fixture
def served(live_server, small_site):
    site = small_site.site
    site.hostname, port = live_server.url.removeprefix("http://").split(":")
    site.port = int(port)
    site.save()
    return live_server.url


@pytest.fixture
def reader(new_context):
    """A tab that keeps a list of what the console complains of."""
    context = new_context()
    page = context.new_page()
    page.complaints = []
    note = page.complaints.append
    page.on("console", lambda m: note(m.text) if m.type == "error" else 0)
    page.on("pageerror", lambda error: note(str(error)))
    yield page
    assert context.cookies() == []
    context.close()


def test_public_pages_obey_the_policy(reader, served):
    hosts: set[str] = set()
    reader.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for address in PAGES:
        reader.goto(served + address)
    assert hosts == {served.removeprefix("http://")}
    # The browser reports the 404 page itself; a policy breach would be here too.
    assert [c for c in reader.complaints if "404" not in c] == []


def test_a_browser_reads_the_head_as_it_is_meant(reader, served):
    reader.goto(f"{served}/articles/full/")
    types = reader.evaluate(
        """() => [...document.querySelectorAll('script[type="application/ld+json"]')]
            .flatMap((data) => JSON.parse(data.text)["@graph"])
            .map((node) => node["@type"])"""
    )
    assert {"Article", "BreadcrumbList", "FAQPage", "WebSite"} <= set(types)
    links = reader.evaluate(
        """() => Object.fromEntries(
            [...document.head.querySelectorAll("link")].map((a) => [a.rel, a.href])
        )"""
    )
    assert links["canonical"] == f"{served}/articles/full/"
    for rel in ("apple-touch-icon", "icon", "manifest"):
        assert reader.request.get(links[rel]).ok
    told = reader.context.new_cdp_session(reader).send("Page.getAppManifest")
    assert told["url"] == f"{served}/site.webmanifest"
    assert told["errors"] == []
    assert reader.complaints == []


def test_large_letters_fit_a_narrow_phone(reader, served):
    Topic.objects.filter(name="Firearms").update(name="Inadmissibility-undeportable")
    reader.set_viewport_size({"width": 360, "height": 700})
    for address in PAGES:
        reader.goto(served + address)
        reader.evaluate("document.documentElement.style.fontSize = '200%'")
        width = reader.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, address


def test_a_screener_passes_axe_on_the_site_with_and_without_its_script(reader, served):
    article = ArticlePage.objects.get(slug="short")
    load_pack("small_pack", long_list(), Site.objects.get().root_page)
    article.body = [block("screener", Screener.objects.get().pk)]
    publish(article)
    start = reader.get_by_role("button", name="Start")
    fragment = "#screener-small"
    for address in (
        "/screeners/small/",
        f"/articles/short/{fragment}",
        "/embed/v1/small/",
    ):
        reader.goto(served + address)
        start.click()
        reader.get_by_role("button", name="Continue").click()
        check(reader, f"{address}, an error")
    assert reader.complaints == []

    # Where the script does not come, the form of the server is chosen.
    reader.route("**/embed/v1/screener.js", lambda route: route.abort())

    reader.goto(f"{served}/articles/short/{fragment}")
    check(reader, "article with a form")
    reader.goto(served + "/screeners/small/")
    check(reader, "a form that waits")


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
