"""The search of this site: Wagtail's own, for whatever somebody types.

Wagtail's search in SQLite fails for a quotation mark, and in any database for a text
of thousands of words, which would be a fault page for a visitor and for an editor. What
an editor types finds titles alone; here it finds pages by what stands in them.
"""

import re
from typing import Any

from modelsearch.backends import database
from modelsearch.query import MATCH_NONE, PlainText
from wagtail.models import Page

from cms.search.queries import MAX_WORDS, Beginning, build_typed_query
from plugins.text import clean_query

_QUOTES = re.compile('["\\\\]')


def clean_search(query: Any) -> Any:
    """Return what is searched for; Wagtail's own queries, no text, stay."""
    if not isinstance(query, str) or not query:
        return query
    words = _QUOTES.sub(" ", clean_query(query)).split()
    # Wagtail's lists cannot show the results of no words at all.
    return " ".join(words[:MAX_WORDS]) or MATCH_NONE


def SearchBackend(params: dict[str, Any]) -> Any:
    """Return the backend of the database in use; it calls `clean_search`."""
    stock = database.SearchBackend(params)

    class Backend(type(stock)):  # type: ignore[misc]
        def _search(self, compiler: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
            return super()._search(compiler, clean_search(query), *args, **kwargs)

        def autocomplete(
            self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any
        ) -> Any:
            model = getattr(model_or_queryset, "model", model_or_queryset)
            typed = None
            if issubclass(model, Page) and not (args or kwargs.get("fields")):
                typed = build_typed_query(_read_text(query))
            if typed is None:
                return super().autocomplete(query, model_or_queryset, *args, **kwargs)
            return self.search(typed, model_or_queryset, **kwargs)

    if type(stock).__name__ == "SQLiteSearchBackend":
        # What it builds on cannot be imported with any other database.
        from wagtail.search.backends.database.sqlite.query import (
            Lexeme,
            SearchQueryExpression,
        )

        from cms.search.ranking import RankedOnce

        stock.results_class = RankedOnce

        class Compiler(stock.query_compiler_class):  # type: ignore[misc, name-defined]
            def build_search_query_content(self, query: Any, config: Any = None) -> Any:
                if isinstance(query, Beginning):
                    lexeme = Lexeme(query.query_string, prefix=True)
                    return SearchQueryExpression(lexeme, config=config)
                return super().build_search_query_content(query, config=config)

    else:
        from django.contrib.postgres.search import SearchQuery
        from wagtail.search.backends.database.postgres.query import Lexeme as PgLexeme

        class Compiler(stock.query_compiler_class):  # type: ignore[misc, no-redef, name-defined]
            def build_tsquery_content(
                self, query: Any, config: Any = None, invert: bool = False
            ) -> Any:
                if isinstance(query, Beginning):
                    lexeme = PgLexeme(query.query_string, invert=invert, prefix=True)
                    return SearchQuery(lexeme, search_type="raw", config=config)
                return super().build_tsquery_content(query, config, invert)

    stock.query_compiler_class = Compiler
    stock.__class__ = Backend
    return stock


def _read_text(query: Any) -> str:
    """Return the words of a query, or "" where it is more than words."""
    if type(query) is PlainText:
        query = query.query_string
    return clean_query(query) if isinstance(query, str) else ""
