"""Whatever is typed into a search finds what it can, and never fails."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.shares import in_turn

HOSTILE = [
    '"',
    '"green"',
    'a"b',
    '"green',
    "green\\",
    "'",
    "it's",
    "*",
    "green*",
    "(",
    "(green) OR",
    "NEAR(green card)",
    "title:green",
    "{title} : green",
    "-green",
    "^green",
    "a AND",
    "NOT",
    "%",
    "100%s",
    "%(x)s",
    "\\' OR 1=1 --",
    "&|!<->:*",
    "\x0b\x07",
    "\u202e\u200b",
    "Cafe\u0301",
    "x" * 10_000,
    "x " * 5_000,
    "§ 1203.4",
    "法律",
    "many marks" + "\u0301" * 150,
]


@pytest.mark.parametrize("query", HOSTILE)
def test_a_search_answers_whatever_is_typed(client, small_site, admin_user, query):
    for address in ("/articles/", "/search/"):
        assert client.get(address, {"q": query}).status_code == 200
    # Machines are told of a limit.
    expected = 200 if len(query) <= 100 else 400
    assert client.get("/api/v1/articles/", {"q": query}).status_code == expected
    client.force_login(admin_user)
    # The lists alone, as their pages fetch them while somebody types.
    names = (
        "wagtailadmin_pages:search_results",
        "articles:index_results",
        "topics:index_results",
        "wagtailimages:index_results",
        "wagtailadmin_choose_page_search",
        "wagtailsnippets_screening_block_threshold:list_results",
        "wagtailsnippets_word_search_synonyms:list_results",
    )
    for number, name in enumerate(names):
        if in_turn(number, HOSTILE.index(query), of=3):
            assert client.get(reverse(name), {"q": query}).status_code == 200, name


@pytest.mark.parametrize(
    "query", ['"short"', "short*", "(SHORT)", "sho\u200brt", "ＳＨＯＲＴ"]
)
def test_punctuation_and_spelling_keep_nobody_from_finding(client, small_site, query):
    found = client.get("/api/v1/articles/", {"q": query}).json()["results"]
    assert "short" in [article["slug"] for article in found]


@pytest.mark.parametrize("query", ["%00", "a%00b"])
def test_a_null_character_is_refused_everywhere(client, small_site, query):
    for address in ("/articles/?q=", "/api/v1/articles/?q=", "/?utm=", "/search/?q="):
        assert client.get(address + query).status_code in (400, 404), address
    answer = client.get(f"/api/v1/articles/?q={query}").json()
    assert [error["path"] for error in answer["errors"]] == ["q"]
