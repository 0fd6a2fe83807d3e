"""What an entry may hold, and what becomes of it as days go by."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from screening_block.help.directory import (
    describe_entry,
    list_entries,
    list_last_numbers,
)
from screening_block.help.hours import describe_hours, read_hours
from screening_block.help.models import HelpEntry, HelpWords
from screening_block.help.phones import read_phones

from .entries import TODAY, build_entry, make_entry

pytestmark = pytest.mark.django_db


def after(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("phones", "call us", "Line 1 is not a telephone number"),
        ("phones", "213-555-0101\n1-800-VICTIM", "Line 2"),
        ("phones", "", "telephone number, a website or an address"),
        ("hours", "whenever", "Line 1"),
        ("hours", "Mon-Fri 17:00-9:00", "Line 1"),
        ("hours", "Fri-Mon 9:00-17:00", "Line 1"),
        ("hours", "Mon 9:00-25:00", "Line 1"),
        ("hours", "Mon-Fri 9:00-17:00\nTue 10:00-11:00", "Line 2 says the same"),
        ("areas", "California", "us-ca"),
        ("counties", "Alameda", "exactly one state"),
        ("subjects", ["gardening"], "gardening"),
        ("subjects", [], "blank"),
        ("languages", ["xx"], "xx"),
        ("url", "http://example.org/", "https://"),
        ("url", "javascript:alert(1)", "https://"),
        ("source", "", "blank"),
        ("checked_on", dt.date(2999, 1, 1), "future"),
        ("checked_by", "", "blank"),
        ("time_zone", "Mars/Base", "Mars"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field, value, says):
    with pytest.raises(ValidationError) as error:
        build_entry(**{field: value}).full_clean()
    named = {"counties": "areas"}.get(field, field)
    assert list(error.value.message_dict) == [named]
    assert says in error.value.message_dict[named][0]


def test_a_number_is_dialled_as_it_was_meant():
    read = read_phones(
        "Hotline: 1-800-555-0100\n(213) 555-0101 ext. 2\n+44 20 7946 0000\n211\n"
    )
    assert [phone.tel for phone in read] == [
        "tel:+18005550100",
        "tel:+12135550101;ext=2",
        "tel:+442079460000",
        "tel:211",
    ]
    assert read[0].label == "Hotline"
    assert read[1][:2] == ("", "(213) 555-0101 ext. 2")


def test_hours_are_said_in_the_language_of_the_page():
    week = read_hours("Mon-Fri 9:00-12:00, 13:00-17:00\nSat,Sun 0:00-24:00")
    assert describe_hours(week) == [
        "Monday to Friday: 9 a.m. to noon",
        "Monday to Friday: 1 p.m. to 5 p.m.",
        "Saturday, Sunday: day and night",
    ]
    with translation.override("es"):
        assert describe_hours(week)[0] == "De lunes a viernes: de 09:00 a 12:00"


def test_words_are_those_of_the_language_and_facts_are_said_once():
    entry = make_entry()
    entry.words.add(HelpWords(language="es", note="Atiende a personas detenidas."))
    entry.save_revision().publish()
    (found,) = list_entries(today=TODAY)
    spanish, korean = (describe_entry(found, code, TODAY) for code in ("es", "ko"))
    assert spanish["note"] == "Atiende a personas detenidas."
    assert korean["note"] == "Answers people who are held."
    assert spanish["phones"] == korean["phones"]


def test_after_90_days_visitors_are_asked_to_confirm_and_after_a_year_it_is_gone():
    make_entry()

    def shown(days: int) -> list[tuple[bool, str]]:
        found = [
            describe_entry(entry, "en", after(days))
            for entry in list_entries(today=after(days))
        ]
        return [(entry["confirm"], entry["checked"]) for entry in found]

    assert shown(89) == [(False, "Checked on Nov. 30, 2026.")]
    due = (True, "Last checked on Nov. 30, 2026; please confirm.")
    assert shown(90) == shown(364) == [due]
    assert shown(365) == []


def test_whoever_is_in_need_keeps_the_last_number_marked_as_unchecked():
    make_entry("old", subjects=["detention"], checked_on=after(-800))
    make_entry("newer", subjects=["detention", "papers"], checked_on=after(-400))
    make_entry("no_number", subjects=["papers"], phones="", url="https://example.org")
    assert [entry.key for entry in list_entries(today=TODAY)] == ["no_number"]
    kept = list_last_numbers(today=TODAY)
    assert [entry.key for entry in kept] == ["newer"]
    assert "please confirm" in describe_entry(kept[0], "en", TODAY)["checked"]
    # A number that is good takes its place.
    make_entry("fresh", subjects=["detention", "papers"])
    assert list_last_numbers(today=TODAY) == []


def test_a_state_has_its_own_help_and_that_of_the_country():
    make_entry("country", areas="us")
    make_entry("california", areas="us-ca", counties="Alameda")
    make_entry("nevada", areas="us-nv")
    make_entry("west", areas="us-nv, us-ca")
    found = list_entries(area="us-ca", today=TODAY)
    assert {entry.key for entry in found} == {"country", "california", "west"}


def test_a_draft_is_not_public():
    entry = build_entry()
    entry.live = False
    entry.save()
    entry.save_revision()
    assert list_entries(today=TODAY) == []
    draft = entry.get_latest_revision_as_object()
    assert draft.subjects == ["detention", "immigration"]


def test_an_entry_is_on_the_report_of_what_is_due(editor, monkeypatch):
    make_entry()
    monkeypatch.setattr(timezone, "localdate", lambda: after(91))
    address = "/admin/screening/reports/review-due/"
    response = editor.get(f"{address}?when=overdue")
    assert [row.title for row in response.context["object_list"]] == ["The hotline"]


def test_a_key_belongs_to_one_entry():
    make_entry()
    with pytest.raises(ValidationError) as error:
        build_entry().full_clean()
    assert "key" in error.value.message_dict
    assert HelpEntry.objects.count() == 1
