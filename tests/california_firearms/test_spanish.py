"""The law pack in Spanish: whole, with the numbers and marks of the English.

Whether a sentence says what its English says, no test can tell. What can be told is
held here: nothing is missing, no number and no law got lost, nothing stayed English.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from wagtail.models import Locale

from screening_block.packs.fits import find_problems
from screening_block.packs.translations import list_texts
from tests.english import find_english
from tests.law_pack import law_pack

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
        if path == "intro":  # it begins with a paragraph on the translation itself
            spanish = spanish.partition("\n\n")[2]
        if MARKS.findall(spanish) != MARKS.findall(ENGLISH[path]):
            wrong[path] = spanish
    assert wrong == {}


def numbers(text: str) -> Counter[str]:
    """The numbers that a text names: of laws, days, years, forms."""
    return Counter(re.findall(r"(?<![\w{])\d[\d.]*\d|(?<![\w{.])\d(?![\w])", text))


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


def test_no_translator_has_reviewed_it_and_the_start_says_so_first() -> None:
    first = SPANISH["intro"].partition("\n")[0]
    assert first == (
        "**Ningún traductor legal ha revisado esta traducción.** Puede tener errores."
    )


def test_a_visitor_is_called_usted() -> None:
    informal = re.compile(r"\b(tú|tu|tus|te|ti|tienes|puedes|debes|eres)\b", re.I)
    found = {path: informal.findall(text) for path, text in SPANISH.items()}
    assert {path: words for path, words in found.items() if words} == {}


#: A word of the English, and what its Spanish must say where it stands.
TERMS = {
    r"\baggravated felon": "delito agravado|delitos agravados",
    r"\bgreen.card": "tarjeta verde|tarjetas verdes",
    r"\bbond\b": "fianza",
    r"\bpardon\b": "[Ii]ndulto",
    r"\bwaiver\b|\bwaive\b": "perdón|perdonar|Exención",
    r"\bexpung": "expungement|limpi|1203",
    r"\bprobation\b": "probation|a prueba",
    r"\bparole\b": "parole|supervisada",
    r"\bmoral turpitude\b": "bajeza moral",
    r"\bconviction": "[Cc]onden",
    r"\bdismiss": "desestim|limpi",
    r"\bmisdemeanor": "delitos? menor",
    r"\bprobably\b": "probablemente",
    r"\busually\b": "normalmente|Normalmente",
    r"\bNever\b": "[Nn]unca",
}


@pytest.mark.parametrize("english", TERMS)
def test_a_term_has_one_name(english: str) -> None:
    spanish = TERMS[english]
    wrong = {
        path: SPANISH[path]
        for path, text in ENGLISH.items()
        if re.search(english, text) and not re.search(spanish, SPANISH[path])
    }
    assert wrong == {}


#: What leaves a thing open, what may do so, and both in Spanish.
MAY = r"\b(may|might|could)\b"
CAN = r"\b(may|might|could|can|cannot|possible|able|seems?|allows?|lets)\b"
PUEDE = r"\b(pued[ae]n?|podemos|podr?ían?|posible|quizás|parecen?)\b"


def test_the_spanish_is_as_open_as_the_english() -> None:
    """Neither more certain than the English nor less."""
    wrong = {}
    for path, text in SPANISH.items():
        english, spanish = ENGLISH[path], text
        if path == "intro":
            spanish = text.partition("\n\n")[2]
        least, most = (len(re.findall(words, english, re.I)) for words in (MAY, CAN))
        if not least <= len(re.findall(PUEDE, spanish, re.I)) <= most:
            wrong[path] = text
    assert wrong == {}


@pytest.mark.django_db
def test_every_text_fits_the_field_that_an_editor_has() -> None:
    Locale.objects.create(language_code="es")
    assert find_problems(PACK, RELEASE) == []
