"""Addresses that the site itself uses: no page and no screener can have them.

They are read from the URL resolver and from pages with routes of their own, so that
whatever is added there is reserved by being added.
"""

import itertools
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.regex_helper import normalize
from django.utils.translation import gettext as _

#: Kept free for what visitors will be told to open.
ALWAYS_RESERVED = frozenset({"open"})


def reserved_slugs(parent: Any) -> frozenset[str]:
    """Return the slugs that no page below `parent` can have, in small letters."""
    page = parent.specific_deferred
    found = set(ALWAYS_RESERVED)
    if hasattr(page, "get_subpage_urls"):
        found |= set(_first_words(page.get_subpage_urls()))
    if page.is_site_root():
        unprefixed = page.locale.language_code == settings.LANGUAGE_CODE
        found |= _root_words() if unprefixed else _words_below_languages()
    return frozenset(found)


@cache
def _root_words() -> frozenset[str]:
    """Return the first words of all addresses, languages and files among them."""
    files = [
        urlsplit(address).path.strip("/").partition("/")[0]
        for address in (settings.STATIC_URL, settings.MEDIA_URL)
    ]
    languages = [code.lower() for code, _name in settings.LANGUAGES]
    return frozenset(
        filter(None, [*_first_words(get_resolver().url_patterns), *files, *languages])
    )


@cache
def _words_below_languages() -> frozenset[str]:
    """Return the first words after the prefix of a language."""
    return frozenset(
        word
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver)
        and isinstance(entry.pattern, LocalePrefixPattern)
        for word in _first_words(entry.url_patterns)
    )


@cache
def reserved_keys() -> frozenset[str]:
    """Return the words that stand where an address has a screener's key elsewhere."""
    return ALWAYS_RESERVED | frozenset(_beside_keys(get_resolver()))


def _beside_keys(resolver: URLResolver) -> Iterator[str]:
    entries = resolver.url_patterns
    if any(_template(entry).startswith("%(key)s") for entry in entries):
        yield from _first_words(entries)
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from _beside_keys(entry)


def _first_words(entries: Iterable[Any]) -> Iterator[str]:
    """Yield the first step of each pattern, where it is a word."""
    for entry in entries:
        step, _slash, _rest = _template(entry).partition("/")
        if "%(" in step:
            continue
        if step:
            yield step.lower()
        elif isinstance(entry, URLResolver):
            yield from _first_words(entry.url_patterns)


def _template(entry: Any) -> str:
    """Return a pattern as an address with `%(name)s` in each place."""
    if isinstance(entry.pattern, LocalePrefixPattern):
        return ""
    found: str = normalize(entry.pattern.regex.pattern)[0][0]
    return found


def free_slug(slug: str, parent: Any) -> str:
    """Return `slug`, with a number where that address below `parent` is taken."""
    below = parent.get_children().filter(slug__startswith=slug)
    taken = reserved_slugs(parent) | set(below.values_list("slug", flat=True))
    names = itertools.chain([slug], (f"{slug}-{n}" for n in itertools.count(2)))
    return next(name for name in names if name not in taken)


def refuse_reserved_slug(slug: str, parent: Any) -> None:
    """Raise `ValidationError` if the site itself uses the address `slug` below
    `parent`."""
    if slug and parent is not None and slug.lower() in reserved_slugs(parent):
        raise ValidationError(
            _(
                "The site itself uses the address “%(slug)s”, so nobody could reach "
                "this page there. Choose another one."
            )
            % {"slug": slug},
            code="reserved",
        )


class ReservedSlugMixin:
    """Mixin for pages that must not take an address of the site itself. Comes before
    `Page`.

    Wagtail calls these two methods wherever a page gets a slug: on every save, and when
    it makes one from the title, which then gets a number.
    """

    slug: str
    get_parent: Any

    @staticmethod
    def _slug_is_available(slug: str, parent_page: Any, page: Any = None) -> bool:
        from wagtail.models import Page

        if parent_page is not None and slug.lower() in reserved_slugs(parent_page):
            return False
        free: bool = Page._slug_is_available(slug, parent_page, page)
        return free

    def _check_slug_is_unique(self) -> None:
        try:
            refuse_reserved_slug(self.slug, self.get_parent())
        except ValidationError as error:
            raise ValidationError({"slug": error}) from None
        super()._check_slug_is_unique()  # type: ignore[misc]
