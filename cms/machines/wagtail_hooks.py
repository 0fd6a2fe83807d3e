"""What Wagtail asks before it serves a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page

from cms.machines.addresses import address_in_language


# After Wagtail's own, which asks who may read the page at all.
@hooks.register("before_serve_page", order=10)
def lead_to_language(
    page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
) -> HttpResponse | None:
    """Serve a page at the address of its language only."""
    address = address_in_language(page, request)
    return redirect(address) if address else None
