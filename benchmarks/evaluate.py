"""What `evaluate` costs beside a view that does nothing. One command:

    .venv/bin/python benchmarks/evaluate.py [--rounds 15]

The law pack that ships is published and asked for in the process, through all of the
site's middleware, as a production server is set up. Requests are made in turns with
those for a view that answers a few bytes of JSON, so that whatever else the machine
does falls on both. Prints milliseconds of the process for one request (the least of the
rounds) and how many of them are answered in the time of one trivial view.

Ends with 1 if a figure is worse than what is promised.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import sys
import time
from typing import Any

from databases import new_site
from load import large, root

KEY = "ca-firearm-expungement"
ADDRESS = f"/api/v1/screeners/{KEY}/evaluate/"
#: The least rate, beside that of the trivial view. The others are printed alone.
LEAST = {"levels": 0.2, "reasons": 0.05}
ANSWERS = {"immigration_status": "lpr", "sentence_days_imposed": 320}
#: Sets of answers in a batch, and requests in a row of one kind.
BATCH, TURN = 100, 10


class Server:
    """The site's WSGI application, asked without a network."""

    def __init__(self) -> None:
        from django.core.wsgi import get_wsgi_application
        from django.http import JsonResponse
        from django.urls import path
        from rest_framework.throttling import SimpleRateThrottle

        import cms.urls

        # It sets the collector of garbage up.
        import cms.wsgi

        def trivial(request: Any) -> JsonResponse:
            return JsonResponse({"ok": True})

        cms.urls.urlpatterns.insert(0, path("trivial/", trivial))
        rates = dict.fromkeys(SimpleRateThrottle.THROTTLE_RATES, "1000000/min")
        SimpleRateThrottle.THROTTLE_RATES = rates
        # Not what keeps pages before Django is asked: a view is to be called.
        self.application = get_wsgi_application()

    def ask(self, address: str, sent: Any = None) -> bytes:
        path, _mark, query = address.partition("?")
        body = b"" if sent is None else json.dumps(sent).encode()
        asked = {
            "REQUEST_METHOD": "GET" if sent is None else "POST",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "localhost:8000",
            "HTTP_ACCEPT": "application/json",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
        }
        said: list[str] = []
        answer = self.application(asked, lambda status, _headers: said.append(status))
        try:
            content = b"".join(answer)
        finally:
            answer.close()
        if said != ["200 OK"]:
            raise SystemExit(f"{address}: {said} {content[:200]!r}")
        return content


def main() -> int:
    parser = argparse.ArgumentParser(description="Evaluate through the API.")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with new_site("sqlite"):
        from django.db import connections

        from screening_block.packs.load import load_pack

        load_pack(KEY, large(KEY), root())
        try:
            return compare(Server(), options.rounds)
        finally:
            connections.close_all()


def compare(server: Server, rounds: int) -> int:
    from django.core.cache import cache

    one = {"answers": ANSWERS}
    asked: dict[str, tuple[str, Any]] = {"trivial": ("/trivial/", None)}
    for detail in ("levels", "reasons", "full", "trace"):
        asked[detail] = (f"{ADDRESS}?detail={detail}", one)
    several = {"items": [one] * BATCH}
    asked[f"{BATCH} levels"] = (f"{ADDRESS}batch/?detail=levels", several)
    sizes = {name: len(server.ask(*how)) for name, how in asked.items()}
    release = json.loads(server.ask(*asked["levels"]))["release"]
    asked["release"] = (f"/api/v1/releases/{release}/", None)
    sizes["release"] = len(server.ask(*asked["release"]))
    same_levels(server, asked)
    least: dict[str, float] = dict.fromkeys(asked, float("inf"))
    gc.collect()
    for _round in range(rounds):
        for name, how in asked.items():
            # Without the limit that is lifted here nobody's history is longer.
            cache.clear()
            turns = 1 if name.startswith(str(BATCH)) else TURN
            started = time.process_time()
            for _turn in range(turns):
                server.ask(*how)
            took = 1000 * (time.process_time() - started) / turns
            least[name] = min(least[name], took)
    failed = 0
    for name, took in least.items():
        rate = least["trivial"] / took
        print(f"{name:14}{took:9.2f} ms{rate:9.3f}{sizes[name]:10,} bytes")
        if rate < LEAST.get(name, 0):
            print(f"  Promised: {LEAST[name]}.")
            failed = 1
    return failed


def same_levels(server: Server, asked: dict[str, tuple[str, Any]]) -> None:
    """Make sure that every answer was worked out."""
    said = {
        name: [
            (found["key"], found["level"])
            for found in json.loads(server.ask(*asked[name]))["findings"]
        ]
        for name in ("levels", "reasons", "full", "trace")
    }
    if len({json.dumps(found) for found in said.values()}) != 1 or not said["levels"]:
        raise SystemExit("The answers do not have the same levels.")


if __name__ == "__main__":
    sys.exit(main())
