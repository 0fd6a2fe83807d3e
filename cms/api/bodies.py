"""The body of a page as the API gives it, and what it links to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from cms.pages import BodyPage
from cms.references import describe_pages
from cms.richtext import PageLinks

#: A body in a schema: see `cms.api.openapi`.
BODY = {"type": "array", "items": {"$ref": "#/components/schemas/BodyBlock"}}


def describe_body(page: BodyPage, context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the blocks of a body, their text as the context's `text` says."""
    request = context["request"]
    blocks: list[dict[str, Any]] = page.body.stream_block.get_api_representation(
        page.body,
        context={
            "request": request,
            "page": page,
            "links": _find_links(page, context),
            "base": page.get_full_url(request),
            "text": context.get("text", "html"),
            "expand": context.get("expand", ()),
        },
    )
    return blocks


def describe_links(page: BodyPage, context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a reference to each page of the site that the text of a body links to."""
    base = page.get_full_url(context["request"])
    shown = {
        urljoin(base, address): linked
        for linked, address in _find_links(page, context).shown.values()
    }
    return describe_pages((linked, address) for address, linked in shown.items())


def _find_links(page: BodyPage, context: Mapping[str, Any]) -> PageLinks:
    """Look up the links of a page once for all that is said of it."""
    found: dict[int, PageLinks] = context["request"].__dict__.setdefault("_links", {})
    if page.pk not in found:
        found[page.pk] = page.page_links(context["request"])
    return found[page.pk]


def list_translations(pages: Any, context: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return where a page is in other languages: `pages` are its translations."""
    found = [
        {
            "locale": other.locale.language_code,
            "slug": other.slug,
            "url": other.get_full_url(context["request"]),
        }
        for other in pages
    ]
    return sorted(found, key=lambda one: one["locale"])
