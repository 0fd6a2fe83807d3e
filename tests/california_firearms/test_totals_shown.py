"""The six people are told the same totals with script and without it."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from screening_block import engine
from screening_block.models import Release
from screening_block.models.releases import today
from tests.browser.widget.conftest import DRIVE, SETTLED, tab  # noqa: F401 - fixture
from tests.california_firearms.measured import KEY, PHONE
from tests.california_firearms.six import SIX

pytestmark = pytest.mark.browser
#: Notes what is said of each question's place.
NOTING = DRIVE.replace(
    "const key = labels[title];",
    """const key = labels[title];
    if (key) (globalThis.places ??= []).push(all("p.fine")[0].textContent);""",
)
#: The same up to a question.
STOPPING = NOTING.replace(
    "const key = labels[title];",
    "const key = labels[title]; if (key === answers.stop) return;",
)


@pytest.fixture
def release(law_rows: None, db: None) -> engine.Release:
    current = Release.current(KEY)
    assert current is not None
    assert current.lengths
    return current.load()


def with_script(
    page: Any, url: str, release: engine.Release, answers: Any, drive: str = NOTING
) -> list[str]:
    page.goto(f"{url}/screeners/{KEY}/")
    page.locator("legal-screener").get_by_role("button", name="Start").click()
    page.wait_for_function(SETTLED)
    texts = release.data["texts"][release.locale]["questions"]
    labels = {words["label"]: key for key, words in texts.items()}
    page.evaluate(drive, [answers, labels])
    return page.evaluate("globalThis.places")


def without_script(
    client: Client, release: engine.Release, answers: Any, turn: int
) -> dict[int, str]:
    """What is said of every second question, beginning with the first or the second,
    and of the last, by their places."""
    visits: list[dict[str, Any]] = []
    given: dict[str, Any] = {}
    while (step := engine.walk(release, given, today(release))).next:
        visits.append({**given})
        given[step.next] = answers.get(step.next)
    chosen = {0, *range(turn, len(visits), 2), len(visits) - 1}
    said = {}
    for place in chosen:
        (said[place],) = said_by_the_form(client, release, visits[place])
    return said


def said_by_the_form(client: Client, release: engine.Release, given: Any) -> list[str]:
    address = reverse("screening_block:form", args=[KEY])
    post = {"answers": json.dumps(given), "release": release.sha256, "do": "next"}
    page = client.post(address, post).content.decode()
    for told in re.findall(r'name="told" value="([^"]*)"', page):
        # What is urgent stood by itself: on to the question behind it.
        page = client.post(address, {**post, "told": told}).content.decode()
    return re.findall(r'<p class="ls-fine">(Question[^<]*)</p>', page)


def test_both_halves_tell_the_same(
    live_server: Any,
    client: Client,
    release: engine.Release,
    tab: Callable[..., Any],  # noqa: F811
) -> None:
    assert "places" in NOTING
    for number, (name, person) in enumerate(SIX.items()):
        page = tab(viewport=PHONE)
        widget = with_script(page, live_server.url, release, person.answers)
        form = without_script(client, release, person.answers, number % 2)
        # The first question of the widget is there before the part that reckons.
        assert widget[0] == form[0] == "Question 1"
        assert {place: widget[place] for place in form} == form, name
        assert len(widget) == max(form) + 1
        if name in ("Maria", "Rosa", "Luis"):
            assert sum(" of about " in said for said in widget) > 10, name
            assert widget[-1] == f"Question {len(widget)}, the last one"
        page.context.close()


def test_a_changed_answer_is_reckoned_with_in_both(
    live_server: Any,
    client: Client,
    release: engine.Release,
    tab: Callable[..., Any],  # noqa: F811
) -> None:
    assert "answers.stop" in STOPPING
    answers = {**SIX["Maria"].answers, "stop": "probation_status"}
    page = tab(viewport=PHONE)
    with_script(page, live_server.url, release, answers, STOPPING)
    screen = page.locator("legal-screener").locator("div:not(.ahead) > form")
    back = page.locator("legal-screener").get_by_role("button", name="Back", exact=True)
    for _step in range(3):
        back.click()
    screen.get_by_role("button", name="I’m not sure").click()
    given = {key: answers[key] for key in answers if key in release.questions}
    del given["probation_status"]
    given["plea_date"] = None
    visit = engine.walk(release, given, today(release))
    said = page.locator("legal-screener").locator("p.fine").first
    (expected,) = said_by_the_form(client, release, visit.answers)
    assert visit.next == "probation_status" and " of about " in expected
    said.get_by_text(expected, exact=True).wait_for()
    page.context.close()
