"""Views that serve the condition editor."""

import hashlib
from typing import Any

import swapper
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponseNotModified, JsonResponse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Locale

from screening_block import engine
from screening_block.fields.condition_field import MAX_LENGTH
from screening_block.fields.posted_numbers import parse_number
from screening_block.models import Screener
from screening_block.publishing.content import source_of

from .condition_problems import find_condition_problems
from .pickers import picker_data, published_keys
from .vocabulary import KnownLaw, build_draft, load_law

MAX_CONDITIONS = 200
Context = tuple[Screener | None, Locale, KnownLaw]


@require_POST
@permission_required("wagtailadmin.access_admin", raise_exception=True)
def describe_conditions(request: HttpRequest) -> JsonResponse:
    """Return conditions in plain words, with the problems of each.

    Takes JSON `{"page" or "parent": id, "context": {...}, "conditions": [text, ...]}`:
    the context is what stands on the page (`vocabulary.build_draft`), each condition
    the JSON text of its field. Gives `{"said": [{"sentence", "problems"}, ...]}` in the
    same order; problems are those of `condition_problems`.
    """
    try:
        body = engine.parse_json(request.body)
        conditions = list(body["conditions"])[:MAX_CONDITIONS]
        context = body.get("context")
    except (engine.EngineError, KeyError, TypeError, AttributeError):
        return JsonResponse({"error": _("This request cannot be read.")}, status=400)
    _page, locale, known = _find_context(request, body.get("page"), body.get("parent"))
    draft = build_draft(context, known, locale.language_code)
    return JsonResponse({"said": [_describe(text, draft) for text in conditions]})


def _describe(text: Any, draft: dict[str, Any]) -> dict[str, Any]:
    try:
        condition = engine.parse_json(text if len(text) <= MAX_LENGTH else "")
        if not isinstance(condition, dict):
            raise ValueError
    except (engine.EngineError, ValueError, TypeError):
        message = _("This is not a JSON object yet.")
        problem = {"path": "", "code": "json", "message": message, "suggestion": None}
        return {"sentence": "", "problems": [problem]}
    return {
        "sentence": engine.describe(condition, draft, get_language() or "en"),
        "problems": find_condition_problems(condition, draft),
    }


@require_GET
@permission_required("wagtailadmin.access_admin", raise_exception=True)
def pickers(request: HttpRequest) -> JsonResponse | HttpResponseNotModified:
    """Return what the condition editor offers besides the page itself; see
    `vocabulary`.

    Takes `page` or `parent` like `describe_conditions`. Answers 304 while nothing has
    changed.
    """
    page, _locale, known = _find_context(
        request, request.GET.get("page"), request.GET.get("parent")
    )
    release, published = published_keys(page)
    mark = f"{known.stamp} {release} {get_language()}"
    etag = f'"{hashlib.sha256(mark.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        response: Any = HttpResponseNotModified()
    else:
        response = JsonResponse({**picker_data(known), "published": published})
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _find_context(request: HttpRequest, page: Any, parent: Any) -> Context:
    """Return the page being written (None while it is new), its locale and the law.

    Only those who may edit it, or add one there, see drafts of the law.
    """
    screener = Screener.objects.filter(pk=parse_number(page)).first()
    if screener and not screener.permissions_for_user(request.user).can_edit():
        screener = None
    may = screener is not None
    if not may and (pk := parse_number(parent)):
        Page = swapper.load_model("wagtailcore", "Page")
        above = Page.objects.filter(pk=pk).first()
        may = bool(above and above.permissions_for_user(request.user).can_add_subpage())
    locale = source_of(screener).locale if screener else Locale.get_default()
    return screener, locale, load_law(locale, drafts=may)
