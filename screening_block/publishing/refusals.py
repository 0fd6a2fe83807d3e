"""Refusals, said at the top of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from screening_block.models import Scenario, Screener
from screening_block.models.publishing import GateError
from screening_block.publishing.gate import ScenariosError


def tell(request: HttpRequest, what: Any, places: Iterable[Any]) -> None:
    """Say what was refused, and each place that has to be fixed first."""
    listed = format_html_join("", "<li>{}</li>", ((place,) for place in places))
    messages.error(request, format_html("{}<ul>{}</ul>", what, listed))


def places(errors: Iterable[GateError]) -> Iterator[Any]:
    """Each place that has to be fixed first; a scenario with the way to it."""
    for error in errors:
        if not isinstance(error, ScenariosError):
            yield from error.messages
            continue
        for scenario, text in error.lines:
            yield format_html(
                '{} <a href="{}">{}</a>',
                text,
                scenario_address(error.screener, scenario),
                _("Open it") if scenario else _("See all that fail"),
            )


def reasons(error: ValidationError) -> Iterator[Any]:
    """Each thing that a refusal says, with the field that it is about."""
    if isinstance(error, GateError):
        yield from places([error])
    elif hasattr(error, "error_dict"):
        for name, messages_of in error.message_dict.items():
            field = "" if name == NON_FIELD_ERRORS else name.replace("_", " ")
            for message in messages_of:
                yield f"{field.capitalize()}: {message}" if field else message
    else:
        yield from error.messages


def scenario_address(screener: Screener, scenario: Scenario | None) -> str:
    """Where a scenario is edited; None: the table of those that fail."""
    if scenario is None:
        table = reverse("screening_scenarios:table", args=[screener.pk])
        return f"{table}?show=failing"
    return reverse("screening_scenarios:edit", args=[screener.pk, scenario.pk])
