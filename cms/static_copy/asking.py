"""Asks this site for an address in this process, as an anonymous visitor would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.core.files.storage import storages
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from wagtail.models import Site

#: Settings of production name where uploads are kept; a web server serves them there.
UPLOADS = ("renditions", "default")


@dataclass(frozen=True)
class Answer:
    """What an address answers. Header names are in lower case."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The media type, such as `text/html`."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@contextmanager
def one_connection() -> Iterator[None]:
    """Keep the database open from one request to the next: nobody else asks here."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


class Asker:
    """Reads one site at its own address."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.origin = urlsplit(site.root_url)
        self.handler = WSGIHandler()

    def ask(self, address: str) -> Answer:
        """Answer a path with its query, as it stands in a link (percent-encoded)."""
        heard: dict[str, Any] = {}

        def start(status: str, headers: Any, *_more: Any) -> Any:
            heard["status"] = int(status.partition(" ")[0])
            heard["headers"] = {name.lower(): value for name, value in headers}

        with one_connection():
            parts = self.handler(self._environ(address), start)
            try:
                body = b"".join(parts)
            finally:
                parts.close()
        answer = Answer(heard["status"], body, heard["headers"])
        return self._read_upload(address) or answer if answer.status == 404 else answer

    def request(self) -> WSGIRequest:
        """Make a request that names the site, for whoever asks what is public."""
        return WSGIRequest(self._environ("/"))

    def _environ(self, address: str) -> dict[str, Any]:
        path, _mark, query = address.partition("?")
        secure = self.origin.scheme == "https"
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self.origin.hostname or "localhost",
            "SERVER_PORT": str(self.origin.port or (443 if secure else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self.origin.netloc,
            # As whatever stands in front of a public server says it.
            "HTTP_X_FORWARDED_PROTO": self.origin.scheme,
            "HTTP_X_FORWARDED_FOR": ", ".join(
                ["127.0.0.1"] * getattr(settings, "TRUSTED_PROXIES", 0)
            ),
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": self.origin.scheme,
            "wsgi.version": (1, 0),
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    def _read_upload(self, address: str) -> Answer | None:
        """Return an upload, which another server has where the site is public."""
        folder = settings.MEDIA_URL or ""
        if not folder.startswith("/") or not address.startswith(folder):
            return None
        name = unquote(address.removeprefix(folder))
        for alias in UPLOADS:
            try:
                with storages[alias].open(name) as file:
                    return Answer(200, file.read())
            except (OSError, ValueError):
                continue
        return None


def encode_path(path: str) -> str:
    """Write a path as links have it, with what may stand in one as it is."""
    return quote(path, safe="/~!$&'()*+,;=:@-._%")
