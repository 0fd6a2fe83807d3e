"""The search of this site: Wagtail's own, for whatever somebody types.

Wagtail's search in SQLite fails for a quotation mark, and in any database for a text
of thousands of words, which would be a fault page for a visitor and for an editor.
"""

import re
from typing import Any

from modelsearch.backends import database
from modelsearch.query import MATCH_NONE

from cms.search.queries import MAX_WORDS
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

    if type(stock).__name__ == "SQLiteSearchBackend":
        # What it builds on cannot be imported with any other database.
        from cms.search.ranking import RankedOnce

        stock.results_class = RankedOnce
    stock.__class__ = Backend
    return stock
