"""The draft behind a link as JSON, for front ends that are not ours."""

from __future__ import annotations

import json
from typing import Any

from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _, override
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms.api.article_endpoints import FIELDS as ARTICLE_FIELDS
from cms.api.articles import ArticleReader
from cms.api.page_endpoints import FIELDS as PAGE_FIELDS, PageReader
from cms.api.page_shapes import PageSerializer
from cms.api.parameters import Parameters, describe, read_parameters
from cms.api.serializers import ArticleSerializer
from cms.articles.models import ArticlePage
from cms.previews.models import read_draft
from cms.previews.views import find_link, private, write_address
from screening_block.api.errors import RequestProblems
from screening_block.models import Screener
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.gate import ProblemsError, examine


@extend_schema_field({"$ref": "#/components/schemas/Release"})
class ReleaseField(serializers.JSONField):
    """A release, as the API answers one."""


class PreviewSerializer(serializers.Serializer[Any]):
    """A draft: one of `article`, `page` and `release` is there."""

    draft = serializers.BooleanField(help_text="Always true: this is not public.")
    ends_at = serializers.DateTimeField(help_text="When the link ends.")
    title = serializers.CharField()
    locale = serializers.CharField()
    url = serializers.URLField(help_text="The same draft as a page.")
    article = ArticleSerializer(
        required=False, help_text="As `/api/v1/articles/{slug}/` will answer."
    )
    page = PageSerializer(
        required=False, help_text="As `/api/v1/pages/{place}/` will answer."
    )
    release = ReleaseField(
        required=False, help_text="As `/api/v1/screeners/{key}/` will answer."
    )


class PreviewView(APIView):
    """Answer the draft of a link, as it is now. Nobody is to keep it."""

    @extend_schema(
        operation_id="previews_retrieve",
        summary="Read a draft by its link",
        parameters=[
            OpenApiParameter(
                "token",
                str,
                OpenApiParameter.PATH,
                description="Of a link that an editor copied; it ends by itself.",
            ),
            *describe("text"),
        ],
        responses={200: PreviewSerializer},
        tags=["previews"],
    )
    @method_decorator(private)
    def get(self, request: Request, token: str) -> Response:
        asked = read_parameters(request, {"text"})
        link = find_link(token)
        page = read_draft(link)
        code = page.locale.language_code
        with override(code):
            return Response(
                {
                    "draft": True,
                    "ends_at": link.ends_at,
                    "title": page.title,
                    "locale": code,
                    "url": write_address(request, link),
                    **describe_draft(page, request, asked),
                }
            )


def describe_draft(page: Any, request: Request, asked: Parameters) -> dict[str, Any]:
    """Return what the API would answer were the draft published."""
    if isinstance(page, ArticlePage):
        reader = ArticleReader(request, asked, ARTICLE_FIELDS)
        return {"article": reader.describe_draft(page)}
    if isinstance(page, Screener):
        try:
            release = examine(compile_screener(page, drafts=True))
        except ProblemsError:
            why = {"path": "", "code": "problems", "message": _("Its editor says why.")}
            title = _("The draft cannot be published as it is.")
            raise RequestProblems(title, [why], 409) from None
        return {"release": json.loads(release.canonical)}
    return {"page": PageReader(request, asked, PAGE_FIELDS).read(page)}
