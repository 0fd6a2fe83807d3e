"""Run a command with the PostgreSQL and Redis of this machine, or say why not.

Usage: python tests/services.py COMMAND...

TEST_DATABASE_URL and TEST_CACHE_URL are used if set; else the usual local addresses
are tried. The tests make a database of their own there, and use Redis keys of their
own that expire.
"""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg
import redis

DATABASES = [
    "postgresql:///postgres",
    "postgresql://postgres@localhost/postgres",
    "postgresql://postgres:postgres@localhost/postgres",
]
CACHE = "redis://localhost:6379/15"
MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"


def database() -> str | None:
    """Address of a PostgreSQL where we may create a database."""
    given = os.environ.get("TEST_DATABASE_URL")
    for address in [given] if given else DATABASES:
        try:
            with psycopg.connect(address, connect_timeout=2) as connection:
                row = connection.execute(MAY_CREATE).fetchone()
        except psycopg.Error:
            continue
        if row and row[0]:
            return address
    return None


def cache() -> str | None:
    """Address of a Redis that answers."""
    address = os.environ.get("TEST_CACHE_URL") or CACHE
    try:
        redis.Redis.from_url(address, socket_connect_timeout=2).ping()
    except redis.RedisError:
        return None
    return address


def main() -> int:
    database_url, cache_url = database(), cache()
    if not database_url:
        print("SKIPPED on PostgreSQL: none answers here (set TEST_DATABASE_URL).")
    if not cache_url:
        print("SKIPPED on Redis: none answers here (set TEST_CACHE_URL).")
    if not (database_url or cache_url):
        return 0
    found = {"TEST_DATABASE_URL": database_url, "TEST_CACHE_URL": cache_url}
    chosen = {name: url for name, url in found.items() if url}
    print("Again on", " and ".join(n[5:].split("_")[0].lower() for n in chosen))
    sys.stdout.flush()
    return subprocess.call(sys.argv[1:], env={**os.environ, **chosen})


if __name__ == "__main__":
    sys.exit(main())
