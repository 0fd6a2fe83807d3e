"""Who can help, as far as an app knows it: `screening_block.help`, or one of a site's.

It answers the hook `screening_block_help`: a function of a release, a language code and
a request that gives what the result page shows.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Site

from screening_block import engine


def describe_help(
    release: engine.Release, locale: str, request: HttpRequest | None
) -> dict[str, Any]:
    """Return `help` (the entries by area), `help_number` (one to call, or None) and
    `help_url` (the page with all of them, or ""); nothing where no app knows."""
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
