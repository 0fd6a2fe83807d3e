"""What a search in SQLite finds, in an order that is worked out in few queries.

Wagtail ranks each page that was found by a query of its own, and looks the words up
again for each row of what it joins, so that a word that most pages hold takes seconds;
and a title counts no more than any other place. The index is quick when it is asked for
words alone: the rest is put together here.
"""

from __future__ import annotations

from collections import Counter
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
#: Keys that are named in a query; where more were found, all rows are read instead.
NAMED = 500


class RankedOnce(SQLiteSearchResults):
    """What Wagtail's finds; words in titles come first."""

    def _do_search(self) -> list[Any]:
        if not self._is_ours():
            found: list[Any] = super()._do_search()
            return found
        page = self._find()[self.start : self.stop]
        objects = self.query_compiler.queryset.in_bulk(page)
        return [objects[pk] for pk in page if pk in objects]

    def list_keys(self) -> list[Any]:
        """Return the keys alone, without reading the objects."""
        if not self._is_ours():
            return [one.pk for one in self]
        return self._find()[self.start : self.stop]

    def _do_count(self) -> int:
        if not self._is_ours():
            count: int = super()._do_count()
            return count
        return len(self._find()[self.start : self.stop])

    def facet(self, field_name: str) -> dict[Any, int]:
        asked = self.query_compiler
        if not self._is_ours() or asked._get_filterable_field(field_name) is None:
            found: dict[Any, int] = super().facet(field_name)
            return found
        values = asked.queryset.order_by().values_list("pk", field_name)
        by_key = dict(_choose(values, self._find()))
        counts = Counter(by_key[pk] for pk in self._find())
        return dict(counts.most_common())

    def _is_ours(self) -> bool:
        asked: SQLiteSearchQueryCompiler = self.query_compiler
        return _has_words(asked.query) and not self._score_field

    def _find(self) -> list[Any]:
        """Return all keys that are found, in order; looked up once for all slices."""
        asked: Any = self.query_compiler
        if not hasattr(asked, "found_here"):
            asked.found_here = _find(asked, asked.get_config(self.backend))
        found: list[Any] = asked.found_here
        return found


def _has_words(query: Any) -> bool:
    """Whether a query is made of words alone, without any that must be missing."""
    if isinstance(query, And | Or):
        return bool(query.subqueries) and all(map(_has_words, query.subqueries))
    if isinstance(query, Phrase):
        return True
    return isinstance(query, PlainText) and bool(query.query_string.split())


def _find(asked: SQLiteSearchQueryCompiler, config: Any) -> list[Any]:
    """Return the keys of what the words match among what is searched.

    By relevance, or as what is searched is ordered.
    """
    ranks = _rank(asked, config)
    entries = IndexEntry.objects.filter(
        content_type__in=get_descendants_content_types_pks(asked.queryset.model)
    )
    if len(ranks) <= NAMED:
        entries = entries.filter(pk__in=[*ranks])
    key = asked.queryset.model._meta.pk.to_python
    scores = {
        key(of): ranks[entry]
        for entry, of in entries.values_list("pk", "object_id")
        if entry in ranks
    }
    if not scores:
        return []
    keys = asked.queryset.values_list("pk", flat=True)
    if not asked.order_by_relevance:
        ordered = keys if asked.queryset.ordered else keys.order_by("-pk")
        return [pk for pk in _choose(ordered, scores) if pk in scores]
    allowed = [pk for pk in _choose(keys.order_by(), scores) if pk in scores]
    return sorted(sorted(allowed, reverse=True), key=scores.__getitem__)


def _choose(rows: Any, keys: Any) -> Any:
    """Return those of some rows that have these keys, or more where keys are many."""
    return rows.filter(pk__in=[*keys]) if len(keys) <= NAMED else rows


def _rank(asked: SQLiteSearchQueryCompiler, config: Any) -> dict[int, float]:
    """Return the rank of every entry that the words match; less is better.

    A word says no more than once to BM25 what a page is about, so titles are asked once
    more, for any of the words.
    """
    fields = asked.fields or asked.FTS_TABLE_FIELDS
    ranks = _look_up(asked, fields, asked.query, config)
    if ranks and "title" in fields and asked.order_by_relevance:
        query = _any_of(asked.query)
        for entry, rank in _look_up(asked, ["title"], query, config).items():
            if entry in ranks:
                ranks[entry] += TITLE * rank
    return ranks


def _any_of(query: Any) -> Any:
    """Return a query for any of the words that a query is for."""
    if isinstance(query, And):
        return Or(query.subqueries)
    if type(query) is PlainText:
        return PlainText(query.query_string, operator="or")
    return query


def _look_up(
    asked: SQLiteSearchQueryCompiler, fields: list[str], query: Any, config: Any
) -> dict[int, float]:
    words = asked.build_search_query(query, config=config)
    matches = SQLiteFTSIndexEntry.objects.filter(MatchExpression(fields, words))
    return dict(matches.annotate(rank=BM25()).values_list("pk", "rank"))
