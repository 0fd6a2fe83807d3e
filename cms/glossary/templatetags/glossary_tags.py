"""Terms explained in place, for templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.glossary.explaining import Explainer
from cms.glossary.models import Term
from cms.glossary.preview import build_preview

register = template.Library()


@register.simple_tag(takes_context=True)
def explain_terms(context: template.Context) -> Explainer | None:
    """Return what marks the terms of the shown page, or None where an editor wants
    none marked.

    As `explainer` in the context it marks the rich text of blocks.
    """
    page = context.get("page")
    if not getattr(page, "explain_terms", True):
        return None
    locale = getattr(page, "locale", None)
    return Explainer(locale.language_code if locale else get_language() or "")


@register.simple_tag
def explained(explainer: Explainer | None, text: str) -> SafeString:
    """Return plain text as HTML with its terms marked."""
    html = escape(text)
    return mark_safe(explainer.mark(html)) if explainer else html  # noqa: S308


@register.simple_tag(takes_context=True)
def preview_term(context: template.Context, term: Term, mode: str) -> dict[str, Any]:
    """Return what the preview of a term shows: see `build_preview`."""
    return build_preview(term, context["request"], mode)
