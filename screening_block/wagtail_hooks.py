"""Where screeners appear in the admin, and the friendly refusal to publish."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

# Importing these registers their hooks.
from .admin import (  # noqa: F401
    addresses,
    bulk_publish,
    checks,
    copying,
    impact,
    recalls,
    releases,
    reports,
    review,
    scenarios,
    screener_map,
    screeners,
)
from .admin.charts import ChartRowViewSet, ChartViewSet
from .admin.of_screener import may_write_law
from .admin.portable import import_address
from .admin.tell import places, tell
from .admin.thresholds import ThresholdViewSet
from .admin_views import describe, pickers
from .authoring.impact import told
from .authoring.rehearse import (
    refusals,
    rehearse,
    rehearse_delete,
    rehearse_unpublish,
)
from .models import Chart, ChartRow, Screener, Threshold

LAW = (Threshold, Chart, ChartRow)
NOT_PUBLISHED = _("Not published. Your draft is saved. Please fix this first:")


class ScreeningGroup(SnippetViewSetGroup):
    """One menu for the law that screeners use."""

    items = (ThresholdViewSet, ChartViewSet, ChartRowViewSet)
    menu_label = _("Law")
    menu_icon = "openquote"
    menu_order = 250

    def get_submenu_items(self) -> list:
        return [
            *super().get_submenu_items(),
            TakeInItem(
                _("Import a screener"), import_address(), icon_name="upload", order=900
            ),
        ]


class TakeInItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_write_law(request.user)


register_snippet(ScreeningGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("screening/describe/", describe, name="screening_block_describe"),
        path("screening/pickers/", pickers, name="screening_block_pickers"),
        path("screening/scenarios/", include("screening_block.scenarios.urls")),
    ]


@hooks.register("before_publish_page")
def ask_before_publishing_page(request: HttpRequest, page: Any) -> HttpResponse | None:
    return _ask(request, page) if isinstance(page, Screener) else None


@hooks.register("before_publish")
def ask_before_publishing_snippet(
    request: HttpRequest, instance: Any
) -> HttpResponse | None:
    return _ask(request, instance) if isinstance(instance, LAW) else None


def _ask(request: HttpRequest, record: Any) -> HttpResponse | None:
    """Refuse what would be broken; show what changes for visitors before it does.

    The draft is saved by now. The page that shows it has a button that publishes.
    """
    changes = rehearse(record)
    if errors := refusals(changes):
        tell(request, NOT_PUBLISHED, places(errors))
        return redirect(impact.edit_address(record))
    if told(changes)["changes_results"]:
        return redirect(f"{impact.address(record)}?confirm=1")
    return None


@hooks.register("before_unpublish")
def refuse_unpublishing_used(request: HttpRequest, record: Any) -> HttpResponse | None:
    if request.method != "POST" or not isinstance(record, LAW):
        return None
    if errors := refusals(rehearse_unpublish(record)):
        tell(request, _("Still public, because it is used:"), places(errors))
        return redirect(impact.edit_address(record))
    return None


@hooks.register("before_delete_snippet")
def refuse_deleting_used(request: HttpRequest, instances: list) -> HttpResponse | None:
    law = [instance for instance in instances if isinstance(instance, LAW)]
    if request.method != "POST" or not law:
        return None
    said: list[Any] = list(places(refusals(rehearse_delete(*law))))
    charts = [instance for instance in law if isinstance(instance, Chart)]
    if ChartRow.objects.filter(chart__in=charts).exists():
        said.append(_("It still has rows. Delete them first."))
    if not said:
        return None
    tell(request, _("Not deleted, because it is still used:"), said)
    return redirect(impact.edit_address(law[0]))
