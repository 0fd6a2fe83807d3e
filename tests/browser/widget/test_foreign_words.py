"""Words of a release's own language in the texts of another, in the widget."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from screening_block import engine
from tests.foreign_words import CASES, expect_marked, with_foreign_words

from .conftest import SETTLED, Host, Visitor

pytestmark = pytest.mark.browser

#: Marks each case in the browser.
MARK = """async ([file, data, cases]) => {
  const { mark } = await import(file);
  return cases.map(([lang, html]) => {
    const box = document.createElement("div");
    box.lang = lang;
    box.innerHTML = html;
    mark(box, data);
    return box.innerHTML;
  });
}"""
ENGLISH = "span[lang=en]"


@pytest.fixture
def visit(visitor: Visitor, host: Host) -> Visitor:
    host.releases["small"] = engine.load_release(with_foreign_words())
    return visitor


def said(visit: Visitor, place: str) -> list[str]:
    """What is said in English in a place of the screen."""
    return visit.find(f"{place} {ENGLISH}").all_inner_texts()


#: What is marked stands in its line: no marked word is a box beside the text around it.
APART = """(all) => all.filter(({ parentElement }) =>
  /flex|grid/.test(getComputedStyle(parentElement).display)).length"""


def asked_for(host: Host) -> int:
    return host.loaded().count("foreign.js")


def test_the_browser_marks_what_the_server_does(visit: Visitor) -> None:
    visit.page.goto(visit.host.url + visit.host.page("<p>Cases</p>"))
    file = f"{visit.host.url}/static/screening_block/widget/foreign.js"
    cases = [case[:2] for case in CASES]
    marked = visit.page.evaluate(MARK, [file, with_foreign_words(), cases])
    assert marked == [expect_marked(case) for case in CASES]


def test_they_are_marked_on_every_screen(visit: Visitor, host: Host) -> None:
    visit.open(host.element(more='locale="es"'))
    expect(visit.find(f"dd {ENGLISH}")).to_have_text("on or about")
    assert said(visit, "h2") == ["felony"]
    visit.press("Empezar")
    expect(visit.find(f"legend {ENGLISH}")).to_have_text("probation")
    assert visit.focused == "¿Está a prueba (probation)?"
    assert said(visit, "#help strong") == ["felony"]
    assert said(visit, "label[for=o-lpr]") == ["felony"]
    assert visit.screener.locator(ENGLISH).evaluate_all(APART) == 0
    visit.page.wait_for_function(SETTLED)
    for picked in ("lpr", "false", "pc_245"):
        visit.find(f"#o-{picked}").check()
        visit.press("Continuar")
    visit.find("#number").fill("320")
    visit.press("Continuar")
    for picked in ("nothing", "true"):
        visit.find(f"#o-{picked}").check()
        visit.press("Continuar")
    assert said(visit, "article h3") == ["felony"]
    visit.press("Continuar")
    assert said(visit, ".check dt") == ["probation"]
    assert said(visit, ".check dd:not(:has(button))") == ["felony"]
    visit.press("Ver el resultado")
    assert said(visit, "article h4") == ["felony"]
    assert said(visit, "article div")[0] == "probation"
    visit.press("Imprimir o guardar una hoja para un abogado")
    assert {*said(visit, ".sheet")} == {"probation", "felony"}
    # English has none, whatever is listed for it.
    visit.press("English")
    expect(visit.find("h2")).to_have_text("Sheet for a lawyer")
    assert said(visit, ".sheet") == []
    assert asked_for(host) == 1


def test_the_text_beside_is_marked_in_its_own_language(
    visit: Visitor, host: Host
) -> None:
    visit.open().start()
    visit.find("summary", has_text="Show the text in Spanish").click()
    expect(visit.find(f".beside strong {ENGLISH}").first).to_have_text("probation")
    assert said(visit, "legend") == []
    asked = len(host.seen)
    visit.press("Español")
    expect(visit.find(f"legend {ENGLISH}")).to_have_text("probation")
    assert host.seen[asked:] == [], "nothing is asked for by who switches"


def test_where_none_are_listed_nothing_more_is_asked_for(
    visitor: Visitor, host: Host
) -> None:
    visitor.open().start()
    visitor.page.wait_for_load_state("networkidle")
    assert asked_for(host) == 0


def test_without_what_marks_them_all_else_works(visit: Visitor, host: Host) -> None:
    visit.page.route("**/foreign.*", lambda route: route.abort())
    visit.open(host.element(more='locale="es"'))
    visit.press("Empezar")
    expect(visit.find("legend")).to_have_text("¿Está a prueba (probation)?")
    visit.complaints = [one for one in visit.complaints if "ERR_FAILED" not in one]
