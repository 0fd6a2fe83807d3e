"""Pages that set, change and move what they embed, as frameworks and editors do."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from playwright.sync_api import expect

from screening_block import engine

from .conftest import KIT, Host, Visitor, long_list

pytestmark = pytest.mark.browser
STATUS, LAW = "Your status today", "Which law was it?"
ESTADO, LEY = "Su situación hoy", "¿Qué ley era?"


@pytest.fixture(autouse=True)
def two_languages(host: Host) -> None:
    data: dict[str, Any] = copy.deepcopy(long_list())
    questions = {"status": {"label": ESTADO}, "statute": {"label": LEY}}
    data["texts"]["es"] = {"questions": questions}
    host.releases["small"] = engine.load_release(data)


def script(host: Host) -> str:
    return f'<script type="module" src="{host.url}{KIT}screener.js"></script>'


def run(visitor: Visitor, code: str, *, body: str = "") -> None:
    """Open a page with `body` and run `code` there, once the element is known."""
    visitor.open(body + script(visitor.host))
    visitor.page.evaluate("customElements.whenDefined('legal-screener')")
    visitor.page.evaluate(f"async (at) => {{ {code} }}", f"{visitor.host.url}/release/")


#: How frameworks put an element into a page: what they do to it, in their order.
ORDERS = {
    "inserted, then attributes": "document.body.append(e); e.setAttribute('src', src)",
    "attributes of a later task": (
        "document.body.append(e); setTimeout(() => e.setAttribute('src', src), 50)"
    ),
    "property, then inserted": "e.src = src; document.body.append(e)",
    "inserted, then property": "document.body.append(e); e.src = src",
    "locale after src": "document.body.append(e); e.src = src; e.locale = 'en'",
    "the empty one first": (
        "e.setAttribute('src', ''); document.body.append(e); e.src = src"
    ),
    "one that is not there first": (
        "e.src = at + 'nowhere'; document.body.append(e);"
        "setTimeout(() => { e.src = src }, 50)"
    ),
    "in and out and in": "document.body.append(e); e.remove(); e.src = src;"
    "document.body.append(e)",
}


@pytest.mark.parametrize("order", ORDERS)
def test_it_comes_in_whatever_order_it_is_made(visitor: Visitor, order: str) -> None:
    make = "const e = document.createElement('legal-screener'), src = at + 'small';"
    run(visitor, make + ORDERS[order])
    visitor.start()
    assert visitor.heading == STATUS
    asked = [line for line in visitor.host.seen if "/release/small" in line]
    assert len(asked) == 1
    visitor.complaints.clear()


def test_a_property_set_before_the_script_came_counts(visitor: Visitor) -> None:
    host = visitor.host
    early = f"""<legal-screener></legal-screener><script>
      const e = document.querySelector("legal-screener");
      e.src = "{host.url}/release/small"; e.locale = "es";
      setTimeout(() => import("{host.url}{KIT}screener.js"), 100);
    </script>"""
    visitor.page.goto(host.url + host.page(early))
    expect(visitor.screener.get_by_role("button").first).to_be_visible()
    values = visitor.screener.evaluate(
        "e => [e.src, e.locale, e.getAttribute('src'), e.getAttribute('locale')]"
    )
    src = f"{host.url}/release/small"
    assert values == [src, "es", src, "es"]
    assert visitor.screener.evaluate(
        "e => { e.src = null; return [e.src, e.outerHTML.includes('null')]; }"
    ) == ["", False]
    expect(visitor.screener.get_by_role("button")).to_have_count(0)


def test_another_language_keeps_the_answers_and_the_screen(visitor: Visitor) -> None:
    visitor.open("<button id=b>Español</button>" + visitor.host.element())
    told = "addEventListener('screener:started', () => window.n = (window.n || 0) + 1)"
    visitor.page.evaluate(told)
    visitor.start().pick("lpr")
    assert visitor.heading == LAW
    visitor.find("#o-pc_245").check()
    visitor.page.locator("#b").focus()
    visitor.page.evaluate("document.querySelector('legal-screener').locale = 'es'")
    expect(visitor.find("h2")).to_have_text(LEY)
    # What was picked and not sent on yet, and where the page was.
    expect(visitor.find("#o-pc_245")).to_be_checked()
    assert visitor.page.evaluate("document.activeElement.id") == "b"
    visitor.find("summary", has_text="Su respuesta").click()
    expect(visitor.find(".given")).to_contain_text(ESTADO)
    expect(visitor.find(".given")).to_contain_text("Green card")
    visitor.press("Continuar")
    expect(visitor.find("#number")).to_be_visible()
    visitor.page.evaluate("document.querySelector('legal-screener').locale = 'en'")
    expect(visitor.screener.get_by_role("button", name="Continue")).to_be_visible()
    visitor.type(number="400")
    visitor.press("Back").press("Back")
    assert visitor.heading == LAW
    expect(visitor.find("#o-pc_245")).to_be_checked()
    assert visitor.page.evaluate("window.n") == 1


def test_a_language_that_cannot_be_had_changes_nothing(visitor: Visitor) -> None:
    visitor.page.route("**part=words", lambda route: route.abort())
    visitor.open()
    visitor.start().pick("lpr")
    visitor.page.evaluate("document.querySelector('legal-screener').locale = 'es'")
    visitor.page.wait_for_timeout(300)
    assert visitor.heading == LAW
    visitor.page.unroute("**part=words")
    visitor.page.evaluate("document.querySelector('legal-screener').locale = 'es-MX'")
    expect(visitor.find("h2")).to_have_text(LEY)
    visitor.complaints = [c for c in visitor.complaints if "ERR_FAILED" not in c]


def test_the_last_of_several_languages_counts(visitor: Visitor) -> None:
    visitor.open()
    visitor.start().pick("lpr")
    visitor.host.trouble = "slow"
    for locale in ("es", "en", "es"):
        visitor.screener.evaluate("(e, locale) => { e.locale = locale }", locale)
        visitor.page.wait_for_timeout(50)
    visitor.page.wait_for_timeout(2000)
    assert visitor.heading == LEY


def test_other_questions_begin_anew(visitor: Visitor) -> None:
    visitor.open()
    visitor.start().pick("lpr")
    source = f"{visitor.host.url}/release/pack"
    visitor.screener.evaluate("(e, source) => { e.src = source }", source)
    visitor.start()
    assert visitor.heading == "What is your immigration status today?"
    assert visitor.screener.evaluate("e => e.app.visit.answers") == {}
    # Nor do the answers come again where the first questions do.
    back = f"{visitor.host.url}/release/small"
    visitor.screener.evaluate("(e, source) => { e.src = source }", back)
    visitor.start()
    assert visitor.heading == STATUS
    assert not visitor.find("#o-lpr").is_checked()


#: Ways to another place of the page.
MOVES = {
    "append": "document.querySelector('#to').append(e)",
    "moveBefore": "document.querySelector('#to').moveBefore(e, null)",
    "out for a while": (
        "e.remove(); await new Promise((go) => setTimeout(go, 100));"
        "document.querySelector('#to').append(e)"
    ),
    "into a shadow root": (
        "const s = document.querySelector('#to').attachShadow({ mode: 'open' });"
        "s.append(e)"
    ),
    "with what is around it": "document.querySelector('#to').append(e.parentNode)",
}


@pytest.mark.parametrize("move", MOVES)
def test_wherever_it_is_moved_it_keeps_its_state(visitor: Visitor, move: str) -> None:
    visitor.open(f"<div>{visitor.host.element()}</div><main id=to></main>")
    visitor.start().pick("lpr")
    visitor.find("#o-pc_245").check()
    visitor.screener.evaluate(f"async (e) => {{ {MOVES[move]} }}")
    assert visitor.heading == LAW
    expect(visitor.find("#o-pc_245")).to_be_checked()
    # Answers that could be lost are still asked about.
    asks = "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert visitor.page.evaluate(asks)
    visitor.press("Continue")
    expect(visitor.find("#number")).to_be_visible()
    assert len([one for one in visitor.host.seen if "/release/" in one]) == 1


def test_in_the_shadow_of_another_component_it_has_the_page_s_language(
    visitor: Visitor,
) -> None:
    body = "<div lang=es><p id=outer></p></div>"
    code = """
      const outer = document.querySelector("#outer").attachShadow({ mode: "open" });
      const inner = document.createElement("div");
      outer.append(inner);
      const root = inner.attachShadow({ mode: "closed" });
      root.innerHTML = `<legal-screener src="${at}small"></legal-screener>`;
      window.e = root.firstChild;
    """
    run(visitor, code, body=body)
    look = "() => e.shadowRoot?.querySelector('.ls')?.lang"
    visitor.page.wait_for_function(look)
    assert visitor.page.evaluate(look) == "es"


#: What editors of sites put into an element that was left empty.
TIDIED = ["<br />\n", "<p></p>", "<p>&nbsp;</p>", " \n ", "<p><br></p>", "&#8203;",
          "<!-- wp -->", "<div><span></span></div>"]  # fmt: skip


@pytest.mark.parametrize("inside", TIDIED)
def test_what_an_editor_s_tidying_puts_inside_is_no_fallback(
    visitor: Visitor, inside: str
) -> None:
    visitor.host.trouble = "missing"
    visitor.open(f"<p>{visitor.host.element(inside=inside)}</p>")
    expect(visitor.screener.get_by_text("could not be loaded")).to_be_visible()
    visitor.host.trouble = ""
    visitor.press("Try again")
    visitor.start()
    assert visitor.heading == STATUS
    visitor.complaints.clear()


def test_words_that_come_late_stay_where_the_questions_cannot_be(
    visitor: Visitor,
) -> None:
    """A script that is there before the page is read through."""
    host = visitor.host
    visitor.host.trouble = "missing"
    code = """
      const e = document.createElement("legal-screener");
      e.src = at + "small";
      document.body.append(e);
      await new Promise((go) => setTimeout(go));
      e.innerHTML = "<a href=/form>To the form</a>";
    """
    run(visitor, code)
    expect(visitor.page.get_by_role("link", name="To the form")).to_be_visible()
    expect(visitor.screener.get_by_text("could not be loaded")).to_be_hidden()
    assert host.seen
    visitor.complaints.clear()


@pytest.mark.parametrize("times", ["?ver=1 ?ver=2", "", "?late"])
def test_a_script_that_comes_twice_or_late_does_no_harm(
    visitor: Visitor, times: str
) -> None:
    host = visitor.host
    again = "".join(
        f'<script type="module" src="{host.url}{KIT}screener.js{one}"></script>'
        for one in times.split()
    )
    visitor.open(host.element() + again)
    if times == "?late":
        visitor.page.evaluate("url => import(url)", f"{host.url}{KIT}screener.js?x=1")
    visitor.start().pick("lpr")
    assert visitor.heading == LAW
