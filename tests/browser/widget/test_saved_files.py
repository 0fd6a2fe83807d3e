"""A visit that is saved to a file, and gone on with from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from screening_block import engine
from tests.accessibility import check

from .conftest import Host, Visitor, long_list
from .test_axe import PAGE, STYLE

pytestmark = pytest.mark.browser
PHRASE = "otter lamp river nine"
#: As strict as docs/embedding.md says a page may be.
POLICY = (
    "default-src 'none'; script-src {0}; connect-src {0}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
#: Addresses of what was made in the page that are still good.
COUNT = """
  const [make, drop] = [URL.createObjectURL, URL.revokeObjectURL];
  window.made = new Set();
  URL.createObjectURL = (blob) => { const url = make(blob); made.add(url); return url };
  URL.revokeObjectURL = (url) => { made.delete(url); drop(url) };
"""
SAVE, OPEN = "Save a file to go on later", "Go on with a file that you saved"
FILE = "The file that you saved"


def save(visitor: Visitor, phrase: str = "") -> str:
    """Saves the answers; gives what is in the file."""
    visitor.find("summary", has_text=SAVE).first.click()
    if phrase:
        visitor.screener.get_by_label("Phrase to lock the file").fill(phrase)
    with visitor.page.expect_download() as download:
        visitor.press("Save the file")
    assert download.value.suggested_filename == "notes.json"
    expect(visitor.screener.get_by_text("The file is made")).to_be_visible()
    return Path(download.value.path()).read_text("utf-8")


def pick(visitor: Visitor, text: str, name: str = "notes.json") -> None:
    """Unfolds what opens files, if it is folded, and gives it one."""
    field = visitor.screener.get_by_label(FILE)
    if not field.count():
        visitor.find("summary", has_text=OPEN).click()
    file = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    field.set_input_files(file)


@pytest.mark.parametrize("phrase", ["", PHRASE])
def test_a_visit_goes_on_where_it_was_on_a_page_that_allows_next_to_nothing(
    visitor: Visitor, host: Host, phrase: str
) -> None:
    headers = {"Content-Security-Policy": POLICY.format(host.url)}
    host.page(host.element(), headers)
    # Localhost counts as https, so that files can be locked.
    visitor.page.goto(host.other + "/")
    visitor.press("Start").pick("lpr").pick("pc_245").type(number="400")
    assert visitor.heading == "What do you plan?"
    text = save(visitor, phrase)
    assert ("pc_245" in text) is not bool(phrase)
    seen = len(host.seen)

    visitor.page.reload()
    visitor.find("button", has_text="Start").wait_for()
    pick(visitor, text)
    if phrase:
        field = visitor.screener.get_by_label("This file is locked")
        field.fill("otter lamp river ten")
        visitor.press("Open the file")
        expect(
            visitor.screener.get_by_text("This phrase does not open")
        ).to_be_visible()
        field.fill(phrase.upper())
        visitor.press("Open the file")
    expect(visitor.find("h2")).to_have_text("What do you plan?")
    visitor.screener.get_by_text("Your 3 answers").click()
    expect(visitor.find("dl.given")).to_contain_text("400 days")
    visitor.pick("nothing")
    assert visitor.heading == "Do you have a court date?"
    visitor.pick("false")
    assert visitor.heading == "Check your answers"
    # The page, the release and the script were loaded; never a file or an answer.
    assert not [line for line in host.seen[seen:] if "245" in line or "notes" in line]


def test_a_finished_visit_opens_with_its_result_and_what_is_urgent_first(
    visitor: Visitor, host: Host
) -> None:
    answers = {"status": "lpr", "statute": "pc_245", "days": 400, "plans": ["nothing"]}
    visitor.open().answer({**answers, "court_date_set": True})
    text = save(visitor)
    assert json.loads(text)["answers"] == {**answers, "court_date_set": True}
    visitor.page.reload()
    visitor.press("Start")
    # On the first question too, as long as nothing is answered.
    pick(visitor, text)
    expect(visitor.find("h2")).to_have_text("Before you go on: this is urgent")
    visitor.press("Continue")
    expect(visitor.find("h2")).to_have_text("What your answers may mean")
    expect(visitor.find("summary", has_text=OPEN)).to_have_count(0)


def test_a_file_of_older_questions_keeps_what_fits_and_names_what_does_not(
    visitor: Visitor, host: Host
) -> None:
    visitor.open().start().pick("lpr").pick("pc_245").type(number="400")
    text = save(visitor)
    newer = long_list()
    newer["charts"]["statutes"]["rows"].pop(0)
    del newer["texts"]["en"]["charts"]["statutes"]["rows"]["pc_245"]
    host.releases["small"] = engine.load_release(newer)
    visitor.page.reload()
    visitor.find("button", has_text="Start").wait_for()
    pick(visitor, text)
    notice = visitor.find(".notice")
    expect(notice).to_contain_text("The questions have been changed since you saved.")
    expect(notice).to_contain_text("Answers that were not kept: 2")
    expect(notice.locator("li")).to_have_text(
        ["Which law was it?", "How many days did the judge order?"]
    )
    visitor.is_told("The questions have been changed")
    expect(visitor.find("h2")).to_have_text("Which law was it?")


def test_a_file_that_is_not_right_says_why_and_gives_no_answer(
    visitor: Visitor, host: Host
) -> None:
    visitor.open().start().pick("lpr").pick("pc_245")
    text = save(visitor)
    other = json.loads(text) | {"screener": "other"}
    visitor.page.reload()
    visitor.find("button", has_text="Start").wait_for()
    for bad, reason in [
        ("Dear diary", "This is not a file with saved answers."),
        (text[:-5], "A part of this file is missing."),
        (text.replace("pc_245", "pc_9"), "Something in this file was changed"),
        (json.dumps(other), "This file belongs to other questions"),
        (text + " " * 600_000, "This file is too big."),
        (text.replace('"format":1', '"format":2'), "This file is of a newer kind"),
    ]:
        pick(visitor, bad)
        expect(visitor.screener.get_by_role("alert")).to_contain_text(reason)
        assert visitor.heading == "Small screener"
    pick(visitor, text)
    expect(visitor.find("h2")).to_have_text("How many days did the judge order?")


def test_what_stays_off_paper_is_only_in_a_file_that_is_locked(
    visitor: Visitor, host: Host
) -> None:
    release = long_list()
    release["questions"][1]["off_paper"] = True
    host.releases["small"] = engine.load_release(release)
    visitor.open().start().pick("lpr").pick("pc_245")
    text = save(visitor)
    expect(visitor.screener.get_by_text("only if it is locked")).to_be_visible()
    assert json.loads(text)["answers"] == {"status": "lpr", "statute": None}
    visitor.screener.get_by_label("Phrase to lock the file").fill(PHRASE)
    with visitor.page.expect_download() as download:
        visitor.press("Save the file")
    locked = Path(download.value.path()).read_text("utf-8")
    visitor.page.reload()
    visitor.find("button", has_text="Start").wait_for()
    pick(visitor, locked)
    visitor.screener.get_by_label("This file is locked").fill(PHRASE)
    visitor.press("Open the file")
    visitor.screener.get_by_text("Your 2 answers").click()
    expect(visitor.find("dl.given")).to_contain_text("PC 245: assault")


def test_a_phrase_is_long_enough_or_made_here(visitor: Visitor, host: Host) -> None:
    visitor.open().start().pick("lpr")
    visitor.find("summary", has_text=SAVE).first.click()
    field = visitor.screener.get_by_label("Phrase to lock the file")
    field.fill("short")
    visitor.press("Save the file")
    expect(visitor.screener.get_by_text("Use at least 12 characters")).to_be_visible()
    visitor.press("Make a phrase for me")
    assert len(field.input_value()) == 19


def test_a_page_without_https_offers_no_lock_and_cannot_open_one(
    visitor: Visitor, host: Host
) -> None:
    visitor.page.add_init_script(
        "Object.defineProperty(Crypto.prototype, 'subtle', {get: () => undefined})"
    )
    visitor.open().start().pick("lpr")
    save(visitor)
    expect(visitor.screener.get_by_text("cannot be locked")).to_be_visible()
    expect(visitor.screener.get_by_label("Phrase to lock the file")).to_have_count(0)
    visitor.page.reload()
    visitor.find("button", has_text="Start").wait_for()
    parts = {"salt": "A" * 24, "iv": "A" * 16, "data": "A" * 64}
    sealed = {"sealed": "PBKDF2-SHA-256 AES-GCM-256", "iterations": 600_000}
    pick(visitor, json.dumps({"format": 1, **sealed, **parts}))
    expect(visitor.screener.get_by_role("alert")).to_contain_text("begin with https")


def test_nothing_of_a_file_is_left_in_the_page_after_leaving_quickly(
    visitor: Visitor, host: Host
) -> None:
    visitor.page.add_init_script(COUNT)
    visitor.open(host.element(more=f'exit-url="{host.other}/away"'))
    host.page("Away", path="/away")
    visitor.start().pick("lpr")
    save(visitor, PHRASE)
    assert visitor.page.evaluate("made.size") == 1
    # The page that goes: its address is forgotten before the next one comes.
    visitor.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert visitor.page.evaluate("made.size") == 0
    expect(visitor.find("h2")).to_have_text("Small screener")
    inside = "document.querySelector('legal-screener').shadowRoot.textContent"
    assert PHRASE not in visitor.page.evaluate(inside)
    expect(visitor.screener.get_by_label("Phrase to lock the file")).to_have_count(0)


def test_axe_finds_nothing_where_files_are_saved_and_opened(
    host: Host, tab: Callable[..., Any]
) -> None:
    visitor = Visitor(tab(), host).open(PAGE.format(host.element()), style=STYLE)
    page = visitor.page
    visitor.find("summary", has_text=OPEN).click()
    visitor.screener.get_by_label(FILE).wait_for()
    check(page, "start, unfolded")
    pick(visitor, "x")
    expect(visitor.screener.get_by_role("alert")).to_contain_text("This is not")
    check(page, "start, a file that is none")
    visitor.start().pick("lpr")
    text = save(visitor, PHRASE)
    # Else the way out floats above what was scrolled past.
    page.evaluate("scrollTo(0, 0)")
    check(page, "saved")
    page.reload()
    visitor.find("button", has_text="Start").wait_for()
    pick(visitor, text)
    visitor.screener.get_by_label("This file is locked").fill("wrong")
    visitor.press("Open the file")
    visitor.screener.get_by_text("This phrase does not open").wait_for()
    check(page, "a wrong phrase")
    page.context.close()
