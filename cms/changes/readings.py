"""What pages answer, as a digest: of all that the API gives of them, and from when on
the clock alone may change it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import override
from rest_framework.request import Request
from wagtail.models import Site

from cms.api.article_endpoints import FIELDS
from cms.api.articles import ArticleReader
from cms.api.page_endpoints import FIELDS as PAGE_FIELDS, PageReader, find_pages
from cms.api.parameters import Parameters
from cms.articles.models import ArticlePage
from cms.changes.beside import find_weakest
from cms.changes.digests import digest_bytes, make_digest, write
from cms.changes.needs import find_needs, list_kinds, name_address
from plugins.freshness import collect_ends, next_day
from screening_block.models import Screener
from screening_block.public import RecalledError, public_pages, release_of

logger = logging.getLogger("cms.changes")

#: What pages say of articles beyond what articles say of themselves.
MORE = ("path", "parent", "in_menus", "description")
#: A picture whose file cannot be read may be there again any time.
MISSING = b"/not-found"


class Reading(NamedTuple):
    """What there is to say of a page that anybody may read."""

    digest: str
    locale: str
    slug: str
    until: dt.datetime | None
    needs: set[str]
    weakest: str


class Readings(NamedTuple):
    """By id: what is public, and what is not because it was recalled."""

    found: dict[int, Reading]
    recalled: set[int]


class SiteRequest(HttpRequest):
    """A request for a site by its own name, whoever asked by whatever name."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.method = "GET"
        self._site = site
        self._wagtail_site = site
        self.META = {"SERVER_NAME": site.hostname, "SERVER_PORT": str(site.port)}
        self.path = self.path_info = "/api/v1/"

    def get_host(self) -> str:
        return self._get_raw_host()

    def _get_raw_host(self) -> str:
        own = self._site.port in (80, 443)
        return (
            self._site.hostname if own else f"{self._site.hostname}:{self._site.port}"
        )

    def _get_scheme(self) -> str:
        return "https" if self._site.port == 443 else "http"


def ask_site(site: Site) -> Any:
    """Return a request for the site, as views of the API get it."""
    return Request(SiteRequest(site))


def next_midnight() -> dt.datetime:
    return dt.datetime.fromtimestamp(next_day(settings.TIME_ZONE), dt.UTC)


def read_pages(site: Site, pks: Collection[int]) -> Readings:
    """Read those of these pages that anybody may read at a site."""
    request = ask_site(site)
    with override(settings.LANGUAGE_CODE):
        articles = _read_articles(request, pks)
        others, recalled = _read_others(request, set(pks) - set(articles))
    shown = articles | others
    needs = find_needs(
        {pk: (page, related) for pk, (page, related, _d) in shown.items()}
    )
    weakest = find_weakest({pk: one[:2] for pk, one in articles.items()})
    found = {}
    for pk, (page, _related, (digest, until)) in shown.items():
        code, slug = page.locale.language_code, page.slug
        if pk in articles:
            needs[pk].add(name_address(code, slug))
        last = weakest.get(pk, "")
        found[pk] = Reading(digest, code, slug, until, needs[pk], last)
    return Readings(_leave_one_an_address(request, found, articles), recalled)


def _read_articles(request: Any, pks: Collection[int]) -> dict[int, Any]:
    """Return by id each article with the ids of those that it names, and its digest."""
    pages = public_pages(ArticlePage.objects.filter(pk__in=pks), request)
    more = PageReader(request, Parameters(), MORE)
    found = {}
    for article in pages.select_related("locale"):
        asked = Parameters(locale=article.locale.language_code)
        reader = ArticleReader(request, asked, FIELDS)
        said: list[Any] = []

        def say(
            article: Any = article, reader: Any = reader, said: Any = said
        ) -> list[Any]:
            said += reader.read([article.pk])
            return [*said, more.read(article)]

        digest = _digest(article, say)
        related = [one["id"] for entry in said for one in entry["related"]]
        found[article.pk] = article, related, digest
    return found


def _read_others(request: Any, pks: Collection[int]) -> tuple[dict[int, Any], set[int]]:
    pages = find_pages(request).filter(pk__in=pks).not_exact_type(ArticlePage)
    reader = PageReader(request, Parameters(), PAGE_FIELDS)
    found: dict[int, Any] = {}
    recalled = set()
    for page in pages.specific():
        try:
            if isinstance(page, Screener) and release_of(page, request) is None:
                continue
        except RecalledError:
            recalled.add(page.pk)
            continue
        found[page.pk] = page, [], _digest(page, lambda page=page: reader.read(page))
    return found, recalled


def _digest(page: Any, say: Any) -> tuple[str, dt.datetime | None]:
    """Return the digest of what `say` returns of a page, and when that may end."""
    with collect_ends() as ends:
        try:
            text = write(say())
        except Exception:  # A block of anybody's.
            logger.exception("Page %s cannot be read by the API.", page.pk)
            text = b""
    moments = []
    if list_kinds(page):
        # Elsewhere it only says when what is remembered is forgotten: each midnight.
        end = min(max(ends.first, 0), next_midnight().timestamp())
        moments.append(dt.datetime.fromtimestamp(end, dt.UTC))
    due = getattr(page, "next_review_due", None)
    if due is not None and due >= timezone.localdate():
        after = dt.datetime.combine(due + dt.timedelta(days=1), dt.time())
        moments.append(timezone.make_aware(after))
    if page.expire_at is not None:
        moments.append(page.expire_at)
    if MISSING in text:
        moments.append(timezone.now())
    return digest_bytes(text), min(moments, default=None)


def _leave_one_an_address(
    request: Any, found: dict[int, Reading], articles: Collection[int]
) -> dict[int, Reading]:
    """Take the slug from articles that are not the one read by it: the older one is."""
    slugs = {found[pk].slug for pk in articles}
    same = public_pages(ArticlePage.objects.filter(slug__in=slugs), request)
    first: dict[tuple[str, str], int] = {}
    rows = same.order_by("pk").values_list("locale__language_code", "slug", "pk")
    for code, slug, pk in rows:
        first.setdefault((code, slug), pk)
    return {
        pk: one._replace(slug="", digest=make_digest([one.digest, "as a page"]))
        if pk in articles and first.get((one.locale, one.slug)) not in (pk, None)
        else one
        for pk, one in found.items()
    }
