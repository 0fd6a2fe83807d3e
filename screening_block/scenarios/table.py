"""The table of a screener's scenarios: expected and actual, and accepting."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy, ngettext, override
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from screening_block import engine
from screening_block.choices import LEVELS
from screening_block.fields.posted_numbers import parse_numbers
from screening_block.models import Scenario
from screening_block.publishing.scenario_runs import (
    GONE,
    CaseResult,
    accept_draft_results,
    describe_failures,
    run_case,
    scenarios_of,
)

from .scenario_view import ScenarioView

PAGE_SIZE = 50
FILTERS = {
    "": gettext_lazy("All"),
    "failing": gettext_lazy("Failing in the draft"),
    "failing_live": gettext_lazy("Failing in the current release"),
    "proposed": gettext_lazy("Waiting to be published"),
}


@dataclass
class ScenarioRow:
    """One scenario with what comes out; a verdict is None where there is no edition."""

    scenario: Scenario
    case: dict[str, Any]
    draft: CaseResult | None
    live: CaseResult | None
    misses: list[str]
    misses_live: list[str]
    #: What `lines` gives, for the rows that are shown.
    listed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def state(self) -> str:
        if self.scenario.proposed is None:
            return ""
        return _("new") if self.scenario.case is None else _("changed")

    def lines(self, newest: engine.Release) -> list[dict[str, Any]]:
        """Return each finding with its expected and its actual result."""
        return [
            {
                "key": key,
                "heading": newest.text(newest.locale, "findings", key, "heading"),
                "expected": LEVELS.get(expected, expected),
                "draft": _describe_level(self.draft, key),
                "live": _describe_level(self.live, key),
                "missed": bool(
                    self.draft
                    and self.draft.levels is not None
                    and self.draft.levels.get(key) != expected
                ),
            }
            for key, expected in self.case["expect"].items()
        ]


def _describe_level(verdict: CaseResult | None, key: str) -> Any:
    if verdict is None or verdict.levels is None:
        return "–"
    level = verdict.levels.get(key, GONE)
    return LEVELS.get(level, _("no such finding"))


def list_misses(
    verdict: CaseResult | None, release: engine.Release | None
) -> list[str]:
    """Return what makes a case fail, in the language of the rules as a whole."""
    if verdict is None or release is None:
        return []
    with override(release.locale):
        return describe_failures(verdict, release)


def run_scenarios(
    scenarios: Iterable[Scenario],
    draft: engine.Release | None,
    live: engine.Release | None,
) -> list[ScenarioRow]:
    """Run scenarios against both editions; against the live one, their own case."""
    rows = []
    for scenario in scenarios:
        case = scenario.newest
        in_draft = run_case(case, draft) if draft else None
        in_live = run_case(scenario.case or case, live) if live else None
        rows.append(
            ScenarioRow(
                scenario,
                case,
                in_draft,
                in_live,
                list_misses(in_draft, draft),
                list_misses(in_live, live),
            )
        )
    return rows


class TableView(ScenarioView):
    """All scenarios, by filter; the answers never stand in the address."""

    template_name = "screening_block/admin/scenarios/table.html"
    page_title = gettext_lazy("Scenarios")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return super().get_breadcrumbs_items()[:-1]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(_("Add a scenario"), url=self.address("add"), icon_name="plus")
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editions = self.editions
        rows = run_scenarios(scenarios_of(self.screener), editions.draft, editions.live)
        wanted = self.request.GET.get
        search, finding = wanted("q", "").strip(), wanted("finding", "")
        show = wanted("show", "") if wanted("show", "") in FILTERS else ""
        found = [
            row
            for row in rows
            if _is_shown(row, show)
            and (not finding or finding in row.case["expect"])
            and search.lower() in f"{row.scenario.name} {row.scenario.note}".lower()
        ]
        page = Paginator(found, PAGE_SIZE).get_page(wanted("p"))
        newest = editions.newest
        for row in page.object_list:
            row.listed = row.lines(newest) if newest else []
        return super().get_context_data(
            rows=page,
            found=len(found),
            total=len(rows),
            failing=sum(1 for row in rows if row.draft and not row.draft.passes),
            failing_live=sum(1 for row in rows if row.live and not row.live.passes),
            search=search,
            finding=finding,
            show=show,
            shown=FILTERS,
            findings=[
                (key, newest.text(newest.locale, "findings", key, "heading"))
                for key in newest.findings
            ]
            if newest
            else [],
            query=self.request.GET.urlencode(),
            **kwargs,
        )


def _is_shown(row: ScenarioRow, show: str) -> bool:
    if show == "failing":
        return bool(row.draft and not row.draft.passes)
    if show == "failing_live":
        return bool(row.live and not row.live.passes)
    if show == "proposed":
        return row.scenario.proposed is not None
    return True


class AcceptView(ScenarioView):
    """POST only: the picked scenarios expect what the draft gives."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        draft = self.editions.draft
        picked = parse_numbers(request.POST.getlist("scenario"))
        scenarios = [
            scenario
            for scenario in scenarios_of(self.screener)
            if scenario.pk in picked
        ]
        if draft is None:
            messages.error(request, _("The draft has mistakes. Fix them first."))
        elif not scenarios:
            messages.warning(request, _("Select the scenarios first."))
        else:
            accept_results(request, scenarios, draft, self.editions.live)
        return redirect(f"{self.address('table')}?{request.POST.get('query', '')}")


def accept_results(
    request: HttpRequest,
    scenarios: list[Scenario],
    draft: engine.Release,
    live: engine.Release | None,
) -> None:
    """Let scenarios expect what `draft` gives; log it and say what was done."""
    changed = accept_draft_results(scenarios, draft, live, request.user)
    for scenario in changed:
        log(scenario, "screening_block.accept", user=request.user)
    if not changed:
        messages.info(request, _("Nothing to accept: they already expect this."))
        return
    message = ngettext(
        "%(number)s scenario now expects what the draft gives.",
        "%(number)s scenarios now expect what the draft gives.",
        len(changed),
    ) % {"number": len(changed)}
    if any(scenario.proposed for scenario in changed):
        message += " " + _(
            "This takes effect with the publication that brings the change."
        )
    messages.success(request, message)
