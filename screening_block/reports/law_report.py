"""What the reports share: lists made in memory, found, filtered, sorted, exported."""

import datetime as dt
from collections.abc import Iterable
from operator import attrgetter
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from screening_block.law.spreadsheet import escape_formula
from screening_block.models import Chart, ChartRow, Threshold

NAMES = "screening_block_report"


class Link(NamedTuple):
    """Words, and the page of the admin they lead to (none: "")."""

    words: str
    url: str

    def __str__(self) -> str:
        return self.words


class RowTitle(TitleColumn):
    """The row's `title`, leading to its `url`."""

    def __init__(self, label: Any):
        url = attrgetter("url")
        super().__init__("title", label=label, get_url=url, sort_key="title")

    @property
    def media(self) -> forms.Media:
        return forms.Media(css={"all": ["screening_block/admin/law.css"]})


class SortedColumn(Column):
    """A column sorted by what it shows."""

    def __init__(self, name: str, label: Any, **kwargs: Any):
        super().__init__(name, label=label, **{"sort_key": name} | kwargs)


class LinksColumn(Column):
    """Several `Link`s, one a line."""

    cell_template_name = "screening_block/admin/parts/links_cell.html"


class LinesColumn(Column):
    """Several things, one a line."""

    cell_template_name = "screening_block/admin/parts/lines_cell.html"


def can_read_reports(user: Any) -> bool:
    """Tell whether `user` works on the law and so may read about all of it."""
    return any(
        policy_registry.get_by_type(model).user_has_any_permission(
            user, ["view", "add", "change", "delete", "publish"]
        )
        for model in (Threshold, Chart, ChartRow)
    )


def build_choice_filter(label: Any, choices: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=choices, widget=forms.RadioSelect
    )


def build_multiple_filter(
    label: Any, choices: Any
) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple
    )


class LawReport(UserPassesTestMixin, ReportView):
    """A report whose rows are objects with the attributes that its columns name.

    A subclass gives `slug`, `intro` and `columns`, and makes `rows`; `filter_fields`
    are the filters and `is_wanted` what they mean. `exported`: by column, the headings
    of what stands in its place in a spreadsheet.
    """

    slug = ""
    intro: Any = ""
    exported: dict[str, dict[str, Any]] = {}
    is_searchable = True
    results_template_name = "screening_block/admin/report_results.html"
    verbose_name_plural = _("entries")
    request: HttpRequest

    def test_func(self) -> bool:
        return can_read_reports(self.request.user)

    @property
    def index_url_name(self) -> str:  # type: ignore[override]
        return f"{NAMES}_{self.slug}"

    @property
    def index_results_url_name(self) -> str:  # type: ignore[override]
        return f"{NAMES}_{self.slug}_results"

    @property
    def export_headings(self) -> dict[str, Any]:  # type: ignore[override]
        own = [(column.name, {column.name: column.label}) for column in self.columns]
        found = (self.exported.get(name, heading) for name, heading in own)
        return {name: label for headings in found for name, label in headings.items()}

    @property
    def list_export(self) -> list[str]:  # type: ignore[override]
        return list(self.export_headings)

    def get_filename(self) -> str:
        return f"{self.slug}-{timezone.localdate().isoformat()}"

    def rows(self) -> Iterable[Any]:
        raise NotImplementedError

    def filter_fields(self) -> dict[str, django_filters.Filter]:
        return {}

    def is_wanted(self, row: Any, given: dict[str, Any]) -> bool:
        """Tell whether a row passes the filters; `given`: their clean values."""
        return not given.get("kind") or str(row.kind) in given["kind"]

    @property
    def filterset_class(self) -> type[WagtailFilterSet]:  # type: ignore[override]
        meta = type("Meta", (), {"model": Threshold, "fields": []})
        fields = {**self.filter_fields(), "Meta": meta}
        return type("ReportFilterSet", (WagtailFilterSet,), fields)

    def kinds(self) -> list[tuple[str, str]]:
        """Return the kinds there are among the rows, to filter by."""
        found = dict.fromkeys(str(row.kind) for row in self.all_rows)
        return [(kind, kind) for kind in found]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.all_rows: list[Any] = []

    def get_filtered_queryset(self) -> list[Any]:
        self.all_rows = list(self.rows())
        given: dict[str, Any] = {}
        if self.filters and self.filters.is_valid():
            given = self.filters.form.cleaned_data
        words = self.search_query.lower().split()
        rows = [row for row in self.all_rows if self.is_wanted(row, given)]
        return self._sorted([row for row in rows if self._says(row, words)])

    def _says(self, row: Any, words: list[str]) -> bool:
        if not words:
            return True
        text = "\n".join(map(str, self.to_row_dict(row).values())).lower()
        return all(word in text for word in words)

    def _sorted(self, rows: list[Any]) -> list[Any]:
        """Sort by the column asked for; what has nothing in it comes last."""
        if not self.ordering:
            return rows
        value = attrgetter(self.ordering.lstrip("-"))
        filled = [row for row in rows if value(row) not in (None, "")]
        blank = [row for row in rows if value(row) in (None, "")]
        turned = self.ordering.startswith("-")
        filled.sort(key=lambda row: _make_sort_key(value(row)), reverse=turned)
        return filled + blank

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if isinstance(value, tuple):
            value = "\n".join(str(each) for each in value)
        value = super().preprocess_field_value(field, value, export_format)
        return escape_formula(value) if isinstance(value, str) else value

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {"intro": self.intro}


def _make_sort_key(value: Any) -> Any:
    return value if isinstance(value, int | float | dt.date) else str(value).lower()
