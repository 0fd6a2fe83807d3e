"""Ranks of what a search in SQLite finds, worked out in one query.

Wagtail ranks each page that was found by a query of its own, so that a word that
most pages hold takes seconds.
"""

from copy import copy
from typing import Any

from wagtail.search.backends.database.sqlite.query import (
    BM25,
    MatchExpression,
    SQLiteFTSIndexEntry,
)
from wagtail.search.backends.database.sqlite.sqlite import (
    SQLiteSearchQueryCompiler,
    SQLiteSearchResults,
)
from wagtail.search.models import IndexEntry
from wagtail.search.query import PlainText
from wagtail.search.utils import get_descendants_content_types_pks


class RankedOnce(SQLiteSearchResults):
    """What Wagtail's finds, in the same order."""

    def _do_search(self) -> list[Any]:
        asked: SQLiteSearchQueryCompiler = self.query_compiler
        words = isinstance(asked.query, PlainText) and asked.query.query_string.split()
        if not words or not asked.order_by_relevance or self._score_field:
            found: list[Any] = super()._do_search()
            return found
        config = asked.get_config(self.backend)
        unranked = copy(asked)
        unranked.order_by_relevance = False
        matches = unranked.search(config, None, None)
        allowed = set(matches.order_by().values_list("pk", flat=True))
        best = [pk for pk in _rank(asked, config) if pk in allowed]
        page = best[self.start : self.stop]
        objects = asked.queryset.in_bulk(page)
        return [objects[pk] for pk in page if pk in objects]


def _rank(asked: SQLiteSearchQueryCompiler, config: Any) -> list[Any]:
    """Return primary keys of everything that the words match, best first.

    The words are looked up on their own: joined with anything else, SQLite looks them
    up again for each row.
    """
    model = asked.queryset.model
    words = asked.build_search_query(asked.query, config=config)
    fields = asked.fields or asked.FTS_TABLE_FIELDS
    matches = SQLiteFTSIndexEntry.objects.filter(MatchExpression(fields, words))
    ranks = dict(matches.annotate(rank=BM25()).values_list("pk", "rank"))
    entries = IndexEntry.objects.filter(
        content_type__in=get_descendants_content_types_pks(model),
        pk__in=matches.values("pk"),
    ).values_list("pk", "title_norm", "object_id")
    key = model._meta.pk.to_python
    # As Wagtail weighs them: the title's share, and the body's.
    scores = {key(of): ranks[pk] * (norm + 1) for pk, norm, of in entries}
    return sorted(sorted(scores, reverse=True), key=scores.__getitem__)
