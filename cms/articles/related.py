"""What to read after an article: chosen by an editor, or by the topics it shares."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

#: Articles that are shown at the end of another.
MOST = 3


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
    sharing = own.filter(article_topics__tag__in=topics)
    ranked = sharing.annotate(shared=Count("article_topics"))
    return list(ranked.order_by("-shared", "-first_published_at", "-pk")[:MOST])
