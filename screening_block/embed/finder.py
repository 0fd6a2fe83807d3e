"""For pages of another Wagtail site: from a screener's address to its frame.

Wagtail's own embeds, by `WAGTAILEMBEDS_FINDERS` of the site that shows the screener. It
needs this module alone, and no app of ours among its own:

    {"class": "screening_block.embed.finder", "site": "https://law.example"}
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.html import format_html
from wagtail.embeds.finders.oembed import OEmbedFinder


class ScreenerFinder(OEmbedFinder):
    """Asks one site with screeners for what its addresses show.

    `site` is where its `/embed/v1/` is. An address below it without a screener raises
    Wagtail's `EmbedNotFoundException`, as an unreachable site does.
    """

    def __init__(self, site: str) -> None:
        parts = urlsplit(site)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ImproperlyConfigured(
                f"WAGTAILEMBEDS_FINDERS: site must be an address, not {site!r}."
            )
        self.site = site.rstrip("/")
        beside = re.escape(self.site.partition("://")[2])
        super().__init__(
            [
                {
                    "endpoint": f"{self.site}/embed/v1/oembed",
                    "urls": [rf"(?i)https?://{beside}(?:[/?#]|$)"],
                }
            ]
        )

    def find_embed(
        self, url: str, max_width: int | None = None, max_height: int | None = None
    ) -> dict[str, Any]:
        """Return the frame, and the script that gives it the height of its content."""
        found: dict[str, Any] = super().find_embed(url, max_width, max_height)
        found["html"] += format_html(
            '\n<script type="module" src="{}/embed/v1/frame.js"></script>', self.site
        )
        # With both, Wagtail would hold it to their proportions, as a video.
        found["width"] = found["height"] = None
        # Its address stays, and it says itself when its screener has gone. Asking again
        # would keep pages waiting, and leave them without it while the site is away.
        found.pop("cache_until", None)
        return found


embed_finder_class = ScreenerFinder
