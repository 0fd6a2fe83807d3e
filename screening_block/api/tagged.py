"""Answers of lists and records, named by their content: who has it already gets 304."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any

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


def _tag(request: Request, response: Any) -> Any:
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    cached = response["Cache-Control"]
    plain: Any = getattr(request, "_request", request)
    answer = get_conditional_response(plain, etag, response=response) or response
    answer["ETag"] = etag
    answer["Cache-Control"] = cached
    return answer
