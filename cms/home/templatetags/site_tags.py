"""What the page frame needs on every page, whatever is shown inside it."""

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.home.models import HomePage
from cms.home.team import find_addresses
from cms.identity.models import SiteSettings
from cms.identity.people import Person
from cms.identity.published import (
    MenuLink,
    find_settings,
    mark_current,
    name_site,
    show_menu,
)
from cms.own_case import find_own_case
from plugins.freshness import remember
from screening_block.models import Screener
from screening_block.page_kinds import reading_by_key
from screening_block.public import IN_OWN_LANGUAGE, only_public, remember_here

register = template.Library()


@dataclass
class Frame:
    """Name of the site, its home page in this language, its menus and its settings.

    `settings` are the published ones of this language, or None. `own_case` is where
    “Check your own case” leads, or empty. Where the site has no home page in this
    language it is that of another one, and `language` says which.
    """

    name: str = ""
    home: HomePage | None = None
    menu: list[MenuLink] = field(default_factory=list)
    footer_menu: list[MenuLink] = field(default_factory=list)
    settings: SiteSettings | None = None
    own_case: str = ""
    language: str = ""


@register.simple_tag(takes_context=True)
def site_frame(context: template.Context) -> Frame:
    """Return the frame of the current site; empty without a request or a site."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return Frame()
    frame: Frame | None = getattr(request, "_site_frame", None)
    if frame is None:
        frame = _read_frame(request, context.get("page"))
        request._site_frame = frame  # type: ignore[attr-defined]
    return frame


def _read_frame(request: HttpRequest, shown: Any) -> Frame:
    site = Site.find_for_request(request)
    if site is None:
        return Frame()
    key = ("home pages", site.root_page.translation_key)
    homes = remember(key, lambda: _find_homes(site), by_source=True)
    default = next((h for h in homes.values() if h.pk == site.root_page_id), None)
    here = get_language() or ""
    home = homes.get(here, default)
    language = home.locale.language_code if home else here
    language = "" if language == here else language
    path = getattr(shown, "path", "") or ""
    settings = find_settings(request)
    chosen = list(settings.main_items.all()) if settings else []
    menu = (
        show_menu(chosen, request, path)
        if chosen or home is None
        else _list_marked(home, request, path, language)
    )
    footer = list(settings.footer_items.all()) if settings else []
    return Frame(
        name=name_site(request),
        home=home,
        menu=menu,
        footer_menu=show_menu(footer, request, path) if footer else menu,
        settings=settings,
        # On a screener's own pages nothing leads away from its questions.
        own_case="" if isinstance(shown, Screener) else find_own_case(home, request),
        language=language,
    )


def _find_homes(site: Site) -> dict[str, HomePage]:
    homes = HomePage.objects.live().filter(
        IN_OWN_LANGUAGE, translation_key=site.root_page.translation_key
    )
    found = homes.select_related("locale").defer_streamfields()
    return {home.locale.language_code: home for home in found}


def _list_marked(
    home: HomePage, request: HttpRequest, path: str, language: str
) -> list[MenuLink]:
    """Return links to the pages below the home page that are marked for menus."""

    def find() -> list[tuple[MenuLink, str]]:
        pages = only_public(home.get_children().in_menu(), request)
        return [
            (MenuLink(page.title, page.get_url(request) or "", language), page.path)
            for page in pages
        ]

    key = ("marked for menus", home.pk, language)
    return mark_current(remember_here(request, key, find), request, path)


@register.simple_tag(takes_context=True)
def locate_people(
    context: template.Context, people: list[Person]
) -> list[tuple[Person, str]]:
    """Return these people, each with where they stand on a public team page, or ""."""
    request = context.get("request")
    if not people or request is None:
        return [(person, "") for person in people or ()]
    found = find_addresses(request, get_language() or "")
    return [(person, found.get(person.translation_key, "")) for person in people]


@register.simple_tag(takes_context=True)
def breadcrumbs(context: template.Context, page: Page) -> list[Page]:
    """Return the public pages above `page`, from the home page down."""
    frame = site_frame(context)
    if frame.home is None or page.pk is None or page.pk == frame.home.pk:
        return []
    request = context["request"]
    # The head of a page and its text both ask.
    kept: dict[int, list[Page]] = request.__dict__.setdefault("_trails", {})
    if page.pk not in kept:
        home = frame.home
        key = ("above", home.pk, home.depth, page.path[: -Page.steplen])
        kept[page.pk] = remember_here(
            request, key, lambda: _find_above(page, home, request), by_source=True
        )
    return kept[page.pk]


def _find_above(page: Page, home: HomePage, request: HttpRequest) -> list[Page]:
    above = page.get_ancestors().filter(depth__gt=home.depth)
    with reading_by_key() as kinds:
        pages = [home, *above.select_related("locale")]
        kinds.add(one.content_type_id for one in pages)
    return only_public(pages, request)
