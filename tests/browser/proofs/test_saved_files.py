"""A saved file is the visitor's alone: what it says is nowhere but in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from screening_block.models import Release
from screening_block.models.releases import today
from tests import canary

from .test_canary import (  # noqa: F401 - fixtures
    PICKED,
    STORES,
    TYPED,
    Tab,
    address,
    encode,
    open_tab,
    two_languages,
)

pytestmark = pytest.mark.browser
PHRASE = "heron cobalt sleigh nutmeg"
SAVE, OPEN = "Save a file to go on later", "Go on with a file that you saved"
PICK, LOCKED = "The file that you saved", "This file is locked"
RESULT = "What your answers may mean"
AS_OF = "2026-02-03"


def answer(tab: Tab) -> None:
    tab.press("Start")
    tab.pick("Green card")
    tab.pick("PC 245: assault")
    tab.number("4242424242")
    tab.pick("Travel")
    tab.date()


def save(tab: Tab, phrase: str = "") -> dict[str, Any]:
    """Saves the answers, and gives the file as a browser is given one."""
    page = tab.page
    page.get_by_text(SAVE).first.click()
    page.get_by_label("Phrase to lock the file").fill(phrase)
    with page.expect_download() as download:
        tab.press("Save the file")
    text = Path(download.value.path()).read_text("utf-8")
    # The file is the visitor's own wish.
    download.value.delete()
    return a_file(text)


def a_file(text: str) -> dict[str, Any]:
    return {"name": "n.json", "mimeType": "application/json", "buffer": text.encode()}


def clear_text(sha256: str, **more: Any) -> dict[str, Any]:
    """A file of a visit that says all that stands out."""
    return a_file(
        f'{{"format":1,"screener":"small","release":"{sha256}","as_of":"{AS_OF}",'
        '"answers":{"status":"lpr","statute":"pc_245","days":4242424242,'
        '"plans":["travel"],"trip_start":"2077-07-07","court_date_set":true}}'
    )


def unlock(tab: Tab, phrase: str) -> None:
    tab.page.get_by_label(LOCKED).fill(phrase)
    tab.press("Open the file")


def test_saving_and_going_on_leave_nothing_but_the_file(
    address: str,  # noqa: F811
    open_tab: Any,  # noqa: F811
    capfd: Any,
) -> None:
    tab = open_tab(script=True)
    page, spoken = tab.page, []
    page.on("console", lambda message: spoken.append(message.text))
    page.goto(address)
    page.get_by_role("button", name="Start").wait_for()
    before = canary.database()
    answer(tab)
    made = len(tab.requests)
    with canary.listening() as heard:
        locked = save(tab, PHRASE)
    later = [r.url for r in tab.requests[made:] if not r.url.startswith("blob:")]
    assert later == [], "a request when a file was saved"
    assert heard == [], "the server heard of something"
    for word in TYPED + PICKED + [PHRASE]:
        assert word.encode() not in locked["buffer"]
    page.reload()
    page.get_by_text(OPEN).click()
    page.get_by_label(PICK).wait_for()
    loaded = len(tab.requests)
    with canary.listening() as heard:
        page.get_by_label(PICK).set_input_files(locked)
        unlock(tab, f"{PHRASE} wrong")
        page.get_by_text("This phrase does not open the file").wait_for()
        unlock(tab, PHRASE)
        page.get_by_role("heading", name="Do you have a court date?").wait_for()
        page.get_by_text("Your 5 answers").click()
        given = page.locator("dl.given:not(.ahead *)")
        given.get_by_text("4,242,424,242 days").wait_for()
        tab.pick("Yes")
    assert [r.url for r in tab.requests[loaded:]] == [], "a request for a file"
    assert heard == [], "the server heard of something"
    assert canary.database() == before
    words = encode(TYPED + PICKED + [PHRASE])
    assert canary.left(words, page.evaluate(STORES), tab.sent(), *spoken) == []
    assert tab.context.cookies() == []
    assert canary.left(words, canary.cached(), *capfd.readouterr()) == []
    assert canary.left(encode([*TYPED, PHRASE]), *tab.kept().values()) == []


def test_the_page_that_opens_a_file_asks_for_its_release_and_for_nothing_else(
    address: str,  # noqa: F811
    open_tab: Any,  # noqa: F811
    live_server: Any,
    capfd: Any,
) -> None:
    sha256 = Release.current("small").sha256
    tab = open_tab(script=True)
    page, spoken = tab.page, []
    page.on("console", lambda message: spoken.append(message.text))
    page.goto(f"{live_server.url}/open/")
    page.get_by_label(PICK).wait_for()
    before, steps = canary.database(), page.evaluate("history.length")
    title, loaded = page.title(), len(tab.requests)
    with canary.listening() as heard:
        page.get_by_label(PICK).set_input_files(clear_text(sha256))
        page.get_by_role("heading", name=RESULT).wait_for()
        expect(page.get_by_text("February 3, 2026: the day on which")).to_be_visible()
        expect(page.get_by_text("Do not miss court")).to_be_visible()
        tab.press("Show it as of today")
        expect(page.get_by_text("The law as of today")).to_be_visible()
        tab.press("Print or save a sheet for a lawyer")
        expect(page.get_by_text("4,242,424,242 days").first).to_be_visible()
    asked = [r.url for r in tab.requests[loaded:]]
    release = f"{live_server.url}/api/v1/releases/{sha256}/"
    # And for its other language, before anybody chooses it, as of each day that shows.
    day = today(Release.current("small").load())
    assert asked == [
        f"{release}?words=en&as_of={AS_OF}",
        *(f"{release}?words=es&as_of={one}&part=words" for one in (AS_OF, day)),
    ]
    words = encode(TYPED + PICKED)
    # The database gives the release, which names every option.
    told = [line for line in heard if sha256 not in line]
    assert canary.left(encode(TYPED), *heard) == []
    assert canary.left(words, *told) == []
    assert canary.database() == before
    assert canary.left(words, page.evaluate(STORES), tab.sent(), *spoken) == []
    assert (page.url, page.title()) == (f"{live_server.url}/open/", title)
    assert page.evaluate("history.length") == steps
    assert tab.context.cookies() == []
    assert canary.left(encode(TYPED), canary.cached(), *capfd.readouterr()) == []

    # “Open another file” and the page that goes leave nothing behind either.
    shown = "document.querySelector('legal-screener').shadowRoot.textContent"
    assert "4,242,424,242" in page.evaluate(shown)
    tab.press("Open another file")
    assert "4,242" not in page.evaluate(shown)
    expect(page.get_by_role("link", name="Leave this site quickly")).to_have_count(1)
    page.get_by_label(PICK).set_input_files(clear_text(sha256))
    page.get_by_role("heading", name=RESULT).wait_for()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert "4,242" not in page.evaluate(shown)
    assert canary.left(encode(TYPED), *tab.kept().values()) == []


def test_a_lawyer_opens_a_locked_file_by_dropping_it_on_the_page(
    address: str,  # noqa: F811
    open_tab: Any,  # noqa: F811
    live_server: Any,
) -> None:
    tab = open_tab(script=True)
    page = tab.page
    page.goto(address)
    answer(tab)
    locked = save(tab, PHRASE)
    opener = f"{live_server.url}/open/"
    expect(page.get_by_text(f"A lawyer can open the file at {opener}")).to_be_visible()
    page.goto(opener)
    page.get_by_label(PICK).wait_for()
    dropped = page.evaluate_handle(
        """(text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], "n.json"));
          return data;
        }""",
        locked["buffer"].decode(),
    )
    page.dispatch_event("h1", "drop", {"dataTransfer": dropped})
    unlock(tab, PHRASE)
    page.get_by_role("heading", name=RESULT).wait_for()
    expect(page.get_by_text("The law as of today")).to_be_visible()
    # One day, so there is no other to look at.
    expect(page.get_by_role("button", name="Show it as of")).to_have_count(0)


def test_without_script_the_page_says_why_it_opens_nothing(
    live_server: Any, new_context: Any
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/open/")
    expect(page.get_by_text("A script of this page opens")).to_be_visible()
