"""Where a page stands that was asked for in a language it is not in.

An address says its language, and a page is served in no other: whoever asks for
`/es/articles/x/` is led to the Spanish page. Where there is none, the Spanish home page
says so and links to the one there is; without a home page in that language, or for what
machines read, it is that one itself. Nobody hears English read out by a Spanish voice.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.machines.languages import language_of, list_versions
from cms.machines.untranslated import lead_home
from screening_block.public import is_in_own_language, only_public


def split_language(path: str) -> tuple[str, str]:
    """Return the language that an address names ("" if none), and what follows it."""
    first, _slash, rest = path.lstrip("/").partition("/")
    if first in dict(settings.LANGUAGES):
        return first, rest
    return "", path.lstrip("/")


def address_in_language(page: Page, request: HttpRequest) -> str:
    """Return where `page`, routed by `request`, is to be read; "" if right there.

    Raises `Http404` where nobody may read it at all.
    """
    here = get_language()
    if is_in_own_language(page) and page.locale.language_code == here:
        return ""
    site = Site.find_for_request(request)
    root = site.root_page.localized if site else page
    address = _lead(page, root, request, here)
    if not address:
        raise Http404("Not in this language, and not public in another")
    return address


def find_address(page: Page, request: HttpRequest, code: str | None) -> str:
    """Return the address of a page in the language `code`, or in its own; "" if not
    public."""
    versions = _find_versions(page, request)
    own = page if is_in_own_language(page) else page.alias_of
    return versions.get(code) or versions.get(language_of(own), "")


def _find_versions(page: Page, request: HttpRequest) -> dict[str | None, str]:
    """Return the addresses of a public page by language; none of any other."""
    found = page if is_in_own_language(page) else page.alias_of
    if not only_public([found], request):
        return {}
    return {one.code: one.url for one in list_versions(found, request)}


def _lead(page: Page, root: Page, request: HttpRequest, code: str | None) -> str:
    """Return where whoever wants the language `code` is led from a page routed below
    `root`; "" if it is not public."""
    versions = _find_versions(page, request)
    rest = _what_follows(page, root, request)
    own = page if is_in_own_language(page) else page.alias_of
    if versions and code not in versions and not rest:
        address = lead_home(str(own.pk), request, code)
        if address:
            return address
    address = find_address(page, request, code)
    return address + rest + _query(request) if address else ""


def _what_follows(page: Page, root: Page, request: HttpRequest) -> str:
    """Return what of the address is a route of the page's own, such as `feed/`."""
    below = len(_steps(page.url_path)) - len(_steps(root.url_path))
    _code, path = split_language(request.path_info)
    return "".join(f"{step}/" for step in _steps(path)[below:])


def _steps(path: str) -> list[str]:
    return [step for step in path.split("/") if step]


def _query(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""


def find_elsewhere(request: HttpRequest) -> str:
    """Return where a page stands that was not found below a language; "" if nowhere.

    The address is tried below the home page of each other language, the site's own
    first: an article that is not translated, or whose translation has another name.
    """
    code, path = split_language(request.path_info)
    site = Site.find_for_request(request) if code else None
    if site is None:
        return ""
    homes: Any = site.root_page.get_translations(inclusive=True).live()
    if code != settings.LANGUAGE_CODE:  # its own addresses do not name it
        homes = homes.exclude(locale__language_code=code)
    for home in sorted(homes, key=lambda one: one.pk != site.root_page_id):
        try:
            found = home.specific.route(request, _steps(path))
        except Http404:
            continue
        if address := _lead(found.page, home, request, code):
            return address
    return ""
