"""What oEmbed says of an article: its title, its picture, the screener in it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import translation
from wagtail import hooks
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, Site

from cms.articles.models import ArticlePage
from cms.machines.addresses import split_language
from screening_block.embed.oembed import EmbedPage
from screening_block.public import RecalledError, only_public, release_of

#: Blocks of a body that show a screener.
SHOWS = ("screener", "screener_question")
#: Widths and heights of pictures, the largest first: what is asked for gets the first
#: that fits it.
PICTURES = ((1200, 630), (600, 315), (300, 158))


@hooks.register("screening_block_oembed")
def find_article(
    request: HttpRequest, path: str, width: int | None, height: int | None
) -> EmbedPage | None:
    """Return the public article at a path, in a picture of at most that size."""
    code, rest = split_language(path)
    site = Site.find_for_request(request)
    if site is None:
        return None
    with translation.override(code or settings.LANGUAGE_CODE):
        try:
            steps = [step for step in rest.split("/") if step]
            page = site.root_page.localized.specific.route(request, steps).page.specific
        except Http404:
            return None
    if not isinstance(page, ArticlePage) or not only_public([page], request):
        return None
    if page.locale.language_code != (code or settings.LANGUAGE_CODE):
        return None
    return EmbedPage(
        title=page.title,
        locale=page.locale.language_code,
        key=_find_screener(page, request),
        thumbnail=_describe_picture(page, request, width, height),
    )


def _find_screener(article: ArticlePage, request: HttpRequest) -> str:
    """Return the key of the first screener of an article that anybody may answer."""
    for child in article.body:
        value = child.value if child.block_type in SHOWS else None
        page = value.specific if isinstance(value, Page) else None
        try:
            if page is not None and release_of(page, request):
                return str(page.key)
        except RecalledError:
            continue
    return ""


def _describe_picture(
    article: ArticlePage, request: HttpRequest, width: int | None, height: int | None
) -> dict[str, str | int]:
    if article.hero_image is None:
        return {}
    for wide, high in PICTURES:
        if wide <= (width or wide) and high <= (height or high):
            name = f"fill-{wide}x{high}|format-jpeg|jpegquality-80"
            try:
                made = article.hero_image.get_rendition(name)
            except (SourceImageIOError, OSError):
                return {}
            return {
                "thumbnail_url": request.build_absolute_uri(made.url),
                "thumbnail_width": made.width,
                "thumbnail_height": made.height,
            }
    return {}
