"""Asks the search of the site, and reads what it shows."""

from __future__ import annotations

import itertools
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

SCREENER, ARTICLES, HELP = "screener", "articles", "help"
PAGES, TOPICS = "page", "topic"

_callers = itertools.count(1)


def ask(client: Client, query: str, language: str = "en", **more: str) -> Any:
    """Return what a search shows, each time as somebody who has asked for little."""
    number = next(_callers)
    caller = {"REMOTE_ADDR": f"10.1.{number // 200}.{number % 200 + 1}"}
    prefix = "" if language == "en" else f"/{language}"
    answer = client.get(f"{prefix}/search/", {"q": query, **more}, **caller)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def titles(page: Any, kind: str) -> list[str]:
    """Return the titles of what was found of a kind."""
    return [
        hit.get_text() for hit in page.select(f'[aria-labelledby="found-{kind}"] h3')
    ]


def suggested(page: Any) -> str | None:
    """Return what the page asks whether it was meant."""
    link = page.select_one(".results__suggestion a")
    return link and link.get_text()
