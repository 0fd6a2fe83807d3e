"""What anybody may read, here and now: a question about state, asked in this place.

A page is public while it is live, not expired, below the root of the site that is
asked, and neither it nor a page above it is restricted. A screener is public while the
page that gives its structure is, and there is a current release of it. Nothing is
remembered: whatever takes a page away (deleting, unpublishing, moving, privacy, a day
that has come, any code), the next question is answered by it.

`request` names the site; None stands for any site of this installation.
"""

from __future__ import annotations

from typing import Any

import swapper
from django.conf import settings
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import PageViewRestriction, Site

from .models import Publication, Recall, Release, Screener


class RecalledError(Exception):
    """The release that was asked for was recalled as wrong; `recall` says why."""

    def __init__(self, recall: Recall):
        self.recall = recall
        super().__init__(recall.reason)


def recalled_sentence(recall: Recall) -> str:
    """What everybody is told who asks for a release that was recalled."""
    return _("This version was taken back because it was wrong: %(reason)s") % {
        "reason": recall.reason
    }


def readable(pages: Any) -> Any:
    """Those of `pages` (a page queryset) that are open to everybody, in any site."""
    return unrestricted(pages.filter(live=True))


def unrestricted(pages: Any) -> Any:
    """Those of `pages` that have not expired and are behind no restriction."""
    restrictions = _above(PageViewRestriction.objects.all(), "page__path")
    return pages.filter(~Exists(restrictions)).exclude(expire_at__lte=timezone.now())


def in_site(pages: Any, request: HttpRequest | None = None) -> Any:
    """Those of `pages` below the root of the site that is asked, in all languages."""
    sites = Site.objects.all()
    if request is not None:
        # A request of Django REST framework keeps the site it found to itself.
        site = Site.find_for_request(getattr(request, "_request", request))
        sites = sites.filter(pk=site.pk if site else None)
    roots = _page_model().objects.filter(
        translation_key__in=sites.values("root_page__translation_key")
    )
    return pages.filter(Exists(_above(roots, "path")))


def has_expired(page: Any) -> bool:
    """Whether the time at which a page was to be unpublished has come."""
    return page.expire_at is not None and page.expire_at <= timezone.now()


def _above(rows: Any, path: str) -> Any:
    """Those of `rows` whose page is, or lies above, the page of the outer query."""
    outer = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return rows.annotate(lies=outer).filter(lies__startswith=F(path))


def _page_model() -> Any:
    return swapper.load_model("wagtailcore", "Page")


def public_screeners(request: HttpRequest | None = None) -> QuerySet[Screener]:
    """The screeners that anybody may read: the pages that give their structure.

    Each has `current_release`, the hash of its current release.
    """
    default = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    newest = Publication.objects.filter(screener=OuterRef("translation_key"))
    # The rule of `Content.source_of`: the default language's page, or the oldest.
    before = Screener.objects.filter(
        Q(locale__language_code=default) | Q(pk__lt=OuterRef("pk")),
        translation_key=OuterRef("translation_key"),
        alias_of=None,
    )
    pages = in_site(readable(Screener.objects.filter(alias_of=None)), request)
    return (
        pages.filter(Q(locale__language_code=default) | ~Exists(before))
        .annotate(
            current_release=Subquery(newest.order_by("-pk").values("release")[:1])
        )
        .filter(current_release__isnull=False)
        .order_by("key")
    )


def public_pages(pages: Any, request: HttpRequest | None = None) -> Any:
    """Those of `pages` that anybody may read here; of screeners, those with questions.

    `pages` may be of any kind, or of all kinds mixed.
    """
    questions = Screener.objects.filter(
        translation_key__in=public_screeners(request).values("translation_key")
    )
    return in_site(readable(pages), request).exclude(
        Q(pk__in=Screener.objects.values("pk")) & ~Q(pk__in=questions.values("pk"))
    )


def current(key: str, request: HttpRequest | None = None) -> Release | None:
    """The current release of a public screener. Raises `RecalledError`."""
    page = public_screeners(request).filter(key=key).only("pk").first()
    return _given(page.current_release) if page else None


def release_of(page: Screener | None, request: HttpRequest | None) -> Release | None:
    """What a page of a screener, in any language, may show. Raises `RecalledError`."""
    if page is None:
        return None
    pages = public_pages(Screener.objects.filter(pk=page.pk), request)
    return current(page.key, request) if pages.exists() else None


def release(
    sha256: str, request: HttpRequest | None = None, key: str | None = None
) -> Release | None:
    """A release by its hash, superseded ones too, while its screener is public.

    With `key`, only if it is a release of that screener. Raises `RecalledError`.
    """
    published = Publication.objects.filter(
        screener=OuterRef("translation_key"), release=sha256
    )
    pages = public_screeners(request).filter(Exists(published))
    if key is not None:
        pages = pages.filter(key=key)
    if not pages.exists():
        return None
    return _given(sha256)


def publications(request: HttpRequest | None = None) -> list[Publication]:
    """What each public screener's current release is, by key; recalled ones are not."""
    pages = public_screeners(request)
    newest = (
        Publication.objects.filter(screener=OuterRef("translation_key"))
        .order_by("-pk")
        .values("pk")[:1]
    )
    return list(
        Publication.objects.filter(
            pk__in=pages.annotate(newest=Subquery(newest)).values("newest"),
            release__recall=None,
        )
        .select_related("release")
        .defer("release__canonical")
        .order_by("screener_key")
    )


def _given(sha256: str) -> Release:
    rows = Release.objects.select_related("recall__successor").defer(
        "canonical", "recall__successor__canonical"
    )
    row = rows.get(pk=sha256)
    if recall := row.recalled:
        raise RecalledError(recall)
    return row
