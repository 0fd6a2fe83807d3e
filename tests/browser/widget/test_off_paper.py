"""An answer that could harm whoever carries it is on the screen and never on paper."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import expect
from wagtail.models import Site

from screening_block import embed, engine
from screening_block.packs.load import load_pack
from tests import canary
from tests.screening_block import private

from .conftest import Visitor

pytestmark = pytest.mark.browser
#: The scripts as other sites load them.
KIT = Path(embed.__file__).parent / "bundled"
KEEP = "Keep this away from officers: it is for you and your lawyer."
OFF = "This is left off the sheet and every printout on purpose."
SHEET = "Print or save a sheet for a lawyer"
#: Neither is on paper, whatever the answer: what the finding says, and why.
HIDDEN = [*private.WORDS, OFF]


def printed(page: Any) -> str:
    """What stands on paper when the browser prints the page as it is."""
    pages = pypdf.PdfReader(io.BytesIO(page.pdf())).pages
    text = " ".join(one.extract_text() for one in pages)
    # Letters that a font joins are letters again.
    return " ".join(unicodedata.normalize("NFKC", text).split())


def unfold(page: Any) -> None:
    page.evaluate(
        """async () => {
          const root = document.querySelector("legal-screener")?.shadowRoot ?? document;
          for (const one of root.querySelectorAll("details")) one.open = true;
          await new Promise((done) => setTimeout(done, 100));
        }"""
    )


def saved(visitor: Visitor, button: str) -> str:
    with visitor.page.expect_download() as download:
        visitor.press(button)
    return Path(download.value.path()).read_text("utf-8")


@pytest.fixture
def visit(visitor: Visitor) -> Callable[[Any], Visitor]:
    visitor.host.releases["small"] = engine.load_release(private.release())

    def answer(removed: Any) -> Visitor:
        return visitor.open().answer(private.ANSWERS | {"removed": removed})

    return answer


def test_a_private_answer_is_told_on_the_screen_and_on_no_paper(
    visit: Callable[[Any], Visitor],
) -> None:
    visitor = visit(True)
    page = visitor.page
    unfold(page)
    shown = visitor.find(".ls").inner_text()
    assert canary.left(HIDDEN, shown) == [*private.WORDS[:3], "border-note", OFF]
    assert "Were you ever sent-away from here? Yes" in " ".join(shown.split())
    paper = printed(page)
    assert "See a lawyer about all of it" in paper
    assert canary.left(HIDDEN, paper) == []
    # A part of which nothing but its heading would be left.
    assert "What may affect you" not in paper

    visitor.press(SHEET)
    sheet = [visitor.find(".ls").inner_text(), printed(page)]
    sheet.append(saved(visitor, "Save as text"))
    visitor.screener.get_by_label("Add the reasons").check()
    sheet += [visitor.find(".ls").inner_text(), printed(page)]
    sheet.append(saved(visitor, "Save as text"))
    for text in sheet:
        assert "See a lawyer about all of it" in text
        assert "sent-away" not in text
        assert canary.left(HIDDEN, text) == []


def test_whatever_the_private_answer_is_the_sheet_is_the_same(
    visit: Callable[[Any], Visitor],
) -> None:
    sheets = set()
    for removed in (True, False, None):
        visitor = visit(removed).press(SHEET)
        visitor.screener.get_by_label("Add the reasons").check()
        text = saved(visitor, "Save as text")
        sheets.add((visitor.find(".ls").inner_text(), text))
    assert len(sheets) == 1


def test_the_question_says_so_and_is_not_printed_either(
    visit: Callable[[Any], Visitor],
) -> None:
    visitor = visit(True)
    unfold(visitor.page)
    row = visitor.find(".given > div", has_text="sent-away")
    row.get_by_role("button", name="Change").click()
    assert visitor.heading == "Were you ever sent-away from here?"
    assert OFF in visitor.find("form").inner_text()
    assert visitor.find("#o-true").is_checked()
    assert canary.left(HIDDEN, printed(visitor.page)) == []


def test_nothing_of_the_widget_copies_and_only_the_sheet_can_share() -> None:
    for script in KIT.glob("*.js"):
        text = script.read_text("utf-8")
        for way in ("clipboard", "execCommand", "mailto:?"):
            assert way not in text
        assert ("navigator.share" in text) == script.name.startswith("sheet.")


def test_result_and_sheet_say_to_keep_them_away_from_officers(
    visit: Callable[[Any], Visitor],
) -> None:
    visitor = visit(False)
    button = visitor.screener.get_by_role("button", name=SHEET).first
    line = visitor.screener.get_by_text(KEEP).first
    below = line.bounding_box()["y"] - button.bounding_box()["y"]
    assert 0 < below < 100
    visitor.press(SHEET)
    expect(visitor.find("strong", has_text=KEEP)).to_be_visible()
    assert KEEP in printed(visitor.page)
    assert KEEP in saved(visitor, "Save as text").splitlines()[:3]


def test_without_script_the_printed_result_has_no_private_answer(
    live_server: Any, tab: Callable[..., Any]
) -> None:
    root = Site.objects.get(is_default_site=True).root_page
    load_pack("small_pack", private.release(), root)
    page = tab(java_script_enabled=False)
    page.goto(live_server.url + "/screeners/small/")

    def pick(label: str) -> None:
        page.get_by_label(label, exact=True).check()
        page.locator("[name=do][value=next]").click()

    pick("Green card")
    expect(page.get_by_text(OFF)).to_be_visible()
    page.get_by_label("Yes", exact=True).check()
    assert canary.left(HIDDEN, printed(page)) == []
    pick("Yes")
    page.get_by_label("Choose from the list").or_(
        page.get_by_label("PC 245: assault")
    ).first.check()
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_label("Number of days").fill("320")
    page.get_by_role("button", name="Continue", exact=True).click()
    pick("Nothing")
    pick("No")
    assert canary.left(HIDDEN, printed(page)) == []
    page.get_by_role("button", name="Show the result").click()
    page.get_by_role("heading", name="What your answers may mean").wait_for()
    for one in page.locator("details").all():
        one.evaluate("one => (one.open = true)")
    shown = page.locator(".ls").inner_text()
    assert canary.left(HIDDEN, shown) == [*private.WORDS[:3], "border-note", OFF]
    assert KEEP in shown
    paper = printed(page)
    assert "See a lawyer about all of it" in paper
    assert KEEP in paper
    assert canary.left(HIDDEN, paper) == []
    assert "What may affect you" not in paper
    page.context.close()
