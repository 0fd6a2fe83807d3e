"""The other languages of a release: going on in one, and reading one beside."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from playwright.sync_api import expect

from screening_block import engine
from tests.screening_block import small

from .conftest import Host, Visitor

pytestmark = pytest.mark.browser
STATUS, LAW, DAYS = "Su situación hoy", "¿Qué ley era?", "¿Cuántos días ordenó el juez?"
#: An answer that stands out.
TYPED = "2345"
#: All that a page could remember of a visit.
STORES = """() => JSON.stringify([location.href, document.title, history.state,
  history.length, {...localStorage}, {...sessionStorage}, document.cookie])"""


def in_two_languages() -> dict[str, Any]:
    data: dict[str, Any] = copy.deepcopy(small.with_urgent())
    findings = {
        key: {
            **words,
            "heading": f"ES {words['heading']}",
            "body": f"ES {words['body']}",
        }
        for key, words in data["texts"]["en"]["findings"].items()
    }
    questions = {
        "status": {"label": STATUS, "options": {"lpr": "Residente permanente"}},
        "statute": {"label": LAW},
        "days": {"label": DAYS},
    }
    data["texts"]["es"] = {
        "title": "Cuestionario pequeño",
        "questions": questions,
        "findings": findings,
    }
    return data


@pytest.fixture
def visit(visitor: Visitor, host: Host) -> Visitor:
    host.releases["small"] = engine.load_release(in_two_languages())
    return visitor.open()


def switch(visit: Visitor, name: str) -> None:
    visit.press(name)
    lang = {"Español": "es", "English": "en"}[name]
    visit.screener.locator(f".ls[lang={lang}]").wait_for()


def to_check(visit: Visitor) -> Visitor:
    visit.start().pick("lpr").pick("false").pick("pc_245").type(number=TYPED)
    return visit.pick("nothing").pick("true")


def test_it_is_switched_at_every_screen_and_keeps_the_answers(visit: Visitor) -> None:
    """And nothing is asked for: the words came before the first answer."""
    switch(visit, "Español")
    assert visit.heading == visit.focused == "Cuestionario pequeño"
    switch(visit, "English")
    visit.start()
    switch(visit, "Español")
    assert visit.heading == visit.focused == STATUS
    visit.find("#o-lpr").check()
    switch(visit, "English")
    expect(visit.find("#o-lpr")).to_be_checked()
    visit.page.wait_for_load_state("networkidle")
    visit.press("Continue").pick("false").pick("pc_245")
    assert any("help/?locale=es" in line for line in visit.host.seen), "and who helps"
    asked, stored = len(visit.host.seen), visit.page.evaluate(STORES)
    visit.find("#number").fill(TYPED)
    switch(visit, "Español")
    assert visit.heading == visit.focused == DAYS
    visit.is_told("Pregunta 4")
    assert visit.find("#number").input_value() == TYPED
    visit.press("Continuar")
    visit.find("#o-nothing").check()
    visit.press("Continuar")
    visit.find("#o-true").check()
    visit.press("Continuar")
    assert visit.heading == "Antes de seguir: esto es urgente"
    switch(visit, "English")
    assert visit.heading == visit.focused == "Before you go on: this is urgent"
    assert visit.find("article h3").all_inner_texts() == ["Do not miss court"]
    visit.press("Continue")
    switch(visit, "Español")
    assert visit.heading == visit.focused == "Revise sus respuestas"
    expect(visit.find(".check")).to_contain_text("Residente permanente")
    switch(visit, "English")
    visit.press("Show the result")
    english = visit.find("article h4").all_inner_texts()
    switch(visit, "Español")
    assert visit.find("article h4").all_inner_texts() == [
        f"ES {one}" for one in english
    ]
    visit.press("Imprimir o guardar una hoja para un abogado")
    switch(visit, "English")
    assert visit.heading == "Sheet for a lawyer"
    assert visit.host.seen[asked:] == [], "nothing is asked for"
    assert visit.page.evaluate(STORES) == stored
    assert not [line for line in visit.host.seen if TYPED in line]


def test_where_it_cannot_be_had_it_is_said_and_the_next_press_tries_again(
    visit: Visitor,
) -> None:
    visit.page.route("**part=words", lambda route: route.abort())
    visit.start().pick("lpr")
    visit.press("Español")
    said = visit.find(".others [role=alert]")
    expect(said).to_contain_text("This language could not be loaded.")
    assert visit.heading == "Does ICE hold you?"
    visit.page.unroute("**part=words")
    switch(visit, "Español")
    assert visit.page.evaluate(
        "document.querySelector('legal-screener').app.visit.answers"
    ) == {"status": "lpr"}
    asked = [line for line in visit.host.seen if "part=words" in line]
    assert all("lpr" not in line for line in asked)
    visit.complaints = [one for one in visit.complaints if "ERR_FAILED" not in one]


def test_the_text_of_the_other_language_can_be_read_beside(visit: Visitor) -> None:
    switch(visit, "Español")
    visit.press("Empezar")
    visit.find("summary", has_text="Mostrar el texto en inglés").click()
    beside = visit.find(".beside")
    assert beside.get_attribute("lang") == "en"
    expect(beside).to_contain_text("Your status today")
    expect(beside.get_by_role("listitem").first).to_have_text("Citizen")
    switch(visit, "English")
    to_check(visit.press("Back")).press("Continue").press("Show the result")
    visit.find("article summary", has_text="Show the text in Spanish").first.click()
    beside = visit.find("article .beside").first
    assert beside.get_attribute("lang") == "es"
    expect(beside).to_contain_text("ES Do not miss court")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_it_is_large_enough_and_in_nobody_s_way(visit: Visitor, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 700})
    for screen in ("start", "question"):
        visit.find(".others button").wait_for()
        boxes = [
            visit.find(one).bounding_box()
            for one in (".others button", ".exit a", ".back")
            if visit.find(one).count()
        ]
        assert boxes[0]["height"] >= 44, screen
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                assert (
                    one["x"] + one["width"] <= other["x"]
                    or other["x"] + other["width"] <= one["x"]
                    or one["y"] + one["height"] <= other["y"]
                    or other["y"] + other["height"] <= one["y"]
                ), screen
        if screen == "start":
            visit.start().pick("lpr")
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_language_has_no_switch(visitor: Visitor) -> None:
    visitor.open().start()
    expect(visitor.find(".others")).to_have_count(0)
    expect(visitor.find("summary", has_text="Show the text")).to_have_count(0)
