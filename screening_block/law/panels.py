"""Panels of the editing forms that show information about a record."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from screening_block.fields.chart_cells import latest_columns
from screening_block.usage.reader import UsageReader, find_column_tests, list_names

from .timeline import spans


class ShownPanel(Panel):
    """A panel without a field; hidden while a record is being created."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance and self.instance.pk)

        @property
        def media(self) -> forms.Media:
            return forms.Media(css={"all": ["screening_block/admin/law.css"]})


class TimelinePanel(ShownPanel):
    """Shows a threshold's values on a line, as last saved."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("heading", _("Timeline"))
        super().__init__(**kwargs)

    class BoundPanel(ShownPanel.BoundPanel):
        template_name = "screening_block/admin/parts/timeline_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["spans"] = spans(self.instance, timezone.localdate())
            return context


class UsedByPanel(ShownPanel):
    """Shows what uses this record: rules and texts, by screener, and pages."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("heading", _("Used by"))
        super().__init__(**kwargs)

    class BoundPanel(ShownPanel.BoundPanel):
        template_name = "screening_block/admin/parts/used_by_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            reader = UsageReader(self.request.user)
            record = self.instance
            found = reader.index.of(*list_names(record, reader.index))
            context["used_by"] = reader.used_by(found)
            context["count"] = len(found)
            if hasattr(record, "cells"):
                columns = latest_columns(record.chart)
                tested = find_column_tests(record, columns, reader.index)
                context["tested"] = reader.used_by(tested)
                context["row"] = True
            return context
