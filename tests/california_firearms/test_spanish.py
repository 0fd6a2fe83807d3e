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
KEPT = SPANISH.pop("foreign_words").splitlines()
#: What stands in brackets or quotation marks, in small letters, and is Spanish.
ASIDE = re.compile(r"\(([a-z][\w’' -]{2,})[,)]|“([a-z][\w’' -]{2,})”")
_ASIDES = """
absuelto; admitida; admitidas; admitido; alivio automático; alrededor de esa fecha
anterior; asilado; bajeza moral; bajo la influencia; buen carácter moral
como una multa; condena; condiciones; de cañón corto; de los diez años
delito agravado; delitos agravados; desnaturalización; desvío
detención de inmigración; documento de cargos; entrada sin inspección; inocencia
la ley Laken Riley; multas; munición; naturalización; naturalizado
no está en esta lista; no se fijó un tiempo; oculta; orden de supervisión
particularmente grave; permiso humanitario; persona con prohibición; pistola
por ejemplo; posesión; posesión simple; presentado; residente desde
residente permanente; retención de deportación; revisar; réplica
se fijó un tiempo y no se hizo cumplir; según; serio; suspendida
una orden de supervisión; venta o traspaso; violentas; violento
"""
ASIDES = frozenset(re.split(r";\s+|\n", _ASIDES.strip()))


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


def list_asides(text: str) -> list[str]:
    return [one or other for one, other in ASIDE.findall(text)]


def test_english_beside_the_spanish_is_on_the_list_of_what_is_said_in_english() -> None:
    """So is what was planted: a word nobody listed is found, whatever it is."""
    known = {*map(str.lower, KEPT), *ASIDES}
    texts = {**SPANISH, "planted": "Una orden de registro (search warrant)."}
    found = {path: set(list_asides(text)) - known for path, text in texts.items()}
    assert {path: words for path, words in found.items() if words} == {
        "planted": {"search warrant"}
    }
    assert len(KEPT) == len(set(KEPT)) and not ASIDES.intersection(KEPT)


def test_what_is_said_in_english_stands_in_the_texts() -> None:
    said = "\n".join(SPANISH.values())
    assert [one for one in KEPT if not re.search(rf"\b{one}\b", said, re.I)] == []


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
