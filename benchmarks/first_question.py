"""How long the first question takes on a slow line, of a site that runs:

    .venv/bin/python benchmarks/first_question.py [http://127.0.0.1:8000] [--key KEY]

Chromium with nothing cached is held to 50 kB a second with 400 milliseconds for each
answer, as a phone on 3G (of its network emulation, by the DevTools protocol). Per page
and language: the seconds until the widget can be answered (its first question, or the
button that shows it), and the bytes that came by then. Each page is opened three times;
the median is printed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.chromium import launched

SPEED, LATENCY = 50_000, 400
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--key", default="ca-firearm-expungement")
    given = parser.parse_args()
    site, key = given.site.rstrip("/"), given.key
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
    with launched() as browser:
        for name, (address, body) in pages.items():
            rounds = [measure(browser, address, body) for _round in range(ROUNDS)]
            seconds = statistics.median(one for one, _bytes in rounds)
            size = statistics.median(size for _seconds, size in rounds)
            print(f"{name:24}{seconds:9.1f}{size:10,.0f}")


if __name__ == "__main__":
    main()
