"""Panels of the editing forms that show information about a record."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from screening_block.fields.chart_cells import latest_columns
from screening_block.usage.index import UsageIndex
from screening_block.usage.reader import (
    UsageReader,
    find_column_tests,
    get_edit_url,
    list_names,
    list_values,
)

from .timeline import spans

#: Of more screeners only the title and the number of places is shown.
SHOWN_WHOLE, SHOWN_PLACES = 10, 100


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
            index, record = reader.index, self.instance
            names = list_names(record, index)
            spread = index.spread(*names)
            first = _pick_first(spread)
            context["used_by"] = reader.used_by(index.of_pages(first, *names))
            context["more"] = _list_more(index, spread, first)
            context["count"] = sum(spread.values())
            if hasattr(record, "cells"):
                columns = latest_columns(record.chart)
                spread = index.spread(*list_values(record, columns))
                first = _pick_first(spread)
                tested = find_column_tests(record, columns, index, first)
                context["tested"] = reader.used_by(tested)
                context["tested_more"] = _list_more(index, spread, first)
                context["row"] = True
            return context


def _pick_first(spread: dict[int, int]) -> list[int]:
    """Return the screeners that are shown whole: the first one, and more while there
    are few of them and of their places."""
    first: list[int] = []
    places = 0
    for page, count in spread.items():
        places += count
        if first and (len(first) == SHOWN_WHOLE or places > SHOWN_PLACES):
            break
        first.append(page)
    return first


def _list_more(
    index: UsageIndex, spread: dict[int, int], first: list[int]
) -> list[Any]:
    """Return title, URL and number of places of the screeners not shown whole."""
    more = [*spread.items()][len(first) :]
    return [(index.title(page), get_edit_url(page), count) for page, count in more]
