"""The day it turns, as a visitor reads it: in the widget, and as the server has it."""

from __future__ import annotations

from typing import Any

import pytest

from screening_block import engine
from screening_block.engine.wording import Wording
from screening_block.models.releases import today
from screening_block.visitor.results import build_result
from tests.screening_block.engine import vectors

from .conftest import Visitor

pytestmark = pytest.mark.browser

TEXTS = {
    "heading": "Too early until {date}",
    "body": "It is early. You can ask on {date}, not before.\n\nBring papers.",
    "actions": {"mark": "Mark {date}", "ask": "Ask a lawyer."},
}


def _waiting() -> engine.Release:
    """Two waits of three years that must both be over, and a stop that does not end."""
    early = [
        {
            "op": "elapsed",
            "from": {"question": key},
            "until": {"today": True},
            "unit": "years",
            "cmp": "lt",
            "n": {"value": 3},
        }
        for key in ("own", "other")
    ]
    stop = {"op": "is", "question": "stop", "value": True}
    finding = {
        "key": "x",
        "group": "help",
        "applies_when": {"op": "any", "of": [*early, stop]},
        "actions": [{"key": key, "type": "step"} for key in ("mark", "ask")],
    }
    # Needs all answers, so all are asked.
    said = [{"op": "dont_know", "question": key} for key in ("own", "other", "stop")]
    told = {"op": "all", "of": [{"op": "not", "of": [one]} for one in said]}
    asks = {"key": "y", "applies_when": told}
    questions = [{"key": key, "type": "date"} for key in ("own", "other")]
    questions.append({"key": "stop", "type": "yes_no"})
    data = vectors.complete({"questions": questions, "findings": [finding, asks]})
    data["texts"]["en"]["findings"]["x"] = TEXTS
    return engine.load_release(data)


@pytest.mark.parametrize("stop", [False, True])
def test_of_two_waits_the_later_day_is_shown_and_a_day_that_is_none_is_not(
    visitor: Visitor, stop: bool
) -> None:
    release = _waiting()
    visitor.host.releases["waiting"] = release
    day = today(release)
    # The earlier first, so that what is shown is not merely the last that was read.
    given: dict[str, Any] = {
        "own": engine.shift(day, -700, "days"),
        "other": engine.shift(day, -100, "days"),
        "stop": "true" if stop else "false",
    }
    visitor.open(visitor.host.element("waiting")).answer(given)
    found = visitor.find("article.finding.in-help")
    found.locator("summary").first.click()
    found.locator(".actions").wait_for()
    shown = found.inner_text()
    expected, _asks = build_result(release, {**given, "stop": stop}, day, "en")[
        "findings"
    ]
    if stop:
        assert expected["heading"] == "It is early."
        assert expected["body"] == "Bring papers."
        assert [one["label"] for one in expected["actions"]] == ["Ask a lawyer."]
        assert "Mark" not in shown
        assert "later date" not in shown
    else:
        when = Wording(release.data, "en").date(
            engine.shift(given["other"], 3, "years")
        )
        assert expected["body"].startswith(f"It is early. You can ask on {when}, not")
        assert shown.count(when) >= 3
    texts = [expected["heading"], *(one["label"] for one in expected["actions"])]
    for text in [*texts, *expected["body"].split("\n\n")]:
        assert text in shown
    assert "{" not in shown
    assert visitor.complaints == []
