"""The demo's glossary: plain, hedged, and the same in both languages."""

import re
from functools import cache
from typing import Any

import pytest

from cms.demo.glossary_terms import read_terms
from screening_block.reports.reading import compute_grade
from tests.english import find_english
from tests.spanish import INFORMAL, breaks_a_term, compute_ease, is_as_open, numbers

from .test_content import FORBIDDEN, NEVER
from .test_spanish import VERDICTS
from .texts import articles, pages, passages, spanish_articles

ENGLISH, SPANISH = read_terms("en"), read_terms("es")
#: Where the Spanish explanation says what the word is in English.
NAMED = {"parole": "“parole”", "removal": "“removal”"}
#: What the law file has read in a source; all else is shown as not checked.
READ = {
    *("8 U.S.C. § 1158(b)(2)", "8 U.S.C. § 1101(a)(48)(A)"),
    *("8 U.S.C. § 1227(a)(2)(A)(i)", "USCIS, criteria for DACA"),
    *("California Penal Code § 1203.4", "8 U.S.C. §§ 1427, 1430", "8 U.S.C. § 1427"),
    *("8 U.S.C. § 1182(a)(2)", "California Penal Code § 18.5"),
    *("8 U.S.C. § 1227(a)(2)(A)(vi)", "California Penal Code § 1473.7"),
}


@cache
def used(language: str) -> str:
    texts: Any = pages().values() if language == "en" else spanish_articles().values()
    return " ".join(text for body in texts for text in passages(body))


def test_both_languages_have_the_same_terms() -> None:
    assert [*ENGLISH] == [*SPANISH]
    assert len(ENGLISH) >= 25
    for terms in (ENGLISH, SPANISH):
        for name, term in terms.items():
            assert len(term["explanation"].split()) <= 60, name


@pytest.mark.parametrize("name", ENGLISH)
def test_a_term_promises_nothing_and_reads_easily(name: str) -> None:
    text = ENGLISH[name]["explanation"]
    for phrase in [*FORBIDDEN, *NEVER]:
        assert not re.search(phrase, text, re.I), phrase
    # No advice: it speaks of people, not to them.
    assert not re.search(r"\byou\b|\byour\b", text, re.I)
    assert compute_grade(text) < 11.5
    source = ENGLISH[name].get("citation")
    assert bool(ENGLISH[name].get("checked")) == (source in READ)
    page = ENGLISH[name].get("page")
    assert page is None or page in {*articles(), "help"}


@pytest.mark.parametrize("name", ENGLISH)
def test_the_spanish_says_what_the_english_says(name: str) -> None:
    english, spanish = (terms[name]["explanation"] for terms in (ENGLISH, SPANISH))
    assert not find_english(spanish)
    assert not VERDICTS.search(spanish) and not INFORMAL.search(spanish)
    assert not [*breaks_a_term(english, spanish)]
    assert is_as_open(english, spanish), (english, spanish)
    assert numbers(spanish) == numbers(english)
    assert compute_ease(spanish) > 45
    assert NAMED.get(name, "") in spanish


@pytest.mark.parametrize("language", ["en", "es"])
def test_most_terms_are_words_that_the_pages_use(language: str) -> None:
    terms = ENGLISH if language == "en" else SPANISH
    text = used(language).casefold()
    unused = [
        name
        for name, term in terms.items()
        if not any(
            re.search(rf"\b{re.escape(way.casefold())}\b", text)
            for way in (term["name"], *term.get("forms", []))
        )
    ]
    assert len(unused) <= 3, unused
