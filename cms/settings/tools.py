"""What the settings need to read the environment. Imports no Django model code.

A value that cannot be meant raises `ImproperlyConfigured` with a sentence that names
the variable; never with the value of one that may hold a password.
"""

import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from redis.connection import parse_url

# Measured: WAL with IMMEDIATE transactions is what lets several writers queue
# instead of failing with "database is locked".
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA mmap_size=134217728;"
        "PRAGMA cache_size=-20000;"
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA journal_size_limit=27103364"
    ),
}

# Of libpq, in seconds (the last in milliseconds): a server that vanished is noticed
# while a person still waits, and not after the two hours of the operating system.
POSTGRES_OPTIONS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}


ON, OFF = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def env_bool(name: str, default: bool) -> bool:
    """An on/off variable: 1, true, yes, on or 0, false, no, off (any case)."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in {*ON, *OFF}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value in ON


def env_int(name: str, default: int) -> int:
    """A whole number, 0 or more."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def env_rate(name: str, default: str) -> str | None:
    """How often a client may ask, such as `60/min`; `off` is as often as it likes."""
    value = os.environ.get(name, "").strip().lower() or default
    if value == "off":
        return None
    if not re.fullmatch("[1-9][0-9]{0,8}/(s|sec|min|hour|day)", value):
        raise ImproperlyConfigured(
            f"{name} must be a number of requests in a time, such as 60/min (s, min, "
            f"hour or day), or off; not {value!r}."
        )
    return value


def env_list(name: str, default: str = "") -> list[str]:
    """A comma-separated variable, without blanks and empty parts."""
    parts = [part.strip() for part in os.environ.get(name, default).split(",")]
    return [part for part in parts if part]


def env_contacts(name: str) -> list[str]:
    """Comma-separated ways to reach somebody: `https:`, `mailto:` or `tel:` addresses.

    A mail address may stand alone.
    """
    found = []
    for contact in env_list(name):
        whole = contact
        if ":" not in contact and "@" in contact:
            whole = f"mailto:{contact}"
        if not whole.startswith(("https://", "mailto:", "tel:")) or " " in whole:
            raise ImproperlyConfigured(
                f"{name} must hold addresses such as security@example.org or "
                f"https://law.example.org/security/, not {contact!r}."
            )
        found.append(whole)
    return found


def env_hosts(name: str, default: str = "") -> list[str]:
    """Host names, as Django's `ALLOWED_HOSTS` compares them: nothing but names."""
    hosts = env_list(name, default)
    for host in hosts:
        if "/" in host or "@" in host or (":" in host and not host.startswith("[")):
            raise ImproperlyConfigured(
                f"{name} must hold host names only, such as law.example.org, "
                f"without https:// and without a port; not {host!r}."
            )
    return hosts


def env_site(name: str, default: str) -> str:
    """The address of a site, `https://law.example.org`, without a slash at its end."""
    value = os.environ.get(name, default).strip().rstrip("/")
    try:
        parts = urlsplit(value)
        sound = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and value == f"{parts.scheme}://{parts.netloc}"
            and parts.port != 0
            and not set("@ ") & set(value)
        )
    except ValueError:
        sound = False
    if not sound:
        raise ImproperlyConfigured(
            f"{name} must be the address of the site, such as "
            f"https://law.example.org, not {value!r}."
        )
    return value


def env_zone(name: str, default: str) -> str:
    """The name of a time zone."""
    value = os.environ.get(name, "").strip() or default
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        raise ImproperlyConfigured(
            f"{name} must be the name of a time zone, such as America/Los_Angeles, "
            f"not {value!r}."
        ) from None
    return value


def local_secret_key(path: Path) -> str:
    """The key kept in `path`; made on first use, readable by its owner only."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was quicker
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key


def scheme_of(url: str) -> str:
    """What stands before `://`, even of an address that is not sound otherwise."""
    scheme, found, _rest = url.partition("://")
    return scheme.lower() if found else ""


def database_from_url(url: str) -> dict[str, Any]:
    """The database setting for a `DATABASE_URL`, tuned."""
    example = "DATABASE_URL must look like postgres://user:password@host/name"
    scheme = scheme_of(url)
    if scheme not in {"postgres", "postgresql", "sqlite"}:
        raise ImproperlyConfigured(
            f"{example} or sqlite:////folder/db.sqlite3, not begin with {scheme!r}."
        )
    try:
        config = dj_database_url.parse(url, conn_max_age=600)
    except ValueError:
        # Its own message may hold the password.
        raise ImproperlyConfigured(
            f"{example}; this one cannot be read. Special characters of a password "
            "are written as %XX."
        ) from None
    if not config.get("NAME"):
        raise ImproperlyConfigured(f"{example}; this one names no database.")
    return tuned_database(config)


def tuned_database(config: Any) -> dict[str, Any]:
    """A database setting with the options its engine needs here.

    SQLite gets the tuned options; a server's kept connections are checked before
    use, because the server may have closed them, and no worker waits for long for one
    that is gone or silent.
    """
    database: dict[str, Any] = dict(config)
    if database.get("ENGINE") == "django.db.backends.sqlite3":
        database["OPTIONS"] = {**SQLITE_OPTIONS, **database.get("OPTIONS", {})}
        name = str(database.get("NAME", ""))
        if name and ":memory:" not in name:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
    else:
        database["CONN_HEALTH_CHECKS"] = True
        database["OPTIONS"] = {**POSTGRES_OPTIONS, **database.get("OPTIONS", {})}
    return database


def cache_from_url(url: str) -> dict[str, Any]:
    """A cache setting: `redis://`, `rediss://`, `unix://` (Redis) or `locmem://`."""
    scheme = scheme_of(url)
    if scheme in {"redis", "rediss", "unix"}:
        try:
            parse_url(url)
        except (ValueError, TypeError):
            raise ImproperlyConfigured(
                "CACHE_URL must look like redis://host:6379/0; this one cannot be read."
            ) from None
        return {
            "BACKEND": "cms.cache.PatientRedisCache",
            # A list: a single text is cut at commas, and passwords may hold some.
            "LOCATION": [url],
            "KEY_PREFIX": "legal-cms",
        }
    if scheme == "locmem":
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": url.partition("://")[2] or "legal-cms",
            "OPTIONS": {"MAX_ENTRIES": 2000},
        }
    raise ImproperlyConfigured(
        f"CACHE_URL must begin with redis:// or locmem://, not with {scheme!r}."
    )
