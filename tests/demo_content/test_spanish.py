"""The demo's articles and pages in Spanish: whole, and with what the English says.

The words are those of the law pack's translation, so that an article and the questions
in it speak of one thing by one name.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.english import find_english
from tests.spanish import (
    INFORMAL,
    breaks_a_term,
    compute_ease,
    is_as_open,
    numbers,
    split_words,
)

from .texts import articles, passages, site, spanish_articles, spanish_site, strings

#: What a Spanish text has and its English has not.
ADDED = {"language", "translation"}
CASES = re.compile(
    r"Matter of [A-Z][\w-]+(?: (?:and )?[A-Z][a-z]+)*"
    r"|(?:United States|(?:Vazquez )?[A-Z][\w-]+) v\. [A-Z][\w-]+"
)
#: What stands on papers and in the law, and is written alike in both languages.
NAMES = re.compile(
    r"\b(?:PC|INA|USC|CFR|USCIS|ICE|DACA|TPS|CBP One|EOIR|DUI|AB|PM-\d+-\d+)\b"
    r"|\d+(?:\.\d+)*(?:\(\w+\))+"
)
COUNTED = {
    "one": "un", "two": "dos", "three": "tres", "four": "cuatro", "five": "cinco",
    "six": "seis", "seven": "siete", "eight": "ocho", "nine": "nueve", "ten": "diez",
    "a": "un",
}  # fmt: skip
SPANS = re.compile(rf"\b({'|'.join(COUNTED)})[ -](year|day|month|week)s?\b", re.I)
PLAZOS = re.compile(
    rf"\b({'|'.join(COUNTED.values())})(?: solo)? (año|día|mes|semana)(?:e?s)?\b", re.I
)
UNITS = {"year": "año", "day": "día", "month": "mes", "week": "semana"}
#: Words that would be a verdict or a promise.
VERDICTS = re.compile(
    r"\ba salvo\b|(?<!no está )\bsegur[oa]s?\b|\bserán? deportad|\bvan a deportar|"
    r"\bgarantiza|\bcalifica\b|"
    r"\bno (lo|la|le) (pueden|podrán|van a) (deportar|detener)|"
    r"\b(un|una|los|las) ilegal(es)?\b|(?<!no )\bborra la condena",
    re.I,
)
#: A term of the law, and its English, which stands in brackets at the first use in a
#: page: on papers and in court it is the English that people see and hear.
BRACKETS = {
    r"limpieza de antecedentes": "expungement",
    r"libertad a prueba": "probation",
    r"libertad supervisada": "parole",
    r"delitos? menor(es)?\b": "misdemeanor",
    r"delitos? graves?\b": "felon",
    r"delitos? agravados?": "aggravated felon(y|ies)",
    r"bajeza moral": "moral turpitude",
    r"buen carácter moral": "good moral character",
    r"tarjeta verde": "green card",
    r"declaraci(ón|ones) de culpabilidad": "plea",
    r"formulario de declaración": "plea form",
    r"documento de cargos": "complaint",
    r"\b[Aa]ctas\b": "minute",
    r"\bfianza": "bond|bail",
    r"anulación": "vacatur",
    r"cancelación de deportación": "cancellation of removal",
    r"retención de deportación": "withholding of removal",
    r"orden(es)? (viejas? )?de deportación": "removal order",
    r"perdón": "waiver",
    r"\b[Ii]ndulto": "pardon",
    r"\b[Ii]nadmisib": "inadmissib",
    r"\b(fueron|fue|ser|sido|era) admitid": "admitted",
    r"Noveno Circuito": "Ninth Circuit",
    r"Junta de Apelaciones": "Board of Immigration Appeals",
    r"armas? antiguas?": "antique",
    r"allanamiento": "burglary",
    r"\b[Dd]esvío": "diversion",
    r"discreción": "discretion",
    r"hábeas corpus": "habeas",
}


def pair(slug: str) -> tuple[Any, Any]:
    """A page of the demo in English and in Spanish: what its readers see."""
    if slug in articles():
        english, spanish = articles()[slug], spanish_articles()[slug]
    else:
        english, spanish = site()[slug], spanish_site()[slug]
    names = ("title", "summary", "body")
    return tuple({n: one[n] for n in names if n in one} for one in (english, spanish))


PAGES = [
    *articles(),
    *("home", "articles", "help", "privacy"),
    *("about", "team", "contact", "terms", "accessibility"),
]


def both(slug: str) -> list[tuple[str, str]]:
    """Every passage of a page beside its Spanish."""
    english, spanish = (_without_added(one) for one in pair(slug))
    return list(zip(passages(english), passages(spanish), strict=True))


def _without_added(value: Any) -> Any:
    if isinstance(value, dict):
        return {n: _without_added(v) for n, v in value.items() if n not in ADDED}
    return [_without_added(v) for v in value] if isinstance(value, list) else value


def test_every_article_has_its_spanish_under_an_address_of_its_own() -> None:
    assert [*spanish_articles()] == [*articles()]
    slugs = [data["slug"] for data in spanish_articles().values()]
    assert len(set(slugs)) == len(slugs)
    for slug, data in spanish_articles().items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", data["slug"])
        assert data["title"] != articles()[slug]["title"]
        assert len(data["summary"]) <= 160, slug


def test_each_says_that_no_attorney_has_reviewed_it() -> None:
    """That no translator has, the page says by its own mark until one has."""
    for data in spanish_articles().values():
        assert data["review"] == {
            "note": "Ningún abogado ha revisado esta página.",
        }
    disclaimer = " ".join(spanish_site()["settings"]["disclaimer"].split())
    assert "ningún abogado lo ha revisado" in disclaimer
    assert "Ningún traductor legal ha revisado" in disclaimer


def frame(value: Any) -> Any:
    """A value without its words: its blocks, tags, links and other settings."""
    if isinstance(value, dict):
        kept = ("type", "tone", "status", "url", "link", "screener", "image")
        return {
            name: one if name in kept and isinstance(one, str) else frame(one)
            for name, one in value.items()
            if name not in ADDED
        }
    if isinstance(value, list):
        return [frame(one) for one in value]
    return sorted(" ".join(t.split()) for t in re.findall(r"<[^/][^>]*>", str(value)))


@pytest.mark.parametrize("slug", PAGES)
def test_the_same_blocks_stand_in_the_same_order(slug: str) -> None:
    """With the same links, lists and rows in each."""
    english, spanish = pair(slug)
    assert frame(spanish) == frame(english)


@pytest.mark.parametrize("slug", PAGES)
def test_no_number_law_or_case_got_lost(slug: str) -> None:
    for english, spanish in both(slug):
        alike = english.replace("Penal Code", "PC")
        outside = re.sub(r"\(Penal Code[^)]*\)", "", spanish)
        assert numbers(outside) == numbers(alike), spanish
        assert Counter(CASES.findall(outside)) == Counter(CASES.findall(alike)), spanish
        # A form or an agency may be named once more where English has "it".
        lost = Counter(NAMES.findall(alike)) - Counter(NAMES.findall(outside))
        assert not lost, (lost, spanish)


@pytest.mark.parametrize("slug", PAGES)
def test_no_time_in_words_got_lost(slug: str) -> None:
    for english, spanish in both(slug):
        spans = Counter(
            (COUNTED[count.lower()], UNITS[unit.lower()])
            for count, unit in SPANS.findall(english)
        )
        assert not spans - Counter(
            (count.lower(), unit.lower()) for count, unit in PLAZOS.findall(spanish)
        ), (english, spanish)


def said(slug: str) -> Iterator[str]:
    """What a page says in Spanish, without quoted law and the names of cases."""
    for block in pair(slug)[1].get("body", []):
        if block["type"] != "law_quotation":
            yield from passages(block["value"])


@pytest.mark.parametrize("slug", PAGES)
def test_nothing_stayed_english(slug: str) -> None:
    head = [pair(slug)[1][name] for name in ("title", "summary")]
    for text in [*head, *said(slug)]:
        assert not find_english(CASES.sub("", text)), text


@pytest.mark.parametrize("slug", PAGES)
def test_the_spanish_is_as_open_as_the_english(slug: str) -> None:
    for english, spanish in both(slug):
        assert is_as_open(english, spanish), (english, spanish)


@pytest.mark.parametrize("slug", PAGES)
def test_a_term_has_the_law_packs_name(slug: str) -> None:
    for english, spanish in both(slug):
        assert not [*breaks_a_term(english, spanish)], (english, spanish)


@pytest.mark.parametrize("slug", [*articles(), "help"])
def test_a_term_has_its_english_beside_it_at_first(slug: str) -> None:
    for term, english in BRACKETS.items():
        found = re.compile(term, re.I)
        first = next((text for text in said(slug) if found.search(text)), None)
        if first is not None:
            beside = rf"({term})[^().]*\([^()]*({english})"
            assert re.search(beside, first, re.I), (term, first)


@pytest.mark.parametrize("slug", PAGES)
def test_what_nobody_has_read_is_marked_in_spanish_too(slug: str) -> None:
    for english, spanish in both(slug):
        marks = len(re.findall(r"needs? checking", english, re.I))
        assert len(re.findall("falta comprobar", spanish, re.I)) == marks, spanish


@pytest.mark.parametrize("slug", PAGES)
def test_no_page_promises_or_predicts_in_spanish(slug: str) -> None:
    text = " ".join(passages(pair(slug)[1]))
    assert not VERDICTS.search(text), VERDICTS.search(text)
    assert not INFORMAL.search(text), INFORMAL.search(text)


@pytest.mark.parametrize("slug", [*articles(), "help", "privacy"])
def test_every_page_reads_easily_in_spanish(slug: str) -> None:
    """Quite easy as a whole (65 and above), and no passage like a statute."""
    texts = [*said(slug)]
    assert compute_ease(" ".join(texts)) > 65
    hard = {t: round(compute_ease(t)) for t in texts if len(split_words(t)) > 20}
    assert {text: ease for text, ease in hard.items() if ease < 50} == {}


def test_no_link_of_the_spanish_leads_to_an_english_address() -> None:
    """A page is named by its English slug, and the demo finds its translation."""
    known = {f"article:{slug}" for slug in articles()}
    known |= {f"page:{slug}" for slug in PAGES if slug not in articles()}
    for text in strings([spanish_site(), *spanish_articles().values()]):
        for href in re.findall(r'href="([^"]*)"', text):
            assert href.startswith("https://") or href in known
