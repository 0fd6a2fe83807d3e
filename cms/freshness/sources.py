"""What a statement reads: tables, and of pages the kinds where it says of which.

A source is a table that moves the content version, or a kind of pages: the rows that
one content type has in the table of pages, as in `wagtailcore_page:12`.
"""

from __future__ import annotations

import functools
import re

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, get_page_models

from .tables import list_shown

PAGES = Page._meta.db_table
WORD = re.compile(r"\w+")
#: Where a statement reads the table of pages: for rows of a kind's own table, for what
#: those are copies of (which are of the same kind), or otherwise.
READS = re.compile(
    rf'(?:FROM|JOIN) "{PAGES}"(?: (?!ON\b)\w+)?'
    r'(?: ON \("?(?P<table>\w+)"?\."(?P<by>page_ptr_id|alias_of_id)" = )?'
)

#: A table under another name.
ALIAS = re.compile(r'"(\w+)" ([TU]\d+)\b')


def find_sources(sql: str) -> set[str]:
    """Return the sources that a statement reads; with the table of pages itself, those
    of any kind."""
    found = set(WORD.findall(sql)) & _list_tables()
    if PAGES in found and (kinds := _find_kinds(sql)):
        found = found - {PAGES} | kinds
    return found


def _find_kinds(sql: str) -> set[str]:
    """Return the kinds of pages that are read, or nothing where they cannot be told."""
    models, named = (
        _list_page_models(),
        {alias: table for table, alias in ALIAS.findall(sql)},
    )
    kinds: set[str] = set()
    for read in READS.finditer(sql):
        table, by = named.get(read["table"], read["table"]), read["by"]
        if by == "page_ptr_id" and table in models:
            kinds.update(name_kind(model) for model in models[table])
        elif by != "alias_of_id" or table != PAGES:
            return set()
    return kinds


def name_kind(model: type[Page]) -> str:
    """Return the source that the pages of one kind are."""
    return f"{PAGES}:{ContentType.objects.get_for_model(model).pk}"


@functools.cache
def _list_tables() -> frozenset[str]:
    return frozenset(list_shown())


@functools.cache
def _list_page_models() -> dict[str, list[type[Page]]]:
    """Return by the table of a kind of pages that kind and those made from it."""
    models = [model for model in get_page_models() if model is not Page]
    return {
        model._meta.db_table: [one for one in models if issubclass(one, model)]
        for model in models
    }
