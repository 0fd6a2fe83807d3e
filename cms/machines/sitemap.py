"""The sitemap: every public page in every language, each with its other languages."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Locale, Page

from cms.machines.languages import Version, list_alternates
from screening_block.public import public_pages

Entry = dict[str, Any]


class PageSitemap(Sitemap):
    """Wagtail's own lists the pages of the default language only."""

    def items(self) -> Any:
        pages = public_pages(Page.objects.all(), self.request)
        return pages.order_by("path").defer_streamfields().specific()

    def _urls(self, page: int, protocol: str, domain: str) -> list[Entry]:
        pages = list(self.paginator.page(page).object_list)
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        versions: dict[UUID, list[Version]] = defaultdict(list)
        for one in pages:
            address = one.get_full_url(self.request) or ""
            version = Version(codes[one.locale_id], address)
            versions[one.translation_key].append(version)
        entries = [
            {**entry, "alternates": write_alternates(versions[one.translation_key])}
            for one in pages
            for entry in one.get_sitemap_urls(self.request)
        ]
        changed = [entry["lastmod"] for entry in entries if entry.get("lastmod")]
        if changed:
            self.latest_lastmod = max(changed)
        return entries


def write_alternates(versions: list[Version]) -> list[Entry]:
    """Return `hreflang` as Django's template of sitemaps takes it."""
    return [
        {"lang_code": version.code, "location": version.url}
        for version in list_alternates(versions)
    ]


@require_safe
@cache_control(public=True, max_age=60)
def sitemap(request: HttpRequest) -> HttpResponse:
    """List all public pages, in every language."""
    return wagtail_sitemap(request, {"pages": PageSitemap})
