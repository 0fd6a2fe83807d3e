"""What the page frame needs on every page, whatever is shown inside it."""

import json
from dataclasses import dataclass, field
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.articles.models import ArticlePage
from cms.articles.review import ReviewState
from cms.home.models import HomePage
from cms.own_case import find_own_case
from screening_block.models import Screener
from screening_block.public import only_public

register = template.Library()

# What `json_script` escapes, and for the same reason: no text can end the element.
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass
class MenuItem:
    """A page in the menu; `current` is the value of `aria-current`, or empty."""

    page: Page
    current: str = ""


@dataclass
class Frame:
    """Name of the site, its home page in this language and its menu.

    `own_case` is where “Check your own case” leads, or empty.
    """

    name: str = ""
    home: HomePage | None = None
    menu: list[MenuItem] = field(default_factory=list)
    own_case: str = ""


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
        .filter(translation_key=site.root_page.translation_key)
        .select_related("locale")
        .defer_streamfields()
    }
    default = next((h for h in homes.values() if h.pk == site.root_page_id), None)
    home = homes.get(get_language() or "", default)
    pages = only_public(home.get_children().in_menu(), request) if home else []
    path = getattr(shown, "path", "") or ""
    menu = [
        MenuItem(page, "page" if page.path == path else "true")
        if path.startswith(page.path)
        else MenuItem(page)
        for page in pages
    ]
    # On a screener's own pages nothing leads away from its questions.
    own_case = "" if isinstance(shown, Screener) else find_own_case(home, request)
    return Frame(site.site_name or site.hostname, home, menu, own_case)


@register.simple_tag(takes_context=True)
def breadcrumbs(context: template.Context, page: Page) -> list[Page]:
    """Return the pages above `page`, from the home page down."""
    frame = site_frame(context)
    if frame.home is None or page.pk is None or page.pk == frame.home.pk:
        return []
    above = page.get_ancestors().filter(depth__gte=frame.home.depth)
    return only_public(above, context.get("request"))


@register.simple_tag(takes_context=True)
def full_url(context: template.Context, page: Page) -> str:
    """Return the absolute address of a page."""
    return page.get_full_url(context.get("request")) or ""


@register.simple_tag(takes_context=True)
def article_data(context: template.Context, article: ArticlePage) -> SafeString:
    """Return the article as schema.org data.

    A script element of this type is a data block: browsers never run it, and a
    content security policy does not concern it.
    """
    url = full_url(context, article)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article.title,
        "description": article.description,
        "inLanguage": article.locale.language_code,
        "url": url,
        "mainEntityOfPage": url,
    }
    if article.first_published_at:
        data["datePublished"] = article.first_published_at.isoformat()
    if article.last_published_at:
        data["dateModified"] = article.last_published_at.isoformat()
    if name := site_frame(context).name:
        data["publisher"] = {"@type": "Organization", "name": name}
    if article.reviewed_on and article.review_state() != ReviewState.UNREVIEWED:
        data["reviewedBy"] = {"@type": "Person", "name": article.reviewed_by}
        data["lastReviewed"] = article.reviewed_on.isoformat()
    if topics := context.get("topics"):
        data["keywords"] = [topic.name for topic in topics]
    text = json.dumps(data, ensure_ascii=False).translate(JSON_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - escaped just above
    )
