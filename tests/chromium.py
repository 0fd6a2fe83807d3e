"""Which Chromium the tests and the benchmarks drive, and how it starts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    # Nothing is drawn by a processor of its own: one process less for each browser.
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def launch_options() -> dict[str, Any]:
    """The system's Chromium; without one, the browser Playwright installed."""
    options: dict[str, Any] = {"args": FLAGS}
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        options["executable_path"] = found
    return options


@contextmanager
def launched() -> Iterator[Any]:
    """A browser of one's own, outside of pytest."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()
