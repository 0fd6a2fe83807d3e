from django.http import HttpRequest, JsonResponse
from django.urls import path

from plugins import ApiRoutes


def ping(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"plugin": "dummy_plugin"})


def urlpatterns() -> list[object]:
    return [path("ping/", ping)]


ROUTES = ApiRoutes(
    key="dummy_plugin",
    label="Dummy API",
    prefix="dummy-plugin",
    urlpatterns=urlpatterns,
)
