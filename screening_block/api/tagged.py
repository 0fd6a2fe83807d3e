"""Answers of lists and records, named by their content: who has it already gets 304."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .answering import FRESH_A_MINUTE


class TaggedView(APIView):
    """Its answers may be kept by caches for a minute, and have an ETag."""

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == 200 and isinstance(response, Response):
            response.headers.setdefault("Cache-Control", FRESH_A_MINUTE)
            response.add_post_render_callback(partial(_tag, request))
        return response


def name_by_content(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give an answer an ETag by its content; 304 for who has it already."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    answer = get_conditional_response(request, etag, response=response) or response
    answer["ETag"] = etag
    return answer


def _tag(request: Request, response: Any) -> Any:
    cached = response["Cache-Control"]
    plain: Any = getattr(request, "_request", request)
    answer = name_by_content(plain, response)
    answer["Cache-Control"] = cached
    return answer
