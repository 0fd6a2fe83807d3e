"""Thresholds in the admin's menu."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from screening_block.models import Threshold
from screening_block.review.impact_views import ImpactEditView
from screening_block.usage.index import UsageIndex

from .choosers import LawChooserViewSet
from .copy_views import LawCopyView
from .panels import TimelinePanel, UsedByPanel
from .timeline import spans


class TimelineColumn(Column):
    """Shows what is in effect now, and what comes next, as published."""

    cell_template_name = "screening_block/admin/parts/timeline_cell.html"

    @property
    def media(self) -> forms.Media:
        return forms.Media(css={"all": ["screening_block/admin/law.css"]})

    def get_value(self, instance: Any) -> dict[str, Any]:
        found = spans(instance, timezone.localdate())
        return {
            "now": next((span for span in found if span.state == "now"), None),
            "later": [span for span in found if span.state == "future"],
            "earlier": sum(span.state == "past" for span in found),
        }


class UsesColumn(Column):
    """Shows how many rules and texts use the threshold."""

    @cached_property
    def counts(self) -> dict[str, int]:
        return UsageIndex().count("threshold")

    def get_value(self, instance: Any) -> int:
        return self.counts.get(instance.key, 0)


class ThresholdIndexView(IndexView):
    @cached_property
    def columns(self) -> list:
        *columns, last = super().columns
        return [*columns, UsesColumn("uses", label=_("Uses")), last]


class ThresholdViewSet(SnippetViewSet):
    model = Threshold
    chooser_viewset_class = LawChooserViewSet
    icon = "order"
    index_view_class = ThresholdIndexView
    edit_view_class = ImpactEditView
    copy_view_class = LawCopyView
    panels = [
        FieldPanel("label"),
        TimelinePanel(),
        FieldRowPanel([FieldPanel("key"), FieldPanel("kind"), FieldPanel("unit")]),
        InlinePanel(
            "values",
            heading=_("Values over time"),
            label=_("Value"),
            help_text=_(
                "Each value is in effect from its start date until the next one "
                "starts. When the law changes, add a value and leave the old one: "
                "results for earlier days still use it."
            ),
            min_num=1,
        ),
        FieldPanel("note"),
        Threshold.source_panel,
        UsedByPanel(),
    ]
    list_display = [
        "label",
        # Not "values": templates would take it for the method of a dict.
        TimelineColumn("value", label=_("In effect")),
        "status",
        "next_review",
        LiveStatusTagColumn(),
    ]
    list_filter = ["status", "kind", "unit"]
    ordering = ["key"]

    def get_queryset(self, request: Any) -> Any:
        return Threshold.objects.prefetch_related("values")
