"""Files about the whole site, for browsers and other machines."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

ICONS = (192, 512)


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """Name the site and its icons, for a bookmark on a phone's screen.

    `display` is `browser`: nobody is offered to install it, because an app with its
    name would stay on a device that others may look through.
    """
    site = Site.find_for_request(request)
    name = (site.site_name or site.hostname) if site else settings.WAGTAIL_SITE_NAME
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
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "background_color": "#fbfaf6",
        "theme_color": "#fbfaf6",
        "icons": [*drawn, mark],
    }
    return JsonResponse(body, content_type="application/manifest+json")
