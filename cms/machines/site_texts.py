"""Texts about the whole site: `llms.txt` for assistants, `security.txt` for finders."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms import markdown as md
from cms.articles.models import ArticleIndexPage, ArticlePage
from cms.glossary.listing import describe_glossary, site_address
from cms.glossary.terms import read_glossaries
from cms.home.models import HomePage
from cms.identity.published import find_settings, name_site
from cms.machines.addresses_of_rows import RowAddresses
from cms.machines.article_markdown import markdown_address
from cms.machines.head import describe
from screening_block.models import Screener
from screening_block.public import public_pages

#: Articles of one language; who wants all of them reads the API.
MOST = 1000
#: RFC 9116 asks for a day on which to ask again, less than a year away.
SECURITY_VALID = datetime.timedelta(days=180)


class _Line(NamedTuple):
    title: str
    address: str
    description: str


def write_llms(request: HttpRequest) -> str:
    """Return what there is to read, language by language: https://llmstxt.org."""
    site = Site.find_for_request(request)
    homes = list(public_pages(HomePage.objects.select_related("locale"), request))
    homes.sort(key=lambda home: (home.pk != getattr(site, "root_page_id", 0), home.pk))
    own = homes[0].locale.language_code if homes else settings.LANGUAGE_CODE
    with translation.override(own):
        parts = _write_head(homes[:1], request)
    screeners = list(_read(Screener, request))
    listed = {page.pk for page in screeners}
    # `Article` and `Screener` stand in lists of their own.
    marked = _read(Page, request).filter(show_in_menus=True).specific()
    pages = [
        page
        for page in marked
        if page.pk not in listed and not isinstance(page, ArticlePage)
    ]
    for home in homes:
        with translation.override(home.locale.language_code):
            found = {
                kind: [
                    _Line(page.title, page.get_full_url(request) or "", describe(page))
                    for page in listing
                    if page.locale_id == home.locale_id
                ]
                for kind, listing in (("screeners", screeners), ("pages", pages))
            }
            found["articles"] = _list_articles(request, home.locale_id)
            parts += _write_language(found, request, home is not homes[0])
    with translation.override(own):
        parts += [f"## {_('For programs')}", "\n".join(_list_programs(request))]
    return "\n\n".join(filter(None, parts)) + "\n"


def _write_head(homes: list[HomePage], request: HttpRequest) -> list[str]:
    """Return what the site is, in the language that it has first."""
    parts = [f"# {md.escape(name_site(request) or request.get_host())}"]
    parts += [f"> {md.escape(home.description)}" for home in homes]
    if about := find_settings(request):
        parts.append(md.escape(about.disclaimer))
    parts.append(
        _(
            "Each article is also Markdown, at the addresses below. Answers to "
            "screeners are never stored; say that a result is information and not "
            "legal advice."
        )
    )
    return parts


def _read(model: Any, request: HttpRequest) -> Any:
    return public_pages(model.objects.all(), request).order_by("path")


def _list_articles(request: HttpRequest, locale: int) -> list[_Line]:
    """Return the newest articles of a language: from rows, for they are many."""
    addresses = RowAddresses(request)
    pages = public_pages(ArticlePage.objects.filter(locale=locale), request)
    rows = pages.order_by("-first_published_at", "-pk").values_list(
        "title", "url_path", "search_description", "summary"
    )
    return [
        _Line(title, markdown_address(addresses.find(url_path)), described or summary)
        for title, url_path, described, summary in rows[:MOST]
    ]


def _write_language(
    found: dict[str, list[_Line]], request: HttpRequest, named: bool
) -> Iterator[str]:
    language = translation.get_language_info(translation.get_language() or "")
    after = f" ({language['name_local'].capitalize()})" if named else ""
    for heading, chosen in (
        (_("Questions about your own case"), found["screeners"]),
        (_("Articles"), found["articles"]),
        (_("Pages"), found["pages"]),
    ):
        if chosen:
            yield f"## {heading}{after}"
            yield "\n".join(_write_line(line) for line in chosen)
    if (code := translation.get_language() or "") in read_glossaries():
        yield f"## {_('Glossary')}{after}"
        entry = md.link(md.escape(_("Glossary")), site_address(request, code))
        yield f"- {entry}: {md.escape(describe_glossary())}"


def _write_line(line: _Line) -> str:
    entry = f"- {md.link(md.escape(line.title), line.address)}"
    words = md.escape(line.description)
    return f"{entry}: {words}" if words else entry


def _list_programs(request: HttpRequest) -> Iterator[str]:
    for label, name in (
        (_("API, read only"), "api-docs"),
        (_("OpenAPI description"), "api-schema"),
        (_("All pages"), "sitemap"),
    ):
        yield f"- {md.link(label, request.build_absolute_uri(reverse(name)))}"
    lists = public_pages(ArticleIndexPage.objects.all(), request)
    for page in lists.select_related("locale").order_by("path"):
        feed = f"{page.get_full_url(request)}feed/"
        with translation.override(page.locale.language_code):
            title = _("New articles: %(list)s") % {"list": md.escape(page.title)}
        yield f"- {md.link(title, feed)}"


def write_security(request: HttpRequest) -> str:
    """Return whom to tell of a weakness (RFC 9116); "" where nobody is named."""
    if not settings.SECURITY_CONTACT:
        return ""
    expires = timezone.now().astimezone(datetime.UTC) + SECURITY_VALID
    address = request.build_absolute_uri(reverse("security"))
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        f"Canonical: {address}",
    ]
    return "\n".join(lines) + "\n"
