"""The demo's directory of help: whom it names, and what it says of whom."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from cms.demo import help_entries
from cms.demo.help_entries import CHECKED_ON, make_help_entries, read_help
from cms.demo.models import DemoPart
from screening_block.help.entry_file import (
    MAX_BYTES,
    build_file,
    list_asked_subjects,
    weigh_file,
)
from screening_block.help.models import HelpEntry
from screening_block.visitor.whom_to_call import pick_entry
from tests.english import find_english
from tests.law_pack import law_release

pytestmark = pytest.mark.django_db
#: A Monday noon in Los Angeles.
NOON = dt.datetime(2026, 11, 30, 20, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def directory(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: CHECKED_ON)
    user = get_user_model().objects.create_superuser("demo", "d@example.org", "x")
    assert make_help_entries(user) == len(read_help())
    assert make_help_entries(user) == 0


def test_what_nobody_saved_since_is_brought_up_to_date(monkeypatch):
    """Also on a site from before there was anything to remember it by."""
    user = get_user_model().objects.get()
    kept, new, gone = HelpEntry.objects.all()[:3]
    kept.note = "Ours."
    kept.save_revision(user=user).publish(user=user)
    key = gone.key
    gone.delete()
    DemoPart.objects.filter(name=f"help/{new.key}").delete()
    texts = [{**data, "note": "Written anew."} for data in read_help()]
    monkeypatch.setattr(help_entries, "read_help", lambda: texts)
    assert make_help_entries(user) == len(texts) - 2
    notes = dict(HelpEntry.objects.values_list("key", "note"))
    assert notes[kept.key] == "Ours."
    assert notes[new.key] == "Written anew."
    assert key not in notes


@pytest.fixture
def release():
    return law_release()


def test_every_entry_says_in_both_languages_what_it_is_for_and_where_that_stands():
    for entry in HelpEntry.objects.all():
        assert entry.live, entry.key
        assert entry.note, entry.key
        spanish = entry.pick_words("es")
        assert spanish["note"] != entry.note, entry.key
        assert not find_english(spanish["name"]), entry.key
        assert entry.source.startswith("http"), entry.key


def test_whoever_is_told_to_see_a_lawyer_finds_somebody_for_just_that(release):
    entries = build_file(release, "en")["entries"]
    named = {
        subject: pick_entry(entries, subject, True, NOON)["key"]
        for subject in list_asked_subjects(release)
    }
    assert named == {
        "immigration": "chirla",
        "immigration_court": "chirla",
        "detention": "chirla",
        "criminal_records": "root_and_rebound",
        "find_a_lawyer": "state_bar_referral",
        "victims": "trafficking_hotline",
    }


def test_the_recorded_line_of_the_court_is_named_to_nobody_but_for_dates(release):
    (line,) = [e for e in read_help() if e["key"] == "eoir_case_line"]
    assert line["subjects"] == ["court_dates"]
    assert "court_dates" not in list_asked_subjects(release)


@pytest.mark.parametrize("locale", ["en", "es"])
def test_all_of_them_fit_into_the_one_small_file(release, locale):
    file = build_file(release, locale, "/help/")
    assert weigh_file(file) <= MAX_BYTES
    assert file["more"] is False
    assert len(file["entries"]) == len(read_help())
