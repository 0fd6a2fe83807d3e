"""What whoever embeds a screener needs to know of it, in the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from plugins.streams.api_shapes import Schema, record
from screening_block.models import Release, Screener
from screening_block.models.releases import load

_ADDRESS: Schema = {"type": "string", "format": "uri"}
_CODES: Schema = {"type": "array", "items": {"type": "string"}}
#: What `describe_embedding` returns.
EMBEDDING: Schema = {
    **record(
        {
            "release": {"type": "string", "description": "SHA-256 of the release."},
            "locales": _CODES,
            "source": {**_ADDRESS, "description": "`src` of `<legal-screener>`."},
            "script": {**_ADDRESS, "description": "The module that defines it."},
            "frame": {**_ADDRESS, "description": "For an `<iframe>`."},
            "page": {**_ADDRESS, "description": "The questions as a page."},
            "oembed": _ADDRESS,
        }
    ),
    "description": "With `expand=screener`: what an embedder needs.",
}


def describe_embedding(
    page: Screener, release: Release, request: HttpRequest
) -> dict[str, Any]:
    """Return the addresses of a screener's parts, its release and its languages."""

    def build(name: str, *args: str) -> str:
        return request.build_absolute_uri(reverse(name, args=args))

    form = build("screening_block:form", page.key)
    return {
        "release": release.sha256,
        "locales": sorted(load(release.sha256).data["texts"]),
        "source": build("screener", page.key),
        "script": build("screening_embed:file", "screener.js"),
        "frame": build("screening_embed:frame", page.key),
        "page": form,
        "oembed": f"{build('screening_embed:oembed')}?{urlencode({'url': form})}",
    }
