"""Thresholds in the admin's menu."""

from __future__ import annotations

from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from screening_block.models import Threshold


class ThresholdViewSet(SnippetViewSet):
    model = Threshold
    icon = "order"
    list_display = ["label", "key", "value_summary", "status", UpdatedAtColumn()]
    list_filter = ["status", "kind", "unit"]
    ordering = ["key"]
