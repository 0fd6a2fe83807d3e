"""What people look for in the demo, and what they must find."""

from __future__ import annotations

import pytest

from .searching import ARTICLES, HELP, PAGES, SCREENER, TOPICS, ask, suggested, titles

#: By language: what is typed, and what must be in the first three of a kind (a part of
#: its title) in the demo.
EXPECTED = {
    "en": {
        "expunge": [(ARTICLES, "Does an expunged"), (SCREENER, "California gun")],
        "expunged": [(ARTICLES, "Does an expunged"), (TOPICS, "Expungement")],
        "expungement": [(ARTICLES, "Does an expunged"), (HELP, "expungement")],
        "expungment": [(ARTICLES, "Does an expunged")],
        "EXPUNGEMENTS": [(ARTICLES, "Does an expunged")],
        "deport": [(ARTICLES, "Does an expunged"), (SCREENER, "California gun")],
        "deportation": [(ARTICLES, "citizenship")],
        "deported": [(ARTICLES, "citizenship")],
        "gun": [(ARTICLES, "gun"), (SCREENER, "gun")],
        "guns": [(ARTICLES, "gun"), (SCREENER, "gun")],
        "pistol": [(ARTICLES, "gun")],
        "firearms": [(ARTICLES, "gun"), (SCREENER, "gun"), (TOPICS, "Firearms")],
        "greencard": [(ARTICLES, "Travel with a green card")],
        "green card": [(ARTICLES, "Travel with a green card"), (TOPICS, "Green")],
        "green cards": [(ARTICLES, "Travel with a green card")],
        "LPR": [(ARTICLES, "Travel with a green card")],
        "permanent resident": [(ARTICLES, "Travel with a green card")],
        "lawful permanent residents": [(ARTICLES, "Travel with a green card")],
        "travel": [(ARTICLES, "Travel with a green card"), (TOPICS, "Travel")],
        "travelling": [(ARTICLES, "Travel with a green card")],
        "travel mexico": [(ARTICLES, "Travel with a green card")],
        "can I leave the country": [(ARTICLES, "Travel with a green card")],
        "vacatur": [(ARTICLES, "What vacatur is")],
        "vacate": [(ARTICLES, "What vacatur is")],
        "1473.7": [(ARTICLES, "1473.7")],
        "penal code 1473.7": [(ARTICLES, "1473.7")],
        "1203.4": [(ARTICLES, "Does an expunged"), (SCREENER, "California gun")],
        "conviction": [(ARTICLES, "What counts as a conviction")],
        "what counts as a conviction": [(ARTICLES, "What counts as a conviction")],
        "convicted": [(ARTICLES, "What counts as a conviction")],
        "citizen": [(ARTICLES, "citizenship"), (TOPICS, "Citizenship")],
        "naturalization": [(ARTICLES, "citizenship")],
        "become a citizen with a gun case": [(ARTICLES, "citizenship")],
        "DACA": [(ARTICLES, "DACA and TPS"), (TOPICS, "DACA")],
        "dreamer": [(ARTICLES, "DACA and TPS")],
        "tps": [(ARTICLES, "DACA and TPS")],
        "undocumented": [(ARTICLES, "without inspection")],
        "entered without inspection": [(ARTICLES, "without inspection")],
        "antique": [(ARTICLES, "antique gun")],
        "ninth circuit": [(ARTICLES, "antique gun")],
        "court papers": [(ARTICLES, "Which court papers"), (TOPICS, "Court papers")],
        "which papers do I need": [(ARTICLES, "Which court papers")],
        "rap sheet": [(HELP, "criminal record")],
        "clear my record": [(HELP, "Clear My Record"), (ARTICLES, "clearing a record")],
        "lawyer": [(HELP, "lawyer"), (PAGES, "Find legal help")],
        "attorney": [(HELP, "lawyer"), (PAGES, "Find legal help")],
        "public defender": [(HELP, "Public Defender"), (PAGES, "Find legal help")],
        "alameda": [(HELP, "Alameda")],
        "detained by ICE": [(HELP, "ICE"), (ARTICLES, "without inspection")],
        "bond": [(ARTICLES, "without inspection")],
        "notario": [(PAGES, "Find legal help")],
        "privacy": [(PAGES, "Privacy")],
        "cookies": [(PAGES, "Privacy")],
        "moral turpitude": [(ARTICLES, "Travel with a green card")],
        "aggravated felony": [(SCREENER, "California gun")],
    },
    "es": {
        "antecedentes": [
            (SCREENER, "Condenas por armas"),
            (TOPICS, "Antecedentes penales"),
            (ARTICLES, "limpiar los antecedentes"),
        ],
        "récord": [(SCREENER, "Condenas por armas"), (TOPICS, "Antecedentes penales")],
        "record": [(SCREENER, "Condenas por armas"), (TOPICS, "Antecedentes penales")],
        "prision": [
            (SCREENER, "Condenas por armas"),
            (ARTICLES, "Qué cuenta como condena"),
        ],
        "prisión": [
            (SCREENER, "Condenas por armas"),
            (ARTICLES, "Qué cuenta como condena"),
        ],
        "deportacion": [
            (SCREENER, "Condenas por armas"),
            (ARTICLES, "¿Cuenta para inmigración"),
        ],
        "deportaciones": [
            (SCREENER, "Condenas por armas"),
            (ARTICLES, "¿Cuenta para inmigración"),
        ],
        "ARMAS": [
            (SCREENER, "Condenas por armas"),
            (ARTICLES, "armas"),
            (TOPICS, "Armas de fuego"),
        ],
        "arma de fuego": [(SCREENER, "Condenas por armas"), (ARTICLES, "armas")],
        "condenas": [
            (SCREENER, "Condenas por armas"),
            (ARTICLES, "Qué cuenta como condena"),
        ],
        "tarjeta verde": [
            (SCREENER, "Condenas por armas"),
            (ARTICLES, "Viajar con tarjeta verde"),
        ],
        "mica": [(ARTICLES, "Viajar con tarjeta verde")],
        "viajes": [(ARTICLES, "Viajar con tarjeta verde")],
        "puedo salir del país": [(ARTICLES, "Viajar con tarjeta verde")],
        "ciudadania": [
            (SCREENER, "Condenas por armas"),
            (ARTICLES, "ciudadanía"),
            (TOPICS, "Ciudadanía"),
        ],
        "naturalización": [(ARTICLES, "ciudadanía")],
        "vacatur": [(ARTICLES, "anulación de una condena")],
        "anular una condena": [(ARTICLES, "anulación de una condena")],
        "papeles de la corte": [(ARTICLES, "Qué papeles de la corte")],
        "daca": [(ARTICLES, "DACA y TPS")],
        "sin inspección": [(ARTICLES, "Si entró sin inspección")],
        "noveno circuito": [(ARTICLES, "Noveno Circuito")],
        "abogados": [(SCREENER, "Condenas por armas"), (PAGES, "Buscar ayuda legal")],
        "defensor público": [(HELP, "Defensor")],
        "Public Defender": [(HELP, "Defensor")],
        "privacidad": [(PAGES, "Privacidad")],
    },
}


@pytest.fixture
def demo(demo_rows, db):
    return demo_rows


@pytest.mark.parametrize("language", EXPECTED)
def test_what_people_look_for_is_in_the_first_three(client, demo, language):
    missing = []
    for query, expected in EXPECTED[language].items():
        page = ask(client, query, language)
        for kind, part in expected:
            first = titles(page, kind)[:3]
            if not any(part in title for title in first):
                missing.append((query, kind, part, first))
    assert missing == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("expungemnt", "expungement"),
        ("deprotation", "deportation"),
        ("imigration", "immigration"),
        ("convcition", "conviction"),
        ("vaccatur", "vacatur"),
        ("citizenshp rules", "citizenship rules"),
    ],
)
def test_a_typo_is_asked_about_and_its_word_finds(client, demo, typed, meant):
    page = ask(client, typed)
    assert suggested(page) == meant
    link = page.select_one(".results__suggestion a")["href"]
    assert link == f"?q={meant.replace(' ', '+')}"
    assert titles(ask(client, meant), ARTICLES)


def test_who_finds_nothing_is_led_on(client, demo):
    page = ask(client, "xyzzyx")
    assert "Nothing was found for “xyzzyx”" in page.get_text()
    assert suggested(page) is None
    ways = [link["href"] for link in page.select(".ways a")]
    assert page.select_one(".ways a").get_text() == "Check your own case"
    assert any(way.endswith("/help/") for way in ways)
    assert "/articles/" in ways
    assert any(way.startswith("/articles/does-an-expunged-") for way in ways)
    assert page.select('.chips a[href="/topics/firearms/"]')
    for way in ways:
        assert client.get(way).status_code == 200
    assert page.select_one('meta[name="robots"]')["content"] == "noindex, follow"
    # Before anything was typed there is the same to go on with.
    assert ask(client, "").select(".ways a")


def test_words_that_are_not_all_there_find_some(client, demo):
    page = ask(client, "travel xyzzyx")
    assert "Nothing holds all of" in page.get_text()
    assert "Travel with a green card after a gun case" in titles(page, ARTICLES)


def test_a_topic_narrows_what_was_found(client, demo):
    page = ask(client, "gun")
    chip = next(a for a in page.select(".chips a") if "DACA" in a.get_text())
    assert chip["href"] == "?q=gun&topic=daca"
    narrow = ask(client, "gun", topic="daca")
    assert titles(narrow, ARTICLES) == ["How a gun case can affect DACA and TPS"]
    assert titles(narrow, SCREENER) == []
    assert len(titles(ask(client, "gun", topic="no-such"), ARTICLES)) > 1


def test_articles_and_their_api_find_the_same_forms_of_a_word(client, demo):
    for words in ("deported", "GUNS", "greencard", "naturalizing"):
        found = client.get("/api/v1/articles/", {"q": words}).json()["results"]
        shown = client.get("/articles/", {"q": words}).context["articles"]
        assert [one["title"] for one in found] == [one.title for one in shown]
        assert found
