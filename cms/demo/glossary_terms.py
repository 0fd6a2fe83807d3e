"""The demo's terms of the glossary: made once, and then the editors' own."""

from __future__ import annotations

import uuid
from typing import Any

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.models import Locale, Page

from cms.demo.files import CONTENT, list_languages
from cms.demo.models import NOT_OURS, DemoPart, hash_texts
from cms.demo.page_filler import PageFiller
from cms.glossary.models import Status, Term

NAMESPACE = uuid.UUID("6b0f0c57-3f0d-4d43-9a57-1f2f3f0f9a61")
#: What is said once, in the source.
FACTS = ("citation", "source_url", "checked", "page", "in_place")


def read_terms(language: str) -> dict[str, dict[str, Any]]:
    """Return the terms of a language by the names that they have in every one."""
    folder = CONTENT if language == settings.LANGUAGE_CODE else CONTENT / language
    path = folder / "glossary.yaml"
    if not path.exists():
        return {}
    found: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def make_glossary_terms(user: Any) -> int:
    """Make and publish the terms that never were there, and bring up to date those that
    no editor has saved since; return how many."""
    source = read_terms(settings.LANGUAGE_CODE)
    remembered = DemoPart.objects.filter(name__contains="/term/")
    parts = {part.name: part for part in remembered}
    done = 0
    for language in list_languages():
        locale = Locale.objects.get(language_code=language)
        filler = PageFiller(language)
        for name, words in read_terms(language).items():
            facts = {fact: source[name].get(fact) for fact in FACTS}
            texts = {**facts, **words}
            part = parts.get(f"{language}/term/{name}")
            done += _make(name, locale, texts, part, filler, user)
    return done


def _make(
    name: str,
    locale: Locale,
    texts: dict[str, Any],
    part: DemoPart | None,
    filler: PageFiller,
    user: Any,
) -> int:
    key, sha256 = uuid.uuid5(NAMESPACE, name), hash_texts(texts)
    term = Term.objects.filter(translation_key=key, locale=locale).first()
    newest = term.latest_revision_id if term else None
    # One that is gone was deleted; one with another revision is an editor's.
    if part is not None and (
        part.sha256 == sha256 or term is None or newest != part.revision
    ):
        return 0
    if part is None and term is not None:
        return 0
    term = term or Term(translation_key=key, locale=locale, live=False)
    _fill(term, texts, filler)
    called = f"{locale.language_code}/term/{name}"
    try:
        term.full_clean()
    except ValidationError:
        # An editor has a term of that name, or with that form, already.
        DemoPart.remember(called, None, NOT_OURS, sha256)
        return 0
    if term.pk is None:
        term.save()
    term.save_revision(user=user).publish(user=user)
    term.refresh_from_db()
    DemoPart.remember(called, None, term.latest_revision_id, sha256)
    return 1


def _fill(term: Term, texts: dict[str, Any], filler: PageFiller) -> None:
    term.name = texts["name"]
    term.forms = "\n".join(texts.get("forms", []))
    term.explanation = texts["explanation"]
    term.citation = texts["citation"] or ""
    term.source_url = texts["source_url"] or ""
    term.status = Status.VERIFIED if texts["checked"] else Status.NEEDS_CHECKING
    term.in_place = texts["in_place"] is not False
    page = filler.page_id(texts["page"]) if texts["page"] else None
    term.page = Page.objects.filter(pk=page).first() if page else None
