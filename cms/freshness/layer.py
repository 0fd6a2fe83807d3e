"""The WSGI application: answers from what was rendered, before any of Django's layers.

Only what everybody gets: a GET or HEAD without a cookie, with nothing that could make
the answer another one. The first such request is answered by Django; what it gave is
kept if nothing was committed meanwhile, and is the answer until something is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any, NamedTuple

from corsheaders.conf import conf
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host
from django.middleware.gzip import GZipMiddleware

from plugins.freshness import collect_ends, hold
from screening_block.encodings import choose_encoding

from .hosts import find_hosts
from .keepable import may_be_kept
from .kept import OK, Answer, Compressor, Headers, Shelf
from .version import Generation, clock

#: As in the settings, for an answer that was asked for without saying who takes what.
GZIP = GZipMiddleware(lambda request: HttpResponse())
Environ = dict[str, Any]
StartResponse = Callable[..., Any]

#: What a request may say about itself, and the answer be the one that everybody gets.
ASKS_MORE = (
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_RANGE",
    "HTTP_TRANSFER_ENCODING",
)
#: What the layer sees to itself, so that Django gives the whole answer.
OURS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING")
#: What an answer may depend on: all of it is the same for every request that gets here,
#: or stands in the key.
MAY_VARY = frozenset(["accept", "accept-encoding", "cookie", "origin"])
#: A page, another address in its place, or none.
KEPT = ("200 ", "301 ", "302 ", "404 ")
#: Bytes of the longest answer that is kept, and of what is compressed by its content.
LONGEST, COMPRESSED = 4_000_000, 12_000_000
#: What Wagtail shows for a picture that cannot be read: it may be there again any time.
MISSING = re.compile(rb"/not-found[\"'?&]")


class Asked(NamedTuple):
    """What an answer is kept by."""

    secure: bool
    host: str
    port: str
    root: str
    path: str
    query: str
    origin: bool


class KeepingHandler(WSGIHandler):
    """Django, behind what it has answered before."""

    def __init__(self) -> None:
        super().__init__()
        most = settings.PAGES_KEPT_MB * 1_000_000
        self.shelf = Shelf(most)
        self.compressor = Compressor(min(COMPRESSED, most))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Any:
        asked = read_request(environ)
        if asked is None:
            return super().__call__(environ, _say_private(environ, start_response))
        generation, now = clock.read(), clock.now()
        if generation is not None:
            known = self.shelf.find(asked, bool(asked.query), generation, now)
            if known is not None:
                return send(known, environ, start_response)
        if environ["REQUEST_METHOD"] != "GET" or not is_keepable(asked):
            return super().__call__(environ, start_response)
        return self._render(asked, generation, environ, start_response)

    def _render(
        self,
        asked: Asked,
        generation: Generation | None,
        environ: Environ,
        start_response: StartResponse,
    ) -> Any:
        """Let Django answer, and keep what it gave."""
        given: list[tuple[str, Headers]] = []

        def note(status: str, headers: Headers, *more: Any) -> Any:
            given.append((status, headers))

        whole = {name: v for name, v in environ.items() if name not in OURS}
        with collect_ends() as ends, hold(generation):
            response: Any = super().__call__(whole, note)
        status, headers = given[0]
        if not is_everybodys(status, headers, response):
            start_response(status, _shorten(headers, response, environ))
            return response
        body, until = response.content, float("-inf")
        if generation is not None and len(body) <= LONGEST and not MISSING.search(body):
            until = min(ends.first, generation.end)
        answer = self._make_answer(status, headers, body, until)
        # Read last: whatever was committed before, the answer may not know.
        if until > clock.now() and clock.read() is generation:
            self.shelf.put(asked, bool(asked.query), generation, answer)
        response.close()
        return send(answer, environ, start_response)

    def _make_answer(
        self, status: str, headers: Headers, body: bytes, until: float
    ) -> Answer:
        names = {name.lower(): value for name, value in headers}
        etag = names.get("etag") or f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        kept = [
            (name, value)
            for name, value in headers
            if name.lower() not in ("etag", "content-length", "vary")
        ]
        vary = [part.strip() for part in names.get("vary", "").split(",") if part]
        if "accept-encoding" not in [part.lower() for part in vary]:
            vary.append("Accept-Encoding")
        kept.append(("Vary", ", ".join(vary)))
        if "cache-control" not in names:
            kept.append(("Cache-Control", write_cache_control()))
        return Answer(kept, etag, body, until, self.compressor, status)


def _shorten(headers: Headers, response: Any, environ: Environ) -> Headers:
    """Compress what Django gave without knowing who asks; return its headers then."""
    known: Any = SimpleNamespace(META=environ)
    GZIP.process_response(known, response)
    cookies = [(name, value) for name, value in headers if name == "Set-Cookie"]
    return [*response.items(), *cookies]


def read_request(environ: Environ) -> Asked | None:
    """Return what a request asks for; None where only Django can tell the answer."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    if any(name in environ for name in ASKS_MORE):
        return None
    if environ.get("CONTENT_LENGTH") not in (None, "", "0"):
        return None
    origin = "HTTP_ORIGIN" in environ
    if origin and not conf.CORS_ALLOW_ALL_ORIGINS:
        return None
    path = environ.get("PATH_INFO", "")
    if path.startswith("/api/") and not takes_json(environ.get("HTTP_ACCEPT")):
        return None
    host = environ.get("HTTP_HOST", "")
    if settings.USE_X_FORWARDED_HOST:
        host = environ.get("HTTP_X_FORWARDED_HOST", host)
    port = environ.get("SERVER_PORT", "")
    if settings.USE_X_FORWARDED_PORT:
        port = environ.get("HTTP_X_FORWARDED_PORT", port)
    return Asked(
        is_secure(environ),
        host,
        port,
        environ.get("SCRIPT_NAME", ""),
        path,
        environ.get("QUERY_STRING", ""),
        origin,
    )


def is_secure(environ: Environ) -> bool:
    """Tell, as Django does, whether a request came by https."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        value = environ.get(name)
        if value is not None:
            return bool(value.split(",", 1)[0].strip() == secure)
    return bool(environ.get("wsgi.url_scheme") == "https")


def is_keepable(asked: Asked) -> bool:
    """Tell whether an answer to what was asked would be kept."""
    if not may_be_kept(asked.path, asked.query):
        return False
    # Any port is answered; only those are kept that belong to the site.
    host, _port = split_domain_port(asked.host)
    return bool(
        host
        and validate_host(host, settings.ALLOWED_HOSTS)
        and asked.host.lower() == asked.host
        and asked.host in find_hosts(asked.port)
    )


def takes_json(accepted: str | None) -> bool:
    """Tell whether `Accept` takes JSON as it is: another type is refused, and one with
    parameters is written in another way."""
    if accepted is None or accepted == "*/*":
        return True
    said = accepted.lower()
    kinds = {part.partition(";")[0].strip() for part in said.split(",")}
    known = kinds & {"*/*", "application/*", "application/json"}
    return bool(known) and "indent" not in said and "q=0," not in f"{said},"


def is_everybodys(status: str, headers: Headers, response: Any) -> bool:
    """Tell whether an answer is whole and meant for everybody."""
    names = {name.lower(): value for name, value in headers}
    said = names.get("cache-control", "")
    varies = {part.strip().lower() for part in names.get("vary", "").split(",")}
    return (
        status[:4] in KEPT
        and not getattr(response, "streaming", True)
        and not {"set-cookie", "content-encoding", "expires"} & set(names)
        and not any(word in said for word in ("no-store", "private", "no-cache"))
        and "'nonce-" not in names.get("content-security-policy", "")
        and varies <= MAY_VARY | {""}
    )


def write_cache_control() -> str:
    """Return what browsers and shared caches are told of a page: ask each time, which
    costs little, or for a while not, where the site allows shared caches that."""
    seconds = settings.PAGES_SHARED_SECONDS
    shared = f", s-maxage={seconds}" if seconds else ""
    return f"public, max-age=0{shared}, must-revalidate"


def send(
    answer: Answer, environ: Environ, start_response: StartResponse
) -> Iterable[bytes]:
    """Send an answer to whoever does not have it."""
    encoding = choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    etag, headers, body = answer.encoded(encoding)
    known = environ.get("HTTP_IF_NONE_MATCH", "")
    if answer.status == OK and has(known, etag):
        start_response("304 Not Modified", [h for h in headers if not _of_body(h[0])])
        return [b""]
    start_response(answer.status, headers)
    return [body if environ["REQUEST_METHOD"] == "GET" else b""]


def has(known: str, etag: str) -> bool:
    """Tell whether `If-None-Match` names an ETag, weak or not."""
    if not known:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags


def _of_body(name: str) -> bool:
    return name.lower() in ("content-length", "content-type", "content-encoding")


def _say_private(environ: Environ, start_response: StartResponse) -> StartResponse:
    """Let no shared cache keep what somebody got who is known: where an answer says
    nothing of caches, it says that."""
    if "HTTP_COOKIE" not in environ and "HTTP_AUTHORIZATION" not in environ:
        return start_response

    def start(status: str, headers: Headers, *more: Any) -> Any:
        if not any(name.lower() == "cache-control" for name, _value in headers):
            headers = [*headers, ("Cache-Control", "private")]
        return start_response(status, headers, *more)

    return start
