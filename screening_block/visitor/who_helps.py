"""Who can help, as far as an app knows it: `screening_block.help`, or one of a site's.

It answers the hook `screening_block_help`: a function of a release, a language code and
a request that gives what the result page shows.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Site

from screening_block import engine

from .whom_to_call import ANY_LAWYER, find_asked, get_subject, pick_entry


def describe_help(
    release: engine.Release, locale: str, request: HttpRequest | None
) -> dict[str, Any]:
    """Return `help` (the entries by area), `help_entries` (those of the help file, in
    its shape) and `help_url` (the page with all of them, or ""); nothing where no app
    knows."""
    for describe in hooks.get_hooks("screening_block_help"):
        found: dict[str, Any] = describe(release, locale, request)
        return found
    return {}


def describe_gone(request: HttpRequest, locale: str) -> dict[str, str]:
    """Return what is said where a screener was, in the active language: `detail`, and
    where help is, `help` with `help_label`.

    `help` is the site's page of help, as the hook `screening_block_help_page` (a
    function of a request and a language code) knows it, else its start page.
    """
    for find in hooks.get_hooks("screening_block_help_page"):
        if address := find(request, locale):
            label = _("Who can help")
            break
    else:
        site = Site.find_for_request(request)
        address = site.root_url if site else "/"
        label = _("Go to the site of these questions")
    return {
        "detail": _("These questions are no longer available."),
        "help": request.build_absolute_uri(address),
        "help_label": label,
    }


def name_whom_to_call(context: dict[str, Any]) -> None:
    """Add who is named to the context of a result page: `help_call` and, for paper,
    `sheet_call`, and `call` to each finding that is urgent."""
    entries, now = context.get("help_entries", []), timezone.now()
    shown = [
        *context["open"],
        *(finding for group in context["groups"] for finding in group["findings"]),
    ]

    def pick_for(findings: Iterable[dict[str, Any]]) -> Any:
        return pick_entry(entries, *find_asked(findings), now)

    context["help_call"] = pick_for(shown)
    context["sheet_call"] = pick_for(one for one in shown if not one["off"])
    for finding in shown:
        subject = finding["severity"] == "urgent" and get_subject(finding)
        if subject:
            entry = pick_entry(entries, subject, True, now)
            # How far it was checked is said once of whom the result names in short.
            said = entry is context["help_call"]
            finding["call"] = entry and {**entry, "confirm": False} if said else entry


def name_who_is_urgent(context: dict[str, Any]) -> None:
    """Add `calls` to the context of the page of what is urgent: whom to call about it,
    each once, numbers first; a lawyer where no finding says whom."""
    entries, now = context.get("help_entries", []), timezone.now()
    subjects = [get_subject(finding) for finding in context["urgent"]]
    wanted = [subject for subject in subjects if subject] or [ANY_LAWYER]
    calls: list[Any] = []
    for subject in wanted:
        entry = pick_entry(entries, subject, True, now)
        if entry and entry not in calls:
            calls.append(entry)
    context["calls"] = sorted(calls, key=lambda entry: not entry.get("phones"))


def find_help_file(release: engine.Release, locale: str) -> str:
    """Return the address of the file that the widget reads; "" where there is none."""
    try:
        path = reverse("screener-help", args=[release.key])
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode({'locale': locale})}"


def build_help_strings() -> dict[str, Any]:
    """Return what the widget says beside the entries."""
    return {
        "who": _("Who can help"),
        "stays": _("What you pick stays on this device."),
        "county": _("County"),
        "what_for": _("What for"),
        "any": _("Any"),
        "no_help": _("Nobody here fits. Take a filter away."),
        "all_help": _("Everybody who can help, on a page of its own"),
        "open_now": _("Open now"),
        "opens": _("Opens {when}"),
        "website": _("Website"),
        "call": _("You can call:"),
    }
