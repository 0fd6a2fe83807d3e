"""Pages that are read by what never makes them another kind: by their ids, by what they
translate, by the place where a site begins.

What is remembered from them hangs on the kinds of those that were found, not on every
page: whatever else is published leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from wagtail.models import Page

from plugins.freshness import narrow

PAGES = Page._meta.db_table


class Kinds:
    """The kinds that were found."""

    def __init__(self, found: set[str]) -> None:
        self._found = found

    def add(self, content_types: Iterable[int]) -> None:
        """Add kinds, by the ids of their content types."""
        self._found.update(f"{PAGES}:{one}" for one in content_types)


@contextmanager
def reading_by_key() -> Iterator[Kinds]:
    """Let what is remembered within hang on the kinds of pages that are added; on every
    page if none is."""
    with narrow(PAGES) as found:
        yield Kinds(found)
