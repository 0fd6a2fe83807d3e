from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from plugins.urls import api_urlpatterns

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("api/v1/x/", include(api_urlpatterns())),
    path("", include(wagtail_urls)),
]
