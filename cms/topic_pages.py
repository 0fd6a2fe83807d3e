"""A topic's own page: what it is about, and the public articles that have it."""

from __future__ import annotations

import unicodedata

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _, ngettext
from django.views.decorators.http import require_safe
from wagtail.models import Site

from cms.articles.models import (
    ArticleIndexPage,
    ArticlePage,
    Topic,
    prefetch_entries,
)
from cms.articles.paging import CountedOnce
from cms.home.models import HomePage
from cms.machines.head import Crumb, Subject
from cms.machines.languages import Version
from cms.machines.topic_versions import mark_topic, name_in_languages, topic_address
from cms.machines.untranslated import lead_home
from screening_block.public import public_pages, remember_here


@require_safe
def show_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic by `?page=<n>`; 404 while no public article has it.

    In a language that none of its articles is in, its reader is led to one that is, by
    the home page of that language, which says so.
    """
    slug = unicodedata.normalize("NFC", slug)
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        raise Http404("No such topic")
    called = name_in_languages(topic, request)
    here = get_language() or settings.LANGUAGE_CODE
    if called.get(here) != topic:
        if not called:
            raise Http404("No public article has this topic")
        # In this language if there is one, or where it was asked for by its own name.
        known = [code for code in called if called[code] == topic] or list(called)
        own = settings.LANGUAGE_CODE
        first = here if here in called else own if own in known else known[0]
        home = "" if here in called else lead_home(mark_topic(topic), request, here)
        return redirect(home or topic_address(request, called[first], first))
    tagged = ArticlePage.objects.filter(article_topics__tag=topic)
    own = prefetch_entries(
        public_pages(tagged.filter(locale__language_code=here), request)
    )
    site = Site.find_for_request(request)
    key = ("articles of a topic", topic.pk, here, site.pk if site else None)
    page = CountedOnce(own, key).get_page(request.GET.get("page"))
    count = page.paginator.count
    description = topic.description or ngettext(
        "%(number)s article about %(topic)s.",
        "%(number)s articles about %(topic)s.",
        count,
    ) % {"number": count, "topic": topic.name}
    versions = [
        Version(code, topic_address(request, one, code)) for code, one in called.items()
    ]
    address = topic_address(request, topic, here)
    index = find_index(request, here)
    context = {
        "topic": topic,
        "description": description,
        "articles": page,
        "unreviewed": any(one.translation_state is False for one in page),
        "index_page": index,
        "subject": Subject(
            title=topic.name,
            language=here,
            url=address,
            description=description,
            versions=versions,
            mark=mark_topic(topic),
            trail=list_trail(request, index, Crumb(topic.name, address)),
        ),
    }
    return render(request, "articles/topic.html", context)


def find_index(request: HttpRequest, code: str) -> ArticleIndexPage | None:
    """Return the list of articles in a language."""
    return remember_here(
        request, ("list of articles", code), lambda: _find_index(request, code)
    )


def _find_index(request: HttpRequest, code: str) -> ArticleIndexPage | None:
    lists = ArticleIndexPage.objects.filter(locale__language_code=code)
    found: ArticleIndexPage | None = (
        public_pages(lists, request).order_by("path").first()
    )
    return found


def list_trail(
    request: HttpRequest, index: ArticleIndexPage | None, last: Crumb
) -> list[Crumb]:
    """Return the way to a topic, from the home page by the list of articles."""
    if index is None:
        return []
    above = remember_here(
        request,
        ("above the list of articles", index.pk, get_language()),
        lambda: [
            Crumb(_("Home"), home.get_full_url(request) or "")
            for home in public_pages(HomePage.objects.ancestor_of(index), request)
        ],
    )
    return [*above, Crumb(index.title, index.get_full_url(request)), last]
