"""Files about the whole site, and articles as Markdown, for machines."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.articles.models import ArticlePage
from cms.conditional import tag_content
from cms.identity.published import name_site
from cms.machines.addresses import find_address
from cms.machines.article_markdown import markdown_address, write_article
from cms.machines.site_texts import write_llms, write_security
from screening_block.public import only_public

ICONS = (192, 512)
PLAIN = "text/plain; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"


@require_safe
def article_markdown(request: HttpRequest, path: str) -> HttpResponse:
    """Answer a public article as Markdown, in its own language only."""
    # Everybody gets the same, so that it can be kept: no note for staff.
    request.user = AnonymousUser()
    found = Page.route_for_request(request, path)
    page = found.page.specific if found else None
    if not isinstance(page, ArticlePage) or not only_public([page], request):
        raise Http404("No public article")
    if page.locale.language_code != get_language():
        address = find_address(page, request, get_language())
        return redirect(markdown_address(address))
    response = HttpResponse(write_article(page, request), MARKDOWN)
    response["Link"] = f'<{page.get_full_url(request)}>; rel="canonical"'
    return tag_content(request, response)


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """Name what there is to read, for assistants."""
    return tag_content(request, HttpResponse(write_llms(request), PLAIN))


@require_safe
@cache_control(public=True, max_age=3600)
def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness of the site, where somebody is named."""
    text = write_security(request)
    if not text:
        raise Http404("No contact is named")
    return HttpResponse(text, PLAIN)


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """Name the site and its icons in a language, for a bookmark on a phone's screen.

    `display` is `browser`: nobody is offered to install it, because an app with its
    name would stay on a device that others may look through.
    """
    language = get_language() or settings.LANGUAGE_CODE
    name = name_site(request, language) or settings.WAGTAIL_SITE_NAME
    drawn = [
        {
            "src": static(f"cms/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in ICONS
    ]
    mark = {"src": static("cms/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    body = {
        "name": name,
        "short_name": name,
        "lang": language,
        "start_url": reverse("wagtail_serve", args=[""]),
        "scope": "/",
        "display": "browser",
        "background_color": "#fbfaf6",
        "theme_color": "#fbfaf6",
        "icons": [*drawn, mark],
    }
    return JsonResponse(body, content_type="application/manifest+json")
