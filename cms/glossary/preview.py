"""What an editor sees of a term before it is published."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext as _

from cms.glossary.explaining import Explainer
from cms.glossary.models import Term
from cms.glossary.terms import Entry, Glossary
from cms.glossary.views import list_entries


def build_preview(term: Term, request: HttpRequest, mode: str) -> dict[str, Any]:
    """Return the context of the preview: the glossary with this term alone, or a
    sentence that uses it."""
    language = term.locale.language_code
    if not term.slug:
        term._make_hidden()
    versions = Term.published().filter(translation_key=term.translation_key)
    others = list(versions.exclude(locale_id=term.locale_id).select_related("locale"))
    glossary = Glossary(language, [Entry(term, others)])
    context: dict[str, Any] = {"request": request, "mode": mode, "term": term}
    if mode != "in_place":
        return context | list_entries(glossary, request)
    # Shown here whatever is chosen: whoever looks wants to see it.
    chosen, term.in_place = term.in_place, True
    explainer = Explainer(language, glossary)
    sentence = _("This is how “%(word)s” looks where a page first uses it.")
    html = explainer.mark(f"<p>{escape(sentence % {'word': term.name})}</p>")
    term.in_place = chosen
    return context | {"html": html, "explainer": explainer, "in_place": chosen}
