"""The draft behind a link as JSON, for front ends that are not ours."""

from __future__ import annotations

import json
from typing import Any

from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _, override
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms.articles.api.serializers import ArticleSerializer
from cms.articles.api.views import FIELDS, TEXT, find_authors
from cms.articles.models import ArticlePage
from cms.previews.models import DraftLink, read_draft
from cms.previews.views import find_link, private, write_address
from screening_block.api.errors import RequestProblems
from screening_block.models import Screener
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.gate import ProblemsError, examine


class PreviewSerializer(serializers.Serializer[Any]):
    """A draft. One of `article` and `release` is there; of other pages, none."""

    draft = serializers.BooleanField(help_text="Always true: this is not public.")
    ends_at = serializers.DateTimeField(help_text="When the link ends.")
    title = serializers.CharField()
    locale = serializers.CharField()
    page = serializers.URLField(help_text="The same as a page, by the same link.")
    article = ArticleSerializer(
        required=False, help_text="As `/api/v1/articles/{slug}/` will answer."
    )
    release = serializers.DictField(
        required=False, help_text="As `/api/v1/screeners/{key}/` will answer."
    )


class PreviewView(APIView):
    """Answer the draft of a link, as it is now. It is never kept, by nobody."""

    throttle_scope = "search"

    @extend_schema(
        operation_id="previews_retrieve",
        summary="Read a draft by its link",
        parameters=[OpenApiParameter("token", str, OpenApiParameter.PATH), TEXT],
        responses={200: PreviewSerializer},
        tags=["previews"],
    )
    @method_decorator(private)
    def get(self, request: Request, token: str) -> Response:
        link = find_link(token)
        page = read_draft(link)
        code = page.locale.language_code
        with override(code):
            told = {
                "draft": True,
                "ends_at": link.ends_at,
                "title": page.title,
                "locale": code,
                "page": write_address(request, link),
                **describe_draft(page, request, link),
            }
        return Response(told)


def describe_draft(page: Any, request: Request, link: DraftLink) -> dict[str, Any]:
    """Return what the API would answer were the draft published; {} of other pages."""
    if isinstance(page, ArticlePage):
        plain = request.query_params.get("text") == "plain"
        people = find_authors([page], page.locale.language_code)
        context = {"request": request, "fields": FIELDS, "plain": plain}
        serializer = ArticleSerializer(page, context=context | {"people": people})
        return {"article": serializer.data}
    if isinstance(page, Screener):
        try:
            release = examine(compile_screener(page, drafts=True))
        except ProblemsError:
            problem = {
                "path": "",
                "code": "problems",
                "message": _("Its editor says why."),
            }
            raise RequestProblems(
                _("The draft cannot be published as it is."), [problem], 409
            ) from None
        return {"release": json.loads(release.canonical)}
    return {}
