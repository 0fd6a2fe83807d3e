"""Hooks that show the impact and releases of a screener in the admin."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from screening_block.models import Screener

from . import impact_views, recall_views
from .bulk_publish_views import PublishEachAction
from .release_views import (
    URL_NAME,
    HistoryView,
    PDFView,
    ReadView,
    RestoreView,
    releases_url,
)

# After Wagtail's own, which has the same name.
hooks.register("register_bulk_action", PublishEachAction, order=10)


@hooks.register("register_page_header_buttons")
def impact_button(page: Any, user: Any, view_name: str, next_url: Any = None) -> Any:
    if isinstance(page, Screener) and page.permissions_for_user(user).can_edit():
        yield impact_views.impact_button(page, 65)


@hooks.register("register_admin_urls")
def impact_urls() -> list:
    return [
        path(
            "screening/impact/<slug:kind>/<int:pk>/",
            impact_views.ImpactView.as_view(),
            name=impact_views.URL_NAME,
        )
    ]


@hooks.register("register_admin_urls")
def release_urls() -> list:
    at = "screening/<int:pk>/releases/"
    return [
        path(at, HistoryView.as_view(), name=URL_NAME),
        path(f"{at}<slug:sha256>/", ReadView.as_view(), name=f"{URL_NAME}_read"),
        path(f"{at}<slug:sha256>/paper/", PDFView.as_view(), name=f"{URL_NAME}_paper"),
        path(
            f"{at}<slug:sha256>/restore/",
            RestoreView.as_view(),
            name=f"{URL_NAME}_restore",
        ),
    ]


@hooks.register("register_page_header_buttons")
def release_buttons(page: Any, user: Any, view_name: str, next_url: Any = None) -> Any:
    if isinstance(page, Screener) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Releases"),
            releases_url(page),
            icon_name="history",
            priority=66,
        )
        yield Button(
            _("Read in plain words"),
            releases_url(page, "_read", "draft"),
            icon_name="doc-full",
            priority=67,
        )


@hooks.register("register_log_actions")
def recall_action(actions: Any) -> None:
    label, message = _("Recall a release"), _("Release recalled as wrong")
    actions.register_action(recall_views.RECALLED, label, message)


@hooks.register("register_admin_urls")
def recall_url() -> list:
    at = "screening/<int:pk>/releases/<slug:sha256>/recall/"
    return [path(at, recall_views.RecallView.as_view(), name=f"{URL_NAME}_recall")]
