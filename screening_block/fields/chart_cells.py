"""The cells of a chart row: one picker a column, so that no value is typed."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

#: What a form posts for "none of these", which is not the same as a blank cell.
NONE_OF_THESE = "-"


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


def latest_columns(chart: Any) -> list[dict]:
    """The columns of a chart as it was last saved, published or not."""
    return columns_of(chart.get_latest_revision_as_object())


def picked(value: Any) -> list[str]:
    """The value keys of a cell; none for a blank one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def said(column: dict, value: Any) -> str:
    """A cell's value (a key, a list of keys, or None) in the column's words."""
    if value == []:
        return str(_("none of these"))
    if value is None:
        return str(_("not known"))
    return ", ".join(column["words"].get(key, key) for key in picked(value))


def chosen(column: dict, keys: list[str]) -> Any:
    """The cell for what a form posted: None (blank), a key or a list of keys.

    Raises `forms.ValidationError`, naming the column, for a value that is not in it.
    """
    keys = [key for key in keys if key]
    several = column["type"] == "choices"
    if keys == [NONE_OF_THESE] and several:
        return []
    if not keys:
        return None
    if set(keys) - set(column["values"]) or (len(keys) > 1 and not several):
        raise forms.ValidationError(
            _("Column “%(column)s”: pick from the listed values.")
            % {"column": column["label"]}
        )
    # In the column's order, so that the same ticks are the same cell.
    return [key for key in column["values"] if key in keys] if several else keys[0]


class CellsWidget(forms.Widget):
    """One labelled control a column: a list to pick from, or boxes to tick."""

    template_name = "screening_block/admin/cells.html"

    def __init__(self, columns: list[dict], attrs: dict | None = None):
        self.columns = columns
        super().__init__(attrs)

    @property
    def media(self) -> forms.Media:
        return forms.Media(css={"all": ["screening_block/admin/law.css"]})

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        cells = value if isinstance(value, dict) else {}
        context["columns"] = [
            {
                **column,
                "name": f"{name}-{column['key']}",
                "picked": picked(cells.get(column["key"])),
                "none": cells.get(column["key"]) in ([], [NONE_OF_THESE]),
                "blank": said(column, column["default"]),
            }
            for column in self.columns
        ]
        context["none_of_these"] = NONE_OF_THESE
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict:
        """The posted keys by column; `CellsField` makes cells of them."""
        return {
            column["key"]: data.getlist(f"{name}-{column['key']}")
            for column in self.columns
        }

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        # Unticked boxes and blank selects are not posted; blank is a value here.
        return False


class CellsField(forms.Field):
    """Cells by column key; a value that is not in the column is refused.

    `kept` are cells of columns that the chart no longer has: they are left as they
    are, so that the check before publishing can name them.
    """

    def __init__(self, columns: list[dict], kept: dict | None = None, **kwargs: Any):
        self.columns = columns
        self.kept = kept or {}
        super().__init__(required=False, widget=CellsWidget(columns), **kwargs)

    def clean(self, value: Any) -> dict:
        cells = dict(self.kept)
        problems: list[str | Promise] = []
        for column in self.columns:
            try:
                cell = chosen(column, value.get(column["key"], []))
            except forms.ValidationError as error:
                problems += error.messages
                continue
            if cell is not None:
                cells[column["key"]] = cell
        if problems:
            raise forms.ValidationError(problems)
        return cells

    def bound_data(self, data: Any, initial: Any) -> dict:
        return {key: keys for key, keys in data.items() if keys}

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or {}) != self.clean(data or {})
        except forms.ValidationError:
            return True


class ChartRowForm(WagtailAdminModelForm):
    """A row's form: its cells are the columns of its chart, as last saved."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "chart" in self.fields:
            # A row belongs to its chart for good: its cells are that chart's.
            self.fields["chart"].disabled = True
        if "cells" not in self.fields:
            return
        chart = self._chart()
        columns = latest_columns(chart) if chart else []
        known = {column["key"] for column in columns}
        cells = self.instance.cells or {}
        self.fields["cells"] = CellsField(
            columns,
            kept={key: cell for key, cell in cells.items() if key not in known},
            label=_("Consequences"),
            help_text=""
            if columns
            else _(
                "Choose the chart and save the row first. The chart’s columns "
                "then appear here."
            ),
        )

    def _chart(self) -> Any:
        if self.instance.chart_id:
            return self.instance.chart
        if "chart" not in self.fields:
            return None
        given = self["chart"].value()
        return self.fields["chart"].queryset.filter(pk=given or None).first()
