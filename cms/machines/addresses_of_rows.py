"""Absolute addresses of many pages, of their `url_path` alone.

Wagtail works out an address from a whole page, and asks Django's patterns for each.
What stands before a page's own path is the same for all pages of a language.
"""

from __future__ import annotations

import re

from django.http import HttpRequest
from wagtail.models import Page, Site

#: What stands in an address as it is.
PLAIN = re.compile(r"[A-Za-z0-9_/-]*")


class RowAddresses:
    """Finds the addresses of pages at the site that `request` asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._roots = [root.root_path for root in Site.get_site_root_paths()]
        # By the roots that a page is below: how much of its path goes, and what comes.
        self._starts: dict[tuple[str, ...], tuple[int, str] | None] = {}

    def find(self, url_path: str) -> str:
        """Return the address of the page at `url_path`, "" where it has none."""
        above = tuple(root for root in self._roots if url_path.startswith(root))
        if above not in self._starts:
            self._starts[above] = self._learn(url_path, above)
        start = self._starts[above]
        if start is None or not PLAIN.fullmatch(url_path, start[0]):
            return self._ask(url_path)
        return start[1] + url_path[start[0] :]

    def _learn(self, url_path: str, above: tuple[str, ...]) -> tuple[int, str] | None:
        """Take apart what Wagtail says; None where it says it in another way."""
        whole = self._ask(url_path)
        for root in above:
            rest = url_path[len(root) :]
            if PLAIN.fullmatch(rest) and whole.endswith(f"/{rest}"):
                return len(root), whole[: len(whole) - len(rest)]
        return None

    def _ask(self, url_path: str) -> str:
        return Page(url_path=url_path).get_full_url(self._request) or ""
