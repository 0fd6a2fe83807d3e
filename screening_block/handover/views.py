"""The page that opens a file of answers: it holds a script, and no answer ever."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from screening_block.engine.sentences import spoken
from screening_block.visitor.file_strings import (
    build_file_strings,
    build_opener_strings,
)
from screening_block.visitor.other_languages import name_itself


@require_safe
def show_opener(request: HttpRequest) -> HttpResponse:
    """Show where a file is picked; the browser reads it and asks for its release.

    The page has words of its own alone, so it is in the languages that these are in.
    """
    if get_language() not in spoken():
        with override(settings.LANGUAGE_CODE):
            address = reverse("screening_handover:open")
        if address != request.path:
            return redirect(address)
    none = "0" * 64
    context = {
        "address": request.path,
        "other_languages": list(_list_others()),
        "releases": reverse("release", args=[none]).removesuffix(f"{none}/"),
        "words": {code: _say_in(code) for code in _list_languages()},
    }
    response = render(request, "screening_block/opener.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _list_languages() -> list[str]:
    """Return the languages of the page; a result that it shows may change to them."""
    return [code for code in dict(settings.LANGUAGES) if code in spoken()]


def _say_in(code: str) -> dict[str, Any]:
    with override(code):
        return build_file_strings() | build_opener_strings()


def _list_others() -> Iterator[dict[str, str]]:
    """Yield the other languages of the page, as those of a form."""
    for code in _list_languages():
        if code != get_language():
            with override(code):
                address = reverse("screening_handover:open")
                yield {"code": code, "name": name_itself(code), "address": address}
