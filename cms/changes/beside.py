"""Which articles may name another one for a topic they share, when that one changes.

An article names those that share most topics with it, of these the newest
(`cms.articles.related`). With each is kept where the last one that it names stands:
only what stands before that can come in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from cms.articles.models import ArticlePage, ArticleTopic
from cms.articles.related import MOST
from cms.changes.candidates import split
from cms.changes.digests import make_digest

#: The last of those that an editor chose: nothing comes in by itself.
CHOSEN = "~"
#: More articles than these are not weighed one by one.
FEW = 40


def stamp_articles(pks: Iterable[int]) -> dict[int, str]:
    """Return what decides where an article stands among those of its topics: when it
    changes, any article with one of them may name others."""
    listed = list(pks)
    topics = _list_topics(listed)
    rows = ArticlePage.objects.filter(pk__in=listed)
    return {
        pk: make_digest([locale, published, sorted(topics[pk])])
        for pk, locale, published in rows.values_list(
            "pk", "locale", "first_published_at"
        )
    }


def find_weakest(named: dict[int, tuple[Any, list[int]]]) -> dict[int, str]:
    """Return where the last one stands that each of these articles names: "" where
    anything comes in."""
    others = {pk for _article, related in named.values() for pk in related}
    topics = _list_topics({*named, *others})
    rows = ArticlePage.objects.filter(pk__in=others)
    published = dict(rows.values_list("pk", "first_published_at"))
    found = {}
    for pk, (article, related) in named.items():
        if article.related_links.all():
            found[pk] = CHOSEN
        elif len(related) < MOST:
            found[pk] = ""
        else:
            last = related[-1]
            shared = len(topics[pk] & topics[last])
            found[pk] = weigh(shared, published.get(last), last)
    return found


def weigh(shared: int, published: datetime | None, pk: int) -> str:
    """Return where an article stands for another one, to be compared; "" for one that
    databases do not agree on."""
    if published is None:
        return ""
    micro = (published - datetime(1, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return f"{shared:04d} {micro:020d} {pk:012d}"


def list_naming(things: Any, pks: Collection[int]) -> Iterable[str]:
    """Yield the names of those of `things` (articles) that may name one of these."""
    topics = _list_topics(pks)
    tags = {tag for some in topics.values() for tag in some}
    sharing: dict[int, set[int]] = defaultdict(set)
    for some in split(tags):
        links = ArticleTopic.objects.filter(tag__in=some)
        for pk, tag in links.values_list("content_object", "tag"):
            sharing[pk].add(tag)
    rows = ArticlePage.objects.filter(pk__in=list(pks)[: FEW + 1])
    published = dict(rows.values_list("pk", "first_published_at"))
    for part in split(sharing):
        known = things.filter(name__in=map(str, part)).values_list("name", "weakest")
        for name, weakest in known:
            own = sharing[int(name)]
            if len(pks) > FEW or any(
                own & topics[pk]
                and (weigh(len(own & topics[pk]), published[pk], pk) or CHOSEN)
                > weakest
                for pk in pks
                if pk != int(name)
            ):
                yield name


def _list_topics(pks: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for some in split(pks):
        links = ArticleTopic.objects.filter(content_object__in=some)
        for pk, tag in links.values_list("content_object", "tag"):
            found[pk].add(tag)
    return found
