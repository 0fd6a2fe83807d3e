"""The page of the glossary in each language that has one."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from cms.glossary.listing import (
    describe_glossary,
    describe_terms,
    list_entries,
    site_address,
)
from cms.glossary.terms import Glossary, read_glossaries
from cms.home.models import HomePage
from cms.machines.head import Crumb, Subject
from cms.machines.languages import Version
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
