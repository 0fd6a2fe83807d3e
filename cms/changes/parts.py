"""Lists of small things, read as a whole: what each of them says, by name and language.

Each function returns the digests of one kind of thing that anybody may read at the site
of a request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import override

from cms.api.article_endpoints import list_topics
from cms.api.site_endpoints import describe_site
from cms.api.term_endpoints import list_terms
from cms.changes.candidates import HELP, LAW, SCREENERS, SITE, TERMS, TOPICS
from cms.changes.digests import make_digest
from screening_block import public
from screening_block.api.views import (
    describe_chart,
    list_charts,
    list_thresholds,
    summarise_publication,
)
from screening_block.help.directory import describe_entry, list_entries
from screening_block.help.entry_file import build_file, find_directory
from screening_block.models.releases import load

#: By name and language ("" where there is one for all).
Digests = dict[tuple[str, str], str]


def read_part(name: str, request: Any) -> dict[str, Digests]:
    """Return what a part says, by kind of thing."""
    with override(settings.LANGUAGE_CODE):
        return {kind: read(request) for kind, read in PARTS[name].items()}


def _codes() -> list[str]:
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def _read_site(request: Any) -> Digests:
    found = {}
    for code in _codes():
        with override(code):
            found["", code] = make_digest(describe_site(request, code))
    return found


def _read_topics(request: Any) -> Digests:
    return {
        (topic["slug"], code): make_digest(topic)
        for code in _codes()
        for topic in list_topics(request, code)
    }


def _read_terms(request: Any) -> Digests:
    return {
        (term["slug"], code): make_digest(term)
        for code in _codes()
        for term in list_terms(request, code)
    }


def _read_help(request: Any) -> Digests:
    entries = list_entries()
    return {
        (entry.key, code): make_digest(describe_entry(entry, code))
        for code in _codes()
        for entry in entries
    }


def _read_thresholds(request: Any) -> Digests:
    return {(one["key"], ""): make_digest(one) for one in list_thresholds()}


def _read_charts(request: Any) -> Digests:
    return {(one.key, ""): make_digest(describe_chart(one)) for one in list_charts()}


def _read_screeners(request: Any) -> Digests:
    return {
        (one.screener_key, ""): make_digest(summarise_publication(one, request))
        for one in public.publications(request)
    }


def _read_screener_help(request: Any) -> Digests:
    found = {}
    for one in public.publications(request):
        release = load(one.release_id or "")
        for code in _codes():
            file = build_file(release, code, find_directory(request._request, code))
            found[one.screener_key, code] = make_digest(file)
    return found


def _read_releases(request: Any) -> Digests:
    return {(sha256, ""): sha256 for sha256 in public.list_releases(request)}


PARTS: dict[str, dict[str, Callable[[Any], Digests]]] = {
    SITE: {"site": _read_site},
    TOPICS: {"topic": _read_topics},
    TERMS: {"term": _read_terms},
    HELP: {"help_entry": _read_help},
    LAW: {"threshold": _read_thresholds, "chart": _read_charts},
    SCREENERS: {
        "screener": _read_screeners,
        "screener_help": _read_screener_help,
        "release": _read_releases,
    },
}


def was_recalled(kind: str, name: str, request: Any) -> bool:
    """Tell whether what is gone was taken back as wrong."""
    try:
        if kind == "release":
            public.release(name, request)
        elif kind == "screener":
            public.current(name, request)
    except public.RecalledError:
        return True
    return False
