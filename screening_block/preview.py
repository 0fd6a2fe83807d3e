"""The preview in the editor: the draft's questions, and the result of sample answers.

A preview mode is a scenario: a reviewer sees what a person with such answers would
read, before anything is published. Worked out on the server from invented answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.engine.wording import Wording

from .authoring.compile import compile_screener
from .authoring.gate import ProblemsError, examine
from .authoring.scenarios import scenarios_of
from .forms import question_form
from .models import Scenario
from .pages import given_answer, result_page
from .results import pick_locale, result, texts_in, today
from .views import is_overdue

if TYPE_CHECKING:
    from .models import Screener

CASE = "case-"
#: A menu with more entries than this helps nobody; the table of scenarios has all.
MOST = 40


def modes(screener: Screener) -> list[tuple[str, Any]]:
    """Wagtail's preview modes: every question, then the scenarios by name."""
    found = Scenario.objects.filter(screener=screener.translation_key)
    named = found.values_list("pk", "name")[:MOST]
    return [
        ("", _("Every question")),
        *((f"{CASE}{pk}", name) for pk, name in named),
    ]


def serve(request: HttpRequest, screener: Screener, mode: str) -> HttpResponse:
    """The preview page of a draft, which need not be saved."""
    context: dict[str, Any] = {"page": screener, "self": screener}
    try:
        release = examine(compile_screener(screener, drafts=True))
    except ProblemsError as error:
        context["problems"] = error.messages
        return render(request, "screening_block/preview.html", context)
    locale = pick_locale(release, screener.locale.language_code)
    texts = texts_in(release, locale)
    context |= {
        "release": release,
        "screener": texts,
        "locale": locale,
        "review": release.data["review"],
        "review_overdue": is_overdue(release),
    }
    scenario = next(
        (one for one in scenarios_of(screener) if f"{CASE}{one.pk}" == mode), None
    )
    if scenario is None:
        context["forms"] = [
            question_form(release, key, Wording(release, locale, today(release)))
            for key in release.questions
        ]
        return render(request, "screening_block/preview.html", context)
    case = scenario.newest
    as_of = case.get("as_of") or today(release)
    try:
        outcome = result(release, case["answers"], as_of, locale)
    except engine.AnswerError:
        context["problems"] = [
            _("The answers of “%(name)s” no longer fit the questions.")
            % {"name": scenario.name}
        ]
        return render(request, "screening_block/preview.html", context)
    w = Wording(release, locale, as_of)
    context |= result_page(release, outcome, w)
    context["given"] = [
        given_answer(release, key, case["answers"][key], w)
        for key in release.questions
        if key in case["answers"]
    ]
    return render(request, "screening_block/result.html", context)
