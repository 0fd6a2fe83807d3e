"""A page in Chromium that can load the engine, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .mutants import HERE, JS_HALF

TYPES = {".js": "text/javascript", ".json": "application/json", ".html": "text/html"}
#: As strict as the site's own: no eval, no inline script, no other host.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


@contextmanager
def served(
    folders: dict[str, Path], files: dict[str, str] | None = None
) -> Iterator[str]:
    """Serve folders and single texts on this machine; gives the address."""
    texts = files or {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.body()
            self.send_response(200 if body is not None else 404)
            kind = TYPES.get(Path(self.path).suffix, "text/html")
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def body(self) -> bytes | None:
            if self.path == "/":
                return b"<!doctype html><title>Engine</title>"
            if self.path in texts:
                return texts[self.path].encode()
            prefix, _slash, name = self.path[1:].rpartition("/")
            # Only names without a further folder: nothing else can be reached.
            file = folders[prefix] / name if prefix in folders else None
            return file.read_bytes() if file and file.is_file() else None

        def log_message(self, *_: Any) -> None:
            """Nothing: a test's output is its failures."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def engine_page(
    browser: Any,
    files: dict[str, str] | None = None,
    folders: dict[str, Path] | None = None,
) -> Iterator[Any]:
    """A page on which `/engine/`, `/fuzz/` and what is given can be imported;
    `page.errors` collects what goes wrong on it."""
    known = {"engine": JS_HALF, "fuzz": HERE, **(folders or {})}
    with served(known, files) as address:
        page = browser.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda message: page.errors.append(message.text))
        page.goto(f"{address}/")
        yield page
        page.close()
