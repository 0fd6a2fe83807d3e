"""Asks a WSGI application, as a server does."""

from __future__ import annotations

from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from cms.freshness import version
from plugins import freshness


class Given(NamedTuple):
    """What was answered; names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask_anew(application: Any, address: str, **more: str) -> Given:
    """Ask what is right now: nothing that was worked out before is used."""
    freshness.connect(None)
    try:
        return ask(application, address, **more)
    finally:
        freshness.connect(version.clock)


def ask(application: Any, address: str, method: str = "GET", **more: str) -> Given:
    """Ask for an address; `more` are headers (`cookie="a=b"`) or WSGI's own names."""
    path, _mark, query = address.partition("?")
    named = {
        name if name.isupper() else f"HTTP_{name.upper()}": value
        for name, value in more.items()
    }
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "203.0.113.5",
        "HTTP_HOST": "testserver",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **named,
    }
    said: list[tuple[str, list[tuple[str, str]]]] = []
    given = application(
        environ, lambda status, headers, *more: said.append((status, headers))
    )
    try:
        body = b"".join(given)
    finally:
        if hasattr(given, "close"):
            given.close()
    status, headers = said[0]
    names = [name.lower() for name, _value in headers]
    assert len(set(names)) == len(names) or "set-cookie" in names
    return Given(int(status.split()[0]), {name.lower(): v for name, v in headers}, body)
