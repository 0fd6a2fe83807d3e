"""Where a lawyer opens a visitor's file: what it says when there is nothing to show."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from screening_block.models import Recall, Release, Screener
from screening_block.models.releases import today
from tests.accessibility import check
from tests.cms.conftest import site_rows  # noqa: F401 - fixture

from .test_canary import load_long
from .test_saved_files import AS_OF, PICK, RESULT, a_file, clear_text

pytestmark = pytest.mark.browser
RESULT_ES = "Lo que pueden significar sus respuestas"


@pytest.fixture(scope="module")
def furnished(site_rows: Any, fill: Callable[..., Any]) -> None:  # noqa: F811
    """The site with its header and pages, and the screener on it."""
    fill("small in two languages with a long list", load_long)


def test_a_file_whose_release_is_wrong_or_gone_says_so(
    furnished: None,
    page: Any,
    live_server: Any,
) -> None:
    old = Release.current("small")
    screener = Screener.objects.get(key="small", locale__language_code="en")
    screener.intro = "Corrected."
    screener.save_revision().publish()
    successor = Release.current("small")
    assert successor.pk != old.pk
    Recall.objects.create(release=old, reason="It was wrong.", successor=successor)
    # What came is good for a minute; this test does not wait for it to pass.
    browser = page.context.new_cdp_session(page)
    browser.send("Network.enable")
    browser.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(f"{live_server.url}/open/")
    field = page.get_by_label(PICK)
    alert = page.get_by_role("alert")

    field.set_input_files(clear_text(old.pk))
    expect(alert).to_contain_text("It was wrong.")
    check(page, "recalled")
    page.get_by_role("button", name="Open it with the version").click()
    page.get_by_role("heading", name=RESULT).wait_for()
    notice = page.get_by_text("The questions have been changed since you saved.")
    expect(notice.first).to_be_visible()

    page.get_by_role("button", name="Open another file").click()
    field.set_input_files(clear_text("0" * 64))
    expect(alert).to_contain_text("This site does not have the questions")
    screener.unpublish()
    field.set_input_files(clear_text(successor.pk))
    expect(alert).to_contain_text("This site does not have the questions")
    expect(page.get_by_role("heading", name=RESULT)).to_have_count(0)
    page.route("**/api/**", lambda route: route.abort())
    field.set_input_files(clear_text(successor.pk))
    expect(alert).to_contain_text("Check your connection")


def test_an_opened_file_is_read_in_another_language_and_beside_it(
    furnished: None,
    page: Any,
    live_server: Any,
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/open/")
    page.get_by_label(PICK).set_input_files(clear_text(Release.current("small").pk))
    page.get_by_role("heading", name=RESULT).wait_for()
    page.wait_for_load_state("networkidle")
    loaded = len(asked)
    screener = page.locator("legal-screener")
    before = given(page)
    assert "4,242,424,242" in before
    # Beside: the text of a finding, in Spanish, and said to be so.
    fold = screener.locator("summary", has_text="Show the text in Spanish").first
    fold.evaluate("one => one.closest('details').open = true")
    beside = screener.locator(".beside[lang=es]").first
    expect(beside).to_contain_text(re.compile(r"\w"))
    # Instead: all of it, the bar of the page that opens files with it.
    screener.get_by_role("button", name="Español").click()
    expect(screener.locator("h2:not(.ahead *)")).to_have_text(RESULT_ES)
    bar = screener.locator(".notice[lang=es]")
    expect(bar).to_contain_text("La ley al 3 de febrero de 2026")
    assert "4.242.424.242" in given(page).replace(",", ".")
    assert screener.locator(".exit").count() == 1
    # The law of today, still in Spanish; and back to English.
    bar.get_by_role("button").first.click()
    expect(bar).to_contain_text("La ley al día de hoy")
    expect(screener.locator("h2:not(.ahead *)")).to_have_text(RESULT_ES)
    screener.get_by_role("button", name="English").click()
    expect(screener.locator("h2:not(.ahead *)")).to_have_text(RESULT)
    expect(screener.locator(".notice[lang=en]")).to_contain_text("The law as of today")
    assert given(page) == before
    # Of the questions alone, nothing that the file says, but for the day.
    for url in asked[loaded:]:
        assert re.search(r"/releases/[0-9a-f]{64}/\?words=e[ns]&as_of=[\d-]+", url), url
    # Another file is picked in the language that was chosen last.
    screener.get_by_role("button", name="Español").click()
    screener.locator(".notice[lang=es]").get_by_role("button").last.click()
    picking = screener.locator(".ls[lang=es]")
    expect(picking.locator("input[type=file]")).to_be_focused()
    picking.locator("input[type=file]").set_input_files(
        clear_text(Release.current("small").pk)
    )
    expect(screener.locator("h2:not(.ahead *)")).to_have_text(RESULT_ES)


def test_an_opened_file_says_english_words_in_spanish_texts_in_english(
    furnished: None,
    page: Any,
    live_server: Any,
) -> None:
    spanish = Screener.objects.get(key="small", locale__language_code="es")
    for finding in spanish.findings:
        finding.value["heading"] = "Una audiencia (hearing)"
    spanish.foreign_words = "hearing"
    spanish.save_revision().publish()
    page.goto(f"{live_server.url}/es/open/")
    field = page.locator("legal-screener input[type=file]")
    field.set_input_files(clear_text(Release.current("small").pk))
    page.get_by_role("heading", name=RESULT_ES).wait_for()
    spoken = page.locator("legal-screener article h4 span[lang=en]")
    expect(spoken.first).to_have_text("hearing")


def given(page: Any) -> str:
    """The answers of the result, as it shows them."""
    # What is folded is made when it unfolds.
    text: str = page.evaluate(
        """async () => {
          const root = document.querySelector("legal-screener").shadowRoot;
          const folded = "details:not(.ahead *)";
          root.querySelectorAll(folded).forEach((one) => (one.open = true));
          await new Promise((go) => setTimeout(go, 100));
          return root.querySelector("dl.given:not(.ahead *)").textContent;
        }"""
    )
    return text


def test_axe_finds_nothing_where_a_lawyer_opens_a_file(
    furnished: None,
    page: Any,
    live_server: Any,
) -> None:
    page.goto(f"{live_server.url}/open/")
    page.get_by_label(PICK).wait_for()
    check(page, "nothing opened")
    page.get_by_label(PICK).set_input_files(a_file("?"))
    expect(page.get_by_role("alert")).to_contain_text("This is not a file")
    check(page, "a file that is none")
    page.get_by_label(PICK).set_input_files(clear_text(Release.current("small").pk))
    page.get_by_role("heading", name=RESULT).wait_for()
    check(page, "opened")
    assert today(Release.current("small").load()) != AS_OF
