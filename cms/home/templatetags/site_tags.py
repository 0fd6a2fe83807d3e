"""What the page frame needs on every page, whatever is shown inside it."""

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.home.models import HomePage
from cms.own_case import find_own_case
from screening_block.models import Screener
from screening_block.public import IN_OWN_LANGUAGE, only_public

register = template.Library()


@dataclass
class MenuItem:
    """A page in the menu; `current` is the value of `aria-current`, or empty."""

    page: Page
    current: str = ""


@dataclass
class Frame:
    """Name of the site, its home page in this language and its menu.

    `own_case` is where “Check your own case” leads, or empty. Where the site has no
    home page in this language it is that of another one, and `language` says which:
    what is shown of it is marked by that.
    """

    name: str = ""
    home: HomePage | None = None
    menu: list[MenuItem] = field(default_factory=list)
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
    homes = {
        home.locale.language_code: home
        for home in HomePage.objects.live()
        .filter(IN_OWN_LANGUAGE, translation_key=site.root_page.translation_key)
        .select_related("locale")
        .defer_streamfields()
    }
    default = next((h for h in homes.values() if h.pk == site.root_page_id), None)
    here = get_language() or ""
    home = homes.get(here, default)
    pages = only_public(home.get_children().in_menu(), request) if home else []
    path = getattr(shown, "path", "") or ""
    menu = [
        MenuItem(page, "page" if page.path == path else "true")
        if path.startswith(page.path)
        else MenuItem(page)
        for page in pages
    ]
    language = home.locale.language_code if home else here
    name = site.site_name or site.hostname
    # On a screener's own pages nothing leads away from its questions.
    own_case = "" if isinstance(shown, Screener) else find_own_case(home, request)
    return Frame(name, home, menu, own_case, "" if language == here else language)


@register.simple_tag(takes_context=True)
def breadcrumbs(context: template.Context, page: Page) -> list[Page]:
    """Return the public pages above `page`, from the home page down."""
    frame = site_frame(context)
    if frame.home is None or page.pk is None or page.pk == frame.home.pk:
        return []
    request = context.get("request")
    # The head of a page and its text both ask.
    kept: dict[int, list[Page]] = request.__dict__.setdefault("_trails", {})
    if page.pk not in kept:
        above = page.get_ancestors().filter(depth__gt=frame.home.depth)
        kept[page.pk] = only_public([frame.home, *above], request)
    return kept[page.pk]
