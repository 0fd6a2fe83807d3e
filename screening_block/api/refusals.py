"""The language in which whoever sent something is told what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from rest_framework.request import Empty, Request


def find_language(request: Request) -> str:
    """Return the language that a request asks to be answered in: `words` or `locale` of
    the address, `locale` of a body that was read; that which is active for any other.
    """
    body = getattr(request, "_full_data", Empty)
    sent = body.get("locale") if isinstance(body, dict) else ""
    for wanted in (*map(request.query_params.get, ("words", "locale")), sent):
        tag = wanted.lower() if isinstance(wanted, str) else ""
        for one in (tag, tag.partition("-")[0]):
            if one in dict(settings.LANGUAGES):
                return one
    return get_language() or settings.LANGUAGE_CODE


def speaks_language_of_body(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a method of a view say what is wrong in the language that its body names."""

    @wraps(view)
    def answer(self: Any, request: Request, *args: Any, **kwargs: Any) -> Any:
        # A body that cannot be read is refused here, and names no language.
        request.data  # noqa: B018
        with override(find_language(request)):
            return view(self, request, *args, **kwargs)

    return answer
