"""A topic in the languages of its articles, and what it is called in each."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Site

from cms.articles.models import ArticlePage, Topic
from screening_block.public import public_pages, remember_here

#: What stands before the number of a topic where that of a page could stand.
MARK = "topic-"


def mark_topic(topic: Topic) -> str:
    return f"{MARK}{topic.pk}"


def name_in_languages(topic: Topic, request: HttpRequest) -> dict[str, Topic]:
    """Return a topic by the languages in which public articles have it.

    Each is the version of it that most of them have, or `topic` where that is one.
    """
    return remember_here(
        request, ("names of a topic", topic.pk), lambda: _name(topic, request)
    )


def _name(topic: Topic, request: HttpRequest) -> dict[str, Topic]:
    versions = {one.pk: one for one in topic.versions()}
    tagged = ArticlePage.objects.filter(article_topics__tag__in=versions)
    counted = (
        public_pages(tagged, request)
        .order_by()
        .values_list("locale__language_code", "article_topics__tag")
        .annotate(number=Count("pk"))
    )
    found: dict[str, Topic] = {}
    for code, pk, _number in sorted(
        (row for row in counted if row[1] in versions),
        key=lambda row: (row[0], row[1] != topic.pk, -row[2], row[1]),
    ):
        found.setdefault(code, versions[pk])
    return found


def topic_address(request: HttpRequest, topic: Topic, code: str) -> str:
    """Return the absolute address of a topic in a language."""
    site = Site.find_for_request(request)
    with override(code):
        path = reverse("topic", args=[topic.slug])
    return f"{site.root_url}{path}" if site else request.build_absolute_uri(path)
