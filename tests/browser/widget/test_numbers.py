"""Numbers as people type them into the widget."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from wagtail.models import Site

from screening_block import engine
from screening_block.packs.load import load_pack
from tests.screening_block import small
from tests.screening_block.engine import vectors

from .conftest import Visitor

pytestmark = pytest.mark.browser


def asked() -> engine.Release:
    """A number of days and an amount, in two languages."""
    questions: list[dict[str, Any]] = [
        {"key": "days", "type": "integer", "unit": "days", "min": 0},
        {"key": "fine", "type": "money", "currency": "USD", "min": 0, "max": 500_00},
    ]
    told = [{"op": "dont_know", "question": q["key"]} for q in questions]
    data = vectors.with_condition({"questions": questions}, {"op": "any", "of": told})
    data["texts"]["es"] = {"questions": {"days": {"label": "¿Cuántos días?"}}}
    return engine.load_release(data)


REFUSED = {
    "en": ["2,5", "12,50", "12 w", "1e3", "½", "~30", "2 y", "1.000", "$250"],
    "es": ["2,5", "2.5", "12 s", "1e3", "½", "12,50"],
}
HINTS = {
    "en": ("Enter a whole number of days, such as 90.", "from $0 to $500"),
    "es": ("Escriba un número entero de días, como 90.", "de $0 a $500"),
}
#: What is typed for days and for dollars, and how it is told again.
UNDERSTOOD = [
    ("en", "1\u202f000", "1,000 days", "$ 250", "$250"),
    ("en", "1,000", "1,000 days", "12.5", "$12.50"),
    ("en", "٣٠", "30 days", "４９９．９９", "$499.99"),
    ("en", "30 days", "30 days", "1e2", None),
    ("en", "1 week, 3 days", "10 days", "2 weeks", None),
    ("en", "-0", "0 days", "12,50", None),
    ("es", "1'000", "1,000 días", "12,50", "$12.50"),
    ("es", "30 días", "30 días", "2,5", "$2.50"),
    ("es", "1 semana y 3 dias", "10 días", "2,5", "$2.50"),
]


@pytest.mark.parametrize("locale", ["en", "es"])
def test_a_decimal_comma_is_never_another_number(visitor: Visitor, locale: str) -> None:
    visitor.host.releases["numbers"] = asked()
    visitor.open(visitor.host.element("numbers", more=f'locale="{locale}"'))
    visitor.screener.get_by_role("button").first.wait_for()
    visitor.press("Start" if locale == "en" else "Empezar")
    go_on = "Continue" if locale == "en" else "Continuar"
    days, range_ = HINTS[locale]
    heading = visitor.heading
    for typed in REFUSED[locale]:
        visitor.find("#number").fill(typed)
        visitor.press(go_on)
        assert visitor.heading == heading, typed
        assert days in visitor.find("form, .ls").first.inner_text()
        assert visitor.find("#number").input_value() == typed
        assert visitor.find("#number").get_attribute("aria-invalid") == "true"
    visitor.find("#number").fill("90")
    visitor.press(go_on)
    visitor.find("#number").fill("500.01")
    visitor.press(go_on)
    assert range_ in visitor.find("form, .ls").first.inner_text()
    assert visitor.complaints == []


VAGUE = {
    "en": (["12 months", "one year"], "Write it in days, because", "or 2 weeks"),
    "es": (["12 meses", "un AÑO"], "Escríbalo en días, porque", "o 2 semanas"),
}


@pytest.mark.parametrize("locale", ["en", "es"])
def test_months_are_no_number_of_days_and_why_is_said(
    visitor: Visitor, locale: str
) -> None:
    visitor.host.releases["numbers"] = asked()
    visitor.open(visitor.host.element("numbers", more=f'locale="{locale}"'))
    visitor.screener.get_by_role("button").first.wait_for()
    visitor.press("Start" if locale == "en" else "Empezar")
    typed, why, such_as = VAGUE[locale]
    number = visitor.find("#number")
    assert such_as in visitor.find("label[for=number]").inner_text()
    assert number.get_attribute("inputmode") == "text", "a phone offers letters"
    for one in typed:
        number.fill(one)
        visitor.press("Continue" if locale == "en" else "Continuar")
        assert why in visitor.focused
        assert number.input_value() == one
        assert number.get_attribute("aria-invalid") == "true"
    assert visitor.complaints == []


@pytest.mark.parametrize("case", UNDERSTOOD, ids=lambda case: case[1] + case[3])
def test_a_number_is_understood_as_it_is_written(visitor: Visitor, case: Any) -> None:
    locale, days, days_told, fine, fine_told = case
    visitor.host.releases["numbers"] = asked()
    visitor.open(visitor.host.element("numbers", more=f'locale="{locale}"'))
    visitor.screener.get_by_role("button").first.wait_for()
    visitor.press("Start" if locale == "en" else "Empezar")
    go_on = "Continue" if locale == "en" else "Continuar"
    for typed in (days, fine):
        visitor.find("#number").fill(typed)
        visitor.press(go_on)
    if fine_told is None:
        assert visitor.find("#number").input_value() == fine
        visitor.find("#number").fill("1")
        visitor.press(go_on)
    visitor.find("dl.given dd").last.wait_for()
    told = visitor.find("dl.given dd").all_inner_texts()
    assert told[0] == days_told
    assert told[2] == (fine_told or "$1")
    # Opened again, the field holds what can be read again.
    visitor.find("dl.given button").last.click()
    visitor.press(go_on)
    visitor.find("dl.given dd").last.wait_for()
    assert visitor.find("dl.given dd").all_inner_texts() == told
    assert visitor.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_both_ways_say_the_same_at_the_same_field(
    live_server: Any, tab: Callable[..., Any], script: bool
) -> None:
    root = Site.objects.get(is_default_site=True).root_page
    load_pack("small_pack", small.release(), root)
    page = tab(java_script_enabled=script, viewport={"width": 360, "height": 740})
    page.goto(live_server.url + "/screeners/small/")
    prefix = "" if script else "ls-"
    go_on = page.get_by_role("button", name="Continue", exact=True)

    def refused(field: str, message: str) -> None:
        expect(page.locator("[role=alert]").first).to_contain_text(message)
        wrong = page.locator("[aria-invalid=true]")
        expect(wrong).to_have_attribute("id", prefix + field)
        expect(wrong).to_have_css("border-top-width", "2px")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, "nothing moves sideways"

    if script:
        page.get_by_role("button", name="Start", exact=True).click()
        page.get_by_label("Green card").check()
        go_on.click()
        page.locator("#o-pc_245").check()
    else:
        page.get_by_label("Green card").check()
        page.locator("noscript [value=next]").click()
        page.locator("#ls-statute-pc_245").check()
    go_on.click()
    number = page.get_by_label("Number of days, such as 90, or 2 weeks")
    number.fill("6 months")
    go_on.click()
    refused("number", "Write it in days, because months and years")
    number.fill("2 weeks")
    go_on.click()
    page.get_by_label("Travel").check()
    go_on.click()
    page.get_by_label("Month").select_option("2")
    page.get_by_label("Day", exact=True).fill("30")
    page.get_by_label("Year", exact=True).fill("16")
    go_on.click()
    refused("year", "Write the year with four digits, such as 2016")
    page.get_by_label("Year", exact=True).fill("2099")
    go_on.click()
    refused("day", "That date does not exist.")
    page.get_by_label("Day", exact=True).fill("28")
    go_on.click()
    # Beside it may stand the next screen, made ahead and hidden.
    page.locator("summary:visible", has_text=re.compile(r"Your \d answers")).click()
    expect(page.locator("dd:visible", has_text="14 days")).to_be_visible()
    page.context.close()
