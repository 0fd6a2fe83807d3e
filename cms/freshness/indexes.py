"""Indexes of ours on Wagtail's table of pages, which has none that lists are read by.

They are put on after every `migrate`, like the triggers: where Wagtail changes the
table, SQLite makes it anew, and only knows what Wagtail's own models say.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import connections
from django.db.models import F, Index, Q
from wagtail.models import Page

INDEXES = (
    # A part of a list by its order, and how many there are, without the rows: all that
    # decides whether a page is public stands in it.
    Index(
        *(F("content_type"), F("locale"), F("first_published_at").desc()),
        *(F("id").desc(), F("path"), F("expire_at"), F("alias_of"), F("live")),
        condition=Q(live=True),
        name="freshness_page_listed",
    ),
    # When the next page expires, which ends what was worked out.
    Index(
        fields=["expire_at"],
        condition=Q(expire_at__isnull=False),
        name="freshness_page_expires",
    ),
)


def install(using: str) -> None:
    """Put on those that are missing."""
    # Not entered: what it begins and checks is for changes of tables.
    editor = connections[using].schema_editor()
    _run(using, lambda index: str(index.create_sql(Page, editor)), there=False)


def remove(using: str) -> None:
    """Take off those that are there."""
    quote = connections[using].ops.quote_name
    _run(using, lambda index: f"DROP INDEX {quote(index.name)}", there=True)


def _run(using: str, write: Callable[[Index], str], *, there: bool) -> None:
    database, table = connections[using], Page._meta.db_table
    with database.cursor() as cursor:
        if table not in database.introspection.table_names(cursor):
            return
        existing = database.introspection.get_constraints(cursor, table)
        for index in INDEXES:
            if (index.name in existing) is there:
                cursor.execute(write(index))
