"""Where screeners appear in the admin, and the friendly refusal to publish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .admin_views import describe
from .authoring.gate import GateError
from .authoring.publish import refusals, refusals_to_delete
from .models import Chart, ChartRow, Screener, Threshold

LAW = (Threshold, Chart, ChartRow)
NOT_PUBLISHED = _("Not published. Your draft is saved. Please mend this first:")


class ThresholdViewSet(SnippetViewSet):
    model = Threshold
    icon = "order"
    list_display = ["label", "key", "value_summary", "status", UpdatedAtColumn()]
    list_filter = ["status", "kind", "unit"]
    ordering = ["key"]


class ChartViewSet(SnippetViewSet):
    model = Chart
    icon = "table"
    list_display = ["label", "key", UpdatedAtColumn()]


class ChartRowViewSet(SnippetViewSet):
    model = ChartRow
    icon = "list-ul"
    list_display = ["label", "key", "chart", "status", UpdatedAtColumn()]
    list_filter = ["chart", "status"]
    ordering = ["chart_id", "sort_order"]


class ScreeningGroup(SnippetViewSetGroup):
    """One menu for the law that screeners use."""

    items = (ThresholdViewSet, ChartViewSet, ChartRowViewSet)
    menu_label = _("Law")
    menu_icon = "openquote"
    menu_order = 250


register_snippet(ScreeningGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("screening/describe/", describe, name="screening_block_describe")]


def tell(request: HttpRequest, what: Any, errors: list[GateError]) -> None:
    """Say what was refused, and each place that has to be mended first."""
    texts = ((text,) for error in errors for text in error.messages)
    listed = format_html_join("", "<li>{}</li>", texts)
    messages.error(
        request,
        format_html(
            "{}<ul>{}</ul>",
            what,
            listed,
        ),
    )


@hooks.register("before_publish_page")
def refuse_broken_screener(request: HttpRequest, page: Any) -> HttpResponse | None:
    if not isinstance(page, Screener) or not (errors := refusals(page)):
        return None
    tell(request, NOT_PUBLISHED, errors)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_publish")
def refuse_breaking_snippet(request: HttpRequest, instance: Any) -> HttpResponse | None:
    if not isinstance(instance, LAW):
        return None
    if not (errors := refusals(instance)):
        return None
    tell(request, NOT_PUBLISHED, errors)
    return redirect(instance.snippet_viewset.get_url_name("edit"), instance.pk)


@hooks.register("before_delete_snippet")
def refuse_deleting_used(request: HttpRequest, instances: list) -> HttpResponse | None:
    for instance in instances:
        if request.method != "POST" or not isinstance(instance, LAW):
            continue
        if errors := refusals_to_delete(instance):
            tell(request, _("Not deleted, because it is still used:"), errors)
            return redirect(instance.snippet_viewset.get_url_name("edit"), instance.pk)
    return None
