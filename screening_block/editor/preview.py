"""The preview in the editor: the draft's questions, and the result of sample answers.

A preview mode is a scenario: a reviewer sees what a person with such answers would
read, before anything is published. Worked out on the server from invented answers.
"""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.engine.wording import Wording
from screening_block.models import Screener
from screening_block.models.releases import pick_locale, texts_in, today
from screening_block.models.screener import PREVIEW_PREFIX
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.gate import ProblemsError, examine
from screening_block.publishing.scenario_runs import scenarios_of
from screening_block.visitor.forms import build_question_form
from screening_block.visitor.law_words import describe_law
from screening_block.visitor.pages import build_result_page, describe_given_answer
from screening_block.visitor.results import build_result


def render_preview(request: HttpRequest, screener: Screener, mode: str) -> SafeString:
    """Return the preview page of a draft, which need not be saved."""
    context: dict[str, Any] = {"page": screener, "self": screener}
    try:
        release = examine(compile_screener(screener, drafts=True))
    except ProblemsError as error:
        context["problems"] = error.messages
        return render_to_string("screening_block/preview.html", context, request)
    locale = pick_locale(release, screener.locale.language_code)
    texts = texts_in(release, locale)
    context |= {
        "release": release,
        "screener": texts,
        "locale": locale,
        "law": describe_law(release, Wording(release, locale, today(release))),
    }
    modes = {f"{PREVIEW_PREFIX}{each.pk}": each for each in scenarios_of(screener)}
    scenario = modes.get(mode)
    if scenario is None:
        context["forms"] = [
            build_question_form(release, key, Wording(release, locale, today(release)))
            for key in release.questions
        ]
        return render_to_string("screening_block/preview.html", context, request)
    case = scenario.newest
    as_of = case.get("as_of") or today(release)
    try:
        outcome = build_result(release, case["answers"], as_of, locale)
    except engine.AnswerError:
        text = _("The answers of “%(name)s” no longer fit the questions.")
        context["problems"] = [text % {"name": scenario.name}]
        return render_to_string("screening_block/preview.html", context, request)
    w = Wording(release, locale, as_of)
    given = {k: case["answers"][k] for k in release.questions if k in case["answers"]}
    context |= build_result_page(release, outcome, w, given)
    context["given"] = [
        describe_given_answer(release, key, answer, w) for key, answer in given.items()
    ]
    return render_to_string("screening_block/result.html", context, request)
