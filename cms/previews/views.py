"""What whoever has a link is shown: the draft as a page, and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.previews.models import DraftLink, LinkError, read_draft, read_token

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """Let nobody keep an answer, find it, or tell others the address it came from."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = never_cache(view)(*args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


@require_safe
@private
def show_draft(request: HttpRequest, token: str) -> HttpResponse:
    """Show the draft as visitors would see the page, with a note that it is none."""
    link = find_link(token)
    page = read_draft(link)
    response: HttpResponse = page.make_preview_request(
        request,
        page.default_preview_mode,
        extra_request_attrs={"draft_link": link},
    )
    return response


def find_link(token: str) -> DraftLink:
    try:
        return read_token(token)
    except LinkError:
        raise Http404("No link to a draft, or it has ended") from None


def write_address(request: HttpRequest, link: DraftLink) -> str:
    """Return the whole address of a link."""
    return request.build_absolute_uri(reverse("draft", args=[link.token]))
