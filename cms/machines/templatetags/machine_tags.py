"""The head of pages, for templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _

from cms.articles.models import ArticleIndexPage
from cms.home.models import HomePage
from cms.home.templatetags.site_tags import breadcrumbs, site_frame
from cms.home.wagtail_hooks import find_help_page
from cms.machines.article_markdown import markdown_address
from cms.machines.head import Crumb, SharedImage, Subject, find_image, read_subject
from cms.machines.languages import language_of, list_homes
from cms.machines.structured import GraphBuilder, write_data
from cms.machines.untranslated import Wanted, find_wanted, lead_home
from screening_block.public import only_public, remember_here

register = template.Library()


@dataclass
class ArticleList:
    """A list of articles; its `language` where that is not the page's."""

    title: str
    url: str
    language: str = ""

    @property
    def feed(self) -> str:
        return f"{self.url}feed/"


@dataclass
class Head:
    """What `parts/head.html` shows."""

    subject: Subject
    site: str
    image: SharedImage
    data: SafeString | str = ""
    markdown: str = ""
    oembed: str = ""


def subject_of(context: template.Context) -> Subject | None:
    """Return what the page shows, found once however often templates ask."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return None
    kept = request.__dict__
    if "_subject" not in kept:
        shown: dict[Any, Any] = context.flatten()
        kept["_subject"] = read_subject(shown)
    found: Subject | None = kept["_subject"]
    return found


@register.simple_tag(takes_context=True)
def page_head(context: template.Context) -> Head | None:
    """Return what the head of the shown page says; None where no page is shown."""
    subject = subject_of(context)
    if subject is None:
        return None
    request, frame = context["request"], site_frame(context)
    head = Head(subject, frame.name, find_image(subject, request, frame.name))
    if subject.article is not None and subject.url:
        head.markdown = markdown_address(subject.url)
        oembed = request.build_absolute_uri(reverse("screening_embed:oembed"))
        head.oembed = f"{oembed}?{urlencode({'url': subject.url})}"
    # A step of a form is nobody's to index.
    if subject.url and frame.home is not None and request.method in ("GET", "HEAD"):
        home = frame.home.get_full_url(request) or subject.url
        if subject.page is not None:
            subject.trail = list_trail(context, subject)
        search = context.get("index_page")
        builder = GraphBuilder(request, subject, frame.name, home)
        is_home = isinstance(subject.page, HomePage)
        address = search.get_full_url(request) if is_home and search else ""
        head.data = write_data(builder.build(head.image, address))
    return head


def list_trail(context: template.Context, subject: Subject) -> list[Crumb]:
    """Return the way to a page, from the home page down to itself."""
    request = context["request"]
    above = [
        Crumb(
            _("Home") if number == 0 else page.title, page.get_full_url(request) or ""
        )
        for number, page in enumerate(breadcrumbs(context, subject.page))
    ]
    own = subject.language == language_of(subject.page)
    last = Crumb(subject.page.title if own else subject.title, subject.url)
    return [*above, last] if above else []


@dataclass
class OtherLanguage:
    """Where the switch of languages leads; `untranslated`: to the home page, because
    what is shown is not in that language."""

    code: str
    address: str
    untranslated: bool = False


@register.simple_tag(takes_context=True)
def page_languages(context: template.Context) -> list[OtherLanguage]:
    """Return the other languages: those in which what is shown exists, and for a page
    or a topic those of the site."""
    subject = subject_of(context)
    if subject is None:
        return []
    here = get_language()
    found = {
        one.code: OtherLanguage(one.code, one.path)
        for one in subject.versions
        if one.code != here
    }
    if subject.mark and subject.url and subject.language == here:
        for code in list_homes(context["request"]):
            if code != here and code not in found:
                whole = lead_home(subject.mark, context["request"], code)
                address = urlsplit(whole)._replace(scheme="", netloc="").geturl()
                found[code] = OtherLanguage(code, address, untranslated=True)
    return sorted(found.values(), key=lambda one: one.code)


@register.simple_tag(takes_context=True)
def wanted_page(context: template.Context) -> Wanted | None:
    """Return the page that a reader came from who wanted it in this language."""
    request = context.get("request")
    shown = isinstance(context.get("page"), HomePage)
    return find_wanted(request) if shown and isinstance(request, HttpRequest) else None


@register.simple_tag(takes_context=True)
def article_lists(context: template.Context) -> list[ArticleList]:
    """Return the public lists of articles of this site in the language of the page, or
    in that of the frame where there is none."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return []
    here, other = get_language() or "", site_frame(context).language
    return remember_here(
        request,
        ("lists of articles", here, other),
        lambda: _find_lists(request, here, other),
        by_source=True,
    )


def _find_lists(request: HttpRequest, here: str, other: str) -> list[ArticleList]:
    pages = ArticleIndexPage.objects.order_by("path").select_related("locale")
    found = only_public(pages, request)
    own: list[ArticleIndexPage] = []
    for code in (here, other):
        own = own or [page for page in found if page.locale.language_code == code]
    return [
        ArticleList(
            page.title,
            page.get_url(request) or "",
            "" if page.locale.language_code == here else page.locale.language_code,
        )
        for page in own
    ]


@register.simple_tag(takes_context=True)
def help_address(context: template.Context) -> str:
    """Return the address of the directory of help, in this language or another."""
    return find_help_page(context.get("request"), get_language() or "")


@register.simple_tag(takes_context=True)
def here(context: template.Context) -> str:
    """Return the address that is asked, absolute, without what follows a `?`."""
    request: Any = context.get("request")
    return request.build_absolute_uri(request.path) if request else ""
