"""How Wagtail serves a screener's own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from screening_block.models import Screener

from .views import show_screener

Serve = Callable[[Any, HttpRequest, list, dict], HttpResponse]


# After those that ask who may see a page at all: what comes first stands outside.
@hooks.register("on_serve_page", order=100)
def serve_screeners(serve_next: Serve) -> Serve:
    """Serve a screener as its introduction and its form, and all else as before."""

    def serve(page: Any, request: HttpRequest, args: list, kwargs: dict) -> Any:
        if isinstance(page, Screener):
            return show_screener(request, page)
        return serve_next(page, request, args, kwargs)

    return serve
