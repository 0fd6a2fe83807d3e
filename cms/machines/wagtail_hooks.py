"""What Wagtail asks before it serves a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page

from cms.articles.models import ArticlePage
from cms.machines.addresses import address_in_language
from cms.machines.article_markdown import markdown_address
from cms.machines.oembed_article import find_article
from screening_block.sites import give_sites, list_sites

__all__ = ["find_article", "lead_to_language", "name_markdown"]


# After Wagtail's own, which asks who may read the page at all.
@hooks.register("before_serve_page", order=10)
def lead_to_language(
    page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
) -> HttpResponse | None:
    """Serve a page at the address of its language only."""
    address = address_in_language(page, request)
    return redirect(address) if address else None


@hooks.register("on_serve_page")
def name_markdown(serve: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say with an article where it is as Markdown."""

    def serve_and_name(
        page: Page, request: HttpRequest, args: Any, kwargs: Any
    ) -> HttpResponse:
        # Wagtail would ask for them anew.
        give_sites(request, list_sites())
        response = serve(page, request, args, kwargs)
        if isinstance(page, ArticlePage) and response.status_code == 200:
            address = markdown_address(page.get_full_url(request) or "")
            response["Link"] = f'<{address}>; rel="alternate"; type="text/markdown"'
        return response

    return serve_and_name
