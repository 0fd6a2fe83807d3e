"""The cells of a chart row: one picker a column, so that no value is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm


class CellsWidget(forms.Widget):
    template_name = "screening_block/admin/cells.html"

    def __init__(self, columns: list[dict], attrs: dict | None = None):
        self.columns = columns
        super().__init__(attrs)

    @property
    def media(self) -> forms.Media:
        return forms.Media(css={"all": ["screening_block/admin/condition.css"]})

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        cells = value if isinstance(value, dict) else {}
        context["columns"] = [
            {
                **column,
                "name": f"{name}-{column['key']}",
                "picked": _as_list(cells.get(column["key"])),
            }
            for column in self.columns
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict:
        cells: dict[str, Any] = {}
        for column in self.columns:
            picked = [v for v in data.getlist(f"{name}-{column['key']}") if v]
            if picked:
                several = column["type"] == "choices"
                cells[column["key"]] = picked if several else picked[0]
        return cells

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        # Unticked boxes and blank selects are not posted; blank is a value here.
        return False


def _as_list(value: Any) -> list:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


class CellsField(forms.Field):
    """Cells by column key; a value that is not in the column is refused."""

    def __init__(self, columns: list[dict], **kwargs: Any):
        self.columns = columns
        super().__init__(required=False, widget=CellsWidget(columns), **kwargs)

    def clean(self, value: Any) -> dict:
        cells = super().clean(value) or {}
        for column in self.columns:
            for picked in _as_list(cells.get(column["key"])):
                if picked not in column["values"]:
                    raise forms.ValidationError(
                        _("Column “%(column)s”: pick one of the listed values.")
                        % {"column": column["label"]}
                    )
        return cells

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or {}) != (data or {})


class ChartRowForm(WagtailAdminModelForm):
    """A row's form: its cells are the columns of its chart."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "cells" not in self.fields:
            return
        chart = getattr(self.instance, "chart_id", None) and self.instance.chart
        columns = [] if not chart else columns_of(chart)
        self.fields["cells"] = CellsField(
            columns,
            label=_("Consequences"),
            help_text=""
            if columns
            else _("Save the row with its chart first; its columns then appear here."),
        )


def columns_of(chart: Any) -> list[dict]:
    """A chart's columns: `{key, label, type, values, words, default}`."""
    columns = []
    for child in chart.columns:
        value = child.value
        several = value["kind"] == "choices"
        default = list(value["default"] or [])
        columns.append(
            {
                "key": value["key"],
                "label": value["label"],
                "type": value["kind"],
                "values": [each["key"] for each in value["values"]],
                "words": {each["key"]: each["label"] for each in value["values"]},
                "default": default if several else (default[0] if default else None),
            }
        )
    return columns
