"""Endpoints of articles and topics. Read only, live public content only."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.images import get_image_model

from cms.api.ordering import DEFAULT_ORDER, sort_pages, write_cursor
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
    prefetch_entries,
    search_articles,
)
from cms.articles.review import ReviewState
from cms.blocks.media import API_RENDITIONS
from cms.identity.people import Person, find_people
from screening_block.api.paging import build_links
from screening_block.api.tagged import TaggedView
from screening_block.public import public_pages

FIELDS = tuple(ArticleSerializer.Meta.fields)
DEFAULT_FIELDS = tuple(ArticleSummarySerializer.Meta.fields)
LISTED = (
    *("topic", "q", "locale", "review", "updated_since", "order"),
    *("limit", "offset", "cursor", "text", "expand"),
)
READ = ("locale", "text", "expand")


def find_articles(request: Request, locale: str) -> Any:
    """Return the articles of this site that anybody may read, in one language."""
    articles = ArticlePage.objects.filter(locale__language_code=locale)
    return prefetch_entries(public_pages(articles, request))


def find_authors(articles: list[ArticlePage], locale: str) -> dict[int, Person]:
    """Return the authors of these articles, by the id of each link's person."""
    links = [link for article in articles for link in article.author_links.all()]
    return find_people([link.person_id for link in links], locale)


def prefetch_pictures(pages: Any, name: str = "hero_image") -> Any:
    """Prefetch the renditions that the API gives of each page's picture."""
    renditions = get_image_model().get_rendition_model().objects
    return pages.prefetch_related(
        Prefetch(
            f"{name}__renditions",
            queryset=renditions.filter(filter_spec__in=API_RENDITIONS),
            to_attr="prefetched_renditions",
        )
    )


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
        articles = articles.filter(_in_state(asked.review))
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
        fields = asked.fields or DEFAULT_FIELDS
        if order:
            found = _prepare(sort_pages(found, order, asked.cursor), fields)
            total = found.count() if asked.cursor else count
        page = list(found[asked.offset : asked.offset + asked.limit])
        more = asked.offset + len(page) < total
        serializer = ArticleSerializer(
            page, many=True, context=_build_context(request, asked, fields, page)
        )
        ends = write_cursor(page[-1], order) if order and more and page else None
        return Response(
            {
                "count": count,
                **build_links(request, asked.limit, asked.offset, total),
                "next_cursor": ends,
                "results": serializer.data,
            }
        )


def _prepare(articles: Any, fields: tuple[str, ...]) -> Any:
    """Read what the fields need, in as few queries as there can be."""
    if {"body", "links"} & set(fields):
        articles = articles.defer(None)
    return prefetch_pictures(articles) if "image" in fields else articles


def _build_context(
    request: Request,
    asked: Parameters,
    fields: tuple[str, ...],
    articles: list[ArticlePage],
) -> dict[str, Any]:
    needed = articles if "authors" in fields else []
    return {
        "request": request,
        "fields": fields,
        "text": asked.text,
        "expand": (asked.expand,),
        "people": find_authors(needed, asked.locale),
    }


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
        fields = asked.fields or FIELDS
        article: ArticlePage | None = (
            _prepare(find_articles(request, asked.locale), fields)
            .filter(slug=slug)
            # Two lists may each have an article with this slug: the older one wins.
            .order_by("pk")
            .first()
        )
        if article is None:
            raise Http404
        context = _build_context(request, asked, fields, [article])
        return Response(ArticleSerializer(article, context=context).data)


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
        topics = TopicSerializer(
            count_topics(find_articles(request, asked.locale)), many=True
        ).data
        return Response({"count": len(topics), "results": topics})
