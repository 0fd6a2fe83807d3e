"""The triggers that move the content version, in the transaction of the change.

Signals would miss what `QuerySet.update`, bulk writes, treebeard's SQL and a console
write. They stand on every table that may show; `migrate` takes them off before it
changes tables and puts them on afterwards, and meanwhile nothing is kept.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from typing import Any

from django.db import connections, transaction

from .models import ContentVersion, TouchedRow
from .tables import Watched, list_watched
from .touched import EVERYTHING

PREFIX = "freshness_"
FUNCTION = "freshness_move"
#: Each source moves once a transaction: the setting lasts as long as it does, and a
#: savepoint that is rolled back takes both the number and the setting back. Of each row
#: it is noted whose it is, by one entry that no open transaction holds: see `touched`.
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $move$
DECLARE
  free bigint;
  mine text := pg_current_xact_id()::text;
  whose text;
  moving text;
  setting text;
BEGIN
  FOREACH whose IN ARRAY {owners} LOOP
    CONTINUE WHEN whose IS NULL;
    PERFORM 1 FROM freshness_touched WHERE source = TG_TABLE_NAME AND owner = whose
      LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
      INSERT INTO freshness_touched (source, owner) VALUES (TG_TABLE_NAME, whose);
    END IF;
  END LOOP;
  FOREACH moving IN ARRAY {sources} LOOP
    setting := 'freshness.moved_' || md5(moving);
    CONTINUE WHEN current_setting(setting, true) = mine;
    SELECT slot INTO free FROM freshness_version
      WHERE slot > 0 AND source = moving LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF free IS NULL THEN
      INSERT INTO freshness_version (moved, source) VALUES (1, moving);
    ELSE
      UPDATE freshness_version SET moved = moved + 1 WHERE slot = free;
    END IF;
    PERFORM set_config(setting, mine, true);
  END LOOP;
  RETURN NULL;
END
$move$
"""
#: What the rows of a change have in a column: the new one, and the old one where it had
#: something else.
POSTGRES_VALUES = {
    "INSERT": "ARRAY[NEW.{column}::text]",
    "UPDATE": (
        "CASE WHEN OLD.{column} IS NOT DISTINCT FROM NEW.{column} "
        "THEN ARRAY[NEW.{column}::text] "
        "ELSE ARRAY[NEW.{column}::text, OLD.{column}::text] END"
    ),
    "DELETE": "ARRAY[OLD.{column}::text]",
    "TRUNCATE": "ARRAY['*']",
}
POSTGRES_KINDS = (
    "(SELECT array_agg(TG_TABLE_NAME || ':' || kind) FROM unnest({kinds}) AS kind)"
)
NOTE = (
    "INSERT INTO freshness_touched (source, owner) "
    "SELECT '{table}', {owner} WHERE {owner} IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM freshness_touched WHERE source = '{table}' AND owner = {owner})"
)
MOVE = (
    "INSERT INTO freshness_version (moved, source) SELECT 0, {source} WHERE NOT EXISTS "
    "(SELECT 1 FROM freshness_version WHERE source = {source}); "
    "UPDATE freshness_version SET moved = moved + 1 WHERE source = {source}"
)
COLUMNS = {
    "sqlite": (
        "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p "
        "WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
    ),
    "postgresql": (
        "SELECT c.relname, a.attname FROM pg_class c "
        "JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped "
        "AND c.relnamespace = to_regnamespace(current_schema()) "
        "ORDER BY c.relname, a.attnum"
    ),
}
INSTALLED = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT t.tgname, c.relname FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relnamespace = to_regnamespace(current_schema()) "
        "AND t.tgenabled = 'O'"
    ),
}


def is_supported(using: str = "default") -> bool:
    """Tell whether the database is one that has triggers of ours."""
    return connections[using].vendor in COLUMNS


def list_triggers(using: str = "default") -> dict[str, tuple[str, str]]:
    """Return what should be there, by name: the table and the statement.

    The name holds a hash of the statement: another one is another trigger.
    """
    database = connections[using]
    quote = database.ops.quote_name
    found = {}
    for watched in list_watched(_read_columns(using)):
        for event, when in _list_events(watched, quote, database.vendor):
            on = f"AFTER {event} ON {quote(watched.table)}"
            source = ""
            if database.vendor == "sqlite":
                acts = "; ".join(_act(watched, event, quote))
                rest = f"{on} {when} BEGIN {acts}; END"
            else:
                function, source = _write_function(watched, event, quote)
                each = "" if event == "TRUNCATE" else f"FOR EACH ROW {when}"
                rest = f"{on} {each} EXECUTE FUNCTION {function}()"
            said = f"{rest}\n{source}".encode()
            name = f"{PREFIX}{hashlib.sha256(said).hexdigest()[:16]}"
            statement = f"CREATE TRIGGER {quote(name)} {rest}"
            found[name] = (
                watched.table,
                f"{source};{statement}" if source else statement,
            )
    return found


def _act(watched: Watched, event: str, quote: Any) -> Iterator[str]:
    """Yield the statements by which SQLite moves the version, and notes whose row was
    changed."""
    table, kind = watched.table, watched.kind
    rows = {"INSERT": ["NEW"], "UPDATE": ["NEW", "OLD"], "DELETE": ["OLD"]}[event]
    for row in rows if kind else rows[:1]:
        part = f" || ':' || {row}.{quote(kind)}" if kind else ""
        yield MOVE.format(source=f"'{table}'{part}")
    for row in rows:
        owner = f"CAST({row}.{quote(watched.owner)} AS TEXT)"
        yield NOTE.format(table=table, owner=owner)


def _write_function(watched: Watched, event: str, quote: Any) -> tuple[str, str]:
    """Return the name of what PostgreSQL runs, and the statement that makes it: one for
    each column that says whose a row is and of which kind, and each event."""
    owners = POSTGRES_VALUES[event].format(column=quote(watched.owner))
    sources = "ARRAY[TG_TABLE_NAME::text]"
    if event == "TRUNCATE":
        sources = "ARRAY['']"
    elif watched.kind:
        kinds = POSTGRES_VALUES[event].format(column=quote(watched.kind))
        sources = POSTGRES_KINDS.format(kinds=kinds)
    named = f"{owners} {sources}"
    name = f"{FUNCTION}_{hashlib.sha256(named.encode()).hexdigest()[:16]}"
    source = POSTGRES_FUNCTION.format(name=name, owners=owners, sources=sources)
    return name, source


def _list_events(
    watched: Watched, quote: Any, vendor: str
) -> Iterator[tuple[str, str]]:
    if watched.inserts:
        yield "INSERT", ""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    changed = [
        # Of how many pages are below one, nothing shows but whether there are any.
        f"(OLD.{quote(name)} > 0) {differs} (NEW.{quote(name)} > 0)"
        if name == "numchild"
        else f"OLD.{quote(name)} {differs} NEW.{quote(name)}"
        for name in watched.columns
    ]
    if changed:
        yield "UPDATE", f"WHEN ({' OR '.join(changed)})"
    yield "DELETE", ""
    if vendor == "postgresql":
        yield "TRUNCATE", ""


def find_missing(using: str = "default") -> list[str]:
    """Return the tables whose changes would not be noticed."""
    there = _read_installed(using)
    wanted = list_triggers(using)
    return sorted(
        {table for name, (table, _sql) in wanted.items() if name not in there}
    )


def install(using: str = "default", *, moves: bool = True) -> None:
    """Put the triggers on that are missing, take off those of before, and begin a new
    version (if any was, or with `moves`)."""
    if not is_supported(using):
        return
    database = connections[using]
    there, wanted = _read_installed(using), list_triggers(using)
    with database.cursor() as cursor:
        _drop(cursor, {n: t for n, t in there.items() if n not in wanted}, using)
        for name, (_table, statement) in wanted.items():
            if name not in there:
                cursor.execute(statement)
        if database.vendor == "postgresql":
            # One for all tables, as it was once.
            cursor.execute(f"DROP FUNCTION IF EXISTS {FUNCTION}()")
    base = ContentVersion.objects.using(using).filter(slot__lte=0).first()
    if base is None or base.slot < 0 or moves or set(wanted) != set(there):
        # Ahead of any number of before, also where all rows were deleted meanwhile.
        now = time.time_ns() // 1_000
        moved = max(now, base.moved + 1 if base else 0)
        rows = ContentVersion.objects.using(using)
        with transaction.atomic(using):
            rows.filter(slot__lte=0).delete()
            rows.create(slot=0, moved=moved)
            # What was written meanwhile, nobody noted.
            TouchedRow.objects.using(using).create(source=EVERYTHING, owner=EVERYTHING)


def remove(using: str = "default") -> None:
    """Take all triggers off. From before the first to `install` there is no version."""
    database = connections[using]
    if not is_supported(using):
        return
    if ContentVersion._meta.db_table in _read_columns(using):
        ContentVersion.objects.using(using).filter(slot=0).update(slot=-1)
    with database.cursor() as cursor:
        _drop(cursor, _read_installed(using), using)


def _drop(cursor: Any, triggers: dict[str, str], using: str) -> None:
    database = connections[using]
    quote = database.ops.quote_name
    for name, table in triggers.items():
        on = f" ON {quote(table)}" if database.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS {quote(name)}{on}")


def _read_columns(using: str) -> dict[str, list[str]]:
    database = connections[using]
    columns: dict[str, list[str]] = {}
    with database.cursor() as cursor:
        cursor.execute(COLUMNS[database.vendor])
        for table, column in cursor.fetchall():
            columns.setdefault(table, []).append(column)
    return columns


def _read_installed(using: str) -> dict[str, str]:
    """Return our triggers that are on: the table by the name."""
    database = connections[using]
    with database.cursor() as cursor:
        cursor.execute(INSTALLED[database.vendor])
        found = cursor.fetchall()
    return {name: table for name, table in found if name.startswith(PREFIX)}
