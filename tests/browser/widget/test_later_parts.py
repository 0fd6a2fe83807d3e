"""What comes later of the script: when, how long it is waited for, what is without."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from wagtail.models import Site

from screening_block.embed import assets
from screening_block.packs.load import load_pack
from tests.screening_block import small

from .conftest import KIT, Visitor

pytestmark = pytest.mark.browser

SHEET = "Print or save a sheet for a lawyer"
SHOW, RESULT = "Show the result", "What your answers may mean"
FIRST = ["screener.css", "screener.js"]
#: Without those that come only where the questions do not, from files, or where a
#: language has words of another.
SELDOM = ("trouble.", "copied.", "foreign.")
PARTS = [
    name
    for name in assets.list_names()
    if assets.is_named_by_hash(name) and not name.startswith(SELDOM)
]
ALL = sorted([*FIRST, *(f"{name.split('.')[0]}.js" for name in PARTS)])


def hold(visitor: Visitor, *names: str) -> Event:
    """Held back by the server until the event is set."""
    let_go = Event()
    visitor.host.held = dict.fromkeys(names, let_go)
    return let_go


def begin(visitor: Visitor) -> Visitor:
    """To the first question, whatever has come."""
    visitor.open().press("Start")
    visitor.find("#o-lpr").wait_for()
    return visitor


def test_the_parts_are_asked_for_with_the_first_question_and_never_again(
    visitor: Visitor,
) -> None:
    host = visitor.host
    visitor.open()
    visitor.screener.get_by_role("button", name="Start").wait_for()
    visitor.page.wait_for_timeout(300)
    assert sorted(host.loaded()) == FIRST
    visitor.start()
    assert sorted(host.loaded()) == ALL
    visitor.pick("citizen").press("Clear my answers and start again")
    visitor.press("Yes, clear them").start()
    visitor.pick("citizen").press(SHOW).press(SHEET)
    assert sorted(host.loaded()) == ALL


def test_the_first_answer_waits_for_parts_that_are_slow(visitor: Visitor) -> None:
    let_go = hold(visitor, *PARTS)
    begin(visitor).pick("citizen")
    expect(visitor.find("p", has_text="One moment …")).to_be_visible()
    assert visitor.focused == "One moment …"
    visitor.page.wait_for_timeout(500)
    assert visitor.heading == "Your status today"
    let_go.set()
    expect(visitor.find("h2")).to_have_text("Check your answers")
    visitor.press(SHOW)
    expect(visitor.find("h2")).to_have_text(RESULT)
    expect(visitor.find("button", has_text=SHEET).first).to_be_visible()


def test_what_the_result_can_do_without_is_waited_for_so_long_and_never_asked_for_again(
    visitor: Visitor,
) -> None:
    let_go = hold(visitor, "sheet")
    begin(visitor)
    visitor.find("#o-lpr").check()
    visitor.press("Continue")
    visitor.page.wait_for_timeout(2500)
    assert visitor.heading == "Your status today"
    expect(visitor.find("h2")).to_have_text("Which law was it?", timeout=1500)
    let_go.set()
    visitor.pick("pc_245").type(number="400").pick("nothing").pick("false").press(SHOW)
    assert visitor.heading == RESULT
    expect(visitor.find("button", has_text="sheet")).to_have_count(0)
    assert sorted(visitor.host.loaded()) == ALL


def test_no_answer_is_taken_where_there_would_be_no_result(visitor: Visitor) -> None:
    """It is said at the first question, not behind the last, and tried once more."""
    visitor.page.route("**/result.*.js", lambda route: route.abort())
    begin(visitor)
    for _time in range(2):
        visitor.find("#o-lpr").check()
        visitor.press("Continue")
        visitor.page.wait_for_function(
            "document.activeElement.shadowRoot?.activeElement?.matches('.summary')"
        )
        expect(visitor.find(".summary")).to_contain_text("could not be loaded")
        assert visitor.heading == "Your status today"
        answers = "document.querySelector('legal-screener').app.visit.answers"
        assert visitor.page.evaluate(answers) == {}
    visitor.page.unroute("**/result.*.js")
    visitor.press("Continue")
    expect(visitor.find("h2")).to_have_text("Which law was it?")
    visitor.complaints = [one for one in visitor.complaints if "ERR_FAILED" not in one]


def test_a_part_that_fails_takes_no_other_with_it(visitor: Visitor) -> None:
    visitor.page.route("**/sheet.*.js", lambda route: route.abort())
    visitor.open().start().pick("citizen").press(SHOW)
    assert visitor.heading == RESULT
    expect(visitor.find("button", has_text=SHEET)).to_have_count(0)
    visitor.complaints = [one for one in visitor.complaints if "ERR_FAILED" not in one]


def test_a_visitor_who_turns_back_while_waiting_is_not_pulled_along(
    visitor: Visitor,
) -> None:
    let_go = hold(visitor, "result")
    begin(visitor).pick("citizen")
    visitor.press("Back")
    let_go.set()
    visitor.page.wait_for_function(
        "() => document.querySelector('legal-screener').app.settled"
    )
    expect(visitor.find("h2")).to_have_text("Small screener")


def test_a_script_with_a_query_or_loaded_twice_brings_its_parts_once(
    visitor: Visitor,
) -> None:
    host = visitor.host
    more = "".join(
        f'<script type="module" src="{host.url}{KIT}screener.js{query}"></script>'
        for query in ("?ver=6.4", "")
    )
    visitor.open(more + host.element())
    visitor.start().pick("citizen").press(SHOW).press(SHEET)
    assert visitor.heading == "Sheet for a lawyer"
    loaded = host.loaded()
    assert sorted(loaded)[-1] == "sheet.js"
    assert [loaded.count(name) for name in ("result.js", "sheet.js")] == [1, 1]


def test_a_page_opened_just_before_an_upgrade_finds_its_parts_after_it(
    live_server: Any,
    tab: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Through the running site. The upgrade: new files and `migrate`, as documented."""
    call_command("migrate", verbosity=0)
    load_pack(
        "small_pack", small.release(), Site.objects.get(is_default_site=True).root_page
    )
    page = tab()
    asked: list[tuple[str, int]] = []
    page.on("response", lambda one: asked.append((one.url, one.status)))
    page.goto(live_server.url + "/screeners/small/")
    page.get_by_role("button", name="Start").wait_for()

    old = assets.BUNDLED
    new = shutil.copytree(old, tmp_path / "bundled")
    for path in new.glob("*.*.js"):
        path.rename(path.with_name(f"{path.name.partition('.')[0]}.{'0' * 12}.js"))
    monkeypatch.setattr(assets, "BUNDLED", new)
    call_command("migrate", verbosity=0)

    page.get_by_role("button", name="Start").click()
    page.get_by_label("Citizen").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name=SHOW).click()
    page.get_by_role("button", name=SHEET).first.click()
    page.get_by_role("heading", name="What I answered").wait_for()
    parts = [(Path(url).name, status) for url, status in asked if "." in Path(url).stem]
    assert sorted(parts) == [(name, 200) for name in sorted(PARTS)]
    page.context.close()
