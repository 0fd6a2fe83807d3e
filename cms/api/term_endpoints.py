"""Endpoints of the glossary: its published terms in one language, and one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404
from django.utils.encoding import iri_to_uri
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cms.api.parameters import describe, read_parameters
from cms.api.serializers import ReferenceSerializer
from cms.glossary.listing import find_pages, site_address
from cms.glossary.models import Term
from cms.glossary.terms import Entry, read_glossary
from cms.references import describe_pages
from screening_block.api.tagged import TaggedView


class TermLinkSerializer(serializers.Serializer[Any]):
    """A term in another language."""

    locale = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField()


class TermSerializer(serializers.Serializer[Any]):
    """A word or phrase of the glossary, explained in plain words."""

    slug = serializers.CharField()
    locale = serializers.CharField()
    name = serializers.CharField()
    forms = serializers.ListField(
        child=serializers.CharField(),
        help_text="Other ways in which it is written, such as the plural.",
    )
    explanation = serializers.CharField(help_text="Plain text.")
    citation = serializers.CharField(
        allow_blank=True, help_text="Where the law says so."
    )
    source_url = serializers.CharField(allow_blank=True)
    verified = serializers.BooleanField(help_text="Whether the source was checked.")
    translation_reviewed = serializers.BooleanField(
        allow_null=True,
        help_text="By a legal translator; null in the site's own language.",
    )
    in_place = serializers.BooleanField(
        help_text="Whether pages explain it where they first use it."
    )
    url = serializers.URLField(help_text="Where the glossary of the site has it.")
    page = ReferenceSerializer(allow_null=True, help_text="A page that says more.")
    translations = TermLinkSerializer(many=True)


class TermListSerializer(serializers.Serializer[Any]):
    """All terms of a language, in the order of its letters."""

    count = serializers.IntegerField()
    results = TermSerializer(many=True)


def list_terms(
    request: Any, code: str, slug: str | None = None
) -> list[dict[str, Any]]:
    """Return the published terms of a language, or the one of this slug."""
    entries = [
        entry
        for entry in read_glossary(code).entries
        if slug is None or _name(entry.term) == slug
    ]
    return list(_describe(entries, request._request, code))


def _describe(
    entries: list[Entry], request: Any, code: str
) -> Iterable[dict[str, Any]]:
    shown = find_pages(entries, request, code)
    pages = {
        pk: reference
        for (pk, _shown), reference in zip(
            shown.items(),
            describe_pages(
                (page, page.get_full_url(request)) for page, _address in shown.values()
            ),
            strict=True,
        )
    }
    for entry in entries:
        term = entry.term
        yield {
            "slug": _name(term),
            "locale": code,
            "name": term.name,
            "forms": term.ways[1:],
            "explanation": term.explanation,
            "citation": term.citation,
            "source_url": term.source_url,
            "verified": term.is_checked,
            "translation_reviewed": term.translation_state,
            "in_place": term.in_place,
            "url": _find_address(term, request),
            "page": pages.get(str(term.page_id)),
            "translations": [
                {
                    "locale": other.locale.language_code,
                    "slug": _name(other),
                    "name": other.name,
                    "url": _find_address(other, request),
                }
                for other in entry.others
            ],
        }


def _name(term: Term) -> str:
    return term.anchor.removeprefix("term-")


def _find_address(term: Term, request: Any) -> str:
    place = site_address(request, term.locale.language_code)
    return iri_to_uri(f"{place}#{term.anchor}")


class TermListView(TaggedView):
    """The published terms of the glossary of one language."""

    @extend_schema(
        operation_id="terms_list",
        summary="List terms",
        parameters=describe("locale"),
        responses={200: TermListSerializer},
        tags=["glossary"],
    )
    def get(self, request: Request) -> Response:
        asked = read_parameters(request, {"locale"})
        terms = list_terms(request, asked.locale)
        return Response({"count": len(terms), "results": terms})


class TermDetailView(TaggedView):
    """One of these terms."""

    @extend_schema(
        operation_id="terms_retrieve",
        summary="Read one term",
        parameters=describe("locale"),
        responses={200: TermSerializer},
        tags=["glossary"],
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = read_parameters(request, {"locale"})
        for term in list_terms(request, asked.locale, slug):
            return Response(term)
        raise Http404
