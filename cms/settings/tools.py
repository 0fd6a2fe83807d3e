"""What the settings need to read the environment. Imports no Django model code."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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


def env_bool(name: str, default: bool) -> bool:
    """An on/off variable: 1, true, yes, on (any case) are on."""
    value = os.environ.get(name)
    if value is None:
        return default
    return value.strip().lower() in {"1", "true", "yes", "on"}


def env_list(name: str, default: str = "") -> list[str]:
    """A comma-separated variable, without blanks and empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part]


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
    scheme = urlsplit(url).scheme
    if scheme in {"redis", "rediss", "unix"}:
        return {
            "BACKEND": "cms.cache.PatientRedisCache",
            # A list: a single text is cut at commas, and passwords may hold some.
            "LOCATION": [url],
            "KEY_PREFIX": "legal-cms",
        }
    if scheme == "locmem":
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": urlsplit(url).netloc or "legal-cms",
            "OPTIONS": {"MAX_ENTRIES": 2000},
        }
    raise ValueError(f"CACHE_URL must begin with redis:// or locmem://, not {scheme}")
