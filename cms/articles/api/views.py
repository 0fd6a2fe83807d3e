"""Endpoints of articles and topics. Read only, live public content only."""

from typing import Any

from django.http import Http404
from django.utils.cache import patch_cache_control
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms.articles.api.parameters import read_parameters
from cms.articles.api.serializers import (
    ArticleListSerializer,
    ArticleSerializer,
    ArticleSummarySerializer,
    TopicListSerializer,
    TopicSerializer,
)
from cms.articles.models import (
    ArticlePage,
    count_topics,
    prefetch_entries,
    search_articles,
)
from cms.identity.people import Person, find_people
from screening_block.api.paging import LOCALE, PAGING, build_links
from screening_block.public import public_pages

FIELDS = tuple(ArticleSerializer.Meta.fields)
DEFAULT_FIELDS = tuple(ArticleSummarySerializer.Meta.fields)
MAX_AGE = 60

TEXT = OpenApiParameter(
    "text",
    OpenApiTypes.STR,
    enum=["html", "plain"],
    description="Rich text as clean HTML with absolute links (default), or plain text.",
)


def _build_fields_parameter(default: tuple[str, ...]) -> OpenApiParameter:
    return OpenApiParameter(
        "fields",
        OpenApiTypes.STR,
        description=f"Comma-separated. Any of: {', '.join(FIELDS)}. "
        f"Default: {', '.join(default)}.",
    )


class PublicView(APIView):
    """Answers may be kept by caches for a minute."""

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response


def find_articles(request: Request, locale: str) -> Any:
    """Return the articles of this site that anybody may read, in one language."""
    articles = ArticlePage.objects.filter(locale__language_code=locale)
    return prefetch_entries(public_pages(articles, request))


def find_authors(articles: list[ArticlePage], locale: str) -> dict[int, Person]:
    """Return the authors of these articles, by the id of each link's person."""
    links = [link for article in articles for link in article.author_links.all()]
    return find_people([link.person_id for link in links], locale)


class ArticleListView(PublicView):
    """List articles, newest first; with `q`, best match first."""

    throttle_scope = "search"

    def get_throttles(self) -> list[Any]:
        # Only searching costs enough to be worth limiting.
        return super().get_throttles() if "q" in self.request.query_params else []

    @extend_schema(
        operation_id="articles_list",
        summary="List articles",
        parameters=[
            OpenApiParameter(
                "topic", OpenApiTypes.STR, description="Slug of a topic; see `topics`."
            ),
            OpenApiParameter(
                "q",
                OpenApiTypes.STR,
                description="Words the article must all hold, in any form of them.",
            ),
            LOCALE,
            _build_fields_parameter(DEFAULT_FIELDS),
            *PAGING,
            TEXT,
        ],
        responses={200: ArticleListSerializer},
        tags=["articles"],
    )
    def get(self, request: Request) -> Response:
        asked = read_parameters(
            request,
            {"topic", "q", "locale", "fields", "limit", "offset", "text"},
            FIELDS,
        )
        articles = find_articles(request, asked.locale)
        if asked.topic:
            articles = articles.filter(article_topics__tag__slug=asked.topic)
        fields = asked.fields or DEFAULT_FIELDS
        if "body" in fields:
            articles = articles.defer(None)
        found = (
            search_articles(articles, asked.q, asked.locale) if asked.q else articles
        )
        count = found.count()
        page = list(found[asked.offset : asked.offset + asked.limit])
        serializer = ArticleSerializer(
            page,
            many=True,
            context={
                "request": request,
                "fields": fields,
                "plain": asked.plain,
                "people": find_authors(page, asked.locale),
            },
        )
        return Response(
            {
                "count": count,
                **build_links(request, asked.limit, asked.offset, count),
                "results": serializer.data,
            }
        )


class ArticleDetailView(PublicView):
    """One article with its body."""

    @extend_schema(
        operation_id="articles_retrieve",
        summary="Read one article",
        parameters=[LOCALE, _build_fields_parameter(FIELDS), TEXT],
        responses={200: ArticleSerializer},
        tags=["articles"],
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = read_parameters(request, {"locale", "fields", "text"}, FIELDS)
        article: ArticlePage | None = (
            find_articles(request, asked.locale)
            .defer(None)
            .filter(slug=slug)
            # Two lists may each have an article with this slug: the older one wins.
            .order_by("pk")
            .first()
        )
        if article is None:
            raise Http404
        serializer = ArticleSerializer(
            article,
            context={
                "request": request,
                "fields": asked.fields or FIELDS,
                "plain": asked.plain,
                "people": find_authors([article], asked.locale),
            },
        )
        return Response(serializer.data)


class TopicListView(PublicView):
    """The topics that live articles of one language have."""

    @extend_schema(
        operation_id="topics_list",
        summary="List topics",
        parameters=[LOCALE],
        responses={200: TopicListSerializer},
        tags=["articles"],
    )
    def get(self, request: Request) -> Response:
        asked = read_parameters(request, {"locale"})
        topics = TopicSerializer(
            count_topics(find_articles(request, asked.locale)), many=True
        ).data
        return Response({"count": len(topics), "results": topics})
