"""Ranks of what a search in SQLite finds, worked out in one query.

Wagtail ranks each page that was found by a query of its own, so that a word that
most pages hold takes seconds, and a title counts no more than any other place.
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
from wagtail.search.query import And, Or, Phrase, PlainText
from wagtail.search.utils import get_descendants_content_types_pks

#: How much more a word counts that stands in the title.
TITLE = 4


class RankedOnce(SQLiteSearchResults):
    """What Wagtail's finds; words in titles come first."""

    def _do_search(self) -> list[Any]:
        asked: SQLiteSearchQueryCompiler = self.query_compiler
        if (
            not _has_words(asked.query)
            or not asked.order_by_relevance
            or self._score_field
        ):
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


def _has_words(query: Any) -> bool:
    """Whether a query is made of words alone, without any that must be missing."""
    if isinstance(query, And | Or):
        return bool(query.subqueries) and all(map(_has_words, query.subqueries))
    if isinstance(query, Phrase):
        return True
    return isinstance(query, PlainText) and bool(query.query_string.split())


def _rank(asked: SQLiteSearchQueryCompiler, config: Any) -> list[Any]:
    """Return primary keys of everything that the words match, best first.

    The words are looked up on their own: joined with anything else, SQLite looks them
    up again for each row. A word says no more than once to BM25 what a page is about,
    so titles are asked once more, for any of the words.
    """
    model = asked.queryset.model
    fields = asked.fields or asked.FTS_TABLE_FIELDS
    ranks = _look_up(asked, fields, asked.query, config)
    if "title" in fields:
        query = _any_of(asked.query)
        for pk, rank in _look_up(asked, ["title"], query, config).items():
            if pk in ranks:
                ranks[pk] += TITLE * rank
    entries = IndexEntry.objects.filter(
        content_type__in=get_descendants_content_types_pks(model),
        pk__in=_matches(asked, fields, asked.query, config).values("pk"),
    ).values_list("pk", "object_id")
    key = model._meta.pk.to_python
    scores = {key(of): ranks[pk] for pk, of in entries}
    return sorted(sorted(scores, reverse=True), key=scores.__getitem__)


def _any_of(query: Any) -> Any:
    """Return a query for any of the words that a query is for."""
    if isinstance(query, And):
        return Or(query.subqueries)
    if isinstance(query, PlainText):
        return PlainText(query.query_string, operator="or")
    return query


def _matches(
    asked: SQLiteSearchQueryCompiler, fields: list[str], query: Any, config: Any
) -> Any:
    words = asked.build_search_query(query, config=config)
    return SQLiteFTSIndexEntry.objects.filter(MatchExpression(fields, words))


def _look_up(
    asked: SQLiteSearchQueryCompiler, fields: list[str], query: Any, config: Any
) -> dict[Any, float]:
    """Return the ranks of what matches, by key of the index; less is better."""
    matches = _matches(asked, fields, query, config)
    return dict(matches.annotate(rank=BM25()).values_list("pk", "rank"))
