"""Refusals, said at the top of a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join


def tell(request: HttpRequest, what: Any, places: Iterable[Any]) -> None:
    """Say what was refused, and each place that has to be mended first."""
    listed = format_html_join("", "<li>{}</li>", ((place,) for place in places))
    messages.error(request, format_html("{}<ul>{}</ul>", what, listed))
