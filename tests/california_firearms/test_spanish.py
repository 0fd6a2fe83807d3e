"""The law pack in Spanish: whole, with the numbers and marks of the English.

Whether a sentence says what its English says, no test can tell. What can be told is
held here: nothing is missing, no number and no law got lost, nothing stayed English.
"""

from __future__ import annotations

import re

import pytest
from wagtail.models import Locale

from screening_block.packs.fits import find_problems
from screening_block.packs.translations import list_texts
from tests.english import find_english
from tests.law_pack import law_pack
from tests.spanish import INFORMAL, breaks_a_term, is_as_open, numbers

PACK = law_pack()
RELEASE = PACK.release()
ENGLISH = dict(list_texts(RELEASE["texts"]["en"]))
SPANISH = dict(list_texts(PACK.translations["es"]))


def test_nothing_is_missing() -> None:
    assert PACK.missing_texts() == {"es": []}
    assert len(SPANISH) == len(ENGLISH) > 1_000


def test_what_was_not_translated_would_be_found() -> None:
    """A word is the same in both languages; a sentence is not."""
    same = {path for path in SPANISH if SPANISH[path] == ENGLISH[path]}
    assert {ENGLISH[path] for path in same} <= {"No", "no", "federal"}


MARKS = re.compile(r"\{\w+\}|\n\n|\n- ")


def test_placeholders_and_marks_are_those_of_the_english() -> None:
    wrong = {}
    for path, spanish in SPANISH.items():
        if MARKS.findall(spanish) != MARKS.findall(ENGLISH[path]):
            wrong[path] = spanish
    assert wrong == {}


def test_no_number_got_lost_and_none_came() -> None:
    wrong = {
        path: text
        for path, text in SPANISH.items()
        if numbers(text) != numbers(ENGLISH[path])
    }
    assert wrong == {}


def test_nothing_stayed_english() -> None:
    found = {path: find_english(text) for path, text in SPANISH.items()}
    assert {path: words for path, words in found.items() if words} == {}


def test_english_would_be_found() -> None:
    """Of the texts of five words and more, the detector overlooks few."""
    long = [text for text in ENGLISH.values() if len(text.split()) >= 5]
    overlooked = [text for text in long if not find_english(text)]
    assert len(overlooked) < len(long) / 25, overlooked


def test_a_visitor_is_called_usted() -> None:
    found = {path: INFORMAL.findall(text) for path, text in SPANISH.items()}
    assert {path: words for path, words in found.items() if words} == {}


def test_a_term_has_one_name() -> None:
    wrong = {
        path: terms
        for path, text in ENGLISH.items()
        if (terms := [*breaks_a_term(text, SPANISH[path])])
    }
    assert wrong == {}


def test_the_spanish_is_as_open_as_the_english() -> None:
    """Neither more certain than the English nor less."""
    wrong = {}
    for path, text in SPANISH.items():
        if not is_as_open(ENGLISH[path], text):
            wrong[path] = text
    assert wrong == {}


@pytest.mark.once  # only reads what others write on both databases
@pytest.mark.django_db
def test_every_text_fits_the_field_that_an_editor_has() -> None:
    Locale.objects.create(language_code="es")
    assert find_problems(PACK, RELEASE) == []
