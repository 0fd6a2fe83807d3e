"""Hooks that add the editor of screeners to the admin."""

from django.urls import path
from wagtail import hooks

from . import copy_hooks, move_hooks  # noqa: F401 - they register their own
from .check_views import (
    ON_CREATE,
    ON_EDIT,
    ChecksOnCreate,
    ChecksOnEdit,
    ScreenerViewSet,
)
from .condition_views import describe_conditions, pickers
from .listing import ScreenerListingViewSet


@hooks.register("register_admin_viewset")
def screener_views() -> ScreenerViewSet:
    return ScreenerViewSet()


@hooks.register("register_admin_urls")
def checks_urls() -> list:
    at = "screening/checks/"
    kind = "<slug:content_type_app_name>/<slug:content_type_model_name>/"
    new = f"{at}{kind}<int:parent_page_id>/"
    return [
        path(f"{at}<int:page_id>/", ChecksOnEdit.as_view(), name=ON_EDIT),
        path(new, ChecksOnCreate.as_view(), name=ON_CREATE),
    ]


@hooks.register("register_admin_viewset")
def screener_listing() -> ScreenerListingViewSet:
    return ScreenerListingViewSet("screeners")


@hooks.register("register_admin_urls")
def condition_urls() -> list:
    return [
        path(
            "screening/describe/", describe_conditions, name="screening_block_describe"
        ),
        path("screening/pickers/", pickers, name="screening_block_pickers"),
    ]
