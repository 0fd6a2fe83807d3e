"""Export and import a chart's rows as a CSV file."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from screening_block.admin_urls import admin_url
from screening_block.fields.chart_cells import latest_columns
from screening_block.fields.posted_numbers import parse_numbers
from screening_block.models import Chart
from screening_block.models.publishing import GateError

from .chart_import import ChartDifference, apply_difference, compare_file
from .csv_rows import file_response, too_large
from .row_views import ChartMixin
from .rows import is_allowed, is_locked, working_rows
from .spreadsheet import FIXED, MAX_BYTES, write_csv


class DownloadView(ChartMixin, View):
    """Exports every row as last saved, as a CSV file that `ChartImportView` reads."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = [row.record for row in working_rows(self.chart)]
        content = write_csv(latest_columns(self.chart), rows)
        name = f"{self.chart.key}-{timezone.localdate().isoformat()}.csv"
        return file_response(content, name)


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(too_large(MAX_BYTES))
        return file


class ChartImportView(ChartMixin, WagtailAdminTemplateMixin, TemplateView):
    """Reads a file, shows what it would change, and applies that on request.

    Between the two the file travels with the form, so nothing is stored, and is read
    again; a chart that changed meanwhile is compared, and shown, anew.
    """

    template_name = "screening_block/admin/import.html"
    page_title = gettext_lazy("Import CSV")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not is_allowed(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.chart.label

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *self.breadcrumbs_items,
            {"url": admin_url(Chart, "list"), "label": _("Charts")},
            {"url": self.url("rows"), "label": self.chart.label},
            {"url": "", "label": _("Import CSV")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", FileForm())
        return super().get_context_data(
            chart=self.chart,
            columns=latest_columns(self.chart),
            fixed=FIXED,
            may_publish=is_allowed(self.request.user, "publish"),
            may_delete=is_allowed(self.request.user, "delete"),
            urls={name: self.url(name) for name in ("rows", "csv", "import")},
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "content" in request.POST:
            # A browser sends line breaks of its own in a field.
            text = request.POST["content"].replace("\r\n", "\n")
            return self._apply(request, text)
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        content = form.cleaned_data["file"].read()
        return self._compared(compare_file(self.chart, content), content)

    def _compared(
        self, found: ChartDifference, content: bytes, **kwargs: Any
    ) -> HttpResponse:
        user = self.request.user
        records = [change.record for change in found.changed]
        locked = [record.label for record in records if is_locked(record, user)]
        context = self.get_context_data(
            found=found,
            content="" if found.problems else content.decode("utf-8-sig"),
            locked=locked,
            refused=locked or (found.added and not is_allowed(user, "add")),
            **kwargs,
        )
        return self.render_to_response(context)

    def _apply(self, request: HttpRequest, text: str) -> HttpResponse:
        publish = request.POST.get("publish") == "1"
        removed = set(parse_numbers(request.POST.getlist("remove")))
        content = text.encode()
        found = compare_file(self.chart, content)
        if found.problems:
            return self._compared(found, content)
        if found.base != request.POST.get("base"):
            return self._compared(found, content, stale=True)
        user = request.user
        if (
            (publish and not is_allowed(user, "publish"))
            or (removed and not (publish and is_allowed(user, "delete")))
            or (found.added and not is_allowed(user, "add"))
            or any(is_locked(change.record, user) for change in found.changed)
        ):
            raise PermissionDenied
        try:
            apply_difference(found, removed, user, publish=publish)
        except GateError as error:
            # What was compared now holds the new values: compare afresh to show.
            return self._compared(
                compare_file(self.chart, content), content, gate=error.messages
            )
        done = len(found.rows) + len(removed)
        if publish:
            text = ngettext("%(n)s row published.", "%(n)s rows published.", done)
        else:
            text = ngettext("%(n)s row saved.", "%(n)s rows saved as drafts.", done)
        messages.success(request, text % {"n": done})
        return HttpResponseRedirect(self.url("rows"))
