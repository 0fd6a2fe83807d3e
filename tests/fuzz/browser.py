"""A page in Chromium that can load the engine, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .mutants import HERE, JS_HALF, Mutant

TYPES = {".js": "text/javascript", ".json": "application/json", ".html": "text/html"}
#: As strict as the site's own: no eval, no inline script, no other host.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
#: One worker per copy of the half, kept until told otherwise; see worker.js.
RUN = """
([half, jobs, stop, longest]) => new Promise((resolve) => {
  globalThis.workers ??= {};
  const worker = workers[half] ??= new Worker("/fuzz/worker.js", { type: "module" });
  const end = (found) => {
    clearTimeout(timer);
    if (stop) {
      worker.terminate();
      delete workers[half];
    }
    resolve(found);
  };
  const crash = (found) => {
    end([{ evaluations: 0, differences: [{ part: "crash", found }] }]);
  };
  const timer = setTimeout(() => crash("The engine hangs."), longest * 1000);
  worker.onmessage = ({ data }) => end(data);
  worker.onerror = (event) => {
    event.preventDefault();
    crash(event.message ?? "A module cannot be loaded.");
  };
  worker.postMessage({ half, jobs, stop });
})
"""
#: Seconds; a job takes a small part of one.
LONGEST = 60


@contextmanager
def served(folders: dict[str, Path], texts: dict[str, str]) -> Iterator[str]:
    """Serve folders and single texts on this machine, also those that are put into
    the two later; gives the address."""

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
def engine_page(browser: Any, folders: dict[str, Path] | None = None) -> Iterator[Any]:
    """A page on which `/engine/`, `/fuzz/` and what is given can be imported, or is
    put into `page.files` and `page.folders` later; `page.errors` collects what goes
    wrong on it."""
    known = {"engine": JS_HALF, "fuzz": HERE, **(folders or {})}
    files: dict[str, str] = {}
    with served(known, files) as address:
        page = browser.new_page()
        page.files, page.folders, page.errors = files, known, []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda message: page.errors.append(message.text))
        page.goto(f"{address}/")
        yield page
        page.close()


class BrowserHalf:
    """The JavaScript half on an `engine_page`, which runs jobs (see cases.py)."""

    def __init__(self, page: Any):
        self.page, self.files, self.folders = page, page.files, page.folders

    def run(self, job: str) -> dict[str, Any]:
        """Run one job, given as JSON: `{"evaluations", "differences"}`."""
        self.files["/job.json"] = job
        arguments = ["/engine", ["/job.json"], False, LONGEST]
        found: dict[str, Any] = self.page.evaluate(RUN, arguments)[0]
        return found

    def put(self, jobs: Sequence[str]) -> list[str]:
        """Offer a corpus of jobs; gives their names, for `differs`."""
        names = [f"/jobs/{number}.json" for number in range(len(jobs))]
        self.files.update(zip(names, jobs, strict=True))
        return names

    def differs(self, mutant: Mutant, jobs: list[str]) -> bool:
        """Whether the half with this defect differs on a corpus. A crash and a run
        without end count: nobody would overlook them."""
        name = f"m{len(self.folders)}"
        self.folders[name] = JS_HALF
        self.files[f"/{name}/{mutant.file}"] = mutant.text()
        found = self.page.evaluate(RUN, [f"/{name}", jobs, True, LONGEST])
        return any(job["differences"] for job in found)
