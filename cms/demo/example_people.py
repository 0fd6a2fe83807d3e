"""The demo's people: placeholders, and they say so."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from wagtail.models import Locale

from cms.demo.files import list_languages, read_site
from cms.identity.models import Person

NAMESPACE = uuid.UUID("0d4cdd2c-0d0b-4b0f-8a53-0a2b8a4f6f5e")
#: What is said once, in the source.
FACTS = ("languages",)


def make_example_people(user: Any) -> None:
    """Make and publish the people of each language who are not there yet."""
    source = read_site(settings.LANGUAGE_CODE).get("people", {})
    for language in list_languages():
        locale = Locale.objects.get(language_code=language)
        for name, words in read_site(language).get("people", {}).items():
            facts = {fact: source[name][fact] for fact in FACTS}
            key = _key(name)
            if Person.objects.filter(translation_key=key, locale=locale).exists():
                continue
            person = Person(
                translation_key=key, locale=locale, live=False, **{**facts, **words}
            )
            person.save()
            person.save_revision(user=user).publish(user=user)


def list_people(names: Iterable[str]) -> list[Person]:
    """Return those of the source language by the names of the content files, as far as
    they are there."""
    people = Person.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    by_key = {person.translation_key: person for person in people}
    return [by_key[_key(name)] for name in names if _key(name) in by_key]


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, name)
