"""Addresses of the whole site, the page tree last."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import topic_pages, views
from cms.changes.endpoint import ChangesView
from cms.glossary_page import show_glossary
from cms.machines import views as machines
from cms.machines.sitemap import sitemap
from cms.previews.api import PreviewView
from cms.previews.views import show_draft
from cms.site_search.views import show_search
from plugins.urls import api_urlpatterns

handler400 = "cms.views.bad_request"
handler404 = "cms.views.not_found"
handler500 = "cms.views.server_error"


urlpatterns: list[URLPattern | URLResolver] = [
    # Wagtail's view that raises, for whoever wants to see a fault.
    path("admin/failwhale/", views.show_no_such_page),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    # Browsers ask for it where a page names no icon, such as a block preview.
    path("favicon.ico", views.favicon),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("llms.txt", machines.llms, name="llms"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("api/v1/", include("cms.api.urls")),
    path("api/v1/changes/", ChangesView.as_view(), name="api-changes"),
    path("api/v1/previews/<str:token>/", PreviewView.as_view(), name="api-preview"),
    path("preview/<str:token>/", show_draft, name="draft"),
    path("api/v1/", include("screening_block.api.urls")),
    path("api/v1/", include("screening_block.help.urls")),
    path("api/v1/x/", include(api_urlpatterns())),
    path("api/schema/", SpectacularJSONAPIView.as_view(), name="api-schema"),
    path("api/docs/", views.api_docs, name="api-docs"),
    # What is no endpoint is no page either, whatever is sent to it.
    re_path("^api/", views.show_no_endpoint, name="api-none"),
    path("embed/v1/", include("screening_block.embed.urls")),
]
if settings.LOCAL:
    # One process serves everything; a public server leaves uploads to the web server.
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", views.media))
urlpatterns += i18n_patterns(
    path("site.webmanifest", machines.manifest, name="manifest"),
    path("screeners/", include("screening_block.visitor.urls")),
    path("open/", include("screening_block.handover.urls")),
    path("glossary/", show_glossary, name="glossary"),
    path("search/", show_search, name="search"),
    path("topics/<str:slug>/", topic_pages.show_topic, name="topic"),
    re_path(
        r"^(?P<path>(?:[\w\-]+/)*[\w\-]+)\.md$",
        machines.article_markdown,
        name="markdown",
    ),
    path("", include(wagtail_urls)),
    # English has no prefix, so that its addresses stay when languages are added.
    prefix_default_language=False,
)
