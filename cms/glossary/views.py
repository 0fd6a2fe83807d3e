"""The page of the glossary in each language that has one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Site

from cms.glossary.terms import (
    Entry,
    Glossary,
    first_letter,
    glossary_path,
    read_glossaries,
)
from cms.home.models import HomePage
from cms.machines.head import Crumb, Subject
from cms.machines.languages import Version
from cms.richtext import PageLinks
from screening_block.public import public_pages


@require_safe
def show_glossary(request: HttpRequest) -> HttpResponse:
    """Show all published terms of the language; 404 where there are none."""
    here = get_language() or settings.LANGUAGE_CODE
    glossaries = read_glossaries()
    if here not in glossaries:
        raise Http404("No term in this language")
    return render(
        request,
        "glossary/glossary.html",
        {
            **list_entries(glossaries[here], request),
            "subject": describe_subject(request, glossaries, here),
            "unreviewed": any(
                entry.term.translation_state is False
                for entry in glossaries[here].entries
            ),
        },
    )


def list_entries(glossary: Glossary, request: HttpRequest) -> dict[str, Any]:
    """Return what the list of terms shows: by letter, with the pages that say more."""
    letters: dict[str, list[tuple[Entry, str]]] = {}
    tags = [
        f'<a linktype="page" id="{entry.term.page_id}">'
        for entry in glossary.entries
        if entry.term.page_id
    ]
    locale = Locale.objects.filter(language_code=glossary.language).first()
    pages = PageLinks(tags, request, locale).addresses
    for entry in glossary.entries:
        letter = first_letter(entry.term.name)
        address = pages.get(str(entry.term.page_id), "")
        letters.setdefault(letter, []).append((entry, address))
    return {"letters": letters, "glossary": glossary}


def site_address(request: HttpRequest, language: str) -> str:
    """Return the absolute address of the glossary in a language."""
    site = Site.find_for_request(request)
    path = glossary_path(language)
    return f"{site.root_url}{path}" if site else request.build_absolute_uri(path)


def describe_subject(
    request: HttpRequest, glossaries: dict[str, Glossary], here: str
) -> Subject:
    """Return what the head of the page says of it."""
    address, title = site_address(request, here), _("Glossary")
    homes = HomePage.objects.filter(locale__language_code=here)
    above = [
        Crumb(_("Home"), home.get_full_url(request))
        for home in public_pages(homes, request)[:1]
    ]
    return Subject(
        title=title,
        language=here,
        url=address,
        description=describe_glossary(),
        versions=[Version(code, site_address(request, code)) for code in glossaries],
        trail=[*above, Crumb(title, address)] if above else [],
        nodes=describe_terms(glossaries[here], address, title),
    )


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
