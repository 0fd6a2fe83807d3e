"""One release, walked through every place that shows an answer: all say it alike."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Locale, Site

from screening_block import engine
from screening_block.engine.choices import UNITS
from screening_block.engine.wording import Wording
from screening_block.models import Release, Scenario, Screener
from screening_block.models.releases import today
from screening_block.packs.load import load_pack
from screening_block.scenarios.sheet import read_sheet
from tests.browser.widget.conftest import DRIVE, SETTLED
from tests.screening_block.editor.test_edit_views import page_form
from tests.screening_block.engine import vectors

pytestmark = pytest.mark.browser

SAID = vectors.load("said")
LOCALES = ("en", "es")
#: What an editor can choose. Plugins' types and units are held by the vectors alone.
QUESTIONS = [
    question
    for question in SAID["release"]["questions"]
    if "." not in question["type"] and question.get("unit", "days") in UNITS
]
TEXT = {(c["question"], repr(c["answer"])): c["text"] for c in SAID["cases"]}
#: A test of each type of which its reason says the answer.
TESTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "yes_no": lambda key: {"op": "is", "question": key, "value": True},
    "choice": lambda key: {"op": "dont_know", "question": key},
    "choices": lambda key: {"op": "dont_know", "question": key},
    "integer": lambda key: compared(key, {"value": 0}),
    "money": lambda key: compared(key, {"value": 0}),
    "date": lambda key: compared(key, {"today": True}),
}


def compared(key: str, right: dict[str, Any]) -> dict[str, Any]:
    return {"op": "compare", "left": {"question": key}, "cmp": "ge", "right": right}


def whole_release() -> dict[str, Any]:
    """A finding about each question, which always shows and gives its reasons."""
    findings = []
    for question in QUESTIONS:
        test = TESTS[question["type"]](question["key"])
        either = {"op": "any", "of": [test, {"op": "not", "of": [test]}]}
        findings.append({"key": f"about_{question['key']}", "applies_when": either})
    part = {**SAID["release"], "questions": QUESTIONS, "findings": findings}
    release = vectors.complete({**part, "key": "said"})
    english = release["texts"]["en"]
    release["texts"] = {"en": {**english, "intro": "Every kind of answer."}}
    return release


def rounds() -> list[dict[str, Any]]:
    """Answers to all questions, as often as it takes to give each of the vectors."""
    keys = [question["key"] for question in QUESTIONS]
    by_key = {
        key: [case["answer"] for case in SAID["cases"] if case["question"] == key]
        for key in keys
    }
    most = max(map(len, by_key.values()))
    return [
        {key: given[n % len(given)] for key, given in by_key.items()}
        for n in range(most)
    ]


@pytest.fixture
def screener(live_server: Any) -> Screener:
    root = Site.objects.get(is_default_site=True).root_page
    loaded = load_pack("said_pack", whole_release(), root).screener
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    copied = loaded.copy_for_translation(spanish, copy_parents=True)
    copied.save_revision().publish()
    for number, answers in enumerate(rounds()):
        case = {"answers": answers, "as_of": None, "expect": {}}
        key = loaded.translation_key
        Scenario.objects.create(screener=key, name=f"Round {number}", case=case)
    return loaded


def said_in(release: engine.Release, answers: dict[str, Any], locale: str) -> list[str]:
    w = Wording(release, locale, today(release))
    return [w.answer(key, value) for key, value in answers.items()]


def listed(page: Any) -> list[str]:
    """The answers in a page's list of them."""
    text = page.content.decode()
    part = text[text.index('<dl class="ls-answers">') :]
    rows = re.findall(r"<dt>.*?</dt>\s*<dd>(.*?)</dd>", part[: part.index("</dl>")])
    return [html.unescape(one) for one in rows]


def test_every_place_says_an_answer_alike(
    client: Client,
    django_user_model: Any,
    screener: Screener,
    live_server: Any,
    tab: Callable[..., Any],
) -> None:
    release = Release.current("said").load()
    assert set(release.data["texts"]) == set(LOCALES)
    for answers in rounds():
        for locale in LOCALES:
            said = said_in(release, answers, locale)
            check_form(client, release, answers, locale, said)
            check_api(client, answers, locale, said)
    for locale in LOCALES:
        # One in which something is ticked: an empty list can only be sent.
        answers = next(given for given in rounds() if len(given["goals"]) == 3)
        check_widget(tab, live_server, release, answers, locale)
    user = django_user_model.objects.create_superuser("editor", "e@example.org", "x")
    client.force_login(user)
    data = page_form(client, screener)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[screener.pk])
    answer = client.post(preview, data)
    assert answer.json()["is_valid"], refused(screener, user, data)
    for scenario in Scenario.objects.order_by("pk"):
        answers = scenario.case["answers"]
        said = said_in(release, answers, "en")
        assert listed(client.get(preview, {"mode": f"case-{scenario.pk}"})) == said
        tried = client.post(
            reverse("screening_scenarios:try", args=[screener.pk]),
            {"answers": json.dumps(answers)},
        )
        assert [one["answer"] for one in tried.context["given"]] == said
        check_texts(client, screener, scenario)
    check_sheet(client, screener, release)
    check_pdf(client, screener, release)


def refused(screener: Screener, user: Any, data: Any) -> tuple[str, list[str]]:
    """Why a preview was refused, and what was posted."""
    form_class = get_edit_handler(Screener).get_form_class()
    page = Screener.objects.get(pk=screener.pk).get_latest_revision_as_object()
    form = form_class(data, instance=page, for_user=user)
    form.defer_required_fields()
    return repr([why(one) for one in form.errors.as_data().values()]), sorted(data)


def why(error: Any) -> Any:
    """All that is in an error of blocks within blocks."""
    if isinstance(error, list):
        return [why(one) for one in error]
    inner = getattr(error, "block_errors", None)
    if isinstance(inner, dict):
        return {key: why(one) for key, one in inner.items()}
    return [why(one) for one in inner] if inner else str(error)


def check_form(
    client: Client,
    release: engine.Release,
    answers: dict[str, Any],
    locale: str,
    said: list[str],
) -> None:
    given = {"release": release.sha256, "locale": locale, "do": "next"}
    page = client.post(
        "/screeners/said/", {**given, "answers": json.dumps(answers), "do": "result"}
    )
    assert page.status_code == 200
    assert listed(page) == said


def check_api(
    client: Client, answers: dict[str, Any], locale: str, said: list[str]
) -> None:
    page = client.post(
        "/api/v1/screeners/said/evaluate/",
        json.dumps({"answers": answers, "locale": locale}),
        content_type="application/json",
    )
    findings = page.json()["findings"]
    assert len(findings) == len(said)
    for finding, text in zip(findings, said, strict=True):
        assert text in " ".join(finding["because"]), finding["key"]


def check_widget(
    tab: Callable[..., Any],
    live_server: Any,
    release: engine.Release,
    answers: dict[str, Any],
    locale: str,
) -> None:
    """Its list of answers, its reasons and the sheet that it makes."""
    page = tab()
    prefix = "" if locale == "en" else f"/{locale}"
    page.goto(f"{live_server.url}{prefix}/screeners/said/")
    screener = page.locator("legal-screener")
    with translation.override(locale):
        say = translation.gettext
        start, go_on, make = (
            say(text)
            for text in ("Start", "Continue", "Print or save a sheet for a lawyer")
        )
        as_text = say("Save as text")
    questions = release.data["texts"]["en"]["questions"]
    labels = {words["label"]: key for key, words in questions.items()}
    screener.get_by_role("button", name=start, exact=True).click()
    page.wait_for_function(SETTLED)
    page.evaluate(
        DRIVE.replace('"Continue"', json.dumps(go_on)),
        [{key: typed(release, key, value) for key, value in answers.items()}, labels],
    )
    said = said_in(release, answers, locale)
    given = page.evaluate(
        """async () => {
          const root = document.querySelector("legal-screener").shadowRoot;
          const shows = (one) => !one.closest(".ahead");
          // What unfolds is made when it does.
          for (let level = 0; level < 4; level++) {
            for (const fold of [...root.querySelectorAll("details")].filter(shows)) {
              fold.open = true;
            }
            await new Promise((done) => setTimeout(done, 50));
          }
          const rows = [...root.querySelectorAll("dl.given dt + dd")].filter(shows);
          return rows.map((one) => one.textContent);
        }"""
    )
    assert given == said
    reasons = screener.locator(".finding")
    for number, text in enumerate(said):
        expect(reasons.nth(number)).to_contain_text(text)
    screener.get_by_role("button", name=make).first.click()
    with page.expect_download() as download:
        screener.get_by_role("button", name=as_text).first.click()
    sheet = Path(download.value.path()).read_text("utf-8")
    for key, text in zip(answers, said, strict=True):
        pair = [questions[key]["label"], text]
        if release.questions[key].base == "date":
            pair.reverse()
        assert f"- {': '.join(pair)}".replace("?:", "?") in sheet, key
    # The database is shared with what the server still answers.
    page.wait_for_load_state("networkidle")
    page.context.close()


def typed(release: engine.Release, key: str, value: Any) -> Any:
    """What a visitor does to give an answer: types a number, picks anything else."""
    answers = release.questions[key].answers
    assert answers is not None
    return TEXT[key, repr(value)] if answers.input == "number" else value


def check_texts(client: Client, screener: Screener, scenario: Scenario) -> None:
    """A scenario's own form holds the text of each answer that is typed."""
    page = client.get(
        reverse("screening_scenarios:edit", args=[screener.pk, scenario.pk])
    )
    form = page.context["form"]
    for question in QUESTIONS:
        key = question["key"]
        value = scenario.case["answers"][key]
        if question["type"] != "choices":
            assert str(form[f"a-{key}"].value()) == TEXT[key, repr(value)]


def check_sheet(client: Client, screener: Screener, release: engine.Release) -> None:
    """The spreadsheet has the same texts, and reads as the same scenarios."""
    address = reverse("screening_scenarios:export", args=[screener.pk])
    content = client.get(address).content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    scenarios = list(Scenario.objects.order_by("pk"))
    for row, scenario in zip(
        sorted(rows, key=lambda row: int(row["Name"].split()[1])),
        scenarios,
        strict=True,
    ):
        cells = {name.split(" | ")[0]: cell for name, cell in row.items()}
        for key, value in scenario.case["answers"].items():
            assert cells[f"answer: {key}"] == TEXT[key, repr(value)]
    read = read_sheet(content, release, scenarios)
    assert (read.problems, read.planned, read.same) == ([], [], len(scenarios))


def check_pdf(client: Client, screener: Screener, release: engine.Release) -> None:
    where = [screener.pk, release.sha256]
    address = reverse("screening_block_releases_paper", args=where)
    pages = pypdf.PdfReader(io.BytesIO(client.get(address).content)).pages
    text = "".join("".join(one.extract_text().split()) for one in pages)
    for answers in rounds():
        for line in engine.in_words(release, answers, "en"):
            assert "".join(line.split()) in text, line
