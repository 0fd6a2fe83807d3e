"""What to read after an article: chosen by an editor, or by the topics it shares."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.db.models import Count

#: Articles that are shown at the end of another.
MOST = 3
#: Of those that share topics, how many are read until there are as many public ones.
AT_ONCE = 12


def list_related(article: Any, topics: list[Any], articles: Any) -> list[Any]:
    """Return at most `MOST` of `articles` (a queryset) in the language of an article
    that has these topics.

    Those that an editor chose, in that order, each in this language. Where none was
    chosen: those that share most topics, of these the newest.
    """
    own = articles.filter(locale_id=article.locale_id).exclude(pk=article.pk)
    keys = [link.to.translation_key for link in article.related_links.all()]
    if keys:
        pages = {
            page.translation_key: page for page in own.filter(translation_key__in=keys)
        }
        return [pages[key] for key in dict.fromkeys(keys) if key in pages][:MOST]
    return _pick(own, _rank(article, topics))


def _rank(article: Any, topics: list[Any]) -> Any:
    """Return the ids of others that share a topic, best first; some may not be public.

    Ranked by the links alone, so that nothing of an article is read but its day.
    """
    links = (
        type(article)
        .article_topics.rel.related_model.objects.filter(
            tag__in=topics,
            content_object__live=True,
            content_object__locale=article.locale_id,
        )
        .exclude(content_object=article.pk)
    )
    shared = links.order_by().values("content_object").annotate(shared=Count("pk"))
    best = ("-shared", "-content_object__first_published_at", "-content_object")
    return shared.order_by(*best).values_list("content_object", flat=True)


def _pick(articles: Any, ranked: Any) -> list[Any]:
    """Return the first `MOST` of ids in `ranked` that are among `articles`."""
    found: list[Any] = []
    for start in count(0, AT_ONCE):
        keys = list(ranked[start : start + AT_ONCE])
        there = articles.in_bulk(keys) if keys else {}
        found += [there[pk] for pk in keys if pk in there]
        if len(found) >= MOST or len(keys) < AT_ONCE:
            break
    return found[:MOST]
