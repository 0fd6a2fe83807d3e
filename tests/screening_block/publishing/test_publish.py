"""Publishing: one release for what is live, refused where it would be broken."""

from __future__ import annotations

import datetime as dt

import pytest
from wagtail.models import Locale

from screening_block import engine
from screening_block.models import (
    ChartRow,
    Publication,
    Release,
    Screener,
    Threshold,
    ThresholdValue,
)
from screening_block.models.publishing import GateError
from screening_block.models.releases import texts_in
from screening_block.packs.load import load_pack
from screening_block.public import publications
from screening_block.publishing import release_flags
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.parts import assemble_release, split_release
from screening_block.publishing.rehearse import find_refusals, rehearse_publish
from tests.screening_block import small

pytestmark = pytest.mark.django_db


def level(release: engine.Release, days: int, as_of: str = "2026-11-23") -> str:
    answers = small.ASSAULT | {"days": days}
    return engine.levels(release, engine.parse_answers(release, answers), as_of)[
        "agg_felony_violence_1yr"
    ]


def current(key: str = "small") -> engine.Release:
    return Release.current(key).load()


def add_value(threshold: Threshold, number: int, starts_on: dt.date) -> None:
    threshold.values.add(ThresholdValue(starts_on=starts_on, number=number))
    threshold.save_revision().publish()


def test_taking_a_release_apart_and_together_changes_nothing():
    for release in (small.release(), small.with_sections()):
        assert assemble_release(split_release(release), "en", {}) == release


@pytest.fixture
def sections(screener, root) -> Screener:
    """The small screener with headings, loaded as a pack is."""
    load_pack("small_pack", small.with_sections(), root)
    return Screener.objects.get(pk=screener.pk)


def test_a_heading_begins_a_section_until_the_next_one(sections):
    assert current().data == engine.load_release(small.with_sections()).data
    screener = sections
    statute = screener.questions[1]
    assert statute.value["section"] == "The case"
    statute.value["section"] = ""
    screener.questions[2].value["section"] = "The sentence"
    screener.save_revision().publish()
    release = current()
    sections = [q.data.get("section") for q in release.questions.values()]
    assert sections == ["status", "status", "days", "plans", "plans", "plans"]
    assert release.text("en", "sections", "days") == "The sentence"
    assert "statute" not in release.data["texts"]["en"]["sections"]


def test_a_translated_heading_is_shown_and_a_missing_one_falls_back(sections):
    locale = Locale.objects.get_or_create(language_code="es")[0]
    page = sections.copy_for_translation(locale, copy_parents=True)
    page.questions[0].value["section"] = "Su estatus"
    page.questions[1].value["section"] = ""
    page.at_hand = "Papeles de la corte."
    page.save_revision().publish()
    texts = texts_in(current(), "es")
    assert texts["sections"]["status"] == "Su estatus"
    assert texts["sections"]["statute"] == "The case"
    assert texts["at_hand"] == "Papeles de la corte."


def test_what_is_loaded_compiles_to_the_same_release(screener):
    compiled = engine.load_release(compile_screener(screener))
    assert compiled.sha256 == engine.load_release(small.release()).sha256
    assert current().sha256 == compiled.sha256


def test_a_new_threshold_value_counts_from_its_date_and_the_old_release_stays(screener):
    old = current()
    threshold = Threshold.objects.get(key="af_term")
    assert level(old, 320) == "not_apply"
    add_value(threshold, 300, dt.date(2026, 11, 1))
    new = current()
    assert new.sha256 != old.sha256
    assert level(new, 320) == "applies"
    assert level(new, 320, as_of="2026-10-31") == "not_apply"
    assert level(Release.objects.get(pk=old.sha256).load(), 320) == "not_apply"


def test_identical_content_is_the_identical_release_and_publishes_nothing(screener):
    before = Publication.objects.count()
    screener.save_revision().publish()
    Threshold.objects.get(key="af_term").save_revision().publish()
    assert Publication.objects.count() == before
    assert Release.objects.count() == 1


def test_going_back_to_old_content_makes_the_old_release_current_again(screener):
    first = current().sha256
    row = ChartRow.objects.get(key="pc_245")
    row.cells = {"violence": "candidate", "also": ["drug"]}
    row.save_revision().publish()
    assert current().sha256 != first
    row.cells = {"violence": "candidate"}
    row.save_revision().publish()
    assert current().sha256 == first
    assert Release.objects.count() == 2
    assert Publication.objects.count() == 3


def test_a_draft_changes_nothing_public(screener):
    before = current().sha256
    threshold = Threshold.objects.get(key="af_term")
    threshold.values.add(ThresholdValue(starts_on=dt.date(2020, 1, 1), number=1))
    threshold.save_revision()
    screener.title = "Another title"
    screener.save_revision()
    assert current().sha256 == before


def test_a_broken_screener_is_refused_whole_and_the_place_is_named(screener):
    before = current().sha256
    findings = list(screener.findings.get_prep_value())
    findings[0]["value"]["applies_when"]["of"][2]["right"] = {"threshold": "gone"}
    screener.findings = findings
    with pytest.raises(GateError) as refused:
        screener.save_revision().publish()
    assert any("agg_felony_violence_1yr" in text for text in refused.value.messages)
    assert any("gone" in text for text in refused.value.messages)
    assert current().sha256 == before
    live = Screener.objects.get(pk=screener.pk)
    assert "gone" not in str(live.findings.get_prep_value())


def test_a_threshold_that_a_rule_uses_cannot_go_off_line_or_be_deleted(screener):
    before = current().sha256
    threshold = Threshold.objects.get(key="af_term")
    with pytest.raises(GateError):
        threshold.unpublish()
    with pytest.raises(GateError):
        Threshold.objects.get(key="af_term").delete()
    assert Threshold.objects.get(key="af_term").live
    assert current().sha256 == before


def test_a_chart_value_that_its_column_does_not_have_is_refused(screener):
    row = ChartRow.objects.get(key="pc_245")
    row.cells = {"violence": "perhaps"}
    with pytest.raises(GateError):
        row.save_revision().publish()
    assert ChartRow.objects.get(key="pc_245").cells == {"violence": "candidate"}


def test_taking_a_screener_off_line_withdraws_it_and_keeps_its_releases(screener):
    sha = current().sha256
    screener.unpublish()
    assert Release.current("small") is None
    assert publications() == []
    assert Release.objects.filter(pk=sha).exists()
    screener.save_revision().publish()
    assert current().sha256 == sha


def test_deleting_a_screener_withdraws_it(screener):
    screener.delete()
    assert Release.current("small") is None


def test_a_release_row_is_never_written_twice(screener):
    release = Release.objects.get()
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        release.save()


def test_a_translation_gives_texts_and_never_rules(screener):
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    page = screener.copy_for_translation(spanish, copy_parents=True)
    page.title = "Preguntas"
    questions = list(page.questions.get_prep_value())
    questions[0]["value"]["label"] = "Su estatus hoy"
    page.questions = questions
    findings = list(page.findings.get_prep_value())
    findings[0]["value"]["applies_when"] = None
    page.findings = findings
    page.save_revision().publish()
    release = current()
    assert texts_in(release, "es")["title"] == "Preguntas"
    assert texts_in(release, "es")["questions"]["status"]["label"] == "Su estatus hoy"
    assert texts_in(release, "en")["title"] == "Small screener"
    assert level(release, 400) == "applies"
    Screener.objects.get(pk=page.pk).unpublish()
    assert list(current().data["texts"]) == ["en"]


def test_a_pack_loaded_again_updates_what_is_untouched_and_keeps_what_was_edited(
    screener, root
):
    findings = list(screener.findings.get_prep_value())
    findings[0]["value"]["heading"] = "The editor's heading"
    screener.findings = findings
    screener.save_revision().publish()
    newer = small.release()
    newer["texts"]["en"]["findings"]["agg_felony_violence_1yr"]["heading"] = "Pack's"
    newer["texts"]["en"]["findings"]["travel_risk"]["heading"] = "Pack's new heading"
    newer["texts"]["en"]["thresholds"]["af_term"]["label"] = "Pack's new label"
    newer["questions"].insert(
        1, {"key": "since", "type": "date", "ask_when": {"op": "fact", "fact": "lpr"}}
    )
    newer["texts"]["en"]["questions"]["since"] = {
        "label": "Since when?",
        "why": "Time.",
    }
    newer["facts"].append(
        {"key": "lpr", "when": {"op": "is", "question": "status", "value": "lpr"}}
    )
    newer["texts"]["en"]["facts"]["lpr"] = {"label": "You have a green card"}
    report = load_pack("small_pack", newer, root)
    assert [name.key for name in report.kept] == ["agg_felony_violence_1yr"]
    assert {name.key for name in report.updated} == {"travel_risk", "af_term"}
    assert {name.key for name in report.made} == {"since", "lpr"}
    release = current()
    texts = texts_in(release, "en")
    assert texts["findings"]["agg_felony_violence_1yr"]["heading"] == (
        "The editor's heading"
    )
    assert texts["findings"]["travel_risk"]["heading"] == "Pack's new heading"
    assert [q["key"] for q in release.data["questions"]][:3] == [
        "status",
        "since",
        "statute",
    ]
    again = load_pack("small_pack", newer, root)
    assert not (again.kept or again.made or again.updated)


def test_a_pack_does_not_bring_back_what_an_editor_took_out(screener, root):
    screener.questions = [
        block
        for block in screener.questions.get_prep_value()
        if block["value"]["key"] != "court_date_set"
    ]
    findings = list(screener.findings.get_prep_value())
    findings[1]["value"] |= {"urgent_when": None, "notes": []}
    screener.findings = findings[:2]
    screener.save_revision().publish()
    load_pack("small_pack", small.release(), root)
    assert "court_soon" not in current().findings
    assert "court_date_set" not in {q["key"] for q in current().data["questions"]}


def test_a_condition_of_a_plugin_that_is_not_installed_is_not_published(screener):
    findings = list(screener.findings.get_prep_value())
    findings[2]["value"]["unless"] = {"op": "gone.is_so"}
    screener.findings = findings
    with pytest.raises(GateError, match=r"court_soon.*plugin is not installed"):
        screener.save_revision().publish()


def test_a_threshold_without_a_value_today_is_not_published(screener):
    threshold = Threshold.objects.get(key="af_term")
    threshold.values = [ThresholdValue(starts_on=dt.date(2099, 1, 1), number=1)]
    with pytest.raises(GateError, match=r"af_term.*no value today"):
        threshold.save_revision().publish()


def test_a_screener_that_contradicts_itself_is_not_published_and_shows_how(screener):
    broken = screener.get_latest_revision_as_object()
    finding = next(f for f in broken.findings if f.value["key"] == "court_soon")
    finding.value["unless"] = {
        "op": "is",
        "question": "court_date_set",
        "value": True,
    }
    with pytest.raises(GateError) as refused:
        broken.save_revision().publish()
    (message,) = refused.value.messages
    assert "“court_soon”" in message
    assert "the finding can never apply" in message
    screener.refresh_from_db()
    assert screener.live
    assert not find_refusals(rehearse_publish(Threshold.objects.get(key="af_term")))


def test_a_contradiction_that_is_public_already_holds_up_nothing_else(screener):
    release = Release.current("small").load()
    flag = engine.Flag("findings/court_soon/unless", "x", "Never.", "error")
    mended = flag._replace(severity="warning")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release_flags, "find_flags", lambda release: (flag,))
        assert release_flags.find_blocking_flags(release, release, own=True) == [flag]
        assert release_flags.find_blocking_flags(release, release, own=False) == []
        assert release_flags.find_blocking_flags(release, None, own=False) == [flag]
        patch.setattr(release_flags, "find_flags", lambda release: (mended,))
        assert release_flags.find_blocking_flags(release, None, own=True) == []
