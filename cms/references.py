"""Pages of the site as other systems refer to them: what they are, not only where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from screening_block.models import Screener

#: A reference in a schema.
REFERENCE = {"$ref": "#/components/schemas/Reference"}
#: Kinds that have an endpoint of their own, by the name of the model.
NAMES = {"articlepage": "article", "articleindexpage": "article_list"}


def name_kind(model: type[Page] | None) -> str:
    """Return what the API calls a kind of page: `article`, `screener`, `standard` …"""
    if model is None:
        return "page"
    name = str(model._meta.model_name)
    return NAMES.get(name) or name.removesuffix("page") or "page"


def describe_pages(pages: Iterable[tuple[Page, str]]) -> list[dict[str, Any]]:
    """Return references to pages, each given with its absolute address.

    The `key` is that of a screener; other pages are found by their `slug` or `id`. One
    query for all screeners among them.
    """
    listed = list(pages)
    screeners = [
        page.pk for page, _address in listed if page.specific_class is Screener
    ]
    keys: dict[int, str] = {}
    if screeners:
        found = Screener.objects.filter(pk__in=screeners)
        keys = dict(found.values_list("pk", "key"))
    return [
        {
            "type": name_kind(page.specific_class),
            "id": page.pk,
            "slug": page.slug,
            "key": keys.get(page.pk),
            "locale": page.locale.language_code,
            "title": page.title,
            "url": address,
        }
        for page, address in listed
    ]
