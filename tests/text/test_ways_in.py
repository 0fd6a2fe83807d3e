"""Hostile text at every way in: put in order or refused with a reason, no fault."""

from __future__ import annotations

import html
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection

from plugins.text import TextError, clean_text, fold

from .conftest import World
from .ways import WAYS

HOSTILE = {
    "a vertical tab": "Two lines\x0bfrom slides",
    "a form feed": "a\x0cb",
    "NUL": "a\x00b",
    "a bell": "a\x07b",
    "a C1 control": "a\x9db",
    "an override": "a\u202eb",
    "an isolate": "a\u2066b",
    "no width": "a\u200bb",
    "a byte order mark": "\ufeffab",
    "no character": "a\uffffb",
    "a hidden letter": "a\U000e0041b",
    "decomposed": "Cafe\u0301",
    "wide": "ＡＢ",
    "10,000 characters": "x" * 10_000,
}
# Only JSON can say half of a character.
HALF = "a\ud800b"
#: What a database may refuse, cut or take for another text. The others reach it as the
#: gate lets them through, which one database is enough for.
HELD_OTHERWISE = ("NUL", "decomposed", "10,000 characters")
#: One that the gate refuses, and one that it leaves to the field.
ONE_OF_EACH = ("NUL", "10,000 characters")
#: Files are read by something of their own.
FILES = ("YAML", "chart CSV", "scenario CSV")
#: What the gate refuses is sent whole in the first field of each kind, of a form and of
#: each file.
WHOLE = {
    (form if (form := name.partition(":")[0]) in FILES else "", kind): name
    for name, (kind, *_) in [*WAYS.items()][::-1]
}
#: Ways by their form, which is opened once for all of its fields.
FORMS: dict[str, list[str]] = {}
for _name in WAYS:
    FORMS.setdefault(_name.partition(":")[0], []).append(_name)
#: Forms whose text visitors and programs get at once; a topic comes with a draft.
SEEN_AT_ONCE = ("article", "published article", "site name", "topic in the admin")


def expected(name: str, text: str) -> tuple[str | None, str]:
    """What is then stored (None: what was before), and what the answer says."""
    kind = WAYS[name][0]
    try:
        return clean_text(text, kind=kind, max_length=0).strip(), ""
    except TextError as error:
        return None, str(error).partition("(U+")[2].partition(",")[0].partition(")")[0]


def inputs_of(name: str) -> dict[str, str]:
    """The texts to send: what the gate puts in order comes as one, in every field."""
    kind = WAYS[name][0]
    chosen = dict(HOSTILE)
    if connection.vendor != "sqlite":
        chosen = {what: HOSTILE[what] for what in HELD_OTHERWISE}
    whole = name in WHOLE.values()
    inputs = {}
    in_order = []
    for what, text in chosen.items():
        if kind != "key" and len(text) < 100 and expected(name, text)[0] is not None:
            in_order.append(text)
        elif whole or what in ONE_OF_EACH:
            inputs[what] = text
    if in_order:
        inputs["all that is put in order"] = " ".join(in_order)
    if name == "body: rich text":
        inputs["half of a character"] = HALF
    return inputs


def say(response: Any) -> str:
    if response.status_code == 302:
        return ""
    # Blocks tell their errors in JSON, within an attribute.
    text = html.unescape(html.unescape(response.content.decode()))
    return text


@pytest.mark.parametrize("form", FORMS)
def test_every_way_in_passes_the_gate(world: World, form: str) -> None:
    names = FORMS[form]
    if connection.vendor != "sqlite":
        # One field of each kind: the columns of one kind are made alike.
        names = [*{WAYS[name][0]: name for name in names[::-1]}.values()]
    for name in names:
        go(world, name)
    if connection.vendor == "sqlite" and form in SEEN_AT_ONCE:
        surfaces(world)


def go(world: World, name: str) -> None:
    """Send each hostile text by one way."""
    kind, send, stored = WAYS[name]
    for what, text in inputs_of(name).items():
        before = stored(world)
        response = send(world, text)
        told = (name, what)
        assert response.status_code in (200, 302, 422), (told, response.status_code)
        now = stored(world)
        wanted, code = expected(name, text)
        if wanted is None:
            assert now == before, told
            assert f"U+{code}" in say(response), told
        elif len(text) >= 10_000:
            # Kept whole or refused, as the field can; never cut or a fault.
            assert now == before or wanted in now, told
            assert len(now) <= 11_000, told
        elif kind == "key" and now == before:
            # An address or slug may be refused for reasons of its own.
            assert response.status_code != 302, told
        elif "topic" in name:
            # Another spelling of a topic there is.
            assert fold(wanted) in fold(now), told
        else:
            assert wanted in now, told


def surfaces(world: World) -> None:
    """What visitors, readers and programs then get."""
    for address in (
        "/",
        "/articles/",
        "/articles/short/",
        "/screeners/small/",
        "/embed/v1/small/",
        "/api/v1/articles/",
        "/api/v1/articles/short/",
        "/api/v1/topics/",
        "/api/v1/screeners/small/",
        "/api/v1/thresholds/",
        "/api/v1/charts/statutes/",
    ):
        response = world.visitor.get(address)
        # A slug that was changed is another address.
        assert response.status_code in (200, 404), address
    for address in ("/articles/feed/", "/sitemap.xml"):
        response = world.visitor.get(address)
        assert response.status_code == 200
        ElementTree.fromstring(response.content.decode())


def test_half_of_a_character_in_a_file_is_told_with_its_line(world: World) -> None:
    response = WAYS["YAML: title"][1](world, HALF)
    assert response.status_code == 422
    (problem,) = response.context["found"].problems
    assert problem.startswith("a.yaml:7: ")
