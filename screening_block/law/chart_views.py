"""Charts and their rows in the admin's menu."""

from typing import Any

from django.db.models import Count
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from screening_block.admin_urls import admin_url
from screening_block.fields.posted_numbers import parse_number
from screening_block.models import Chart, ChartRow
from screening_block.review.impact_views import ImpactEditView

from .choosers import LawChooserViewSet
from .copy_views import LawCopyView
from .panels import UsedByPanel
from .row_views import CellView, RowsActView, RowsView
from .spreadsheet_views import ChartImportView, DownloadView


def rows_url(chart: Any) -> str:
    return admin_url(Chart, "rows", chart.pk)


class ChartEditView(ImpactEditView):
    @cached_property
    def header_buttons(self) -> list:
        return [HeaderButton(_("Rows"), rows_url(self.object), icon_name="list-ul")]


class ChartViewSet(SnippetViewSet):
    model = Chart
    chooser_viewset_class = LawChooserViewSet
    icon = "table"
    edit_view_class = ChartEditView
    copy_view_class = LawCopyView
    panels = [*map(FieldPanel, ("label", "key", "columns")), UsedByPanel()]
    list_display = [
        "label",
        TitleColumn(
            "row_count",
            label=gettext_lazy("Rows"),
            get_url=rows_url,
            get_title_id=lambda chart: f"chart_{chart.pk}_rows",
        ),
        "key",
        LiveStatusTagColumn(),
    ]

    def get_queryset(self, request: Any) -> Any:
        return Chart.objects.annotate(row_count=Count("rows"))

    def get_urlpatterns(self) -> list:
        def at(where: str, view: type, name: str, **kwargs: Any) -> Any:
            return path(where, view.as_view(**kwargs), name=name)  # type: ignore[attr-defined]

        return [
            *super().get_urlpatterns(),
            at("rows/<int:pk>/", RowsView, "rows"),
            at("rows/<int:pk>/results/", RowsView, "rows_results", results_only=True),
            at("rows/<int:pk>/act/", RowsActView, "rows_act"),
            at("rows/<int:pk>/cell/<int:row_pk>/", CellView, "cell"),
            at("rows/<int:pk>/csv/", DownloadView, "csv"),
            at("rows/<int:pk>/import/", ChartImportView, "import"),
        ]


class RowCreateView(CreateView):
    """Begins a row in the chart of `?chart=`, so that its columns are there at once."""

    def get_initial_form_instance(self) -> Any:
        row = super().get_initial_form_instance() or ChartRow()
        chart = parse_number(self.request.GET.get("chart"))
        if self.request.method == "GET" and chart is not None:
            row.chart = Chart.objects.filter(pk=chart).first()
            if row.chart:
                row.locale = row.chart.locale
        return row


class ChartRowViewSet(SnippetViewSet):
    model = ChartRow
    chooser_viewset_class = LawChooserViewSet
    icon = "list-ul"
    add_view_class = RowCreateView
    copy_view_class = LawCopyView
    edit_view_class = ImpactEditView
    panels = [
        *map(FieldPanel, ("chart", "label", "key", "cells")),
        ChartRow.source_panel,
        UsedByPanel(),
    ]
    list_display = [
        "label",
        "key",
        "chart",
        "status",
        "next_review",
        LiveStatusTagColumn(),
    ]
    list_filter = ["chart", "status"]
    ordering = ["chart_id", "sort_order"]
