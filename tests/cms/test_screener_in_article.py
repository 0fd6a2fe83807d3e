"""A screener in an article: folded until it is wanted, or its first question open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect
from wagtail.models import Site

from cms.articles.models import ArticlePage
from screening_block.models import Screener
from screening_block.packs.load import load_pack
from tests.accessibility import check
from tests.screening_block import small

from .conftest import SmallSite
from .factories import block, publish

ARTICLE = "/articles/short/"
FIRST, SECOND = "Your status today", "Which law was it?"
CASE = "Check your own case"
SERVER = "Use the form that sends your answers to our server"


def release() -> dict[str, Any]:
    return {**small.release(), "about": {"minutes": 6}}


def load_with_minutes() -> None:
    home = Site.objects.get(is_default_site=True).root_page
    load_pack("small_pack", release(), home)


@pytest.fixture(scope="module")
def screener_rows(site_rows: Any, fill: Callable[..., Any]) -> None:
    """The small screener on the small site, for all tests of the module."""
    fill("small that takes minutes", load_with_minutes)


@pytest.fixture
def screener(screener_rows: None, small_site: SmallSite) -> Screener:
    return Screener.objects.get()


def show(kind: str, screener: Screener) -> ArticlePage:
    """Put a screener into an article, below a screenful of text."""
    article = ArticlePage.objects.get(slug="short")
    words = [block("text", "<p>Words.</p>" * 40)]
    article.body = [*words, block(kind, screener.pk), *words]
    found: ArticlePage = publish(article)
    return found


def test_folded_it_says_its_title_its_time_and_what_to_do(
    screener: Screener, client: Client
) -> None:
    show("screener", screener)
    html = client.get(ARTICLE).content.decode()
    [summary] = re.findall(r"<summary lang=.*?</summary>", html, re.DOTALL)
    said = " ".join(re.sub(r"<[^>]+>", " ", summary).split())
    assert said == f"Small screener About 6 minutes {CASE}"


def test_the_api_says_which_of_the_two_an_article_has(
    screener: Screener, client: Client
) -> None:
    shown = {"key": "small", "title": "Small screener"}
    for kind, value in {
        "screener": shown,
        "screener_question": {**shown, "first_question": True},
    }.items():
        show(kind, screener)
        body = client.get("/api/v1/articles/short/").json()["body"]
        assert [(one["type"], one["value"]) for one in body][1] == (kind, value)
    screener.unpublish()
    body = client.get("/api/v1/articles/short/").json()["body"]
    assert body[1]["value"] is None


def test_what_is_stored_of_either_stays_as_it_is(screener: Screener) -> None:
    """To the letter, through a save that changes something else."""
    article = show("screener", screener)
    asks = block("screener_question", screener.pk)
    article.body = [*article.body.raw_data, asks]
    article = publish(article)
    before = list(article.body.raw_data)
    article.title = "Other"
    assert list(publish(article).body.raw_data) == before
    assert [one["type"] for one in before if one["value"] == screener.pk] == [
        "screener",
        "screener_question",
    ]


# -- In a browser ---------------------------------------------------------------


class Reader:
    """A tab, what it asked the API for, and what it posted."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.asked: list[str] = []
        self.posted: list[str] = []
        page.on("request", self._note)

    def _note(self, request: Any) -> None:
        if "/api/" in request.url:
            self.asked.append(request.url)
        if request.method == "POST":
            self.posted.append(request.post_data or "")

    def open(self, fragment: str = "") -> Reader:
        self.page.goto(self.address + ARTICLE + fragment)
        # Longer than the element needs to ask.
        self.page.wait_for_timeout(300)
        return self

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True)

    def sees(self, heading: str) -> None:
        here = self.page.locator("legal-screener h2:not(.ahead *)")
        expect(here).to_have_text(heading)

    @property
    def folded(self) -> Any:
        return self.page.locator(".ls-folded")


@pytest.fixture
def served(live_server: Any, small_site: SmallSite) -> str:
    site = small_site.site
    site.hostname, port = live_server.url.removeprefix("http://").split(":")
    site.port = int(port)
    site.save()
    return str(live_server.url)


@pytest.fixture
def tab(browser: Any, served: str) -> Iterator[Callable[..., Reader]]:
    complaints: list[str] = []
    contexts = []

    def make(**options: Any) -> Reader:
        size = {"width": 360, "height": 740}
        context = browser.new_context(viewport=size, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda m: complaints.append(m.text) if m.type == "error" else 0
        )
        return Reader(page, served)

    yield make
    for context in contexts:
        context.close()
    assert [one for one in complaints if "Failed to load" not in one] == []


@pytest.mark.browser
def test_nothing_is_fetched_before_it_is_opened(
    tab: Callable[..., Reader], screener: Screener
) -> None:
    show("screener", screener)
    reader = tab().open()
    assert reader.asked == []
    expect(reader.button("Start")).to_have_count(0)
    check(reader.page, "folded")
    reader.page.set_viewport_size({"width": 360, "height": 740})
    assert reader.folded.bounding_box()["height"] < 250
    reader.page.locator("summary", has_text=CASE).click()
    expect(reader.button("Start")).to_be_visible()
    assert len(reader.asked) == 1
    # All of a phone's width but the margins of the page.
    assert reader.page.locator("legal-screener").bounding_box()["width"] == 328
    check(reader.page, "unfolded")
    reader.button("Start").click()
    reader.sees(FIRST)
    # Folded and unfolded again, it is where it was.
    for _time in range(2):
        reader.page.locator(".ls-folded > summary").click()
    reader.sees(FIRST)
    assert reader.posted == []


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_what_leads_to_it_opens_it(
    tab: Callable[..., Reader], screener: Screener, script: bool
) -> None:
    show("screener", screener)
    reader = tab(java_script_enabled=script).open()
    expect(reader.folded).not_to_have_attribute("open", "")
    reader.page.locator(".page-head").get_by_role("link", name=CASE).click()
    title = reader.page.locator("#ls-title-small")
    expect(title).to_be_in_viewport()
    if script:
        expect(reader.button("Start")).to_be_in_viewport()
    else:
        field = reader.page.get_by_label("Green card")
        field.check()
        reader.page.locator("noscript [value=next]").click()
        reader.page.locator("legend", has_text=SECOND).wait_for()
        assert reader.page.url.endswith("/screeners/small/")
    # The same from another page.
    reader.open("#screener-small")
    expect(title).to_be_in_viewport()
    if script:
        expect(reader.button("Start")).to_be_visible()


@pytest.mark.browser
def test_where_the_browser_does_not_unfold_it_the_page_does(
    tab: Callable[..., Reader], screener: Screener
) -> None:
    show("screener", screener)
    reader = tab()
    # A browser that unfolds nothing by itself: what it unfolds is folded at once.
    reader.page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          const folded = document.querySelector(".ls-folded");
          Object.defineProperty(folded, "open", {
            get: () => folded.hasAttribute("open"),
            set: (open) => folded.toggleAttribute("open", (folded.meant = open)),
          });
          new MutationObserver(() => {
            if (!folded.meant) folded.removeAttribute("open");
          }).observe(folded, { attributeFilter: ["open"] });
        });"""
    )
    reader.open()
    reader.page.locator(".page-head").get_by_role("link", name=CASE).click()
    expect(reader.button("Start")).to_be_in_viewport()
    assert reader.page.evaluate("document.querySelector('.ls-folded').meant")


@pytest.mark.browser
def test_the_first_question_can_be_answered_at_once(
    tab: Callable[..., Reader], screener: Screener
) -> None:
    show("screener_question", screener)
    reader = tab().open()
    expect(reader.page.locator("legend", has_text=FIRST)).to_be_visible()
    expect(reader.button(SERVER)).to_be_hidden()
    assert reader.asked == [], "it costs nobody anything who only reads"
    check(reader.page, "asks")
    reader.page.get_by_label("Green card").check()
    reader.sees(FIRST)
    expect(reader.page.locator("#o-lpr:not(.ahead *)")).to_be_checked()
    check(reader.page, "answered")
    reader.button("Continue").click()
    reader.sees(SECOND)
    assert len([one for one in reader.asked if "part=start" in one]) == 1
    assert reader.posted == []
    assert ARTICLE in reader.page.url


@pytest.mark.browser
def test_continue_without_an_answer_says_what_is_wanted_there(
    tab: Callable[..., Reader], screener: Screener
) -> None:
    show("screener_question", screener)
    reader = tab().open()
    reader.button("Continue").click()
    reader.sees(FIRST)
    reader.button("Continue").click()
    expect(reader.page.get_by_text("There is a problem")).to_be_visible()
    assert reader.posted == []


@pytest.mark.browser
def test_where_the_questions_do_not_come_the_server_s_form_is_offered(
    tab: Callable[..., Reader], screener: Screener
) -> None:
    show("screener_question", screener)
    reader = tab()
    reader.page.route("**/api/v1/screeners/**", lambda route: route.abort())
    reader.open()
    reader.page.get_by_label("Green card").check()
    expect(
        reader.page.get_by_text("The questions could not be loaded.")
    ).to_be_visible()
    expect(reader.page.get_by_label("Green card")).to_be_checked()
    assert reader.posted == []
    reader.button(SERVER).click()
    reader.page.locator("h1", has_text=FIRST).wait_for()


@pytest.mark.browser
def test_without_script_the_answer_goes_on_at_the_screener_s_page(
    tab: Callable[..., Reader], screener: Screener
) -> None:
    show("screener_question", screener)
    reader = tab(java_script_enabled=False).open()
    reader.page.get_by_label("Green card").check()
    reader.page.locator("noscript [value=next]").click()
    reader.page.locator("h1", has_text=SECOND).wait_for()
    assert reader.page.url.endswith("/screeners/small/")
