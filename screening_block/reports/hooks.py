"""Reports on the law: what is due, unchecked, may change, is used by what, is hard, and
what nobody has checked in another language."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from screening_block.models import Chart, ChartRow, Threshold

from .claim_reports import NeedsChecking, ReviewDue
from .law_report import NAMES, LawReport, can_read_reports
from .law_watch import LawWatch
from .reading_grade import ReadingGrade
from .screener_rows import list_law_claims, list_law_texts
from .stored_rows import ReportSource
from .translation_state import Translations
from .where_used import WhereUsed

REPORTS = [ReviewDue, NeedsChecking, LawWatch, WhereUsed, ReadingGrade, Translations]


class ReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_read_reports(request.user)


def _make_item(report: type[LawReport], place: int) -> ReportItem:
    return ReportItem(
        report.page_title,
        reverse(f"{NAMES}_{report.slug}"),
        name=report.slug,
        icon_name=report.header_icon,
        order=100 + place,
    )


for place, report in enumerate(REPORTS):
    hooks.register(
        "register_reports_menu_item",
        lambda report=report, place=place: _make_item(report, place),
    )


@hooks.register("register_admin_urls")
def register_report_urls() -> list[Any]:
    return [
        path(
            f"screening/reports/{report.slug.replace('_', '-')}/{rest}",
            report.as_view(results_only=bool(rest)),
            name=f"{NAMES}_{report.slug}{suffix}",
        )
        for report in REPORTS
        for rest, suffix in (("", ""), ("results/", "_results"))
    ]


@hooks.register("screening_block_report_sources")
def list_law_sources() -> list[ReportSource]:
    return [
        ReportSource(Threshold, list_law_claims, list_law_texts, one_language=True),
        ReportSource(Chart, texts=list_law_texts, one_language=True),
        ReportSource(
            ChartRow,
            list_law_claims,
            list_law_texts,
            one_language=True,
            follows={Chart: lambda chart: ChartRow.objects.filter(chart=chart.pk)},
        ),
    ]
