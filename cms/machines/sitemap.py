"""The sitemap: every public page in every language, each with its other languages."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Locale, Page

from cms.articles.models import ArticlePage
from cms.glossary.terms import glossary_path, read_glossaries
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
        locales = Locale.objects.in_bulk()
        versions: dict[UUID, list[Version]] = defaultdict(list)
        for one in pages:
            # Each address begins with its language: read once, not once for each page.
            one.locale = locales[one.locale_id]
            address = one.get_full_url(self.request) or ""
            version = Version(one.locale.language_code, address)
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


class TopicSitemap(PageSitemap):
    """Topics that public articles have, in the languages of these articles."""

    def items(self) -> Any:
        articles = public_pages(ArticlePage.objects.all(), self.request)
        tags = articles.exclude(article_topics=None).order_by()
        found = tags.values("article_topics__tag__slug", "locale__language_code")
        newest = found.annotate(changed=Max("last_published_at"))
        return newest.order_by("article_topics__tag__slug", "locale__language_code")

    def _urls(self, page: int, protocol: str, domain: str) -> list[Entry]:
        site = self.get_wagtail_site()
        versions: dict[int, list[Version]] = defaultdict(list)
        entries: list[Entry] = []
        for slug, source, code, changed in self.paginator.page(
            page
        ).object_list.values_list(
            "article_topics__tag__slug",
            Coalesce("article_topics__tag__translates", "article_topics__tag"),
            "locale__language_code",
            "changed",
        ):
            with override(code):
                address = site.root_url + reverse("topic", args=[slug])
            versions[source].append(Version(code, address))
            entries.append({"location": address, "lastmod": changed, "topic": source})
        for entry in entries:
            entry["alternates"] = write_alternates(versions[entry["topic"]])
        return entries


class GlossarySitemap(PageSitemap):
    """The glossary, in each language that has terms."""

    def items(self) -> Any:
        return list(read_glossaries().values())

    def _urls(self, page: int, protocol: str, domain: str) -> list[Entry]:
        root = self.get_wagtail_site().root_url
        glossaries = self.paginator.page(page).object_list
        versions = [
            Version(one.language, root + glossary_path(one.language))
            for one in glossaries
        ]
        alternates = write_alternates(versions)
        return [
            {"location": version.url, "lastmod": one.changed, "alternates": alternates}
            for version, one in zip(versions, glossaries, strict=True)
        ]


@require_safe
@cache_control(public=True, max_age=60)
def sitemap(request: HttpRequest) -> HttpResponse:
    """List all public pages, in every language."""
    sitemaps = {
        "pages": PageSitemap,
        "topics": TopicSitemap,
        "glossary": GlossarySitemap,
    }
    return wagtail_sitemap(request, sitemaps)
