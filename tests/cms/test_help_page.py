"""The directory of help as visitors read it, with script and without."""

import datetime as dt
import json
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cms.articles.models import ArticlePage
from cms.home.models import HelpPage
from screening_block.help.models import HelpEntry
from tests.accessibility import check
from tests.screening_block.help.entries import TODAY, make_entry

from .factories import block, publish

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once

#: A Monday, 10:00 in Los Angeles and 13:00 in New York.
NOW = "2026-11-30T18:00:00Z"


@pytest.fixture
def help_page(small_site, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    kern = {"areas": "us-ca", "counties": "Kern", "order": 1}
    make_entry("kern", name="Kern office", hours="Mon-Fri 11:00-12:00", **kern)
    yolo = {"areas": "us-ca", "counties": "Yolo", "subjects": ["papers"]}
    make_entry("yolo", name="Yolo office", hours="", languages=["ko"], **yolo)
    east = {"time_zone": "America/New_York", "hours": "Mon 9:00-14:00"}
    make_entry("east", name="Eastern line", order=9, **east)
    make_entry("west", name="Western line", order=2, hours="Tue 9:00-17:00")
    old = TODAY - dt.timedelta(days=100)
    make_entry("due", name="Old line", order=3, hours="", checked_on=old)
    make_entry("elsewhere", name="Nevada office", areas="us-nv")
    page = HelpPage(title="Find legal help", slug="find-help")
    small_site.home.add_child(instance=page)
    return publish(page)


@pytest.fixture
def served(live_server, small_site):
    site = small_site.site
    site.hostname, port = live_server.url.removeprefix("http://").split(":")
    site.port = int(port)
    site.save()
    return live_server.url


def test_without_script_everything_is_listed_by_area_with_anchors(client, help_page):
    html = client.get(help_page.url).content.decode()
    for anchor in ("help-kern-county", "help-yolo-county", "help-the-whole-country"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    assert 'href="tel:+18005550100"' in html
    assert "Monday to Friday: 11 a.m. to noon" in html
    assert "Last checked on Aug. 22, 2026; please confirm." in html
    assert "Nevada" not in html
    # The filters are for the script: none of them could be sent.
    filters = html.partition("<search")[2].partition("</search>")[0]
    assert filters.startswith(' class="ls-directory__filters" hidden')
    assert "name=" not in filters
    assert "<form" not in filters


def test_a_lawyer_finds_where_a_client_s_file_is_opened(page, served, help_page):
    opener = f"{served}/open/"
    for name in ("Open a client’s file", "For lawyers: open a client’s file"):
        page.goto(served + help_page.url)
        page.get_by_role("link", name=name, exact=True).click()
        assert page.url == opener
        title = page.get_by_role("heading", name="Open a saved file")
        expect(title.first).to_be_visible()
    page.goto(f"{served}/es/open/")
    footer = page.locator("footer").get_by_role("link", name="Para abogados")
    expect(footer).to_have_attribute("href", "/es/open/")


def test_open_offices_come_first_and_filters_leave_the_device_alone(
    new_context, served, help_page
):
    context = new_context(timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(served + help_page.url)
    names = page.locator(".ls-help__name:visible")
    country = ["Eastern line", "Western line", "Old line"]
    assert names.all_inner_texts() == ["Kern office", "Yolo office", *country]
    assert page.locator(".ls-help__open:visible").all_inner_texts() == [
        "Opens 11:00 AM",
        "Open now",
        "Opens Tuesday 9:00 AM",
    ]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = page.url
    page.get_by_role("combobox", name="County").select_option("Yolo")
    assert names.all_inner_texts() == ["Yolo office", *country]
    page.get_by_role("combobox", name="What for").select_option("papers")
    assert names.all_inner_texts() == ["Yolo office"]
    status = page.get_by_role("status")
    assert status.inner_text() == "1 of 5 entries"
    page.get_by_role("combobox", name="Language").select_option("es")
    assert "Take a filter away" in status.inner_text()
    page.keyboard.press("Enter")
    assert (asked, page.url) == ([], address)
    kept = page.evaluate("[{...localStorage}, {...sessionStorage}, document.cookie]")
    assert kept == [{}, {}, ""]
    assert "Yolo" not in json.dumps(page.evaluate("history.state") or "")
    assert urlsplit(page.url).query == ""
    context.close()


def test_the_page_and_the_block_pass_axe_and_fit_the_screen(page, served, help_page):
    article = ArticlePage.objects.get(slug="short")
    picked = [HelpEntry.objects.get(key="kern").pk]
    listed = [{"type": "item", "value": pk, "id": "1"} for pk in picked]
    value = {"title": "Who helps", "subject": "papers", "entries": listed}
    article.body = [block("help_entries", value)]
    publish(article)
    complaints = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else 0)
    for address in (help_page.url, article.url):
        page.goto(served + address)
        page.wait_for_load_state("networkidle")
        check(page, address)
    names = page.locator(".ls-help__name").all_inner_texts()
    assert names == ["Kern office", "Yolo office"]
    assert complaints == []


def test_an_article_gives_its_entries_to_the_api(client, help_page):
    article = ArticlePage.objects.get(slug="short")
    value = {"title": "", "subject": "papers", "entries": []}
    article.body = [block("help_entries", value)]
    publish(article)
    body = client.get("/api/v1/articles/short/").json()["body"]
    assert [entry["key"] for entry in body[0]["value"]["entries"]] == ["yolo"]
