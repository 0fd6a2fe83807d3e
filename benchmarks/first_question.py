"""How long the first question takes on a slow line. One command, no arguments needed:

    .venv/bin/python benchmarks/first_question.py [http://127.0.0.1:8000] [--key KEY]

Without an address a new site with the demo is asked.

Chromium with nothing cached is held to 50 kB a second with 400 milliseconds for each
answer, as a phone on 3G (of its network emulation, by the DevTools protocol). Per page
and language: the seconds until the widget can be answered (its first question, or the
button that shows it), and the bytes that came by then. Each page is opened three times;
the median is printed. Ends with 1 if one takes longer than `MOST` seconds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from freshness import serving
from operations import make
from outside import free_port

from tests.chromium import launched

SPEED, LATENCY = 50_000, 400
MOST = 4.0
ROUNDS = 3
#: The questions are there, laid out: the screen that shows has a heading.
READY = """() => document.querySelector("legal-screener")?.app
  && document.querySelector("legal-screener").shadowRoot.querySelector("h2")"""
#: A page of another site, as small as one can be.
ELSEWHERE = """<!doctype html><html lang="{locale}"><meta charset="utf-8">
<title>Elsewhere</title><meta name="viewport" content="width=device-width">
<legal-screener src="{site}/api/v1/screeners/{key}/"></legal-screener>
<script type="module" src="{site}/embed/v1/screener.js"></script>"""


def measure(browser: Any, address: str, body: str = "") -> tuple[float, int]:
    """Seconds until the questions are there, and bytes by then."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    if body:
        page.route(address, lambda r: r.fulfill(body=body, content_type="text/html"))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": SPEED,
            "uploadThroughput": SPEED,
        },
    )
    received: list[float] = []
    session.on(
        "Network.dataReceived", lambda one: received.append(one["encodedDataLength"])
    )
    page.goto(address, wait_until="commit")
    page.wait_for_function(READY, polling="raf", timeout=60_000)
    seconds = page.evaluate("performance.now()") / 1000
    context.close()
    return seconds, int(sum(received))


@contextmanager
def demo_site() -> Iterator[str]:
    """A new site with the demo; gives its address."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="legal-cms-") as name:
        folder = Path(name)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "VAR_DIR": name,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": site,
        }
        make(dict(os.environ))
        with serving(port, folder):
            yield site


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", nargs="?")
    parser.add_argument("--key", default="ca-firearm-expungement")
    given = parser.parse_args()
    with nullcontext(given.site) if given.site else demo_site() as site:
        return measure_all(site.rstrip("/"), given.key)


def measure_all(site: str, key: str) -> int:
    pages = {
        f"its own page, {locale}": (f"{site}{prefix}/screeners/{key}/", "")
        for locale, prefix in (("en", ""), ("es", "/es"))
    } | {
        f"another site, {locale}": (
            f"{site}/elsewhere",
            ELSEWHERE.format(locale=locale, site=site, key=key),
        )
        for locale in ("en", "es")
    }
    print(f"{'page':24}{'seconds':>9}{'bytes':>10}")
    late = False
    with launched() as browser:
        for name, (address, body) in pages.items():
            rounds = [measure(browser, address, body) for _round in range(ROUNDS)]
            seconds = statistics.median(one for one, _bytes in rounds)
            size = statistics.median(size for _seconds, size in rounds)
            late = late or seconds > MOST
            print(f"{name:24}{seconds:9.1f}{size:10,.0f}")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
