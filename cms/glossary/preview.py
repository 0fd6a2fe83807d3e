"""What an editor sees of a term before it is published."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext as _

from cms.glossary.explaining import Explainer
from cms.glossary.listing import list_entries
from cms.glossary.models import Term
from cms.glossary.terms import Entry, Glossary


def build_preview(term: Term, request: HttpRequest, mode: str) -> dict[str, Any]:
    """Return what a preview shows: the glossary with this term alone, or a sentence
    that uses it."""
    language = term.locale.language_code
    versions = Term.published().filter(translation_key=term.translation_key)
    others = list(versions.exclude(locale_id=term.locale_id).select_related("locale"))
    glossary = Glossary(language, [Entry(term, others)])
    if mode != "in_place":
        return list_entries(glossary, request)
    # Shown whatever is chosen: who looks wants to see it.
    glossary.entries[0].term = copy(term)
    glossary.entries[0].term.in_place = True
    explainer = Explainer(language, glossary)
    sentence = _("This is how “%(word)s” looks where a page first uses it.")
    html = explainer.mark(f"<p>{escape(sentence % {'word': term.name})}</p>")
    return {"html": html, "explainer": explainer}
