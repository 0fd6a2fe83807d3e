"""Show an editor at the top of a page why something was refused."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from screening_block.models import Scenario, Screener
from screening_block.models.publishing import GateError
from screening_block.publishing.gate import ScenariosError


def show_refusal(request: HttpRequest, what: Any, places: Iterable[Any]) -> None:
    """Show what was refused, and each thing that has to be fixed first."""
    listed = format_html_join("", "<li>{}</li>", ((place,) for place in places))
    messages.error(request, format_html("{}<ul>{}</ul>", what, listed))


def show_drafts(request: HttpRequest, what: Any, records: Iterable[Any]) -> None:
    """Show that drafts were written, with a link to each."""
    finder = AdminURLFinder(request.user)
    links = ((finder.get_edit_url(record), record) for record in records)
    listed = format_html_join("", '<li><a href="{}">{}</a></li>', links)
    messages.success(request, format_html("{}<ul>{}</ul>", what, listed))


def refusal_messages(errors: Iterable[GateError]) -> Iterator[Any]:
    """Yield a message for each thing to fix first; a scenario's has a link to it."""
    for error in errors:
        if not isinstance(error, ScenariosError):
            yield from error.messages
            continue
        for scenario, text in error.lines:
            yield format_html(
                '{} <a href="{}">{}</a>',
                text,
                scenario_url(error.screener, scenario),
                _("Open it") if scenario else _("See all that fail"),
            )


def error_messages(error: ValidationError) -> Iterator[Any]:
    """Yield each message of a refusal, with the field that it is about."""
    if isinstance(error, GateError):
        yield from refusal_messages([error])
    elif hasattr(error, "error_dict"):
        for name, messages_of in error.message_dict.items():
            field = "" if name == NON_FIELD_ERRORS else name.replace("_", " ")
            for message in messages_of:
                yield f"{field.capitalize()}: {message}" if field else message
    else:
        yield from error.messages


def scenario_url(screener: Screener, scenario: Scenario | None) -> str:
    """Return the URL of a scenario's form; None: of the table of those that fail."""
    if scenario is None:
        table = reverse("screening_scenarios:table", args=[screener.pk])
        return f"{table}?show=failing"
    return reverse("screening_scenarios:edit", args=[screener.pk, scenario.pk])
