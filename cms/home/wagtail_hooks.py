"""What Wagtail asks before it serves a page."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import Page

from cms.home.models import HelpPage
from screening_block.public import has_expired, public_pages


@hooks.register("before_serve_page")
def refuse_expired(
    page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
) -> None:
    """Refuse a page once its time has come, not when the scheduler has next run."""
    if has_expired(page):
        raise Http404


@hooks.register("screening_block_help_page")
def find_help_page(request: HttpRequest | None, locale: str) -> str:
    """Return the address of the directory of help in a language, or in another."""
    pages = public_pages(HelpPage.objects.select_related("locale"), request)
    found = sorted(
        pages, key=lambda page: (page.locale.language_code != locale, page.pk)
    )
    return (found[0].get_full_url(request) or "") if found else ""
