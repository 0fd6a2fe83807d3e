"""What visitors see of a site's settings: the published record, or nothing.

In a language without a record nothing is said in the words of another one; the site
has its name there, which is a name in every language.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.identity.models import FooterItem, HelpLine, MainItem, MenuItem, SiteSettings
from plugins.freshness import remember
from screening_block.page_kinds import reading_by_key
from screening_block.public import only_public, remember_here


@dataclass(frozen=True)
class MenuLink:
    """A link of a menu. `language` is that of its label and its page where that is not
    the page's own; `current` the value of `aria-current`, or empty."""

    label: str
    url: str
    language: str = ""
    current: str = ""


def find_settings(request: HttpRequest, code: str | None = None) -> SiteSettings | None:
    """Return the published settings of the site that is asked, in a language (by
    default the active one)."""
    # A request of Django REST framework wraps the one that everything else has.
    plain: Any = getattr(request, "_request", request)
    code = code or get_language() or settings.LANGUAGE_CODE
    previewed: SiteSettings | None = getattr(plain, "_previewed_settings", None)
    if previewed is not None and previewed.locale.language_code == code:
        return previewed
    kept: dict[str, SiteSettings | None] = plain.__dict__.setdefault("_settings", {})
    if code not in kept:
        site = Site.find_for_request(plain)
        key = ("site settings", site.pk if site else None, code)
        found = remember(key, lambda: _read_settings(site, code), by_source=True)
        # Of its own: what it refers to is looked up as of now.
        kept[code] = copy.copy(found)
    return kept[code]


def _read_settings(site: Site | None, code: str) -> SiteSettings | None:
    found = SiteSettings.published().filter(site=site, locale__language_code=code)
    record = found.select_related("locale", "social_image").first()
    return _with_lists(record) if record else None


def _with_lists(record: SiteSettings) -> SiteSettings:
    """Give a record its lists as they were published, read once for a publication."""
    if record.live_revision_id is not None and record.last_published_at is not None:
        lists = _read_lists(
            record.pk, record.live_revision_id, record.last_published_at
        )
        for name, items in lists.items():
            # Of its own: each is told whose it is.
            setattr(record, name, [copy.copy(item) for item in items])
    return record


@lru_cache(maxsize=64)
def _read_lists(
    pk: int, revision: int, published_at: datetime.datetime
) -> dict[str, list[Any]]:
    """Return the lists of a publication: it writes the record and them at once, so that
    nobody sees one without the other. The moment tells it from any other database's."""
    lists = (("help_lines", HelpLine), ("main_items", MainItem))
    return {
        name: list(model._default_manager.filter(settings=pk))
        for name, model in (*lists, ("footer_items", FooterItem))
    }


def name_site(request: HttpRequest, code: str | None = None) -> str:
    """Return what the site is called: by its settings in that language, or by Wagtail's
    own *Sites*, or by its host."""
    if found := find_settings(request, code):
        return found.name
    site = Site.find_for_request(request)
    return (site.site_name or site.hostname) if site else ""


def show_menu(
    items: list[MenuItem], request: HttpRequest, path: str = ""
) -> list[MenuLink]:
    """Return the links of a menu: of its pages those that anybody may read, each in the
    language of the page if it is public in that. `path` is that of the page shown."""
    code = get_language() or ""
    shown = tuple((item.page_id, item.label, item.url) for item in items)
    links = remember_here(
        request,
        ("menu", code, shown),
        lambda: _list_links(items, request, code),
        by_source=True,
    )
    return mark_current(links, request, path)


def mark_current(
    links: Iterable[tuple[MenuLink, str]], request: HttpRequest, path: str
) -> list[MenuLink]:
    """Return links, each given with the path of its page (or ""), as they stand on the
    page at `path`."""
    return [
        replace(link, current=current)
        if (current := _tell_current(link, own, request, path))
        else link
        for link, own in links
    ]


def _tell_current(link: MenuLink, own: str, request: HttpRequest, path: str) -> str:
    if not own:
        return "page" if link.url == request.path else ""
    if not path.startswith(own):
        return ""
    return "page" if own == path else "true"


def _list_links(
    items: list[MenuItem], request: HttpRequest, code: str
) -> list[tuple[MenuLink, str]]:
    """Return the links with the paths of their pages."""
    pages = find_menu_pages(items, request, code)
    links = []
    for item in items:
        if not item.page_id:
            links.append((MenuLink(item.label, item.url), ""))
        elif page := pages.get(item.page_id):
            own = page.locale.language_code
            language = "" if own == code or item.label else own
            label, url = item.label or page.title, page.get_url(request) or ""
            links.append((MenuLink(label, url, language), page.path))
    return links


def find_menu_pages(
    items: list[MenuItem], request: HttpRequest, code: str
) -> dict[int, Page]:
    """Return by the id of each item's page what is shown for it."""
    ids = tuple(item.page_id for item in items if item.page_id)
    if not ids:
        return {}
    site = Site.find_for_request(request)
    key = ("menu pages", site.pk if site else None, code, ids)
    return remember(key, lambda: _find_public(ids, request, code), by_source=True)


def _find_public(
    ids: tuple[int, ...], request: HttpRequest, code: str
) -> dict[int, Page]:
    chosen = Page.objects.filter(pk__in=ids).values("translation_key")
    versions = Page.objects.filter(translation_key__in=chosen).order_by()
    with reading_by_key() as kinds:
        pages = list(versions.select_related("locale"))
        kinds.add(page.content_type_id for page in pages)
    keys = {page.pk: page.translation_key for page in pages if page.pk in ids}
    public = only_public(pages, request)
    by_key: dict[Any, Page] = {}
    by_pk = {page.pk: page for page in public}
    for page in public:
        if page.locale.language_code == code:
            by_key[page.translation_key] = page
    found = {pk: by_key.get(key) or by_pk.get(pk) for pk, key in keys.items()}
    return {pk: page for pk, page in found.items() if page is not None}
