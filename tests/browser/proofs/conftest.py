"""The widget's host and tab once more, and a browser that keeps pages for “Back”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.widget.conftest import (  # noqa: F401 - fixtures
    host,
    large_letters,
    releases,
    tab,
    visitor,
)


@pytest.fixture(scope="session")
def keeping_browser(browser_type: Any, browser_type_launch_args: Any) -> Iterator[Any]:
    """A browser with a back/forward cache, which Playwright switches off."""
    off = ["--disable-back-forward-cache"]
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=off)
    yield browser
    browser.close()
