"""Views of the admin that serve the editing of conditions."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from screening_block import engine

from .authoring.compile import compile_screener
from .authoring.gate import say
from .models import Screener
from .registered import engine_extensions

LONGEST = 100_000


@require_POST
@permission_required("wagtailadmin.access_admin", raise_exception=True)
def describe(request: HttpRequest) -> JsonResponse:
    """`condition` (JSON text) and `page` (id) as `{"sentence", "problems"}`.

    Labels are those of the page as last saved.
    """
    text = request.POST.get("condition", "")
    try:
        condition = json.loads(text[:LONGEST])
        if not isinstance(condition, dict):
            raise ValueError
    except (ValueError, RecursionError):
        return JsonResponse(
            {"sentence": "", "problems": [_("This is not a JSON object yet.")]}
        )
    page = Screener.objects.filter(pk=request.POST.get("page") or None).first()
    if page and not page.permissions_for_user(request.user).can_edit():
        page = None
    release: dict[str, Any] = {}
    problems = []
    if page:
        release = compile_screener(page.get_latest_revision_as_object(), drafts=True)
        problems = _problems(condition, release)
    return JsonResponse(
        {"sentence": engine.describe(condition, release), "problems": problems}
    )


def _problems(condition: dict[str, Any], release: dict[str, Any]) -> list[str]:
    """What is wrong with a condition: it is checked as one more fact of the release."""
    probe = "a_condition_being_written"
    facts = [*release["facts"], {"key": probe, "when": condition}]
    texts = {
        locale: {**words, "facts": {**words["facts"], probe: {"label": probe}}}
        for locale, words in release["texts"].items()
    }
    place = f"facts/{probe}"
    probed = {**release, "facts": facts, "texts": texts}
    return [
        say(
            problem._replace(path=problem.path.removeprefix(place).strip("/")),
            condition,
        )
        for problem in engine.check(probed, **engine_extensions())
        if problem.path.startswith(place)
    ]
