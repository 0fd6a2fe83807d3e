"""What the head of a page says of it: to search engines and where its link is shared.

Everything here is about a page, never about who reads it or what they answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.text import Truncator
from django.utils.translation import get_language
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from cms.articles.models import ArticlePage
from cms.identity.published import find_settings
from cms.machines.languages import (
    Version,
    language_of,
    list_alternates,
    list_versions,
    name_place,
)
from cms.pages import SitePage
from screening_block.models import Screener
from screening_block.visitor.markup import to_text
from screening_block.visitor.tags import fill

#: The size that every network shows whole, and how an article's picture is cut to it.
IMAGE_SIZE = (1200, 630)
RENDITION = "fill-1200x630|format-jpeg|jpegquality-80"
DEFAULT_IMAGE = "cms/social.png"
#: Characters. Search engines show about so much of a description.
DESCRIPTION = 160


@dataclass(frozen=True)
class SharedImage:
    """The picture beside a link to a page; addresses are absolute, sizes in pixels."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Crumb:
    """A step of the way to a page."""

    name: str
    url: str

    @property
    def path(self) -> str:
        return urlsplit(self.url).path


@dataclass
class Subject:
    """What is shown at an address, whether that is a page or made by a view.

    `versions` holds its address in each language in which it exists, `url` among them;
    without an `url` it cannot be linked to, as a draft. `nodes` is schema.org data of
    its own, `mark` what the home page of another language knows it by.
    """

    title: str
    language: str
    url: str = ""
    description: str = ""
    versions: list[Version] = field(default_factory=list)
    trail: list[Crumb] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    page: Any = None
    mark: str = ""
    nodes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def alternates(self) -> list[Version]:
        return list_alternates(self.versions)

    @property
    def article(self) -> ArticlePage | None:
        return self.page if isinstance(self.page, ArticlePage) else None

    @property
    def locale(self) -> str:
        return name_place(self.language)

    @property
    def other_locales(self) -> list[str]:
        codes = [version.code for version in self.versions]
        return [name_place(code) for code in codes if code != self.language]


def read_subject(context: Mapping[str, Any]) -> Subject | None:
    """Return what a template's context shows: its `subject`, or its `page`.

    Where a page is shown in another language than it is written in, as by the form of
    a screener, it is the version in the language of the address.
    """
    if isinstance(given := context.get("subject"), Subject):
        return given
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, Page):
        return None
    if page.pk is None or getattr(request, "is_preview", False):
        return Subject(_title_of(page), language_of(page), page=page)
    versions = list_versions(page, request)
    own = {version.code: version.url for version in versions}
    code = language_of(page)
    here = get_language() or code
    language = here if here in own else code
    return Subject(
        title=_title_of(page) if language == code else _screener_title(page, context),
        language=language,
        url=own.get(language) or page.get_full_url(request) or "",
        description=describe(page, context),
        versions=versions,
        topics=[topic.name for topic in context.get("topics") or ()]
        if isinstance(page, ArticlePage)
        else [],
        page=page,
        mark=str(page.pk),
    )


def _title_of(page: Page) -> str:
    title: str = page.seo_title or page.title
    return title


def _screener_title(page: Page, context: Mapping[str, Any]) -> str:
    texts = context.get("screener") or {}
    return texts.get("title") or _title_of(page)


def describe(page: Page, context: Mapping[str, Any] | None = None) -> str:
    """Return the description of a page, in plain text.

    Of a screener without one of its own: how its introduction begins, as the release
    in `context` has it.
    """
    if isinstance(page, SitePage):
        return page.description
    if page.search_description or not isinstance(page, Screener):
        return str(page.search_description)
    texts, release = (context or {}).get("screener"), (context or {}).get("release")
    intro = fill(texts.get("intro", ""), release) if texts and release else page.intro
    words = " ".join(to_text(intro).replace("\n- ", " ").split())
    return Truncator(words).chars(DESCRIPTION)


def find_image(subject: Subject, request: HttpRequest, site: str) -> SharedImage:
    """Return the article's picture, cut for previews of links, or that of the site's
    settings, or the one that comes with the product.

    A picture that cannot be read or written (a full disk) costs nothing but itself.
    """
    article, settings = subject.article, find_settings(request, subject.language)
    for image, alt in (
        (article and article.hero_image, subject.title),
        (settings and settings.social_image, site),
    ):
        if image is None:
            continue
        try:
            made = image.get_rendition(RENDITION)
        except (SourceImageIOError, OSError):
            continue
        return SharedImage(
            request.build_absolute_uri(made.url),
            made.width,
            made.height,
            image.description or alt,
        )
    return SharedImage(
        request.build_absolute_uri(static(DEFAULT_IMAGE)), *IMAGE_SIZE, site
    )
