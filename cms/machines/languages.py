"""In which languages a page exists, and what each is called elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site

from screening_block.page_kinds import reading_by_key
from screening_block.public import only_public, remember_here

#: The language code that stands for whoever reads none of the others.
DEFAULT = "x-default"
# Open Graph has languages with a place only. These are what link previews know.
PLACES = {
    "en": "en_US",
    "es": "es_US",
    "zh-hans": "zh_CN",
    "vi": "vi_VN",
    "ko": "ko_KR",
    "tl": "tl_PH",
}


@dataclass(frozen=True)
class Version:
    """A page in one language: its code and its absolute address."""

    code: str
    url: str

    @property
    def path(self) -> str:
        """The address as it is below the host: all versions are on one site."""
        return urlsplit(self.url).path


def list_versions(page: Page, request: HttpRequest | None) -> list[Version]:
    """Return the public versions of a page, its own among them, by language code."""
    pages = Page.objects.filter(translation_key=page.translation_key).order_by()
    with reading_by_key() as kinds:
        versions = list(pages.select_related("locale"))
        kinds.add(one.content_type_id for one in versions)
    found = only_public(versions, request)
    versions = [
        Version(language_of(one), one.get_full_url(request) or "") for one in found
    ]
    return sorted((v for v in versions if v.url), key=lambda version: version.code)


def list_homes(request: HttpRequest) -> dict[str, str]:
    """Return the addresses of the public home pages of a site, by language."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    homes = remember_here(
        request,
        ("homes", site.root_page.translation_key),
        lambda: list_versions(site.root_page, request),
        by_source=True,
    )
    return {one.code: one.url for one in homes}


def list_alternates(versions: Iterable[Version]) -> list[Version]:
    """Return what `hreflang` says: nothing where there is one language only.

    Whoever reads none of the languages gets the site's own, or the first.
    """
    versions = list(versions)
    if len(versions) < 2:
        return []
    own = [v for v in versions if v.code == settings.LANGUAGE_CODE] or versions
    return [*versions, Version(DEFAULT, own[0].url)]


def name_place(code: str) -> str:
    """Return a language as Open Graph writes it, such as `en_US`."""
    return PLACES.get(code, code.replace("-", "_"))


def language_of(page: Any) -> str:
    code: str = page.locale.language_code
    return code
