"""The sitemap: every public page in every language, each with its other languages.

It is written from rows: to make five thousand pages of them, and to fill in a template,
would take a hundred times as long.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page, Site, get_page_models

from cms.articles.models import ArticlePage
from cms.glossary.terms import glossary_path, read_glossaries
from cms.machines.addresses_of_rows import RowAddresses
from cms.machines.languages import Version, list_alternates
from screening_block.public import public_pages

#: What https://www.sitemaps.org/protocol.html allows in one file.
MOST = 50_000
#: What a kind of page may do in its own way, and then is asked itself.
OF_PAGES = ("get_sitemap_urls", "get_full_url", "get_url_parts")
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" \
xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""


class Entry(NamedTuple):
    """An address, and what has the same address in other languages (`group`)."""

    location: str
    changed: dt.datetime | dt.date | None
    code: str
    group: Hashable
    more: str = ""


class _Row(NamedTuple):
    pk: int
    url_path: str
    content_type: int
    locale: int
    translation_key: Any
    published: dt.datetime | None
    saved: dt.datetime | None


def list_pages(request: HttpRequest) -> Iterator[Entry]:
    """Yield every public page."""
    addresses = RowAddresses(request)
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    rows = [
        _Row(*row)
        for row in public_pages(Page.objects.all(), request)
        .order_by("path")
        .values_list(
            *("pk", "url_path", "content_type", "locale", "translation_key"),
            *("last_published_at", "latest_revision_created_at"),
        )[:MOST]
    ]
    own = _read_own(rows)
    for row in rows:
        code, group = codes[row.locale], row.translation_key
        address = addresses.find(row.url_path)
        if (page := own.get(row.pk)) is None:
            yield Entry(address, row.published or row.saved, code, group)
            continue
        for said in page.get_sitemap_urls(request):
            yield Entry(
                said["location"], said.get("lastmod"), code, group, _write_more(said)
            )


def _read_own(rows: list[_Row]) -> dict[int, Page]:
    """Return the pages of kinds that say themselves what the sitemap has of them."""
    kinds = {
        ContentType.objects.get_for_model(model).pk
        for model in get_page_models()
        if any(getattr(model, name) is not getattr(Page, name) for name in OF_PAGES)
    }
    chosen = [row.pk for row in rows if row.content_type in kinds]
    if not chosen:
        return {}
    pages = Page.objects.filter(pk__in=chosen).defer_streamfields().specific()
    return {page.pk: page for page in pages}


def list_topics(request: HttpRequest) -> Iterator[Entry]:
    """Yield the topics that public articles have, in the languages of these."""
    site = Site.find_for_request(request)
    articles = public_pages(ArticlePage.objects.all(), request)
    tags = articles.exclude(article_topics=None).order_by()
    found = (
        tags.values("article_topics__tag__slug", "locale__language_code")
        .annotate(changed=Max("last_published_at"))
        .order_by("article_topics__tag__slug", "locale__language_code")
    )
    for slug, source, code, changed in found.values_list(
        "article_topics__tag__slug",
        Coalesce("article_topics__tag__translates", "article_topics__tag"),
        "locale__language_code",
        "changed",
    ):
        with override(code):
            address = site.root_url + reverse("topic", args=[slug])
        yield Entry(address, changed, code, source)


def list_glossaries(request: HttpRequest) -> Iterator[Entry]:
    """Yield the glossary, in each language that has terms."""
    root = Site.find_for_request(request).root_url
    for one in read_glossaries().values():
        code = one.language
        yield Entry(root + glossary_path(code), one.changed, code, "glossary")


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield entries as XML, each with the other languages of its group."""
    entries = list(entries)
    versions: dict[Hashable, dict[str, Version]] = defaultdict(dict)
    for one in entries:
        versions[one.group].setdefault(one.code, Version(one.code, one.location))
    others: dict[Hashable, str] = {
        group: "".join(
            f'<xhtml:link rel="alternate" hreflang="{version.code}" '
            f'href="{escape(version.url)}"/>'
            for version in list_alternates(own.values())
        )
        for group, own in versions.items()
        if len(own) > 1
    }
    days: dict[Any, str] = {}
    zone = timezone.get_current_timezone()
    for one in entries:
        changed = one.changed
        if changed not in days:
            days[changed] = _write_day(changed, zone)
        yield (
            f"<url><loc>{escape(one.location)}</loc>{days[changed]}{one.more}"
            f"{others.get(one.group, '')}</url>"
        )


def _write_day(changed: dt.datetime | dt.date | None, zone: Any) -> str:
    if changed is None:
        return ""
    if isinstance(changed, dt.datetime):
        changed = changed.astimezone(zone).date()
    return f"<lastmod>{changed.isoformat()}</lastmod>"


def _write_more(said: dict[str, Any]) -> str:
    return "".join(
        f"<{name}>{escape(said[name])}</{name}>"
        for name in ("changefreq", "priority")
        if said.get(name)
    )


@require_safe
@cache_control(public=True, max_age=60)
def sitemap(request: HttpRequest) -> HttpResponse:
    """List all public pages, in every language."""
    lists = (list_pages, list_topics, list_glossaries)
    text = "".join(part for entries in lists for part in write(entries(request)))
    answer = HttpResponse(f"{HEAD}{text}\n</urlset>\n", content_type="application/xml")
    answer["X-Robots-Tag"] = "noindex, noodp, noarchive"
    return answer
