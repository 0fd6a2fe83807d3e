"""Addresses of the whole site, the page tree last."""

import logging

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from drf_spectacular.views import SpectacularJSONAPIView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import views
from plugins import ApiRoutes, registry
from plugins.base import is_strict

logger = logging.getLogger(__name__)

handler404 = "cms.views.not_found"
handler500 = "cms.views.server_error"


def plugin_api() -> list[URLResolver]:
    """What plugins add to the API, each below its own prefix.

    A plugin whose addresses cannot be imported is left out and logged, so that it
    does not take the whole site down; in strict mode its error passes through.
    """
    found = []
    for routes in registry.all("api_routes").values():
        assert isinstance(routes, ApiRoutes)  # noqa: S101 - the registry checks it
        try:
            patterns = routes.patterns()
        except Exception:
            if is_strict():
                raise
            logger.exception("The API of plugin %s cannot be loaded", routes.key)
            continue
        found.append(path(f"{routes.prefix}/", include(patterns)))
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("api/v1/", include("cms.articles.api.urls")),
    path("api/v1/", include("screening_block.api.urls")),
    path("api/v1/x/", include(plugin_api())),
    path("api/schema/", SpectacularJSONAPIView.as_view(), name="api-schema"),
    path("api/docs/", views.api_docs, name="api-docs"),
]
if settings.LOCAL:
    # One process serves everything; a public server leaves uploads to the web server.
    urlpatterns.append(
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    )
urlpatterns += i18n_patterns(
    path("screeners/", include("screening_block.urls")),
    path("", include(wagtail_urls)),
    # English has no prefix, so that its addresses stay when languages are added.
    prefix_default_language=False,
)
