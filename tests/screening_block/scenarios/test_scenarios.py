"""Scenarios hold a publish to what their authors expect, and survive a pack."""

from __future__ import annotations

import datetime as dt

import pytest

from screening_block.models import (
    Release,
    Scenario,
    Threshold,
    ThresholdValue,
)
from screening_block.models.publishing import GateError
from screening_block.packs.load import load_pack
from screening_block.publishing import scenario_runs
from screening_block.publishing.rehearse import rehearse_publish
from screening_block.publishing.scenario_runs import accept_draft_results, run_case
from tests.screening_block import small

pytestmark = pytest.mark.django_db
TERM = "agg_felony_violence_1yr"
DAY = "2026-11-23"


def case(days=364, level="not_apply", **more):
    return {
        "answers": small.ASSAULT | {"days": days},
        "as_of": DAY,
        "expect": {TERM: level},
        **more,
    }


def add(screener, name="A day short", **fields):
    fields.setdefault("case", case())
    return Scenario.objects.create(
        screener=screener.translation_key, name=name, **fields
    )


def term_from(days: int, on=dt.date(2026, 11, 1)) -> Threshold:
    """The threshold with a newer value, not saved."""
    threshold = Threshold.objects.get(key="af_term")
    threshold.values.add(ThresholdValue(starts_on=on, number=days))
    return threshold


def current() -> Release:
    return Release.current("small")


def test_a_change_that_breaks_a_scenario_is_not_published_and_says_which(screener):
    add(screener)
    add(screener, "A whole year", case=case(365, "applies"))
    before = current().pk
    with pytest.raises(GateError) as refused:
        term_from(300).save_revision().publish()
    (message,) = refused.value.messages
    assert message == (
        f"Scenario “A day short”: “A long sentence may matter” ({TERM}): "
        f"expected “does not apply”, got “applies”"
    )
    assert current().pk == before
    term_from(365).save_revision().publish()


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"answers": {"gone": 1, "days": "a lot"}},
            "its answer to “gone” cannot be read",
        ),
        (
            {"expect": {"gone": "applies"}},
            "“gone”: expected “applies”, but there is no",
        ),
        (
            {"answers": {}, "next": None},
            "expected no further question next, got",
        ),
        ({"next": "days"}, "next, got no further question"),
    ],
)
def test_a_scenario_that_cannot_hold_says_what_is_wrong_and_no_answer(
    screener, wrong, said
):
    add(screener, case=case() | wrong)
    with pytest.raises(GateError) as refused:
        screener.save_revision().publish()
    assert said in refused.value.messages[0]
    assert "a lot" not in refused.value.messages[0]


@pytest.mark.once  # what is counted is work of ours
def test_a_scenario_that_passed_runs_again_for_other_rules_alone(screener, monkeypatch):
    ran = []

    def count(case, release):
        ran.append(case)
        return run_case(case, release)

    monkeypatch.setattr(scenario_runs, "run_case", count)
    for days in (100, 101, 102):
        add(screener, f"{days} days", case=case(days))
    screener.save_revision().publish()
    assert len(ran) == 3
    screener.title = "Another title"
    screener.save_revision().publish()
    assert len(ran) == 3
    # One that fails is run each time: what it gives is told.
    add(screener, "Wrong", case=case(103, "applies"))
    for _twice in range(2):
        with pytest.raises(GateError):
            screener.save_revision().publish()
    assert {one["answers"]["days"] for one in ran[3:]} == {103}
    assert len(ran) > 4
    del ran[:]
    Scenario.objects.filter(name="Wrong").delete()
    term_from(200).save_revision().publish()
    assert len(ran) == 3


def test_many_failing_scenarios_are_counted_not_listed(screener):
    for number in range(12):
        add(screener, f"Case {number}", case=case(400))
    with pytest.raises(GateError) as refused:
        screener.save_revision().publish()
    assert len(refused.value.messages) == 9
    assert refused.value.messages[-1] == "4 more scenarios fail."


def test_accepted_results_count_from_the_publish_that_makes_them_true(screener, editor):
    scenario = add(screener)
    threshold = term_from(300)
    threshold.save_revision()
    (change,) = rehearse_publish(threshold)
    assert [failing.scenario for failing in change.failing] == [scenario]
    accept_draft_results([scenario], change.new, change.old, None)
    scenario.refresh_from_db()
    assert scenario.case == case()
    assert scenario.proposed == case(level="applies")
    # Until the threshold is published, everything else still is as before.
    screener.save_revision().publish()
    scenario.refresh_from_db()
    assert scenario.proposed is not None
    rehearse_publish(threshold)
    scenario.refresh_from_db()
    assert scenario.proposed is not None
    threshold.get_latest_revision().publish()
    scenario.refresh_from_db()
    assert scenario.case == case(level="applies")
    assert scenario.proposed is None


def test_a_new_scenario_holds_its_screener_up_and_nothing_else(screener):
    scenario = add(screener, case=None, proposed=case(320, "applies"))
    term_from(350).save_revision().publish()
    with pytest.raises(GateError, match="A day short"):
        screener.save_revision().publish()
    term_from(320, dt.date(2026, 11, 2)).save_revision().publish()
    scenario.refresh_from_db()
    assert scenario.case == case(320, "applies")


PACK_CASES = [
    {"name": "A day short", "why": "364 is not 365.", **case()},
    {"name": "A year", "why": "365 is.", **case(365, "applies")},
]


def reload(root, cases=PACK_CASES, release=None):
    return load_pack("small_pack", release or small.release(), root, scenarios=cases)


def names(found) -> list[str]:
    return sorted(name.key for name in found if name.kind == "scenario")


def test_a_pack_brings_its_scenarios_and_keeps_what_an_editor_did_to_them(
    screener, root
):
    report = reload(root)
    assert names(report.made) == ["A day short", "A year"]
    assert not names(reload(root).made + reload(root).updated)
    short = Scenario.objects.get(name="A day short")
    assert (short.pack, short.note) == ("small_pack", "364 is not 365.")
    short.case = case(360)
    short.save()
    Scenario.objects.get(name="A year").delete()
    own = add(screener, "An editor's own", case=case(10))
    newer = [
        {**PACK_CASES[0], "why": "Newer."},
        {**PACK_CASES[1], "why": "Newer."},
        {"name": "Two years", "why": "730 is.", **case(730, "applies")},
    ]
    report = reload(root, newer)
    assert names(report.kept) == ["A day short", "A year"]
    assert names(report.made) == ["Two years"]
    short.refresh_from_db()
    assert (short.case, short.note) == (case(360), "364 is not 365.")
    assert Scenario.objects.filter(pk=own.pk).exists()
    assert not Scenario.objects.filter(name="A year").exists()


def test_a_packs_answer_of_no_is_no_less_than_another_answer(screener, root):
    reload(root)
    newer = [{**PACK_CASES[0], **case()}, PACK_CASES[1]]
    newer[0]["answers"] = newer[0]["answers"] | {"court_date_set": None}
    assert names(reload(root, newer).updated) == ["A day short"]
    assert Scenario.objects.get(name="A day short").case == {
        name: newer[0][name] for name in ("answers", "as_of", "expect")
    }


def test_a_packs_scenario_that_an_editors_law_contradicts_is_left_out(screener, root):
    term_from(300).save_revision().publish()
    newer = small.release()
    newer["texts"]["en"]["thresholds"]["af_term"]["label"] = "The pack's new label"
    report = reload(root, release=newer)
    assert names(report.left_out) == ["A day short"]
    assert names(report.made) == ["A year"]
    # It is tried again, and comes in once it holds.
    restored = Threshold.objects.get(key="af_term")
    restored.values.set(restored.values.filter(number=365))
    restored.save_revision().publish()
    assert names(reload(root).made) == ["A day short"]


def test_scenarios_go_with_their_screener(screener):
    add(screener)
    screener.delete()
    assert not Scenario.objects.exists()
