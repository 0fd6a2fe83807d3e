"""What the page of the glossary lists, and what machines are told of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from cms.glossary.terms import Entry, Glossary, first_letter, glossary_path
from cms.richtext import PageLinks


def list_entries(glossary: Glossary, request: HttpRequest) -> dict[str, Any]:
    """Return what the list of terms shows: by letter, with the pages that say more."""
    letters: dict[str, list[tuple[Entry, str]]] = {}
    pages = find_pages(glossary.entries, request, glossary.language)
    for entry in glossary.entries:
        letter = first_letter(entry.term.name)
        _page, address = pages.get(str(entry.term.page_id), (None, ""))
        letters.setdefault(letter, []).append((entry, address))
    return {"letters": letters, "glossary": glossary}


def find_pages(
    entries: Iterable[Entry], request: HttpRequest, language: str
) -> dict[str, tuple[Page, str]]:
    """Return the public pages that say more of terms in a language, by the id that the
    terms name, with their addresses."""
    tags = [
        f'<a linktype="page" id="{entry.term.page_id}">'
        for entry in entries
        if entry.term.page_id
    ]
    locale = Locale.objects.filter(language_code=language).first()
    return PageLinks(tags, request, locale).shown


def site_address(request: HttpRequest, language: str) -> str:
    """Return the absolute address of the glossary in a language."""
    site = Site.find_for_request(request)
    path = glossary_path(language)
    return f"{site.root_url}{path}" if site else request.build_absolute_uri(path)


def describe_glossary() -> str:
    """Return what the glossary is, in the active language."""
    return _("Words of criminal and immigration law, explained in plain words.")


def describe_terms(
    glossary: Glossary, address: str, title: str
) -> list[dict[str, Any]]:
    """Return the terms as schema.org data."""
    terms = []
    for entry in glossary.entries:
        term = entry.term
        node: dict[str, Any] = {
            "@type": "DefinedTerm",
            "@id": f"{address}#{term.anchor}",
            "name": term.name,
            "description": term.explanation,
            "inLanguage": glossary.language,
            "url": f"{address}#{term.anchor}",
        }
        if forms := term.ways[1:]:
            node["alternateName"] = forms
        terms.append(node)
    return [
        {
            "@type": "DefinedTermSet",
            "@id": f"{address}#terms",
            "name": title,
            "url": address,
            "inLanguage": glossary.language,
            "hasDefinedTerm": terms,
        }
    ]
