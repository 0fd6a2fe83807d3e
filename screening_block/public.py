"""What anybody may read, here and now: a question about state, asked in this place.

A page is public while it is live, not expired, below the root of the site that is
asked, in the language of its address, and neither it nor a page above it is restricted.
(Where a translation's parent is not translated, Wagtail puts an alias of it in its
place: below `/es/`, with the text of another language.) A screener is public while the
page that gives its structure is, and there is a current release of it. Nothing is
remembered, unless under the content version (`remember_here`): whatever takes a page
away (deleting, unpublishing, moving, privacy, a day that has come, any code), the next
question is answered by it.

`request` names the site; None stands for any site of this installation. What was found
for a request is kept with it, and with nothing that lives longer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property, reduce
from itertools import groupby
from operator import or_
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import swapper
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import DisallowedHost
from django.db.models import F, Max, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext as _
from wagtail.coreutils import get_supported_content_language_variant

from plugins.freshness import kept_property, remember, remember_each

from . import engine
from .models import Publication, Recall, Release, Screener
from .models.guarded import list_guarded
from .models.releases import load
from .sites import find_site, give_sites, list_sites

#: Whether a page is no alias of one in another language.
IN_OWN_LANGUAGE = Q(alias_of=None) | Q(alias_of__locale=F("locale"))


T = TypeVar("T")


class _NothingError(Exception):
    """Nothing was found: not to be remembered, for anybody can ask for anything."""


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


def mark_recalled_sentence(recall: Recall) -> SafeString:
    """The same as HTML: a reason in another language than the active one says so."""
    said = escape(_("This version was taken back because it was wrong: %(reason)s"))
    reason = escape(recall.reason)
    if recall.locale != get_language():
        reason = format_html('<span lang="{}">{}</span>', recall.locale, reason)
    return mark_safe(said % {"reason": reason})  # noqa: S308 (both are escaped)


def open_to_all(pages: Any) -> Any:
    """Those of `pages` (a page queryset) that are open to everybody, in any site."""
    return unrestricted(pages.filter(IN_OWN_LANGUAGE, live=True))


def unrestricted(pages: Any, restricted: Iterable[str] | None = None) -> Any:
    """Those of `pages` that have not expired and are behind no restriction.

    `restricted`: the paths that are, where they are known already.
    """
    paths = list_guarded() if restricted is None else restricted
    return pages.exclude(_below(paths) | Q(expire_at__lte=timezone.now()))


def has_expired(page: Any) -> bool:
    """Whether the time at which a page was to be unpublished has come."""
    return page.expire_at is not None and page.expire_at <= timezone.now()


def is_in_own_language(page: Any) -> bool:
    """Whether a page is no alias of one in another language."""
    return page.alias_of_id is None or page.alias_of.locale_id == page.locale_id


def public_pages(pages: Any, request: HttpRequest | None = None) -> Any:
    """Those of `pages` (a queryset) that anybody may read here; of screeners, those
    with questions.

    `pages` may be of any kind, or of all kinds mixed.
    """
    here = _here(request)
    live = pages.filter(IN_OWN_LANGUAGE, _below(here.roots), live=True)
    found = unrestricted(live, here.restricted)
    # Pages of another kind need not be told apart from screeners.
    kinds = issubclass(Screener, pages.model), issubclass(pages.model, Screener)
    return found.exclude(pk__in=here.silent) if any(kinds) else found


def public_rows(kind: type[Any], request: HttpRequest | None = None) -> Any:
    """The same of a kind of pages (not of screeners) as rows of the table of pages
    alone, to find, sort and count them by: its indexes hold all that takes."""
    here = _here(request)
    number = ContentType.objects.get_for_model(kind).pk
    rows = swapper.load_model("wagtailcore", "Page").objects.filter(content_type=number)
    live = rows.filter(IN_OWN_LANGUAGE, _below(here.roots), live=True)
    return unrestricted(live, here.restricted)


def only_public(
    pages: Iterable[Any], request: HttpRequest | None = None, *, anywhere: bool = False
) -> list[Any]:
    """The same of a handful of pages. `anywhere`: a link may lead to another site."""
    here = _here(request, anywhere)
    return [page for page in pages if here.is_public(page)]


def page_of(key: str, request: HttpRequest | None = None) -> Screener | None:
    """The page that gives a public screener its structure."""
    found = _here(request).named(key)
    return Screener.objects.get(pk=found.page) if found else None


def publications(request: HttpRequest | None = None) -> list[Publication]:
    """What each public screener's current release is, by key; recalled ones are not."""
    newest = [found.publication for found in _here(request).screeners.values()]
    return list(
        Publication.objects.filter(pk__in=newest, release__recall=None)
        .select_related("release")
        .order_by("screener_key")
    )


def current(key: str, request: HttpRequest | None = None) -> Release | None:
    """The current release of a public screener. Raises `RecalledError`."""
    found = _here(request).named(key)
    return _given(found.release) if found else None


def load_current(key: str, request: HttpRequest) -> engine.Release | None:
    """The same ready to evaluate, for what asks for nothing else. It is remembered
    while no content changed. Raises `RecalledError`."""

    def ask() -> str:
        found = current(key, request)
        if found is None:
            raise _NothingError
        return found.sha256

    try:
        return load(remember_here(request, ("current", key), ask))
    except _NothingError:
        return None


def remember_here(
    request: HttpRequest,
    key: tuple[Any, ...],
    make: Callable[[], T],
    *,
    by_source: bool = False,
) -> T:
    """What `make` finds out for a request, which hangs on what is public at its site
    and on `key` alone. It is remembered while no content changed, or (`by_source`, see
    `remember`) none of what it reads, and shared.

    Nothing is of a request that pretends (`pretend_gone`).
    """
    place = _place(request)
    if place is None:
        return make()
    return remember((*key, place), make, by_source=by_source)


def remember_each_here(
    request: HttpRequest,
    key: tuple[Any, ...],
    ids: Iterable[int],
    make: Callable[[list[int]], Mapping[int, T]],
) -> dict[int, T]:
    """The same of many, by ids that come from content."""
    place = _place(request)
    if place is None:
        return dict(make(list(ids)))
    return remember_each((*key, place), ids, make)


def _place(request: HttpRequest) -> tuple[str, str, str] | None:
    """What is remembered at a site hangs on; None where nothing may be."""
    if type(_here(request)) is not _Here:
        return None
    try:
        # A site is found by the host alone, and addresses begin with it.
        return request.scheme or "", request.get_host(), request.get_port()
    except DisallowedHost:
        return None


def release_of(page: Screener | None, request: HttpRequest | None) -> Release | None:
    """What a page of a screener, in any language, may show. Raises `RecalledError`."""
    here = _here(request)
    if page is None or not here.is_open(page):
        return None
    found = here.screeners.get(page.translation_key)
    return _given(found.release) if found else None


def is_usable(page: Screener, request: HttpRequest | None) -> bool:
    """Whether `release_of` gives one."""
    here = _here(request)
    found = here.screeners.get(page.translation_key) if here.is_open(page) else None
    return found is not None and not found.recalled


def release(
    sha256: str, request: HttpRequest | None = None, key: str | None = None
) -> Release | None:
    """A release by its hash, superseded ones too, while its screener is public.

    With `key`, only if it is a release of that screener. Raises `RecalledError`.
    """
    published = Publication.objects.filter(release=sha256, screener__isnull=False)
    screeners = set(published.values_list("screener", flat=True))
    named = {"key": key} if key is not None else {}
    if screeners and _here(request).find(translation_key__in=screeners, **named):
        return _given(sha256)
    return None


def list_releases(request: HttpRequest | None = None) -> list[str]:
    """The hash of every release that `release` gives, in order."""
    screeners = list(_here(request).screeners)
    published = Publication.objects.filter(screener__in=screeners, release__recall=None)
    hashes = published.exclude(release=None).values_list("release", flat=True)
    return sorted(set(hashes))


def pretend_gone(request: HttpRequest, recall: Recall | None = None) -> None:
    """For what answers this request no screener is public, or each one's release was
    recalled as `recall` (which need not be saved) says.

    So a page that tries out what is said then asks the views that say it.
    """
    here: Any = request
    here._public_here = _HereGone(request, recall)
    here._public_anywhere = _Here(None, beside=here._public_here)


def _given(sha256: str) -> Release:
    row = Release.objects.select_related("recall__successor").get(pk=sha256)
    if recall := row.recalled:
        raise RecalledError(recall)
    return row


class _Found(NamedTuple):
    """A public screener: the page that gives its structure, and what is current."""

    page: int
    publication: int
    release: str
    recalled: bool


class _Here:
    """What is public at the site that one request asks."""

    def __init__(self, request: HttpRequest | None, beside: _Here | None = None):
        self._request = request
        self._beside = beside
        self._named: dict[str, _Found | None] = {}

    @kept_property
    def roots(self) -> list[str]:
        """The paths of the site's root in all its languages."""
        sites = list_sites()
        if self._request is not None:
            give_sites(self._request, sites)
            site = find_site(self._request, sites)
            sites = [site] if site else []
        return [root.path for site in sites for root in site.roots]

    @kept_property
    def restricted(self) -> tuple[str, ...]:
        return self._beside.restricted if self._beside else list_guarded()

    @kept_property
    def screeners(self) -> dict[UUID, _Found]:
        """Every public screener, by translation key."""
        return remember(("screeners", *self.roots), self.find, by_source=True)

    @kept_property
    def silent(self) -> list[int]:
        """Ids of the pages, in any language, of screeners that are not public."""
        key = ("silent", *self.roots)
        return remember(key, self._find_silent, by_source=True)

    def _find_silent(self) -> list[int]:
        pages = Screener.objects.values_list("pk", "translation_key")
        return [pk for pk, screener in pages if screener not in self.screeners]

    def named(self, key: str) -> _Found | None:
        """The public screener with that key."""
        if key not in self._named:
            self._named[key] = next(iter(self.find(key=key).values()), None)
        return self._named[key]

    def find(self, **where: Any) -> dict[UUID, _Found]:
        """The public ones of the screeners that `where` (a filter) chooses whole."""
        default = get_supported_content_language_variant(settings.LANGUAGE_CODE)
        rows = (
            Screener.objects.filter(alias_of=None, **where)
            .order_by("translation_key", "pk")
            .values_list(
                "translation_key",
                "pk",
                "locale__language_code",
                "path",
                "live",
                "expire_at",
                named=True,
            )
        )
        pages = {}
        for screener, group in groupby(rows, lambda row: row.translation_key):
            # The rule of `Content.source_of`: the default language's, or the oldest.
            own = list(group)
            first = [row for row in own if row.locale__language_code == default] or own
            if self.is_open(first[0]):
                pages[screener] = first[0].pk
        return {
            screener: _Found(pages[screener], publication, sha256, recall is not None)
            for screener, publication, sha256, recall in _newest(pages)
            if screener and sha256
        }

    def is_open(self, page: Any) -> bool:
        """Whether everybody may read a page, or a row with the state of one."""
        return (
            page.live
            and not has_expired(page)
            and page.path.startswith(tuple(self.roots))
            and not page.path.startswith(self.restricted)
        )

    def is_public(self, page: Any) -> bool:
        """The same; of a screener, whether there are questions as well."""
        if not self.is_open(page) or not is_in_own_language(page):
            return False
        kind = page.specific_class
        return (
            kind is None
            or not issubclass(kind, Screener)
            or (page.translation_key in self.screeners)
        )


class _HereGone(_Here):
    """The same, where screeners are gone: see `pretend_gone`."""

    def __init__(self, request: HttpRequest, recall: Recall | None):
        super().__init__(request)
        self._recall = recall

    @cached_property
    def screeners(self) -> dict[UUID, _Found]:
        return {}

    @cached_property
    def silent(self) -> list[int]:
        return self._find_silent()

    def find(self, **where: Any) -> dict[UUID, _Found]:
        return {}

    def named(self, key: str) -> _Found | None:
        if self._recall is not None:
            raise RecalledError(self._recall)
        return None


def _here(request: HttpRequest | None, anywhere: bool = False) -> _Here:
    if request is None:
        return _Here(None)
    # A request of Django REST framework wraps the one that everything else has.
    plain: Any = getattr(request, "_request", request)
    if not hasattr(plain, "_public_here"):
        plain._public_here = _Here(plain)
        plain._public_anywhere = _Here(None, beside=plain._public_here)
    found: _Here = plain._public_anywhere if anywhere else plain._public_here
    return found


def _newest(screeners: Collection[UUID]) -> Iterable[tuple[Any, int, str, Any]]:
    """The newest publication of each, the release that it names ("" if none), and the
    recall of that."""
    published = Publication.objects.filter(screener__in=screeners)
    newest = published.order_by().values("screener").annotate(newest=Max("pk"))
    found = Publication.objects.filter(pk__in=newest.values("newest"))
    columns = ("screener", "pk", "release", "release__recall")
    return [
        (screener, pk, sha256 or "", recall)
        for screener, pk, sha256, recall in found.values_list(*columns)
    ]


def _below(paths: Iterable[str]) -> Q:
    """Pages at these paths and below them: a range, as treebeard asks, by an index."""
    last = "Z" * swapper.load_model("wagtailcore", "Page").steplen
    below = [Q(path__range=(path, path + last)) for path in paths]
    return reduce(or_, below, Q(pk__in=[]))
