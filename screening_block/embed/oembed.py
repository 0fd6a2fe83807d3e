"""oEmbed 1.0 (https://oembed.com): from a screener's address to its frame.

Finds a screener by its own page, by the address of its form and by that of its frame.
Other pages are known by the hook `screening_block_oembed`: with a screener in it they
are its frame, without one a link.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Site

from screening_block import public
from screening_block.api.errors import CONTENT_TYPE
from screening_block.models import Screener
from screening_block.models.releases import pick_locale
from screening_block.public import RecalledError, recalled_sentence
from screening_block.visitor.embed_html import HEIGHT, WIDTH, build_frame_html

from .views import get_frame_address

#: Seconds: what is taken off line is gone from here within a minute.
MAX_AGE = 60
#: Addresses that lead to a screener by its key.
VIEWS = ("screening_block:form", "screening_embed:frame")


class EmbedTarget(NamedTuple):
    """A screener that an address leads to, and the language it asks for."""

    key: str
    locale: str


class EmbedPage(NamedTuple):
    """A public page of the site that is none of a screener.

    `key` is that of the screener it shows, or "". `thumbnail` has the members that
    oEmbed has for a picture, or none.
    """

    title: str
    locale: str
    key: str = ""
    thumbnail: Mapping[str, str | int] = {}


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer `url`, `maxwidth`, `maxheight`, `format=json`; ignore what else consumers
    add."""
    if request.GET.get("format", "json") != "json":
        return _build_problem(501, _("Only format=json is known here."))
    sizes = {}
    for name, usual in (("maxwidth", WIDTH), ("maxheight", HEIGHT)):
        given = request.GET.get(name, str(usual))
        if not (given.isascii() and given.isdigit() and 0 < len(given) < 10):
            return _build_problem(
                400, _("%(name)s must be a whole number.") % {"name": name}
            )
        sizes[name] = max(1, min(usual, int(given)))
    address = request.GET.get("url", "")
    if not address:
        return _build_problem(400, _("The address of a screener is missing: url."))
    found, page = find_target(request, address), None
    if found is None:
        page = _find_page(request, address)
        found = EmbedTarget(page.key, page.locale) if page and page.key else None
    try:
        current = public.current(found.key, request) if found else None
    except RecalledError as error:
        if page is None:
            return _build_problem(410, recalled_sentence(error.recall))
        current = None
    release = current.load() if current else None
    locale = page.locale if page else ""
    if release and found and not page:
        locale = pick_locale(release, found.locale)
    with translation.override(locale or None):
        provider = _name_site(request)
    body: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": page.title if page else "",
        "provider_name": provider,
        "provider_url": request.build_absolute_uri("/"),
        "cache_age": MAX_AGE,
    }
    if page is not None:
        body |= page.thumbnail
    if found is not None and release is not None:
        width, height = sizes["maxwidth"], sizes["maxheight"]
        spoken = pick_locale(release, found.locale)
        title = release.text(spoken, "title")
        frame = request.build_absolute_uri(get_frame_address(found.key, found.locale))
        body |= {"type": "rich", "title": body["title"] or title}
        body |= {"width": width, "height": height}
        body["html"] = build_frame_html(frame, title, spoken, width, height)
    elif page is None:
        return _build_problem(404, _("There is no screener at this address."))
    response = JsonResponse(body)
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    # That of the title, which whoever shows it needs for `lang`.
    response["Content-Language"] = locale
    return _allow_every_origin(response)


def _find_page(request: HttpRequest, address: str) -> EmbedPage | None:
    """Return what an app knows of an address of the site that is asked."""
    room = [
        int(request.GET[name]) if name in request.GET else None
        for name in ("maxwidth", "maxheight")
    ]
    path = find_path(request, address)
    for find in hooks.get_hooks("screening_block_oembed") if path else ():
        page: EmbedPage | None = find(request, path, *room)
        if page is not None:
            return page
    return None


def _name_site(request: HttpRequest) -> str:
    """Return what the site calls itself: an app that knows better says so by the hook
    `screening_block_site_name`."""
    for tell in hooks.get_hooks("screening_block_site_name"):
        if told := tell(request):
            return str(told)
    site = Site.find_for_request(request)
    named = site.site_name if site else ""
    return named or getattr(settings, "WAGTAIL_SITE_NAME", "") or request.get_host()


def find_path(request: HttpRequest, address: str) -> str:
    """Return the path of an address of the site that is asked; "" of any other.

    Letters may stand in it as they are or percent-encoded, its host in any case, in
    letters or as IDNA, and the slash at its end may be missing: all are one address.
    """
    try:
        url = urlsplit(address.strip())
        host = _read_host(url.scheme, url.netloc.rpartition("@")[2])
    except ValueError:
        return ""
    known = [request.get_host()]
    if site := Site.find_for_request(request):
        known += [site.hostname, f"{site.hostname}:{site.port}"]
    if url.scheme not in ("http", "https") or host not in (
        _read_host(url.scheme, one) for one in known
    ):
        return ""
    return _read_path(url.path)


def find_target(request: HttpRequest, address: str) -> EmbedTarget | None:
    """Return the screener at an address of the site that is asked."""
    path = find_path(request, address)
    if not path:
        return None
    locale = translation.get_language_from_path(path)
    # A prefixed address is only known while its language is the active one.
    with translation.override(locale or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    if match.view_name in VIEWS:
        asked = parse_qs(urlsplit(address.strip()).query).get("locale", [""])[0]
        return EmbedTarget(match.kwargs["key"], locale or asked)
    pages = public.public_pages(Screener.objects.all(), request)
    for page in pages.select_related("locale"):
        if _read_path(urlsplit(page.get_full_url(request) or "").path) == path:
            return EmbedTarget(page.key, page.locale.language_code)
    return None


def _read_host(scheme: str, netloc: str) -> str:
    """Return a host as it is compared. Raises `ValueError` for what can be none."""
    name, _colon, port = netloc.lower().partition(":")
    if not name.isascii():
        name = name.encode("idna").decode()
    usual = {"http": "80", "https": "443"}.get(scheme)
    return f"{name}:{port}" if port and port != usual else name


def _read_path(path: str) -> str:
    """Return a path as it is compared: its letters as they are, a slash at its end."""
    return unicodedata.normalize("NFC", unquote(path)).rstrip("/") + "/"


def _build_problem(status: int, title: str) -> HttpResponse:
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    response = JsonResponse(body, status=status, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return _allow_every_origin(response)


def _allow_every_origin(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    return response
