"""The site itself: its name, its contact, its menus; and the index of the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import override
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Page

from cms.api.page_endpoints import find_roots
from cms.api.page_shapes import SiteSerializer
from cms.api.parameters import describe, read_parameters
from cms.blocks.media import describe_image
from cms.identity.models import MenuItem, SiteSettings
from cms.identity.published import find_menu_pages, find_settings, name_site
from cms.references import describe_pages
from screening_block.api.answering import refuse_unknown
from screening_block.api.tagged import TaggedView
from screening_block.help.hours import describe_hours, write_clock
from screening_block.public import only_public

#: What of the settings is given as it is.
PLAIN = ("tagline", "email", "address", "footer_text", "disclaimer")


class SiteView(TaggedView):
    """What every page of the site shows in one language: settings and menus."""

    @extend_schema(
        operation_id="site_retrieve",
        summary="Read the site",
        parameters=describe("locale"),
        responses={200: SiteSerializer},
        tags=["pages"],
    )
    def get(self, request: Request) -> Response:
        code = read_parameters(request, {"locale"}).locale
        with override(code):
            return Response(describe_site(request, code))


def describe_site(request: Any, code: str) -> dict[str, Any]:
    """Return what is said of the site of a request in a language, the active one."""
    plain = request._request
    said = find_settings(plain, code)
    homes = {
        home.locale.language_code: home
        for home in only_public(find_roots(plain).values(), plain)
    }
    home = homes.get(code)
    main = list(said.main_items.all()) if said else []
    footer = list(said.footer_items.all()) if said else []
    menu = _describe_menu(main, plain, code) if main else _list_marked(home, plain)
    return {
        "name": name_site(plain, code),
        **{name: getattr(said, name, "") for name in PLAIN},
        "locale": code,
        "locales": sorted(homes),
        "home": _refer([home], plain)[0] if home else None,
        "legal_service": bool(said and said.is_legal_service),
        "phones": [phone._asdict() for phone in said.phone_list] if said else [],
        "hours": _describe_hours(said),
        "languages": said.languages if said else [],
        "help_lines": _describe_lines(said),
        "social_image": describe_image(said.social_image, "", {"request": request})
        if said and said.social_image
        else None,
        "menus": {
            "main": menu,
            # As on the pages: without one of its own the foot has that of the head.
            "footer": _describe_menu(footer, plain, code) if footer else menu,
        },
    }


def _describe_hours(said: SiteSettings | None) -> dict[str, Any]:
    openings = said.openings if said else []
    return {
        "time_zone": settings.TIME_ZONE,
        "weekly": [
            {
                "days": list(opening.days),
                "opens": write_clock(opening.opens),
                "closes": write_clock(opening.closes),
            }
            for opening in openings
        ],
        "words": describe_hours(openings),
        "note": said.hours_note if said else "",
    }


def _describe_lines(said: SiteSettings | None) -> list[dict[str, str]]:
    return [
        {
            "label": line.label,
            "number": line.phone.number,
            "tel": line.phone.tel,
            "hours": line.hours,
            "language": line.language,
        }
        for line in (said.help_lines.all() if said else ())
    ]


def _refer(pages: Iterable[Page], request: Any) -> list[dict[str, Any]]:
    return describe_pages((page, page.get_full_url(request)) for page in pages)


def _describe_menu(
    items: list[MenuItem], request: Any, code: str
) -> list[dict[str, Any]]:
    pages = find_menu_pages(items, request, code)
    shown = [item for item in items if not item.page_id or item.page_id in pages]
    linked = [pages[item.page_id] for item in shown if item.page_id]
    references = iter(_refer(linked, request))
    entries = []
    for item in shown:
        link = next(references) if item.page_id else None
        label = item.label or (link["title"] if link else "")
        # What an editor typed may be a path of this site.
        address = link["url"] if link else request.build_absolute_uri(item.url)
        entries.append({"label": label, "url": address, "link": link})
    return entries


def _list_marked(home: Page | None, request: Any) -> list[dict[str, Any]]:
    """Return the pages below the home page that are marked for menus."""
    if home is None:
        return []
    marked = home.get_children().in_menu().select_related("locale")
    return [
        {"label": link["title"], "url": link["url"], "link": link}
        for link in _refer(only_public(marked, request), request)
    ]


# -- The index -----------------------------------------------------------------

#: What the index names, in the order in which it is read.
INDEX = {
    "articles": "/api/v1/articles/",
    "topics": "/api/v1/topics/",
    "terms": "/api/v1/terms/",
    "pages": "/api/v1/pages/",
    "site": "/api/v1/site/",
    "screeners": "/api/v1/screeners/",
    "thresholds": "/api/v1/thresholds/",
    "help": "/api/v1/help/",
    "changes": "/api/v1/changes/",
    "schema": "/api/schema/",
    "docs": "/api/docs/",
}
IndexSerializer = type(
    "IndexSerializer",
    (serializers.Serializer,),
    {
        "__doc__": "Where everything is.",
        **{name: serializers.URLField() for name in INDEX},
    },
)


class IndexView(TaggedView):
    """Where to begin: the address of each list, and of the description."""

    @extend_schema(
        operation_id="index",
        summary="Where everything is",
        responses={200: IndexSerializer},
        tags=["pages"],
    )
    def get(self, request: Request) -> Response:
        refuse_unknown(request)
        return Response(
            {name: request.build_absolute_uri(path) for name, path in INDEX.items()}
        )
