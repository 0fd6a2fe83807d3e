"""Questions that do not come: a visitor reads what to do, an integrator the cause."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.english import find_english_sentences, find_spanish_sentences

from .conftest import KIT, Host

pytestmark = pytest.mark.browser
GONE = {
    "type": "about:blank",
    "title": "-",
    "detail": "Se fue.",
    "help": "https://example.org/ayuda/",
    "help_label": "Ayuda",
}
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
}
#: By cause: what is answered (None: nothing), the sentence in both languages, and what
#: the console names.
LINE = "Check your connection", "Revise su conexión"
BUSY = "Wait a minute", "Espere un minuto"
PAGE = "nothing that you did", "usted haya hecho"
OLD = "old version of the program", "versión antigua del programa"
TOLD = "Se fue.", "Se fue."
CAUSES: dict[str, tuple[dict[str, Any] | None, tuple[str, str], str]] = {
    "no network": (None, LINE, "no network"),
    "busy": ({"status": 429, "headers": OPEN}, BUSY, "Status 429"),
    "down": ({"status": 503, "headers": OPEN, "body": "<p>"}, BUSY, "Status 503"),
    "refused": ({"status": 403, "headers": OPEN}, PAGE, "Status 403"),
    "no such address": ({"status": 404, "headers": OPEN}, PAGE, "not the address of"),
    "a page": ({"headers": OPEN, "body": "<!doctype html>"}, PAGE, "not the address"),
    "another format": (
        {"headers": OPEN, "body": '{"format": 9, "charts": {}}'},
        OLD,
        "does not know",
    ),
    "changed": (
        {"headers": {**OPEN, "ETag": f'"{"0" * 64}"'}, "body": "{}"},
        PAGE,
        "ETag",
    ),
    "unknown": (
        {"status": 404, "headers": OPEN, "body": json.dumps(GONE)},
        TOLD,
        "no screener is public",
    ),
    "recalled": (
        {"status": 410, "headers": OPEN, "body": json.dumps(GONE | {"status": 410})},
        TOLD,
        "recalled",
    ),
}
#: Nothing is asked for there.
ADDRESSES = {"missing": ("", "no `src`"), "no scheme for us": ("foo:x", "not the")}


class Page:
    """A page of another site with the element, and what its console says."""

    def __init__(self, tab: Any, host: Host) -> None:
        self.page, self.host = tab, host
        self.console: list[str] = []
        tab.on("console", lambda message: self.console.append(message.text))

    def open(self, lang: str, src: str, **options: Any) -> Any:
        """The element's own words, once it says what is the matter."""
        self.console.clear()
        element = f'<legal-screener src="{src}" locale="{lang}"></legal-screener>'
        script = (
            f'<script type="module" src="{self.host.url}{KIT}screener.js"></script>'
        )
        self.page.goto(self.host.other + self.host.page(element + script, **options))
        box = self.page.locator("legal-screener [role=status]")
        expect(box.locator("button, a").first).to_be_visible(timeout=8_000)
        return box

    def said(self) -> str:
        """What the integrator reads, without the browser's own lines."""
        (line,) = [one for one in self.console if one.startswith("<legal-screener")]
        return line


def answer_with(answer: dict[str, Any] | None) -> Callable[[Any], None]:
    return lambda route: route.fulfill(**answer) if answer else route.abort()


@pytest.fixture
def page(tab: Callable[..., Any], host: Host) -> Iterator[Page]:
    made = tab(viewport={"width": 360, "height": 740})
    yield Page(made, host)
    made.context.close()


@pytest.mark.parametrize("lang", ["en", "es-MX"])
def test_each_cause_has_its_words(page: Page, lang: str) -> None:
    foreign = find_spanish_sentences if lang == "en" else find_english_sentences
    src = f"{page.host.url}/release/small"
    for cause, (answer, words, told) in CAUSES.items():
        pattern = "**/release/small**"
        page.page.route(pattern, answer_with(answer))
        box = page.open(lang, src)
        expect(box).to_contain_text(words[lang != "en"])
        assert box.get_attribute("lang") == lang[:2], cause
        text = box.inner_text()
        assert words == TOLD or foreign(text) == [], cause
        assert told in page.said(), cause
        assert src in page.said(), cause
        # Who is told what was here is not to try again; everybody else can.
        again = box.get_by_role("button")
        expect(again).to_have_count(0 if words == TOLD else 1)
        site = box.get_by_role("link")
        if words == TOLD:
            expect(site).to_have_attribute("href", GONE["help"])
        elif words != LINE:
            expect(site).to_have_attribute("href", f"{page.host.url}/")
        page.page.unroute(pattern)


def test_the_reason_of_a_recall_says_its_language(page: Page) -> None:
    reason = "It left out who is in danger."
    told = {"detail": f"Se retiró porque era errónea: {reason}", "reason": reason}
    for lang, spoken in (("es", "en"), ("es", "es")):
        body = json.dumps(GONE | told | {"status": 410, "reason_locale": spoken})
        page.page.route(
            "**/release/small**",
            answer_with({"status": 410, "headers": OPEN, "body": body}),
        )
        box = page.open(lang, f"{page.host.url}/release/small")
        expect(box).to_contain_text(told["detail"])
        marked = box.locator("span[lang]")
        said = {one.get_attribute("lang"): one.inner_text() for one in marked.all()}
        assert said == ({"en": reason} if spoken == "en" else {})


@pytest.mark.parametrize("wrong", ADDRESSES)
def test_so_has_an_address_that_is_none(page: Page, wrong: str) -> None:
    src, told = ADDRESSES[wrong]
    box = page.open("es", src)
    expect(box).to_contain_text(PAGE[1])
    site = box.get_by_role("link")
    expect(site).to_have_attribute("href", f"{page.host.url}/")
    assert told in page.said()


def test_a_server_that_forbids_other_pages_is_named(page: Page) -> None:
    page.host.trouble = "closed"
    box = page.open("en", f"{page.host.url}/release/small")
    expect(box).to_contain_text(PAGE[0])
    assert "Access-Control-Allow-Origin" in page.said()


def test_a_policy_that_forbids_it_is_named(page: Page) -> None:
    policy = f"default-src 'none'; script-src {page.host.url}"
    headers = {"Content-Security-Policy": policy}
    src = f"{page.host.url}/release/small"
    box = page.open("en", src, headers=headers)
    expect(box).to_contain_text(PAGE[0])
    assert "connect-src" in page.said()


def test_without_any_line_it_still_speaks_the_page_s_language(page: Page) -> None:
    """Not even the part that knows the causes comes."""
    page.page.route("**/release/**", lambda route: route.abort())
    page.page.route("**/trouble.*", lambda route: route.abort())
    src = f"{page.host.url}/release/small"
    box = page.open("", src)
    expect(box).to_contain_text("Check your connection")
    box = page.open("es", src)
    expect(box).to_contain_text("Revise su conexión")
    page.page.unroute("**/release/**")
    box.get_by_role("button", name="Intentar de nuevo").click()
    # The questions are in English alone, and say so.
    start = page.page.locator("legal-screener").get_by_role("button", name="Start")
    expect(start).to_be_visible()
