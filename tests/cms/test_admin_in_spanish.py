"""Whoever reads Spanish meets no English of ours in the admin.

What people wrote is in their own language, and so is what Wagtail has no Spanish for:
both are known by being there, in the database and in Wagtail's catalogues.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail import hooks
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile

from cms.home.models import HomePage
from plugins.models import Job
from screening_block import engine
from screening_block.models import Release, Screener
from screening_block.review.bulk_publish_work import PUBLISH_PAGES
from tests.accessibility import ALL_SCREENS
from tests.english import BREAK, find_english_sentences
from tests.law_pack import law_pack
from tests.messages.wagtail_catalogues import untranslated
from tests.parts_of_pages import list_parts

pytestmark = pytest.mark.once
KEY = "ca-firearm-expungement"
OURS = ("cms", "screening_block", "plugins")
#: What is long, mostly of the law's own words: looked at by `make prove`.
LONG = re.compile(r"/(?:read|restore|pickers|reports)/|/releases?/")
#: What Wagtail says in the language that the process began in.
EAGER = (
    *("Choose another %(object)s", "Edit this %(object)s"),
    "What's new in Wagtail %(version)s",
)
#: Words in a row that are somebody's, if they stand so in the database.
IN_A_ROW = 4
GAP = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[^}]*\}")
PLANTED = "We planted this sentence here for you"


@pytest.fixture
def spanish(demo_rows: Any, admin_client: Client, admin_user: Any) -> Client:
    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = "es"
    profile.save()
    return admin_client


def list_addresses() -> Iterator[str]:
    """Yield the pages of the admin that are ours, and the forms of all that is ours."""
    screener = Screener.objects.get(key=KEY, locale__language_code="es")
    sha256 = Release.current(KEY).pk
    home = HomePage.objects.get(locale__language_code="es")
    Job.objects.create(pk=screener.pk, kind=PUBLISH_PAGES, language="es")
    yield reverse("wagtailadmin_home")
    for model in get_snippet_models():
        if model.__module__.startswith(OURS):
            name = model.snippet_viewset.get_url_name
            yield reverse(name("add"))
            if ALL_SCREENS:
                yield reverse(name("list"))
    for label in ("screening_block/screener", "articles/articleindexpage"):
        yield reverse("wagtailadmin_pages:add", args=[*label.split("/"), home.pk])
    for hook in hooks.get_hooks("register_admin_urls"):
        for one in hook() if hook.__module__.startswith(OURS) else ():
            yield from _reverse(getattr(one, "name", None), screener.pk, sha256)


def _reverse(name: str | None, *args: Any) -> Iterator[str]:
    for most in range(len(args) + 1 if name else 0):
        try:
            yield reverse(str(name), args=args[:most])
        except NoReverseMatch:
            continue
        return


def list_words(html: str) -> Iterator[str]:
    """Yield what a page says, also by the scripts that make the rest of it."""
    for part in list_parts(html):
        if not part.lang or part.lang.startswith("es"):
            yield part.text
    page = BeautifulSoup(html, "html.parser")
    for element in page.find_all(True):
        for value in element.attrs.values():
            if isinstance(value, str) and value[:1] in "[{":
                yield from _leaves(value)
        if element.name == "script" and element.get("type") == "application/json":
            yield from _leaves(element.string or "")


def _leaves(text: str) -> Iterator[str]:
    """Yield the sentences of a JSON text; codes begin with no capital."""
    try:
        ahead = [json.loads(text)]
    except ValueError:
        return
    while ahead:
        one = ahead.pop()
        if isinstance(one, dict):
            ahead += one.values()
        elif isinstance(one, list):
            ahead += one
        elif isinstance(one, str) and "<" in one:
            yield from BeautifulSoup(one, "html.parser").stripped_strings
        elif isinstance(one, str) and re.match(r"\W?[A-ZÁÉÍÓÚ][^:]* ", one):
            yield one


def read_database() -> str:
    """Everything that is written in the database, squeezed into one text."""
    texts: list[str] = []
    for model in apps.get_models():
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._default_manager.values_list(*fields) if fields else ():
            texts += [
                one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
                for one in row
            ]
    # Conditions are said in the language of the rules, by the engine's own words.
    said = (Path(engine.__file__).parent / "sentences.en.json").read_text("utf-8")
    texts.append(re.sub(r"\{\w+\}", " ", said))
    texts.append(json.dumps(law_pack().release()["texts"], ensure_ascii=False))
    texts += available_timezones()
    return squeeze("\n".join(texts))


def squeeze(text: str) -> str:
    plain = re.sub(r"\\[nt\"]|<[^>]+>|&\w+;", " ", text)
    return re.sub(r"[\W_]+", " ", plain).lower().strip()


@cache
def of_wagtail() -> re.Pattern[str]:
    """Return what finds all that Wagtail has no Spanish for, whatever is put in."""
    found = set()
    for text in (*untranslated(), *EAGER):
        for sentence in (text, *BREAK.split(text)):
            words = squeeze(GAP.sub(" gapgap ", sentence))
            if re.sub("gapgap", "", words).strip():
                found.add(re.escape(words).replace("gapgap", ".*"))
    return re.compile("|".join(sorted(found)))


def without_written(words: str, known: str) -> str:
    """Return words without those that stand in the database, so many in a row."""
    left, rest = [], squeeze(words).split()
    while rest:
        most = 0
        if " ".join(rest[:IN_A_ROW]) in known and len(rest) >= IN_A_ROW:
            most = IN_A_ROW
            while most < len(rest) and " ".join(rest[: most + 1]) in known:
                most += 1
        left += [] if most else rest[:1]
        rest = rest[most or 1 :]
    return " ".join(left)


def find_ours(html: str, known: str, seen: set[str]) -> list[str]:
    """Return the English of a page that nobody wrote and that Wagtail did not say."""
    found = []
    for said in set(list_words(html)) - seen:
        seen.add(said)
        for sentence in find_english_sentences(said):
            plain = squeeze(sentence)
            if plain in known or of_wagtail().fullmatch(plain):
                continue
            # Keys stand beside what they name.
            words = re.sub(r"\w*_\w+", " ", sentence)
            if find_english_sentences(without_written(words, known)):
                found.append(sentence)
    return found


def test_no_page_of_the_admin_has_english_of_ours(spanish: Client, db: None) -> None:
    known, seen, foreign = read_database(), set[str](), {}
    looked = 0
    for address in dict.fromkeys(list_addresses()):
        if LONG.search(address) and not ALL_SCREENS:
            continue
        answer = spanish.get(address, follow=True)
        # What is only posted to, and files.
        if answer.status_code == 405 or "html" not in answer["Content-Type"]:
            continue
        assert answer.status_code == 200, address
        looked += 1
        if found := find_ours(answer.content.decode(), known, seen):
            foreign[address] = found
    assert foreign == {}, json.dumps(foreign, ensure_ascii=False, indent=1)
    assert looked > 12


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{PLANTED}.</p>",
        f"<button aria-label='{PLANTED}'>Sí</button>",
        f"""<div data-block='["a", {{"b": "{PLANTED}"}}]'></div>""",
        f"""<script type="application/json">["{PLANTED}"]</script>""",
        f"""<div data-x='["&lt;p&gt;{PLANTED}&lt;/p&gt;"]'></div>""",
    ],
)
def test_what_is_planted_in_the_admin_is_found(html: str) -> None:
    page = f'<html lang="es"><p>Una página en español.</p>{html}</html>'
    known = squeeze("The law about cleared records, as somebody wrote it.")
    assert find_ours(page, known, set()) == [PLANTED + ("." if "<p>W" in html else "")]
    assert find_ours(page, squeeze(f"x {PLANTED} y"), set()) == []
