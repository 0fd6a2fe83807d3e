"""Answers that stand out leave no trace: on the real site, with and without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests import canary
from tests.browser.widget.conftest import SETTLED, long_list
from tests.screening_block.visitor.test_switch import load_in_two_languages, translated

pytestmark = pytest.mark.browser
#: A number, the same with a mistake in it, a date, a search, and how they are shown.
TYPED = [
    "4242424242",
    "4,242,424,242",
    "8181 or so",
    "2077-07-07",
    "July 7, 2077",
    "oFFenSe 1017",
]
#: Options: the release names them all, so they are only looked for where it is not.
PICKED = ["lpr", "Green card", "pc_245", "pc_1017", "travel"]
PATH = "/screeners/small/"
STORES = """async () => JSON.stringify([
  { ...localStorage }, { ...sessionStorage }, history.state, document.cookie, name,
  document.referrer, location.href, document.title,
  await indexedDB.databases(), await caches.keys(),
  (await navigator.serviceWorker.getRegistrations()).length,
])"""


class Tab:
    """A tab of a browser of its own, whose profile can be read once it is closed."""

    def __init__(self, browser_type: Any, options: Any, profile: Path, script: bool):
        self.profile = profile
        self.context = browser_type.launch_persistent_context(
            str(profile), **options, java_script_enabled=script
        )
        self.page = self.context.pages[0]
        self.requests: list[Any] = []
        self.page.on("request", lambda request: self.requests.append(request))

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def field(self, label: str, exact: bool = False) -> Any:
        """One of the screen that shows: another one goes with the next paint, which a
        busy machine lets wait."""
        shown = self.page.locator(":not(.ahead *)")
        return self.page.get_by_label(label, exact=exact).and_(shown)

    def pick(self, label: str) -> None:
        self.field(label, exact=True).check()
        self.press("Continue")

    def number(self, typed: str) -> None:
        self.field("Number of days").fill(typed)
        self.press("Continue")

    def date(self) -> None:
        self.field("Month").select_option(value="7")
        self.field("Day", exact=True).fill("7")
        self.field("Year").fill("2077")
        self.press("Continue")

    def sent(self, body: bool = True) -> str:
        """Addresses and headers of all requests so far; bodies too."""
        parts = [
            f"{r.url} {r.all_headers()} {r.post_data if body else ''}"
            for r in self.requests
        ]
        return "\n".join(parts)

    def kept(self) -> dict[str, str]:
        """All that the browser's profile holds, file by file; closes the browser."""
        self.context.close()
        files = [file for file in self.profile.rglob("*") if file.is_file()]
        assert len(files) > 10, "no profile"
        # Once more without the zeros of UTF-16.
        return {
            str(file.relative_to(self.profile)): (
                (data := file.read_bytes()) + data.replace(b"\0", b"")
            ).decode("latin-1")
            for file in files
        }


def load_long() -> None:
    load_in_two_languages(translated(long_list()))


@pytest.fixture(scope="module")
def two_languages(fill: Callable[..., Any]) -> None:
    """A screener with a long list, in two languages, for all tests of a module."""
    fill("small in two languages with a long list", load_long)


@pytest.fixture
def address(two_languages: None, live_server: Any) -> str:
    return live_server.url + PATH


@pytest.fixture
def open_tab(
    browser_type: Any, browser_type_launch_args: Any, tmp_path: Path
) -> Iterator[Any]:
    opened: list[Tab] = []

    def open_one(script: bool) -> Tab:
        profile = tmp_path / f"profile{len(opened)}"
        tab = Tab(browser_type, browser_type_launch_args, profile, script)
        opened.append(tab)
        return tab

    yield open_one
    for tab in opened:
        tab.context.close()


def encode(words: list[str]) -> list[str]:
    return [*words, *(quote(word) for word in words if quote(word) != word)]


def test_with_script_no_answer_is_sent_stored_or_logged(
    address: str, open_tab: Any, capfd: Any
) -> None:
    tab = open_tab(script=True)
    page = tab.page
    page.goto(address)
    page.get_by_role("button", name="Start").wait_for()
    before = canary.database()
    tab.press("Start")
    page.wait_for_function(SETTLED)
    # The other language as well.
    page.wait_for_load_state("networkidle")
    loaded = len(tab.requests)
    with canary.listening() as heard:
        tab.pick("Green card")
        tab.field("Search the list").fill("oFFenSe 1017")
        tab.pick("PC 1017(a)(2): offense number 17")
        tab.press("Back")
        tab.field("Search the list").fill("assault")
        tab.pick("PC 245: assault")
        tab.number("8181 or so")
        tab.field("Number of days").fill("4242424242")
        tab.press("Español")
        page.get_by_role("heading", name="¿Cuántos días ordenó el juez?").wait_for()
        tab.press("Continuar")
        tab.press("English")
        tab.pick("Travel")
        tab.date()
        tab.pick("Yes")
        tab.press("Continue")
        assert page.get_by_text("4,242,424,242 days").count() > 0
        tab.press("Show the result")
        tab.press("Print or save a sheet for a lawyer")
        with page.expect_download() as download:
            tab.press("Save as text")
        # The file is the visitor's own wish.
        assert "4,242,424,242 days" in Path(download.value.path()).read_text("utf-8")
        download.value.delete()
        # The page's own link to its Spanish asks first: the answers would be gone.
        asked: list[str] = []

        def stay(dialog: Any) -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        page.on("dialog", stay)
        page.locator("header nav a[lang=es]").click()
        expect(page.get_by_role("heading", name="Sheet for a lawyer")).to_be_visible()
        assert asked == ["beforeunload"]
    made = [r.url for r in tab.requests[loaded:] if not r.url.startswith("blob:")]
    assert made == [], "a request after the first question"
    assert heard == [], "the server heard of something"
    assert canary.database() == before
    words = encode(TYPED + PICKED)
    assert canary.left(words, page.evaluate(STORES), tab.sent()) == []
    assert tab.context.cookies() == []
    assert canary.left(words, canary.cached(), *capfd.readouterr()) == []
    assert canary.left(encode(TYPED), *tab.kept().values()) == []


def test_without_script_an_answer_is_in_the_body_of_a_post_and_nowhere_else(
    address: str, open_tab: Any, capfd: Any
) -> None:
    tab = open_tab(script=False)
    page = tab.page
    page.goto(address)
    expect(page.locator("noscript .ls-promise")).to_contain_text("a private window")
    before = canary.database()
    with canary.listening() as heard:
        tab.field("Green card").check()
        page.keyboard.press("Enter")
        tab.field("Choose from the list").select_option("pc_245")
        tab.press("Continue")
        tab.number("8181 or so")
        tab.field("Number of days").fill("4242424242")
        tab.press("Español")
        page.get_by_role("heading", name="¿Cuántos días ordenó el juez?").wait_for()
        tab.press("Continuar")
        tab.press("English")
        tab.pick("Travel")
        tab.date()
        tab.pick("Yes")
        page.get_by_role("heading", name="Before you go on").wait_for()
        tab.press("Continue")
        page.get_by_role("heading", name="Check your answers").wait_for()
        tab.press("Show the result")
        page.get_by_role("heading", name="What your answers may mean").wait_for()
        assert page.get_by_text("4,242,424,242 days").count() > 0
    assert any("SELECT" in line for line in heard), "nothing was heard"
    posts = [r for r in tab.requests if r.method == "POST"]
    assert len(posts) == 11
    assert {r.url for r in posts} == {address, address.replace(PATH, f"/es{PATH}")}
    assert "4242424242" in posts[-1].post_data
    for request in posts:
        assert "no-store" in request.response().headers["cache-control"]
    words = encode(TYPED + PICKED)
    assert canary.left(words, tab.sent(body=False)) == []
    assert canary.left(words, *heard, *capfd.readouterr()) == []
    assert canary.left(words, canary.cached()) == []
    assert canary.database() == before
    assert page.evaluate("[history.state, document.cookie]") == [None, ""]
    assert tab.context.storage_state() == {"cookies": [], "origins": []}
    # To open a closed tab again, a browser keeps what its forms sent. No header forbids
    # that, so the page tells the visitor; nothing else of the profile has an answer.
    kept = tab.kept()
    found = [name for name in kept if canary.left(encode(TYPED), kept[name])]
    assert [name for name in found if "/Sessions/" not in name] == []
