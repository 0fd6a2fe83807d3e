"""What to read after an article: chosen by an editor, or by the topics it shares."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from wagtail.models import Page

from screening_block.public import public_pages, remember_here

#: Articles that are shown at the end of another.
MOST = 3
#: Of those that share topics, how many are read until there are as many public ones.
AT_ONCE = 12


def list_related(
    article: Any, topics: list[Any], request: HttpRequest | None
) -> list[Any]:
    """Return at most `MOST` public articles in the language of an article that has
    these topics (or ids of topics).

    Those that an editor chose, in that order, each in this language. Where none was
    chosen: those that share most topics, of these the newest.
    """
    if chosen := [link.to_id for link in article.related_links.all()]:
        keys = dict(
            Page.objects.filter(pk__in=chosen).values_list("pk", "translation_key")
        )
        own = _list_own(article, request).filter(translation_key__in=keys.values())
        pages = {page.translation_key: page for page in own.exclude(pk=article.pk)}
        wanted = dict.fromkeys(keys[pk] for pk in chosen if pk in keys)
        return [pages[key] for key in wanted if key in pages][:MOST]
    shared = tuple(sorted(getattr(topic, "pk", topic) for topic in topics))
    if not shared:
        return []
    if request is None:
        found = _find_sharing(article, shared, request)
    else:
        # Articles about the same lead to the same ones, but for themselves.
        found = remember_here(
            request,
            ("articles sharing", type(article), article.locale_id, shared),
            lambda: _find_sharing(article, shared, request),
            by_source=True,
        )
    return [page for page in found if page.pk != article.pk][:MOST]


def _list_own(article: Any, request: HttpRequest | None) -> Any:
    """Return the public articles in its language, ready for cards."""
    pages = type(article)._default_manager.filter(locale_id=article.locale_id)
    shown = public_pages(pages, request).select_related("hero_image", "locale")
    return shown.prefetch_related("hero_image__renditions").defer_streamfields()


def _find_sharing(
    article: Any, topics: tuple[int, ...], request: HttpRequest | None
) -> list[Any]:
    """Return one more than are shown: the article itself may be among them."""
    own, ranked = _list_own(article, request), _rank(article, topics)
    found: list[Any] = []
    for start in count(0, AT_ONCE):
        keys = list(ranked[start : start + AT_ONCE])
        there = own.in_bulk(keys) if keys else {}
        found += [there[pk] for pk in keys if pk in there]
        if len(found) > MOST or len(keys) < AT_ONCE:
            break
    return found[: MOST + 1]


def _rank(article: Any, topics: tuple[int, ...]) -> Any:
    """Return the ids of articles with such a topic, best first; some may not be public.

    Ranked by the links alone, so that nothing of an article is read but its day.
    """
    links = type(article).article_topics.rel.related_model.objects.filter(
        tag__in=topics,
        content_object__live=True,
        content_object__locale=article.locale_id,
    )
    shared = links.order_by().values("content_object").annotate(shared=Count("pk"))
    best = ("-shared", "-content_object__first_published_at", "-content_object")
    return shared.order_by(*best).values_list("content_object", flat=True)
