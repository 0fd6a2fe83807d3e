"""The page on which the embed kit is checked against this site, and its words."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from screening_block import public
from screening_block.engine.sentences import spoken
from screening_block.models.releases import load, pick_locale

from .check_words import build_check_words, list_groups
from .views import CACHE


@require_safe
def show_check(request: HttpRequest) -> HttpResponse:
    """Show the checks of one screener, `?screener=`, in a language, `?locale=`."""
    with translation.override(_pick_locale(request)):
        publications = public.publications(request)
        titles = {
            one.screener_key: (locale, release.text(locale, "title"))
            for one in publications
            for release in [load(one.release_id or "")]
            for locale in [pick_locale(release, translation.get_language())]
        }
        key = request.GET.get("screener", "")
        if key not in titles:
            key = next(iter(titles), "")
        source = reverse("screener", args=[key]) if key else ""
        context = {
            "titles": titles,
            "key": key,
            "source": source,
            "groups": list_groups(),
            "code": _write_lines(request, source),
            "locale": translation.get_language(),
            "languages": [translation.get_language_info(one) for one in spoken()],
        }
        response = render(request, "screening_block/embed_check.html", context)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _write_lines(request: HttpRequest, source: str) -> str:
    """Return the two lines for a page of somebody else."""
    address = request.build_absolute_uri(source)
    script = reverse("screening_embed:file", args=["check.js"])
    return (
        f'<legal-screener-check src="{address}"></legal-screener-check>\n'
        f'<script type="module" src="{request.build_absolute_uri(script)}"></script>'
    )


@require_safe
def serve_words(request: HttpRequest) -> HttpResponse:
    """Serve what the checks say, in a language, `?locale=`.

    As a module: a page whose policy forbids to fetch can still say so.
    """
    with translation.override(_pick_locale(request)):
        body = (
            f"export default {json.dumps(build_check_words(), ensure_ascii=False)};\n"
        )
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = CACHE
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _pick_locale(request: HttpRequest) -> str:
    """Return the language that was asked for, as the site has it."""
    asked = request.GET.get("locale", "")
    known = dict(settings.LANGUAGES)
    for one in (asked, asked.partition("-")[0], translation.get_language() or ""):
        if one in known:
            return one
    return settings.LANGUAGE_CODE
