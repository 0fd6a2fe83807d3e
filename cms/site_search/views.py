"""The page that searches the site."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.articles.models import ArticlePage, Topic, count_topics
from cms.client import get_limit_key
from cms.home.models import HomePage
from cms.site_search.finder import Finder
from cms.throttles import count_request
from screening_block.public import only_public, public_pages

#: Characters of what is searched for.
LENGTH = 100


@require_safe
def show_search(request: HttpRequest) -> HttpResponse:
    """Search by `?q=<words>` and `?topic=<slug>`, `?page=<n>` of articles.

    The words are in the address: a search is no answer to a screener, and the page says
    that they are sent. In a language that the site is not in, it leads to one that it
    is in.
    """
    query = request.GET.get("q", "").strip()[:LENGTH]
    homes = {
        home.locale.language_code: home
        for home in public_pages(HomePage.objects.select_related("locale"), request)
    }
    language = get_language() or settings.LANGUAGE_CODE
    if homes and language not in homes:
        default = settings.LANGUAGE_CODE
        first = default if default in homes else min(homes)
        return redirect(search_address(first, query))
    topic = find_topic(request)
    # Searching costs much more than the rest, and is limited as the articles' is.
    busy = bool(query) and not count_request("search", get_limit_key(request))
    found = None
    if query and not busy:
        finder = Finder(request, language)
        found = finder.find(query, topic, request.GET.get("page"))
    home = homes.get(language)
    context: dict[str, Any] = {
        "is_search": True,
        "query": query,
        "busy": busy,
        "found": found,
        "topic": topic,
        "first_step": find_first_step(home, request),
        "other_languages": [
            (code, search_address(code, query))
            for code in sorted(homes)
            if code != language
        ],
    }
    if found is None or not found.count:
        own = ArticlePage.objects.filter(locale__language_code=language)
        context["topics"] = count_topics(public_pages(own, request))
    response = render(
        request, "search/search.html", context, status=429 if busy else 200
    )
    if busy:
        response["Retry-After"] = "60"
    return response


def search_address(language: str, query: str = "") -> str:
    """Return where the site is searched in a language."""
    with override(language):
        address = reverse("search")
    return f"{address}?{urlencode({'q': query})}" if query else address


def find_topic(request: HttpRequest) -> Topic | None:
    """Return the topic that a request names; one that is unknown is none."""
    slug = unicodedata.normalize("NFC", request.GET.get("topic", ""))
    return Topic.objects.filter(slug=slug).first() if slug else None


def find_first_step(home: HomePage | None, request: HttpRequest) -> Page | None:
    """Return the page that the home page sends everybody to first, if it is public."""
    if home is None or home.action_page_id is None:
        return None
    pages = Page.objects.filter(pk=home.action_page_id)
    found = only_public(pages, request)
    return found[0] if found else None
