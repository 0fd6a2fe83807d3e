"""Views of the admin that serve the editing of conditions."""

from __future__ import annotations

import hashlib
from typing import Any

import swapper
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponseNotModified, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Locale

from screening_block import engine
from screening_block.fields.condition_field import LONGEST
from screening_block.fields.posted_numbers import number
from screening_block.models import Screener
from screening_block.publishing.content import source_of

from .pickers import published_keys, vocabulary
from .remarks import remarks
from .vocabulary import Law, draft_of, law

MOST_AT_ONCE = 200
Where = tuple[Screener | None, Locale, Law]


@require_POST
@permission_required("wagtailadmin.access_admin", raise_exception=True)
def describe(request: HttpRequest) -> JsonResponse:
    """Conditions in plain words, with what is wrong with each.

    Takes JSON `{"page" or "parent": id, "context": {...}, "conditions": [text, ...]}`:
    the context is what stands on the page (`vocabulary.draft_of`), each condition the
    JSON text of its field. Gives `{"said": [{"sentence", "problems"}, ...]}` in the
    same order; problems are those of `remarks`.
    """
    try:
        body = engine.parse_json(request.body)
        conditions = list(body["conditions"])[:MOST_AT_ONCE]
        context = body.get("context")
    except (engine.EngineError, KeyError, TypeError, AttributeError):
        return JsonResponse({"error": _("This request cannot be read.")}, status=400)
    _page, locale, known = _where(request, body.get("page"), body.get("parent"))
    draft = draft_of(context, known, locale.language_code)
    return JsonResponse({"said": [_said(text, draft) for text in conditions]})


def _said(text: Any, draft: dict[str, Any]) -> dict[str, Any]:
    try:
        condition = engine.parse_json(text if len(text) <= LONGEST else "")
        if not isinstance(condition, dict):
            raise ValueError
    except (engine.EngineError, ValueError, TypeError):
        message = _("This is not a JSON object yet.")
        problem = {"path": "", "code": "json", "message": message, "suggestion": None}
        return {"sentence": "", "problems": [problem]}
    return {
        "sentence": engine.describe(condition, draft, get_language() or "en"),
        "problems": remarks(condition, draft),
    }


@require_GET
@permission_required("wagtailadmin.access_admin", raise_exception=True)
def pickers(request: HttpRequest) -> JsonResponse | HttpResponseNotModified:
    """What the condition editor offers beside the page itself; see `vocabulary`.

    Takes `page` or `parent` as `describe`. Answers 304 while nothing has changed.
    """
    page, _locale, known = _where(
        request, request.GET.get("page"), request.GET.get("parent")
    )
    release, published = published_keys(page)
    mark = f"{known.stamp} {release} {get_language()}"
    etag = f'"{hashlib.sha256(mark.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        response: Any = HttpResponseNotModified()
    else:
        response = JsonResponse({**vocabulary(known), "published": published})
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _where(request: HttpRequest, page: Any, parent: Any) -> Where:
    """The page being written (None while it is new), its locale and the law it sees.

    Only who may edit it, or add one there, sees the law's drafts.
    """
    screener = Screener.objects.filter(pk=number(page)).first()
    if screener and not screener.permissions_for_user(request.user).can_edit():
        screener = None
    may = screener is not None
    if not may and (pk := number(parent)):
        Page = swapper.load_model("wagtailcore", "Page")
        above = Page.objects.filter(pk=pk).first()
        may = bool(above and above.permissions_for_user(request.user).can_add_subpage())
    locale = source_of(screener).locale if screener else Locale.get_default()
    return screener, locale, law(locale, drafts=may)
