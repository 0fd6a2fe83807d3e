"""What Wagtail asks before it serves a page."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import Page

from screening_block.public import has_expired


@hooks.register("before_serve_page")
def refuse_expired(
    page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
) -> None:
    """Refuse a page once its time has come, not when the scheduler has next run."""
    if has_expired(page):
        raise Http404
