"""Which of Wagtail's sites a host is: Wagtail asks that anew with each request."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.models import Site, sites

from plugins.freshness import remember
from screening_block.page_kinds import reading_by_key


def connect() -> None:
    """Let Wagtail remember its answer; called once, when the app is ready."""
    if not hasattr(sites.get_site_for_hostname, "__wrapped__"):
        sites.get_site_for_hostname = _remembering(sites.get_site_for_hostname)


def _remembering(ask: Callable[[str, Any], Any]) -> Callable[[str, Any], Any]:
    @wraps(ask)
    def find(hostname: str, port: Any) -> Any:
        def read() -> Any:
            with reading_by_key() as kinds:
                site = ask(hostname, port)
                if isinstance(site, Site):
                    # As its own kind and with its language, which every page asks for.
                    kind = site.root_page.specific_class or type(site.root_page)
                    pages = kind._default_manager.select_related("locale")
                    site.root_page = pages.get(pk=site.root_page_id)
                    kinds.add([site.root_page.content_type_id])
            return site

        found = remember(("site", hostname, str(port)), read, by_source=True)
        if not isinstance(found, Site):
            return found
        # Of its own: whoever asked may write things down in it.
        site = copy.copy(found)
        site.root_page = copy.copy(found.root_page)
        return site

    return find
