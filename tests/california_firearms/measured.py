"""What a result of the pack is on a phone: how much to read, and what comes first."""

import io
import re
from dataclasses import dataclass
from typing import Any

import pypdf

from screening_block import engine
from screening_block.models.releases import today
from tests.browser.widget.conftest import DRIVE, SETTLED

PHONE = {"width": 360, "height": 740}
KEY = "ca-firearm-expungement"
#: By language: the button that begins, how an urgent screen does, what goes on.
BUTTONS = {
    "en": ("Start", "Before you go on", "Continue"),
    "es": ("Empezar", "Antes de seguir", "Continuar"),
}

#: Of the result that stands on the page: words that are seen, the height, what is said
#: in short, the headings that stand open, the text of the first screen.
READ = """() => {
  const root = document.querySelector("legal-screener")?.shadowRoot ?? document;
  const box = root.querySelector(".ls");
  const all = (css) => [...box.querySelectorAll(css)];
  const said = (ones) => ones.map((one) => one.innerText);
  const count = (texts) => texts.join(" ").split(/\\s+/).filter(Boolean).length;
  const top = box.getBoundingClientRect().top;
  const within = (px) => (one) =>
    one.checkVisibility() && one.getBoundingClientRect().top - top < px;
  const texts = all("h1, h2, h3, h4, p, li, dt, dd, a, button");
  const heads = all("article :is(h3, h4)");
  const named = (one) => [
    one.querySelector("strong, a").innerText,
    one.querySelector("a").getAttribute("href"),
  ];
  return {
    words: count([box.innerText]) - count(said(all(".hidden, .ls-hidden"))),
    height: Math.round(box.getBoundingClientRect().height),
    short: said(all(":is(.brief, .ls-brief) dd")),
    open: said(heads.filter((one) => !one.closest("details"))),
    shown: said(heads.filter((one) => one.checkVisibility())),
    groups: said(all("section > :is(h2, h3)")),
    first: said(texts.filter(within(740))).join("\\n"),
    second: said(texts.filter(within(1480))).join("\\n"),
    calls: all("div:is(.call, .ls-call)")
      .filter((one) => one.checkVisibility())
      .map(named),
    numbers: all("a[href^='tel:']").filter(within(1480)).length,
  };
}"""
#: Without script nobody is asked one by one here: the form's own field takes them all.
GIVE = """(answers) => {
  const form = document.querySelector(".ls form");
  form.elements.answers.value = JSON.stringify(answers);
  form.elements.question.value = "";
}"""


@dataclass(frozen=True)
class Read:
    """A result as it stands on the page, before anything is unfolded."""

    words: int
    height: int
    short: list[str]
    open: list[str]
    shown: list[str]
    groups: list[str]
    first: str
    second: str
    #: Who is named, by an address to press: in short first, then in urgent findings.
    calls: list[list[str]]
    numbers: int


def go_with_script(
    page: Any, address: str, release: engine.Release, answers: Any, locale: str = "en"
) -> None:
    """Walk the widget to its result; who has no answer to a question is not sure."""
    page.goto(address)
    start, *named = BUTTONS[locale]
    widget = page.locator("legal-screener")
    widget.get_by_role("button", name=start, exact=True).click()
    page.wait_for_function(SETTLED)
    texts = release.data["texts"][locale]["questions"]
    labels = {words["label"]: key for key, words in texts.items()}
    page.evaluate(DRIVE, [answers, labels, *named])
    page.wait_for_timeout(100)


def go_without_script(
    page: Any, address: str, release: engine.Release, answers: Any
) -> None:
    """Have the form's result of all answers that are asked for."""
    everything = {key: answers.get(key) for key in release.questions}
    asked = engine.walk(release, everything, today(release)).answers
    page.goto(address)
    page.evaluate(GIVE, dict(asked))
    page.locator(".ls form button[value=next]").first.click()
    urgent = page.get_by_role("heading", name="Before you go on: this is urgent")
    check = page.get_by_role("button", name="Show the result")
    urgent.or_(check).first.wait_for()
    if urgent.count():
        page.get_by_role("button", name="Continue").click()
    check.click()
    page.locator(".ls-result").wait_for()


def read(page: Any) -> Read:
    return Read(**page.evaluate(READ))


def pages_of(page: Any) -> list[str]:
    """The text of each A4 page that the browser prints."""
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return [re.sub(r"\s+", " ", one.extract_text()) for one in printed]


def sheet_pages(page: Any) -> list[str]:
    """The same of the widget's sheet, by its own button."""
    screener = page.locator("legal-screener")
    page.evaluate("globalThis.print = () => 0")
    screener.get_by_role(
        "button", name="Print or save a sheet for a lawyer"
    ).first.click()
    screener.get_by_role("button", name=re.compile("^Print")).first.click()
    return pages_of(page)
