"""Endpoints of articles and topics. Read only, live public content only."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Locale

from cms.api.articles import ArticleReader
from cms.api.ordering import DEFAULT_ORDER, ORDERS, sort_pages, write_cursor
from cms.api.parameters import Parameters, describe, read_parameters
from cms.api.serializers import (
    ArticleListSerializer,
    ArticleSerializer,
    ArticleSummarySerializer,
    TopicListSerializer,
    TopicSerializer,
)
from cms.articles.models import (
    ArticlePage,
    ArticleTopic,
    count_topics,
    search_articles,
)
from cms.articles.review import ReviewState
from cms.identity.people import Person
from screening_block.api.paging import build_links
from screening_block.api.tagged import TaggedView
from screening_block.public import public_rows

FIELDS = tuple(ArticleSerializer().fields)
DEFAULT_FIELDS = tuple(ArticleSummarySerializer().fields)
LISTED = (
    *("topic", "q", "locale", "review", "updated_since", "order"),
    *("limit", "offset", "cursor", "text", "expand"),
)
READ = ("locale", "text", "expand")


def find_articles(request: Request, locale: str) -> Any:
    """Return the articles of this site that anybody may read, in one language: as rows
    of the table of pages."""
    here = Locale.objects.filter(language_code=locale).values("pk")[:1]
    return public_rows(ArticlePage, request).filter(locale=here)


def narrow(articles: Any, asked: Parameters) -> Any:
    """Return those of `articles` that a request asks for, but for its words."""
    if asked.topic:
        # A filter by join would meet the one that words are ranked by.
        tagged = ArticleTopic.objects.filter(
            content_object=OuterRef("pk"), tag__slug=asked.topic
        )
        articles = articles.filter(Exists(tagged))
    if asked.updated_since:
        articles = articles.filter(last_published_at__gte=asked.updated_since)
    if asked.review:
        found = ArticlePage.objects.filter(_in_state(asked.review))
        articles = articles.filter(pk__in=found.values("pk"))
    return articles


def _in_state(state: str) -> Q:
    """Say in a query what `Reviewed.review_state` says of one article."""
    people = Person.published().values("pk")
    named = Q(reviewer__in=people) | (Q(reviewer=None) & ~Q(reviewed_by=""))
    reviewed = named & Q(reviewed_on__isnull=False)
    overdue = Q(next_review_due__lt=timezone.localdate())
    if state == ReviewState.UNREVIEWED:
        # Not by negation: what is compared may be NULL.
        known = ArticlePage.objects.filter(reviewed).values("pk")
        return ~Q(pk__in=known)
    if state == ReviewState.OVERDUE:
        return reviewed & overdue
    return reviewed & (Q(next_review_due=None) | ~overdue)


class ArticleListView(TaggedView):
    """List articles, newest first; with `q`, best match first."""

    throttle_scope = "search"

    def get_throttles(self) -> list[Any]:
        # Only searching costs enough to be worth limiting.
        return super().get_throttles() if "q" in self.request.query_params else []

    @extend_schema(
        operation_id="articles_list",
        summary="List articles",
        parameters=describe(*LISTED, fields=FIELDS),
        responses={200: ArticleListSerializer},
        tags=["articles"],
    )
    def get(self, request: Request) -> Response:
        asked = read_parameters(request, {*LISTED, "fields"}, FIELDS)
        found = narrow(find_articles(request, asked.locale), asked)
        order = asked.order or ("" if asked.q and not asked.cursor else DEFAULT_ORDER)
        if asked.q:
            ranked = search_articles(found, asked.q, asked.locale)
            found = found.filter(pk__in=[one.pk for one in ranked]) if order else ranked
        count = total = found.count()
        if order:
            found = sort_pages(found, order, asked.cursor)
            total = found.count() if asked.cursor else count
            moment = ORDERS[order].removeprefix("-")
            found = found.values_list("pk", moment, named=True)
        page = list(found[asked.offset : asked.offset + asked.limit])
        more = asked.offset + len(page) < total
        ends = write_cursor(page[-1], order) if order and more and page else None
        reader = ArticleReader(request, asked, asked.fields or DEFAULT_FIELDS)
        return Response(
            {
                "count": count,
                **build_links(request, asked.limit, asked.offset, total),
                "next_cursor": ends,
                "results": reader.read([one.pk for one in page]),
            }
        )


class ArticleDetailView(TaggedView):
    """One article with its body."""

    @extend_schema(
        operation_id="articles_retrieve",
        summary="Read one article",
        parameters=describe(*READ, fields=FIELDS),
        responses={200: ArticleSerializer},
        tags=["articles"],
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = read_parameters(request, {*READ, "fields"}, FIELDS)
        # Two lists may each have an article with this slug: the older one wins.
        found = find_articles(request, asked.locale).filter(slug=slug).order_by("pk")
        keys = list(found.values_list("pk", flat=True)[:1])
        for article in ArticleReader(request, asked, asked.fields or FIELDS).read(keys):
            return Response(article)
        raise Http404


def list_topics(
    request: Request, locale: str, slug: str | None = None
) -> list[dict[str, Any]]:
    """Return the topics that articles of one language have, or the one of this slug."""
    found = count_topics(find_articles(request, locale))
    if slug is not None:
        found = found.filter(slug=slug)
    columns = ("slug", "name", "article_count")
    return [dict(zip(columns, row, strict=True)) for row in found.values_list(*columns)]


class TopicListView(TaggedView):
    """The topics that live articles of one language have."""

    @extend_schema(
        operation_id="topics_list",
        summary="List topics",
        parameters=describe("locale"),
        responses={200: TopicListSerializer},
        tags=["articles"],
    )
    def get(self, request: Request) -> Response:
        asked = read_parameters(request, {"locale"})
        topics = list_topics(request, asked.locale)
        return Response({"count": len(topics), "results": topics})


class TopicDetailView(TaggedView):
    """One of these topics."""

    @extend_schema(
        operation_id="topics_retrieve",
        summary="Read one topic",
        parameters=describe("locale"),
        responses={200: TopicSerializer},
        tags=["articles"],
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = read_parameters(request, {"locale"})
        for topic in list_topics(request, asked.locale, slug):
            return Response(topic)
        raise Http404
