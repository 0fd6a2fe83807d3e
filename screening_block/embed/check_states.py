"""Addresses at which a screener is withdrawn or recalled, for checks of the embed kit.

Nobody has to withdraw one to see what is said then: the views that say it are asked,
with a state that is made for the one request.
"""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from screening_block import public
from screening_block.api.release_endpoints import ScreenerView
from screening_block.models import Recall

from .views import show_frame

REASON = _(
    "This address is for checks: it shows what is said when a release was recalled."
)
#: The language in which that is said, as soon as anybody says it.
SPOKEN = lazy(get_language, str)()
#: What the page of a check reads of the frame.
EXPOSED = "Cross-Origin-Resource-Policy, Cross-Origin-Embedder-Policy"


def _make_state(request: HttpRequest, state: str) -> None:
    if state == "withdrawn":
        public.pretend_gone(request)
    elif state == "recalled":
        public.pretend_gone(
            request, Recall(reason=cast(str, REASON), reason_locale=cast(str, SPOKEN))
        )
    elif state != "live":
        raise Http404


@require_safe
def answer_release(request: HttpRequest, state: str) -> HttpResponse:
    """Answer as the address of a screener in that state does."""
    _make_state(request, state)
    response: HttpResponse = ScreenerView.as_view()(request, key="check")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@xframe_options_exempt
def show_tried_frame(request: HttpRequest, state: str, key: str) -> HttpResponse:
    """Show the frame of a screener in that state, with a script that a check asks.

    That script presses “Start” for it. It is in no frame that visitors get.
    """
    _make_state(request, state)
    response = show_frame(request, key)
    script = reverse("screening_embed:file", args=["check-frame.js"])
    tag = f'<script type="module" src="{script}"></script></head>'
    response.content = response.content.replace(b"</head>", tag.encode(), 1)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    return response
