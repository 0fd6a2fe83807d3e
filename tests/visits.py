"""How to get to what the site shows: a page, a step of the form, a fault."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from cms.articles.models import ArticlePage
from screening_block import engine
from screening_block.models import Recall, Release, Screener
from screening_block.models.releases import today
from tests.california_firearms.six import SIX

KEY = "ca-firearm-expungement"
#: Where the other languages begin.
ROOTS = {"en": "/", "es": "/es/"}
PASSED = "Maria"


@dataclass
class Visitor:
    """Somebody without script, who reads a language."""

    client: Client
    language: str

    def read(self, response: Any, status: int) -> str:
        assert response.status_code == status, (response.request, response.status_code)
        return str(response.content.decode())

    @property
    def form(self) -> str:
        return f"{ROOTS[self.language]}screeners/{KEY}/"

    @property
    def release(self) -> engine.Release:
        return find_current().load()


def find_current() -> Release:
    found = Release.current(KEY)
    assert found is not None
    return found


#: Gives the HTML that a visitor gets.
Visit = Callable[[Visitor], str]


def get(english: str, spanish: str = "", status: int = 200) -> Visit:
    """A page at an address; where no Spanish one is given, it is below `/es/`."""

    def visit(visitor: Visitor) -> str:
        own = spanish or f"/es{english}"
        address = english if visitor.language == "en" else own
        return visitor.read(visitor.client.get(address), status)

    return visit


def fault(template: str) -> Visit:
    """What is said when something fails: made without a request."""

    def visit(visitor: Visitor) -> str:
        with override(visitor.language):
            return render_to_string(f"{template}.html")

    return visit


def frame(state: str = "", status: int = 200) -> Visit:
    """The page that other sites frame, of a screener or of one that is gone."""
    at = f"check/frame/{state}/" if state else ""

    def visit(visitor: Visitor) -> str:
        asked = {"locale": visitor.language}
        # The addresses of checks have no language of their own.
        headers = {"accept-language": visitor.language}
        address = f"/embed/v1/{at}{KEY}/"
        answer = visitor.client.get(address, {} if state else asked, headers=headers)
        return visitor.read(answer, status)

    return visit


def _fields(html: str) -> dict[str, str]:
    """The hidden fields of the form that goes on."""
    page = BeautifulSoup(html, "html.parser")
    form = page.select_one(".ls form[method=post]")
    hidden = form.select("input[type=hidden]") if form else []
    return {str(one["name"]): str(one.get("value", "")) for one in hidden}


def _given(release: engine.Release) -> dict[str, Any]:
    answers = SIX[PASSED].answers
    everything = {key: answers.get(key) for key in release.questions}
    return dict(engine.walk(release, everything, today(release)).answers)


def _post(visitor: Visitor, fields: dict[str, Any], status: int = 200) -> str:
    return visitor.read(visitor.client.post(visitor.form, fields), status)


def question(kind: str, *, wrong: bool = False) -> Visit:
    """The first question that is answered as `kind` says (`one`, `several`, `date`
    ...), or the same after an answer that cannot be used."""

    def visit(visitor: Visitor) -> str:
        release, answers = visitor.release, dict[str, Any]()
        for key, value in _given(release).items():
            found = release.questions[key].answers
            if found is not None and found.input == kind:
                break
            answers[key] = value
        else:
            raise AssertionError(f"nobody is asked for {kind}")
        fields = {"answers": json.dumps(answers), "do": "next"}
        html = _post(visitor, fields)
        while 'name="urgent"' in html:
            html = _post(visitor, _fields(html) | {"do": "next"})
        if wrong:
            sent = _fields(html) | {"do": "next", "answer": "?"}
            html = _post(visitor, sent, 422)
        return html

    return visit


def step(*pressed: str) -> Visit:
    """Where all is answered: what comes, and what follows when these are pressed."""

    def visit(visitor: Visitor) -> str:
        answers = json.dumps(_given(visitor.release))
        html = _post(visitor, {"answers": answers, "do": "check"})
        for do in pressed:
            html = _post(visitor, _fields(html) | {"do": do})
        return html

    return visit


@contextmanager
def _recalled() -> Iterator[None]:
    release = find_current()
    recall = Recall.objects.create(release=release, reason="A date in it was wrong.")
    yield
    recall.delete()


@contextmanager
def _behind_a_password() -> Iterator[None]:
    made = [
        PageViewRestriction.objects.create(
            page=article, restriction_type="password", password="of no use"
        )
        for article in _articles()
    ]
    yield
    for one in made:
        one.delete()


@contextmanager
def _withdrawn() -> Iterator[None]:
    pages = list(Screener.objects.filter(key=KEY).live())
    for page in pages:
        page.unpublish()
    yield
    for page in pages:
        page.get_latest_revision().publish()


def _articles() -> list[ArticlePage]:
    found = (
        ArticlePage.objects.live().filter(locale__language_code=code).order_by("pk")
        for code in ROOTS
    )
    return [pages[0] for pages in found]


def restricted(visitor: Visitor) -> str:
    """An article that asks for a password."""
    with _behind_a_password():
        (article,) = [
            one for one in _articles() if one.locale.language_code == visitor.language
        ]
        return visitor.read(visitor.client.get(article.url), 200)


def recalled(visit: Visit) -> Visit:
    """The same while the screener's release is recalled."""

    def gone(visitor: Visitor) -> str:
        with _recalled():
            return visit(visitor)

    return gone


def withdrawn(visit: Visit) -> Visit:
    """The same while the screener is off line."""

    def gone(visitor: Visitor) -> str:
        with _withdrawn():
            return visit(visitor)

    return gone
