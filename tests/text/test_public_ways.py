"""What visitors and programs may send: an answer or a reason, on every database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import get_resolver

from cms.articles.models import ArticlePage, Topic
from screening_block.models import Release
from tests.shares import in_turn

from .conftest import World

BAD = {
    "NUL": "\x00",
    "a vertical tab": "\x0b",
    "a bell": "\x07",
    "an override": "\u202e",
    "an isolate": "\u2066",
    "no width": "\u200b",
    "a byte order mark": "\ufeff",
    "decomposed": "Cafe\u0301",
    "wide": "ＡＢ",
    "no character": "\uffff",
    "quotation marks": "\"'",
    "percent signs": "%s%(x)s%%",
    "10,000 characters": "x" * 10_000,
}
EVALUATE = "/api/v1/screeners/small/evaluate/"
FORMS = ("/screeners/small/", "/embed/v1/small/")


def addresses(text: str) -> list[str]:
    part = quote(text)
    return [
        f"/{part}/",
        f"/articles/{part}/",
        f"/articles/feed/{part}",
        f"/screeners/{part}/",
        f"/embed/v1/{part}/",
        f"/embed/v1/{part}.js",
        f"/embed/v1/oembed?url=http://testserver/screeners/{part}/",
        f"/api/v1/articles/{part}/",
        f"/api/v1/screeners/{part}/",
        f"/api/v1/charts/{part}/",
        f"/api/v1/releases/{part}/",
        f"/api/v1/pages/{part}/",
        f"/api/v1/previews/{part}/",
        f"/api/v1/topics/{part}/",
        f"/api/v1/terms/{part}/",
        f"/api/v1/thresholds/{part}/",
        f"/api/v1/help/{part}/",
        f"/api/v1/changes/?after={part}",
        f"/api/{part}",
        f"/preview/{part}/",
        f"/media/{part}",
        f"/media/original_images/{part}.png",
        f"/static/{part}",
        f"/documents/1/{part}",
        f"/es/{part}/",
        f"/topics/{part}/",
        f"/articles/{part}.md",
        f"/admin/{part}/",
        *(
            f"{place}?{name}={part}"
            for place in ("/articles/", "/api/v1/articles/")
            for name in ("q", "topic", "page", "locale", "fields", "limit", part)
        ),
        # Of these only one reads a query, and of it the number of a page.
        *(
            f"{place}?{name}={part}"
            for place in ("/", "/sitemap.xml")
            for name in ("page", part)
        ),
        f"/api/v1/screeners/small/?words={part}",
        f"/api/v1/thresholds/?{part}=1",
        f"/embed/v1/small/?locale={part}&theme={part}",
    ]


#: Nothing of it is stored. A database is only asked for it, and there is one character
#: that PostgreSQL cannot hold, and one that its driver puts values in the place of.
ASKED_OTHERWISE = ("NUL", "percent signs", "half of a character")


def each(names: Iterable[str]) -> Any:
    return pytest.mark.parametrize(
        "what",
        [
            pytest.param(
                what, marks=() if what in ASKED_OTHERWISE else pytest.mark.once
            )
            for what in names
        ],
    )


@each(BAD)
def test_an_address_of_any_text_has_an_answer(world: World, what: str) -> None:
    """Alone or among letters, from either in turns, and half of the addresses each;
    all of them get what a database may take for something else."""
    bare, among = addresses(BAD[what]), addresses(f"a{BAD[what]}b")
    turn = [*BAD].index(what)
    for number, pair in enumerate(zip(bare, among, strict=True)):
        if what not in ASKED_OTHERWISE and not in_turn(number // 2, turn, of=2):
            continue
        asked = [(world.visitor, pair[0]), (world.editor, pair[1])]
        for client, address in asked if what == "NUL" else [asked[(number + turn) % 2]]:
            status = client.get(address).status_code
            assert status < 500, (address[:80], status)
            if what == "NUL":
                assert status in (400, 404), address


@each(BAD)
def test_a_form_without_script_takes_any_text(world: World, what: str) -> None:
    bad = BAD[what]
    release = Release.current("small")
    assert release is not None
    sound = {
        "release": release.sha256,
        "answers": "{}",
        "question": "status",
        "answer": "lpr",
        "do": "next",
        "locale": "en",
    }
    odd = ("number", "year", "month", "day", "told", "checked", bad)
    turn = [*BAD].index(what)
    # Both addresses lead to one form: one of them takes a field's text, in turns.
    for number, name in enumerate((*sound, *odd)):
        for address in FORMS if what == "NUL" else [FORMS[(number + turn) % 2]]:
            status = world.visitor.post(address, {**sound, name: bad}).status_code
            assert status in (200, 400, 422), (address, name, status)
    for address in FORMS:
        for answers in ({"status": bad}, {bad: "lpr"}, [bad], bad):
            data = {**sound, "answers": json.dumps(answers)}
            assert world.visitor.post(address, data).status_code in (200, 400, 422)
        data = {**sound, "answers": '{"status": "\\ud800", "\\udfff": 1}'}
        assert world.visitor.post(address, data).status_code in (200, 400, 422)


@each([*BAD, "half of a character"])
def test_the_api_answers_any_text_with_a_problem(world: World, what: str) -> None:
    bad = BAD.get(what, "\ud800")
    for body in (
        {"answers": {}, bad: 1},
        {"answers": {bad: "lpr"}},
        {"answers": {"status": bad}},
        {"answers": {"plans": [bad]}},
        {"answers": {"days": bad}},
        {"answers": bad},
        {"answers": {}, "locale": bad},
        {"answers": {}, "as_of": bad},
        {"answers": {}, "release": bad},
        [bad],
        bad,
    ):
        for text in (json.dumps(body), json.dumps(body, ensure_ascii=False)):
            sent = text.encode("utf-8", "surrogatepass")
            response = world.visitor.post(
                EVALUATE, sent, content_type="application/json"
            )
            assert response.status_code in (200, 400, 404, 422), (body, text[:80])
            if response.status_code != 200:
                assert response["Content-Type"] == "application/problem+json"
            if what == "half of a character":
                assert response.status_code in (400, 422)


def test_a_cookie_of_any_text_is_left_alone(world: World) -> None:
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "x"):
        for value in ('"' + "\\000" * 32 + '"', '"\\013\\007"', "x" * 4_000, "%00"):
            for address in ("/", "/articles/", "/admin/login/", "/api/v1/articles/"):
                response = world.visitor.get(
                    address, headers={"cookie": f"{name}={value}"}
                )
                assert response.status_code == 200, (name, address)


def test_what_was_stored_before_the_gate_takes_no_feed_away(world: World) -> None:
    bad = "Two lines\x0bfrom\x07 slides\uffff \U000e0041"
    ArticlePage.objects.update(title=bad, summary=bad, search_description=bad)
    Topic.objects.filter(name="Firearms").update(name=bad)
    for address in ("/articles/feed/", "/sitemap.xml"):
        response = world.visitor.get(address)
        assert response.status_code == 200
        ElementTree.fromstring(response.content.decode())
    for address in ("/articles/", "/articles/short/", "/api/v1/articles/"):
        assert world.visitor.get(address).status_code == 200


def test_a_page_that_code_saves_passes_the_gate_too(world: World) -> None:
    article = world.article
    article.title = "Two lines\x0bfrom slides"
    article.save_revision().publish()
    assert ArticlePage.objects.get(pk=article.pk).title == "Two lines from slides"


def test_no_address_is_left_out_of_these_tests() -> None:
    """A new place below the site's root needs a line in `addresses`."""
    roots = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    assert roots - {
        "healthz",
        "robots.txt",
        "favicon.ico",
        # Files of the site that read nothing of a request.
        "llms.txt",
        "site.webmanifest",
        ".well-known/security.txt",
        "api/schema/",
        "api/docs/",
        "admin/failwhale/",  # no page of Wagtail's
    } == {
        "admin/",
        "documents/",
        "sitemap.xml",
        "api/v1/",
        "api/v1/x/",
        "api/v1/changes/",
        "api/v1/previews/<str:token>/",
        "^api/",
        "embed/v1/",
        "preview/<str:token>/",
        "^media/(?P<path>.*)$",
        "",
    }


def test_an_address_may_write_accents_in_either_way(world: World) -> None:
    article = world.article
    article.slug = "año"
    article.topics.set(["Corazón"])
    article.save_revision().publish()
    for form in ("NFC", "NFD"):
        slug, topic = (quote(normalize(form, one)) for one in ("año", "corazón"))
        for address in (
            f"/articles/{slug}/",
            f"/api/v1/articles/{slug}/",
            f"/topics/{topic}/",
        ):
            assert world.visitor.get(address).status_code == 200, (form, address)
        found = world.visitor.get(f"/api/v1/articles/?topic={topic}").json()
        assert found["count"] == 1
