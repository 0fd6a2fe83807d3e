"""Whether answers are left anywhere on the server: its log, its database, its cache."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.core.cache.backends import locmem
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tests import cache_keys


class Ears(logging.Handler):
    """Hears every record, in full: the text, its arguments and its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{self.format(record)} {record.__dict__}")


@contextmanager
def listening() -> Iterator[list[str]]:
    """What any logger says, all of them at DEBUG, with every query and its values."""
    ears = Ears()
    manager = logging.root.manager
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "queries_logged", True)
        for logger in [logging.root, *map(logging.getLogger, list(manager.loggerDict))]:
            patch.setattr(logger, "level", logging.DEBUG)
            patch.setattr(logger, "disabled", False)
            patch.setattr(logger, "propagate", False)
            patch.setattr(logger, "handlers", [ears])
        # Loggers remember what they let through; after this they would go on with it.
        manager._clear_cache()  # type: ignore[attr-defined]
        yield ears.heard
    manager._clear_cache()  # type: ignore[attr-defined]


def database() -> dict[str, list[str]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def cached() -> str:
    """All that the cache holds of this test, keys and values."""
    mine = cache_keys.prefix()
    if isinstance(cache, locmem.LocMemCache) or hasattr(cache, "_expire_info"):
        return repr({k: v for k, v in cache._cache.items() if k.startswith(mine)})
    client = cache._cache.get_client()
    return repr([(key, client.get(key)) for key in client.scan_iter(f"{mine}*")])


def left(words: Iterable[str], *places: str) -> list[str]:
    """Those of the words that stand in one of the places."""
    text = "\n".join(places)
    return [word for word in words if word in text]
