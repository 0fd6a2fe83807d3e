"""Answers to pages of other sites: files that any of them may load."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from . import assets

#: Not named by its content, so that a snippet once copied gets what is mended later.
CACHE = "public, max-age=3600, stale-while-revalidate=86400"


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the embed kit, readable from every origin."""
    if name not in assets.names():
        raise Http404
    asset = assets.asset(name, assets.stamp() if settings.DEBUG else 0)
    encoding = asset.encoding(request.headers.get("Accept-Encoding", ""))
    etag = asset.etag(encoding)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in known or "*" in known:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(asset.bodies[encoding], content_type=asset.content_type)
        if encoding:
            response["Content-Encoding"] = encoding
    response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = CACHE
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
