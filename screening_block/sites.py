"""The sites of this installation and where each begins, read once for all who ask.

Wagtail reads them anew for each request, and keeps for an hour in a cache that all
processes share what addresses are made from; whoever fills it just before a change
leaves there what was. Here they are remembered while no content changed, and given to
Wagtail with the request.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

import swapper
from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath

from plugins.freshness import remember

from .page_kinds import Kinds, reading_by_key


class Root(NamedTuple):
    """The start of a site in one language."""

    path: str
    url_path: str
    locale: str


class KnownSite(NamedTuple):
    """A site: how it is found, and its starts, by which its pages are."""

    pk: int
    hostname: str
    port: int
    is_default: bool
    roots: list[Root]


def list_sites() -> list[KnownSite]:
    """Return all sites, in the order in which Wagtail looks where a page belongs."""
    return remember(("sites",), _read_sites, by_source=True)


def find_site(request: HttpRequest, sites: list[KnownSite]) -> KnownSite | None:
    """Return the one that is asked, by the rules of `Site.find_for_request`."""
    hostname = split_domain_port(request._get_raw_host())[0]  # type: ignore[attr-defined]
    named = [site for site in sites if site.hostname == hostname]
    for site in named:
        if str(site.port) == request.get_port():
            return site
    default = next((site for site in sites if site.is_default), None)
    if default is not None and (default in named or len(named) != 1):
        return default
    return named[0] if len(named) == 1 else None


def give_sites(request: HttpRequest, sites: list[KnownSite]) -> None:
    """Let the addresses that Wagtail makes for a request begin as these do."""
    request._wagtail_cached_site_root_paths = [  # type: ignore[attr-defined]
        SiteRootPath(site.pk, root.url_path, _write_start(site), root.locale)
        for site in sites
        for root in site.roots
    ]


def _write_start(site: KnownSite) -> str:
    return Site(hostname=site.hostname, port=site.port).root_url


def _read_sites() -> list[KnownSite]:
    with reading_by_key() as kinds:
        return _find_sites(kinds)


def _find_sites(kinds: Kinds) -> list[KnownSite]:
    rows = list(
        Site.objects.order_by(
            "-root_page__url_path", "-is_default_site", "hostname"
        ).values_list(
            *("pk", "hostname", "port", "is_default_site"),
            *("root_page__translation_key", "root_page__path"),
        )
    )
    roots: dict[UUID, list[Root]] = {}
    pages: Any = swapper.load_model("wagtailcore", "Page").objects
    found = pages.filter(translation_key__in={row[4] for row in rows}).order_by("pk")
    for key, kind, *root in found.values_list(
        *("translation_key", "content_type"),
        *("path", "url_path", "locale__language_code"),
    ):
        kinds.add([kind])
        roots.setdefault(key, []).append(Root(*root))
    whole = getattr(settings, "WAGTAIL_I18N_ENABLED", False)
    sites = []
    for pk, hostname, port, is_default, key, path in rows:
        own = [root for root in roots.get(key, []) if whole or root.path == path]
        sites.append(KnownSite(pk, hostname, port, is_default, own))
    return sites
