"""The demo in Spanish: from its home page to a result, with script and without.

Whoever reads no English meets none on the way, but for the words that stand on papers.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils.translation import gettext, override

from screening_block import engine
from screening_block.models import Release
from tests.accessibility import ALL_SCREENS, check
from tests.browser.widget.conftest import (
    DRIVE,
    SETTLED,
    tab,  # noqa: F401 - fixture
)
from tests.california_firearms.measured import BUTTONS, GIVE, KEY, PHONE
from tests.california_firearms.six import SIX
from tests.english import find_english, find_english_sentences
from tests.parts_of_pages import SAID

pytestmark = pytest.mark.browser
#: Of rules and words, as gzip.
MOST_BYTES = 70_000
#: What is seen of the screener, and the language that it says it is in.
SEEN = """() => {
  const root = document.querySelector("legal-screener")?.shadowRoot;
  return [document.body.innerText, root?.querySelector(".ls")?.innerText ?? ""];
}"""
LANG = """() => {
  const box = document.querySelector("legal-screener").shadowRoot.querySelector(".ls");
  return box.closest("[lang]")?.lang ?? document.documentElement.lang;
}"""

#: Keeps whatever the widget puts up on the way, as text, each with its own `lang`.
WATCH = """(said) => {
  window.seen = new Set();
  const texts = `p, li, h1, h2, h3, h4, dt, dd, th, td, label, summary, legend, button,
    option`;
  const root = document.querySelector("legal-screener").shadowRoot;
  const lang = (one) => one.closest("[lang]")?.lang ?? document.documentElement.lang;
  const note = (node) => {
    for (const one of [node, ...(node.querySelectorAll?.("*") ?? [])]) {
      if (one.nodeType !== 1 || one.matches("style")) continue;
      for (const name of said)
        if (one.hasAttribute(name)) seen.add(`${lang(one)}|${one.getAttribute(name)}`);
      if (!one.matches(texts)) continue;
      const copy = one.cloneNode(true);
      copy.querySelectorAll("[lang]").forEach((other) => other.remove());
      seen.add(`${lang(one)}|${copy.textContent}`);
    }
  };
  note(root);
  new MutationObserver((all) => {
    for (const { target, addedNodes } of all) {
      addedNodes.forEach((node) => node.nodeType === 1 ? note(node) : note(target));
    }
  }).observe(root, { subtree: true, childList: true, attributeFilter: said });
}"""

#: What is folded is made when it unfolds, and so is what is folded in that.
UNFOLD = """async () => {
  const root = document.querySelector("legal-screener").shadowRoot;
  for (let depth = 0; depth < 3; depth++) {
    root.querySelectorAll("details").forEach((one) => (one.open = true));
    await new Promise((go) => setTimeout(go, 50));
  }
}"""

#: The texts in which a Spanish voice says a word that is listed as English, or in whose
#: line none stands; and the words that an English one says.
VOICES = r"""(listed) => {
  const root = document.querySelector("legal-screener").shadowRoot;
  const words = RegExp(`\\b(${listed.join("|")})\\b`, "i");
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const unmarked = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (parentElement.matches("option, style")) continue;
    const own = parentElement.closest("[lang]").lang === "es";
    if (own && words.test(data)) unmarked.push(data);
  }
  const marked = [...root.querySelectorAll("span[lang=en]")];
  // Side by side with the text around it, it would not be read in its line.
  const apart = ({ parentElement }) =>
    /flex|grid/.test(getComputedStyle(parentElement).display);
  unmarked.push(...marked.filter(apart).map((one) => one.parentElement.textContent));
  return [unmarked, marked.map((one) => one.textContent)];
}"""


@pytest.fixture
def release(demo_rows: Any, db: None) -> engine.Release:
    current = Release.current(KEY)
    assert current is not None
    return current.load()


def spanish(message: str) -> str:
    with override("es"):
        return gettext(message)


def no_english(page: Any) -> str:
    """Hold that nothing that is seen is in English; return it."""
    assert page.evaluate("document.documentElement.lang") == "es"
    seen = "\n".join(page.evaluate(SEEN))
    lines = {line: find_english(line) for line in seen.splitlines()}
    assert {line: words for line, words in lines.items() if words} == {}
    return seen


def send(page: Any, button: Any) -> None:
    """Press a button of the form without script, and wait for the page it brings."""
    with page.expect_navigation():
        button.click()


@pytest.fixture
def phone(live_server: Any, tab: Callable[..., Any]) -> Iterator[Any]:  # noqa: F811
    tabs: list[Any] = []

    def start(**options: Any) -> Any:
        """A tab that went from the Spanish home page to the screener."""
        page = tab(viewport=PHONE, **options)
        tabs.append(page)
        page.goto(f"{live_server.url}/es/")
        assert "inmigración" in no_english(page)
        page.get_by_role("link", name="Revise su propio caso").first.click()
        page.locator("legal-screener").wait_for()
        return page

    yield start
    for page in tabs:
        page.context.close()


@pytest.mark.parametrize("name", SIX)
def test_the_questions_the_result_and_the_sheet_are_in_spanish(
    release: engine.Release, phone: Callable[..., Any], name: str
) -> None:
    page = phone()
    screener = page.locator("legal-screener")
    screener.get_by_role("button", name="Empezar").click()
    page.wait_for_function(SETTLED)
    assert page.evaluate(LANG) == "es"
    assert "¿Cuál es su situación de inmigración hoy?" in no_english(page)
    texts = release.data["texts"]["es"]["questions"]
    labels = {words["label"]: key for key, words in texts.items()}
    page.evaluate(WATCH, [*SAID])
    listed = release.data["texts"]["es"]["foreign_words"].splitlines()
    assert page.evaluate(VOICES, listed)[0] == []
    page.evaluate(DRIVE, [SIX[name].answers, labels, *BUTTONS["es"][1:]])
    page.wait_for_timeout(100)
    assert spanish("In short") in no_english(page)
    page.evaluate(UNFOLD)
    unmarked, marked = page.evaluate(VOICES, listed)
    assert unmarked == []
    assert "plea form" in marked
    page.evaluate("globalThis.print = () => 0")
    sheet = spanish("Print or save a sheet for a lawyer")
    screener.get_by_role("button", name=sheet).first.click()
    page.wait_for_timeout(100)
    unmarked, marked = page.evaluate(VOICES, listed)
    assert unmarked == []
    assert marked, "on the sheet too"
    assert "¿Por qué ley lo condenaron?" in no_english(page)
    seen = [one.partition("|")[::2] for one in page.evaluate("[...seen]")]
    assert len(seen) > 60
    own = {text: find_english_sentences(text) for lang, text in seen if lang == "es"}
    assert len(own) > 50
    assert {text: found for text, found in own.items() if found} == {}


@pytest.mark.parametrize("name", SIX if ALL_SCREENS else ["Rosa"])
def test_axe_finds_nothing_in_the_questions_the_result_and_the_sheet(
    release: engine.Release, phone: Callable[..., Any], name: str
) -> None:
    page = phone()
    check(page, "start")
    screener = page.locator("legal-screener")
    screener.get_by_role("button", name="Empezar").click()
    page.wait_for_function(SETTLED)
    check(page, "question")
    screener.get_by_role("button", name=BUTTONS["es"][-1], exact=True).click()
    screener.locator(".summary").wait_for()
    check(page, "nothing chosen")
    texts = release.data["texts"]["es"]["questions"]
    labels = {words["label"]: key for key, words in texts.items()}
    page.evaluate(DRIVE, [SIX[name].answers, labels, *BUTTONS["es"][1:]])
    check(page, "result")
    page.evaluate(UNFOLD)
    check(page, "all of the result")
    page.evaluate("globalThis.print = () => 0")
    sheet = spanish("Print or save a sheet for a lawyer")
    screener.get_by_role("button", name=sheet).first.click()
    page.wait_for_timeout(100)
    check(page, "sheet")


def test_the_form_is_in_spanish_without_script(
    release: engine.Release, phone: Callable[..., Any]
) -> None:
    page = phone(java_script_enabled=False)
    no_english(page)
    page.get_by_label("Tengo DACA").check()
    send(page, page.locator(".ls form button[value=next]").first)
    assert "papá o su mamá" in no_english(page)
    everything = {key: SIX["Luis"].answers.get(key) for key in release.questions}
    asked = engine.walk(release, everything, "2026-11-30").answers
    page.evaluate(GIVE, dict(asked))
    send(page, page.locator(".ls form button[value=next]").first)
    title = spanish("Before you go on: this is urgent")
    urgent = page.get_by_role("heading", name=title)
    check = page.get_by_role("button", name=spanish("Show the result"))
    no_english(page)
    if urgent.count():
        send(page, page.get_by_role("button", name=spanish("Continue")))
        no_english(page)
    send(page, check)
    assert page.locator(".ls-result").count() == 1
    # Said in English, in a finding and on the sheet.
    for place in (".ls-finding", ".ls-paper"):
        assert page.locator(f"{place} span[lang=en]").count(), place
    assert "DACA" in no_english(page)


def test_the_widget_fetches_one_language(release: engine.Release, client: Any) -> None:
    """The texts of another one would be half as much again."""
    for code in ("en", "es"):
        answer = client.get(f"/api/v1/screeners/{KEY}/", {"words": code})
        assert len(gzip.compress(answer.content)) < MOST_BYTES, code
    both = gzip.compress(release.canonical)
    assert len(both) > MOST_BYTES
