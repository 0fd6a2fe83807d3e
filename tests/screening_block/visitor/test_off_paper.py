"""What the server tells of an answer that stays off paper, and of checking the law."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import translation
from wagtail.models import Site

from screening_block import engine
from screening_block.engine import off_paper
from screening_block.packs.load import load_pack
from screening_block.visitor.results import build_result, describe_checked
from screening_block.visitor.widget_strings import write_widget_words
from tests.law_pack import law_pack
from tests.screening_block import private, small

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once

DAY = "2026-11-29"


def flags(release: dict[str, Any]) -> list[tuple[str, str]]:
    loaded = engine.load_release(release)
    return [
        (flag.path, flag.severity)
        for flag in engine.flags(loaded, DAY, budget=100)
        if flag.code == "off_paper"
    ]


def test_the_marks_change_no_level_and_a_release_without_them_keeps_its_hash() -> None:
    marked = private.release()
    plain = private.release()
    del plain["questions"][1]["off_paper"]
    del plain["findings"][-2]["off_paper"]
    for removed in (True, False, None):
        answers = private.ANSWERS | {"removed": removed}
        found = [
            engine.levels(engine.load_release(one), answers, DAY)
            for one in (marked, plain)
        ]
        assert found[0] == found[1]
    assert list(engine.withheld(engine.load_release(plain))) == []
    schema = engine.schema()["properties"]
    for part in ("questions", "findings"):
        shape = schema[part]["items"]
        assert shape["properties"]["off_paper"] == {"type": "boolean"}
        assert "off_paper" not in shape["required"]


def test_what_stays_off_paper_is_worked_out_once_for_a_release(monkeypatch) -> None:
    """Every result asks for it, of every finding."""
    release = engine.load_release(private.release())
    read: list[str] = []
    once = off_paper.reads_marked
    monkeypatch.setattr(
        off_paper, "reads_marked", lambda *a: bool(read.append(a[1])) or once(*a)
    )
    for _time in range(3):
        build_result(release, dict(private.ANSWERS), DAY, "en")
    assert sorted(read) == sorted(set(read)) != []


def test_an_editor_is_warned_where_the_sheet_could_tell_a_private_answer() -> None:
    assert flags(private.release()) == [("findings/lawyer", "warning")]
    asked = private.release()
    asked["questions"][2]["ask_when"] = {"op": "fact", "fact": "was_removed"}
    assert ("questions/statute/ask_when", "warning") in flags(asked)
    urgent = small.release()
    urgent["questions"][-1]["off_paper"] = True
    assert ("findings/travel_risk", "warning") in flags(urgent), "by its urgency alone"
    assert flags(small.release()) == []


def test_the_law_pack_keeps_a_return_after_removal_off_paper() -> None:
    release = law_pack().release()
    assert set(engine.withheld(engine.load_release(release))) == {
        "removed_before",
        "reentered_after",
        "findings/reentry_after_removal",
        "findings/reentry_after_removal/because",
    }
    assert flags(release) == [], "nothing on the sheet can tell it"


@pytest.mark.django_db
def test_the_api_answers_all_that_was_asked_and_says_what_must_not_be_printed(
    client: Any,
) -> None:
    root = Site.objects.get(is_default_site=True).root_page
    load_pack("small_pack", private.release(), root)
    answers = private.ANSWERS | {"removed": True}
    body = client.post(
        "/api/v1/screeners/small/evaluate/?text=plain",
        json.dumps({"answers": answers, "as_of": DAY}),
        content_type="application/json",
    ).json()
    found = {one["key"]: one for one in body["findings"]}
    marks = {key: one["off_paper"] for key, one in found.items()}
    assert marks == {
        "agg_felony_violence_1yr": None,
        "travel_risk": None,
        "court_soon": None,
        "came_back": "finding",
        "lawyer": "reasons",
    }
    assert found["came_back"]["because"]
    assert found["lawyer"]["notes"] == ["Tell the lawyer of the border-note."]
    assert found["lawyer"]["body"].endswith("Tell the lawyer of the border-note.")
    assert found["lawyer"]["checked"] == "No lawyer has checked this yet."
    assert found["lawyer"]["checked_on"] is None


NOBODY = ("No lawyer has checked this yet.", "Ningún abogado ha revisado esto todavía.")
DATED = (
    "Law last checked on March 5, 2026.",
    "Última comprobación de la ley: 5 de marzo de 2026.",
)
UNSOURCED = (
    "We have not checked this point in a source yet.",
    "Todavía no hemos comprobado este punto en una fuente.",
)
BOTH = tuple(
    f"{point} {nobody}" for point, nobody in zip(UNSOURCED, NOBODY, strict=True)
)
#: The day, the status of the rule and of its later citations; what a visitor reads.
CHECKED = {
    (None, "verified", "verified"): NOBODY,
    ("2026-03-05", "verified", "verified"): DATED,
    (None, "verified", "needs_checking"): BOTH,
    (None, "needs_checking", "needs_checking"): BOTH,
}


@pytest.mark.parametrize("case", CHECKED)
def test_each_finding_says_when_it_was_checked_or_that_nobody_has(case: Any) -> None:
    day, rule, citation = case
    made = small.release()
    finding = made["findings"][0]
    finding |= {
        "checked_on": day,
        "status": rule,
        "citations": [
            {"text": "One", "status": "verified"},
            {"text": "Two", "status": citation},
            {"text": "Three", "status": citation},
        ],
    }
    release = engine.load_release(made)
    for locale, said in zip(("en", "es"), CHECKED[case], strict=True):
        assert describe_checked(release, finding, locale) == said


def test_with_a_reviewer_nobody_says_that_no_lawyer_looked() -> None:
    made = small.release()
    made["review"] = {
        "reviewer": "A. Lawyer",
        "reviewed_on": "2026-11-01",
        "next_due": None,
    }
    release = engine.load_release(made)
    answered = build_result(release, {"status": "lpr"}, DAY, "en")
    for found in answered["findings"]:
        assert "No lawyer" not in found["checked"]
    with translation.override("es"):
        told = json.loads(write_widget_words(release, "en", DAY))["ui"]
    assert told["unchecked"] == "We have no date on which this was last checked."
