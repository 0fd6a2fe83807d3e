"""The spreadsheet's way out and in: the file, what it would change, applying it."""

import hashlib
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.log_actions import log

from screening_block import engine
from screening_block.law.csv_rows import file_response
from screening_block.models import Scenario
from screening_block.publishing.scenario_runs import save_case, scenarios_of

from .scenario_view import ScenarioView
from .sheet import MAX_BYTES, ScenarioSheet, read_sheet, write_sheet


class ExportScenariosView(ScenarioView):
    """All scenarios as a CSV file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        release = self.editions.newest
        if release is None:
            messages.error(request, _("The draft has mistakes. Fix them first."))
            return redirect(self.address("table"))
        content = write_sheet(scenarios_of(self.screener), release)
        return file_response(content, f"scenarios-{self.screener.key}.csv")


class ImportScenariosView(ScenarioView):
    """A file is read whole and shown as what it would change; then it may be applied.

    Between the two steps it travels in the form; nothing is kept on the server.
    """

    template_name = "screening_block/admin/scenarios/import.html"
    page_title = gettext_lazy("Import a spreadsheet")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content = self._read_content()
        if content is None or self.editions.newest is None:
            messages.error(request, _("Choose a file first."))
            return self.render_to_response(self.get_context_data(), status=422)
        scenarios = scenarios_of(self.screener)
        sheet = read_sheet(content, self.editions.newest, scenarios)
        state = _name_state(scenarios, self.editions.newest)
        if "apply" in request.POST and sheet.planned:
            if request.POST.get("state") == state:
                self._apply(sheet)
                return redirect(self.address("table"))
            text = _("Something has changed in the meantime. Please look at it again.")
            messages.warning(request, text)
        context = self.get_context_data(
            sheet=sheet, state=state, content=content.decode("utf-8", "replace")
        )
        return self.render_to_response(context, status=422 if sheet.problems else 200)

    def _read_content(self) -> bytes | None:
        upload = self.request.FILES.get("file")
        if upload is not None:
            return upload.read(MAX_BYTES + 1)
        # A browser sends line breaks of its own in a field.
        text = self.request.POST.get("content", "").replace("\r\n", "\n")
        return text.encode() if text else None

    @transaction.atomic
    def _apply(self, sheet: ScenarioSheet) -> None:
        there = scenarios_of(self.screener)
        last = max((scenario.sort_order for scenario in there), default=-1)
        for place, planned in enumerate(sheet.planned, last + 1):
            scenario = planned.existing or Scenario(
                screener=self.screener.translation_key,
                name=planned.name,
                sort_order=place,
            )
            new = scenario.pk is None
            scenario.note = planned.note
            save_case(scenario, planned.case, self.editions.live, self.request.user)
            action = "wagtail.create" if new else "wagtail.edit"
            log(scenario, action, user=self.request.user)
        number = len(sheet.planned)
        text = ngettext(
            "%(number)s scenario was imported.",
            "%(number)s scenarios were imported.",
            number,
        )
        messages.success(self.request, text % {"number": number})


def _name_state(scenarios: list[Scenario], release: engine.Release) -> str:
    """Name what the shown changes start from, so that no one else's are undone."""
    parts = [release.sha256]
    parts += [f"{each.pk} {each.changed_at.isoformat()}" for each in scenarios]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
