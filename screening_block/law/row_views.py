"""A chart's rows as a working table: find, filter, change a cell, mark as checked."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import HeaderButton

from screening_block.admin_urls import admin_url, admin_url_name
from screening_block.fields.chart_cells import (
    NONE_OF_THESE,
    chosen,
    latest_columns,
    said,
)
from screening_block.fields.posted_numbers import parse_number, parse_numbers
from screening_block.models import Chart, ChartRow
from screening_block.models.fields import Status
from screening_block.models.publishing import GateError, one_at_a_time
from screening_block.publishing.refusal_messages import refusal_messages, show_refusal

from .rows import (
    BLANK,
    STATES,
    Cell,
    StaleRowError,
    WorkingRow,
    get_current_row,
    is_allowed,
    is_locked,
    mark_checked,
    publish_drafts,
    save_row,
    working_row,
    working_rows,
)

NOT_PUBLISHED = gettext_lazy("Nothing was changed. Please fix this first:")


class ChartMixin:
    """A view of one chart, for whoever may see charts."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def chart(self) -> Chart:
        chart = get_object_or_404(Chart, pk=self.kwargs["pk"])
        user = self.request.user
        if not any(is_allowed(user, act) for act in ("change", "add", "delete")):
            raise PermissionDenied
        return chart.get_latest_revision_as_object()

    def url(self, name: str, *args: int) -> str:
        return admin_url(Chart, name, self.kwargs["pk"], *args)


def row_filters(columns: list[dict]) -> type[WagtailFilterSet]:
    """Return filters by status, state and the values of every column."""
    filters: dict[str, Any] = {
        "status": django_filters.ChoiceFilter(
            label=_("Verified"), choices=Status.choices, widget=forms.RadioSelect
        ),
        "blank": django_filters.ChoiceFilter(
            label=_("Blank cells"),
            choices=[("any", _("Has a blank cell")), ("none", _("Has no blank cell"))],
            widget=forms.RadioSelect,
        ),
        "state": django_filters.MultipleChoiceFilter(
            label=_("State"),
            choices=list(STATES.items()),
            widget=forms.CheckboxSelectMultiple,
        ),
    }
    for column in columns:
        filters[f"in-{column['key']}"] = django_filters.MultipleChoiceFilter(
            label=column["label"],
            choices=[(BLANK, _("Blank")), *column["words"].items()],
            widget=forms.CheckboxSelectMultiple,
        )
    meta = type("Meta", (), {"model": ChartRow, "fields": []})
    return type("RowFilterSet", (WagtailFilterSet,), {**filters, "Meta": meta})


class CheckedForm(forms.Form):
    """ "Mark as checked": by whom, on which day, and when again."""

    checked_on = forms.DateField(label=gettext_lazy("On"), widget=AdminDateInput)
    checked_by = forms.CharField(label=gettext_lazy("By"), max_length=120)
    next_review = forms.DateField(
        label=gettext_lazy("Next review"), required=False, widget=AdminDateInput
    )


class RowsView(ChartMixin, BaseListingView):
    """The working table. Shows rows as last saved, published or not."""

    template_name = "screening_block/admin/rows.html"
    results_template_name = "screening_block/admin/rows_results.html"
    header_icon = "table"
    is_searchable = True
    paginate_by = 100
    verbose_name_plural = gettext_lazy("rows")
    columns: list = []

    def get_page_title(self) -> str:
        return self.chart.label

    def get_page_subtitle(self) -> str:
        return _("rows")

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *self.breadcrumbs_items,
            {"url": admin_url(Chart, "list"), "label": _("Charts")},
            {"url": self.url("edit"), "label": self.chart.label},
            {"url": "", "label": _("Rows")},
        ]

    def get_index_url(self) -> str:
        return self.url("rows")

    def get_index_results_url(self) -> str:
        return self.url("rows_results")

    @cached_property
    def header_buttons(self) -> list:
        query = urlencode({"chart": self.kwargs["pk"], "next": self.url("rows")})
        buttons = {
            "add": (_("Add row"), f"{admin_url(ChartRow, 'add')}?{query}", "plus"),
            "view": (_("Download CSV"), self.url("csv"), "download"),
            "change": (_("Import CSV"), self.url("import"), "upload"),
        }
        return [
            HeaderButton(label, url, icon_name=icon)
            for act, (label, url, icon) in buttons.items()
            if act == "view" or is_allowed(self.request.user, act)
        ]

    @cached_property
    def chart_columns(self) -> list[dict]:
        return latest_columns(self.chart)

    @cached_property
    def filterset_class(self) -> type[WagtailFilterSet]:
        return row_filters(self.chart_columns)

    def get_queryset(self) -> list[WorkingRow]:
        return [row for row in working_rows(self.chart) if self._wanted(row)]

    def _wanted(self, row: WorkingRow) -> bool:
        if self.search_query and not row.says(self.search_query):
            return False
        if not self.filters or not self.filters.is_valid():
            return True
        given = self.filters.form.cleaned_data
        if given["status"] and row.record.status != given["status"]:
            return False
        if given["state"] and row.state not in given["state"]:
            return False
        if given["blank"]:
            blank = any(cell.blank for cell in row.cells)
            if blank != (given["blank"] == "any"):
                return False
        return all(
            any(row.holds(name.removeprefix("in-"), value) for value in values)
            for name, values in given.items()
            if name.startswith("in-") and values
        )

    def get_table(self, object_list: Any) -> Any:
        # The table is this view's own template; only its media would be asked for.
        return forms.Form()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user: Any = self.request.user
        today = timezone.localdate()
        initial = {"checked_on": today, "checked_by": user.get_full_name() or str(user)}
        form = CheckedForm(initial=initial)
        context["media"] += form.media
        context |= {
            "chart": self.chart,
            "columns": self.chart_columns,
            "checked_form": form,
            "may_change": is_allowed(user, "change"),
            "may_publish": is_allowed(user, "publish"),
            "column_data": column_data(self.chart_columns),
            "here": self.request.get_full_path(),
            "act_url": self.url("rows_act"),
            # The browser puts the row's id for 0.
            "cell_url": self.url("cell", 0),
            "row_edit": admin_url_name(ChartRow, "edit"),
        }
        return context


def column_data(columns: list[dict]) -> dict[str, dict]:
    """Return what the cell editor in the browser needs of each column."""
    data = {}
    for column in columns:
        options = [[key, words] for key, words in column["words"].items()]
        several = column["type"] == "choices"
        if several and column["default"]:
            options.append([NONE_OF_THESE, said(column, [])])
        data[column["key"]] = {
            "label": column["label"],
            "several": several,
            "options": options,
            "blank": _("Blank: %(meaning)s")
            % {"meaning": said(column, column["default"])},
        }
    return data


class CellView(ChartMixin, View):
    """Saves one cell: `column`, `value` (repeated), `version`, `publish` ("1").

    Answers `{"html", "state", "version", "message"}`; a refusal is 400, 403, 409 or
    423 with a `message`, and with what the cell now is where somebody else was first.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, row_pk: int) -> JsonResponse:
        publish = request.POST.get("publish") == "1"
        columns = {column["key"]: column for column in latest_columns(self.chart)}
        column = columns.get(request.POST.get("column", ""))
        version = parse_number(request.POST.get("version"))
        if column is None or version is None:
            message = _("This column no longer exists. Reload the page.")
            return refusal_response(400, message)
        if not is_allowed(request.user, "change") or (
            publish and not is_allowed(request.user, "publish")
        ):
            return refusal_response(403, _("You do not have permission to do this."))
        get_object_or_404(ChartRow, pk=row_pk, chart_id=pk)
        try:
            value = chosen(column, request.POST.getlist("value"))
            with one_at_a_time():
                row = get_current_row(row_pk, version)
                if is_locked(row, request.user):
                    message = _("This row is locked, so it cannot change.")
                    return refusal_response(423, message)
                row.set_cell(column["key"], value)
                save_row(row, request.user, publish=publish)
        except forms.ValidationError as error:
            # Also a GateError: what publishing this would break.
            return refusal_response(400, " ".join(error.messages))
        except StaleRowError:
            message = _(
                "Somebody else has changed this row in the meantime. This "
                "is what it says now."
            )
            return self._shown(row_pk, column, message, 409)
        message = _("Published.") if publish else _("Saved as a draft.")
        return self._shown(row_pk, column, message, 200)

    def _shown(self, pk: int, column: dict, message: str, status: int) -> JsonResponse:
        row = working_row(ChartRow.objects.get(pk=pk), [column])
        cell = Cell(column, row.record.cells.get(column["key"]))
        parts = "screening_block/admin/parts"
        return JsonResponse(
            {
                "html": render_to_string(f"{parts}/cell.html", {"cell": cell}),
                "state": render_to_string(f"{parts}/state.html", {"row": row}),
                "picked": cell.posted,
                "version": row.version,
                "message": message,
            },
            status=status,
        )


def refusal_response(status: int, message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


class RowsActView(ChartMixin, View):
    """Marks the ticked rows as checked, or publishes their drafts; all or none."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        back = get_valid_next_url_from_request(request) or self.url("rows")
        publish = request.POST.get("publish") == "1" or "publish_drafts" in request.POST
        if not is_allowed(request.user, "change") or (
            publish and not is_allowed(request.user, "publish")
        ):
            raise PermissionDenied
        ids = parse_numbers(request.POST.getlist("row"))
        rows = list(self.chart.rows.filter(pk__in=ids).order_by("sort_order", "pk"))
        locked = [row.label for row in rows if is_locked(row, request.user)]
        if not rows:
            messages.warning(request, _("Select the rows first."))
        elif locked:
            what = _("Nothing was changed. These rows are locked:")
            show_refusal(request, what, locked)
        else:
            try:
                self._act(request, rows, publish)
            except GateError as error:
                show_refusal(request, NOT_PUBLISHED, refusal_messages([error]))
        return HttpResponseRedirect(back)

    def _act(self, request: HttpRequest, rows: list[ChartRow], publish: bool) -> None:
        if "publish_drafts" in request.POST:
            done = publish_drafts(rows, request.user)
            text = ngettext("%(n)s row published.", "%(n)s rows published.", done)
            messages.success(request, text % {"n": done})
            return
        form = CheckedForm(request.POST)
        if not form.is_valid():
            problems = [
                f"{form.fields[name].label}: {' '.join(map(str, errors))}"
                for name, errors in form.errors.items()
            ]
            show_refusal(request, _("Nothing was changed."), problems)
            return
        done = mark_checked(rows, request.user, **form.cleaned_data, publish=publish)
        if publish:
            text = ngettext(
                "%(n)s row marked as checked and published.",
                "%(n)s rows marked as checked and published.",
                done,
            )
        else:
            text = ngettext(
                "%(n)s row marked as checked, as a draft.",
                "%(n)s rows marked as checked, as drafts.",
                done,
            )
        messages.success(request, text % {"n": done})
