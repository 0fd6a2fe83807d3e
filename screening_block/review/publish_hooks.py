"""Refuse to publish, unpublish or delete what would break a rule, and say why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from screening_block.models import Chart, ChartRow, Screener, Threshold
from screening_block.publishing.refusal_messages import refusal_messages, show_refusal
from screening_block.publishing.rehearse import (
    find_refusals,
    rehearse_delete,
    rehearse_publish,
    rehearse_unpublish,
)

from .impact import summarise_impact
from .impact_views import edit_url, impact_url
from .wide_publish import is_wide, publish_wide

LAW = (Threshold, Chart, ChartRow)
NOT_PUBLISHED = _("Not published. Your draft is saved. Please fix this first:")


@hooks.register("before_publish_page")
def ask_before_publishing_page(request: HttpRequest, page: Any) -> HttpResponse | None:
    return _ask(request, page) if isinstance(page, Screener) else None


@hooks.register("before_publish")
def ask_before_publishing_snippet(
    request: HttpRequest, instance: Any
) -> HttpResponse | None:
    return _ask(request, instance) if isinstance(instance, LAW) else None


def _ask(request: HttpRequest, record: Any) -> HttpResponse | None:
    """Refuse what would be broken; show what changes for visitors before it does.

    The draft is saved by now. The page of its changes has a button that publishes.
    """
    if is_wide(record):
        return publish_wide(record, request.user)
    changes = rehearse_publish(record)
    if errors := find_refusals(changes):
        show_refusal(request, NOT_PUBLISHED, refusal_messages(errors))
        return redirect(edit_url(record))
    if summarise_impact(changes)["changes_results"]:
        return redirect(f"{impact_url(record)}?confirm=1")
    return None


@hooks.register("before_unpublish")
def refuse_unpublishing_used(request: HttpRequest, record: Any) -> HttpResponse | None:
    if request.method != "POST" or not isinstance(record, LAW):
        return None
    if errors := find_refusals(rehearse_unpublish(record)):
        show_refusal(
            request, _("Still public, because it is used:"), refusal_messages(errors)
        )
        return redirect(edit_url(record))
    return None


@hooks.register("before_delete_snippet")
def refuse_deleting_used(request: HttpRequest, instances: list) -> HttpResponse | None:
    law = [instance for instance in instances if isinstance(instance, LAW)]
    if request.method != "POST" or not law:
        return None
    said: list[Any] = list(refusal_messages(find_refusals(rehearse_delete(*law))))
    charts = [instance for instance in law if isinstance(instance, Chart)]
    if ChartRow.objects.filter(chart__in=charts).exists():
        said.append(_("It still has rows. Delete those first."))
    if not said:
        return None
    show_refusal(request, _("Not deleted, because it is still used:"), said)
    return redirect(edit_url(law[0]))
