"""The visitor's path without script: plain forms, nothing stored.

The answers so far travel in the form itself, as a hidden field of a POST. The
response to each POST is the next page and is `no-store`; no cookie is read or
set, no answer is ever in an address, and the form changes nothing on the server,
so it needs no CSRF token.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from screening_block import engine, public
from screening_block.engine.release_names import HASH_PATTERN
from screening_block.engine.wording import Wording
from screening_block.models import Recall, Release, Screener
from screening_block.models.releases import pick_locale, texts_in, today
from screening_block.public import RecalledError, recalled_sentence

from .forms import NotAnAnswer, build_question_form, keep_typed, read_posted_answer
from .law_words import describe_law
from .pages import build_result_page, describe_given_answer
from .results import build_result
from .stages import describe_time
from .totals import describe_progress, ranges_of
from .who_helps import describe_gone, describe_help, name_whom_to_call


class FormPlace(NamedTuple):
    """Where a form stands: the address it posts to, and the page around it."""

    address: str
    base: str = "screening_block/base.html"

    @classmethod
    def own(cls, key: str) -> FormPlace:
        return cls(reverse("screening_block:form", args=[key]))


def build_start_context(
    page: Screener | None, request: HttpRequest | None
) -> dict[str, Any]:
    """Return what the start of a screener needs: texts and its first question.

    `screener` is None where not everybody may read it; `recalled` says why, where its
    release was recalled.
    """
    try:
        current = public.release_of(page, request)
    except RecalledError as error:
        return {"screener": None, "recalled": recalled_sentence(error.recall)}
    if page is None or current is None:
        return {"screener": None}
    return _build_start(page.key, current.load(), page, FormPlace.own(page.key))


def _build_start(
    key: str, release: engine.Release, page: Screener | None, place: FormPlace
) -> dict[str, Any]:
    locale = pick_locale(release, get_language())
    texts = texts_in(release, locale)
    first = engine.walk(release, {}, today(release)).next
    w = Wording(release, locale, today(release))
    with override(locale):
        law, takes = describe_law(release, w), describe_time(release)
        form = build_question_form(release, first, w) if first else None
    return {
        "screener": texts,
        "page": page,
        "key": key,
        **place._asdict(),
        "release": release,
        "law": law,
        "takes": takes,
        "locale": locale,
        "form": form,
        "answers": "{}",
    }


def show_screener(request: HttpRequest, page: Screener) -> HttpResponse:
    """Show the screener's own page (GET). Raises `Http404` once it has expired."""
    if public.has_expired(page):
        raise Http404(_("There is no such screener."))
    context = page.get_context(request)
    context.update(build_start_context(page, request))
    context["page"] = context["self"] = page
    status = 410 if context.get("recalled") else 200
    return render(request, page.template, context, status=status)


@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def show_form(request: HttpRequest, key: str) -> HttpResponse:
    """Show the start (GET), or the step that follows what was posted (POST).

    Who begins is led to the address of a language that the questions are in.
    """
    if request.method != "POST" and (address := _in_own_language(request, key)):
        return redirect(address)
    return show_step(request, key, FormPlace.own(key))


def _in_own_language(request: HttpRequest, key: str) -> str:
    """Return where the form is that asks in its own words; "" if this is the place."""
    try:
        current = public.current(key, request)
    except RecalledError:
        return ""
    if current is None:
        return ""
    locale = pick_locale(current.load(), get_language())
    if locale == get_language() or locale not in dict(settings.LANGUAGES):
        return ""
    with override(locale):
        address = FormPlace.own(key).address
    return "" if address == request.path else address


def show_step(request: HttpRequest, key: str, place: FormPlace) -> HttpResponse:
    """Show a page of the form. Raises `Http404` where there is no such screener."""
    current = None
    try:
        current = public.current(key, request)
        if current is None:
            raise Http404(_("There is no such screener."))
        release = _find_release(request, key, current)
    except RecalledError as error:
        return _show_recalled(request, error.recall, place, another=current is not None)
    page = public.page_of(key, request)
    if request.method != "POST":
        return _render(request, "start", _build_start(key, release, page, place))
    locale = pick_locale(release, request.POST.get("locale") or get_language())
    with override(locale):
        taken = FormStep(key, release, request.POST, place, locale)
        template, context, status = taken.handle()
    context["page"] = page
    if template == "result":
        context |= describe_help(release, locale, request)
        name_whom_to_call(context)
    return _render(request, template, context, status)


def _find_release(request: HttpRequest, key: str, current: Release) -> engine.Release:
    """Return the release this visit began with, else the current one.

    A change published meanwhile must not mix two versions of the law in one visit.
    Raises `RecalledError` where the one it began with was wrong.
    """
    begun = request.POST.get("release", "")
    if re.fullmatch(HASH_PATTERN, begun) and begun != current.pk:
        current = public.release(begun, request, key) or current
    return current.load()


def _show_recalled(
    request: HttpRequest, recall: Recall, place: FormPlace, another: bool
) -> HttpResponse:
    """Tell a visit why its release was recalled.

    `another`: a better one is current, and the visit can begin again with it.
    """
    context = {
        "recalled": recalled_sentence(recall),
        "begun": request.method == "POST",
        "another": another,
        "gone": describe_gone(request, get_language() or ""),
        **place._asdict(),
    }
    return _render(request, "recalled", context, 410)


def _render(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    response = render(
        request, f"screening_block/{template}.html", context, status=status
    )
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


class FormStep:
    """One POST of the form: the answers so far, what was asked, what to do."""

    def __init__(
        self,
        key: str,
        release: engine.Release,
        post: QueryDict,
        place: FormPlace,
        locale: str,
    ):
        self.key = key
        self.place = place
        self.release = release
        self.post = post
        self.as_of = today(release)
        self.locale = locale
        self.texts = texts_in(release, self.locale)
        self.w = Wording(release, self.locale, self.as_of)
        self.notice = ""
        self.answers = self._read_answers()

    def _read_answers(self) -> dict[str, Any]:
        """Read the answers in the hidden field; a broken field starts again, and says
        so."""
        text = self.post.get("answers", "{}")
        try:
            return engine.parse_answers(self.release, text).values
        except engine.AnswerError:
            self.notice = _(
                "Something in the form could not be read, so you start again. "
                "Nothing was kept."
            )
            return {}

    def handle(self) -> tuple[str, dict[str, Any], int]:
        """Return the template, its context and the status code."""
        todo, _colon, key = self.post.get("do", "next").partition(":")
        if self.notice or todo == "restart":
            self.answers = {}
            return self._show_next()
        asked = engine.walk(self.release, self.answers, self.as_of).asked
        if todo == "change" and key in asked:
            return self._show_question(key)
        question = self.post.get("question", "")
        if todo == "back":
            before = self._list_before(question)
            self._keep_what_is_given(question)
            return self._show_question(before[-1]) if before else self._show_next()
        if question in self.release.questions:
            if todo == "unsure":
                self.answers[question] = None
            elif todo == "next":
                try:
                    self.answers[question] = read_posted_answer(
                        self.release, question, self.post
                    )
                except NotAnAnswer as error:
                    return self._show_question(question, error)
        return self._show_next()

    def _list_before(self, question: str) -> list[str]:
        """Return what was asked before a question, or before the result."""
        asked = engine.walk(self.release, self.answers, self.as_of).asked
        return list(asked[: asked.index(question)] if question in asked else asked)

    def _keep_what_is_given(self, question: str) -> None:
        """Going back loses nothing that is an answer already."""
        if question in self.release.questions:
            with suppress(NotAnAnswer):
                given = read_posted_answer(self.release, question, self.post)
                self.answers[question] = given

    def _show_next(self) -> tuple[str, dict[str, Any], int]:
        walk = engine.walk(self.release, self.answers, self.as_of)
        if walk.dropped:
            self.notice = _(
                "Because of that change, some earlier answers no longer matter. We "
                "removed them."
            )
        self.answers = dict(walk.answers)
        if walk.next:
            return self._show_question(walk.next)
        outcome = build_result(self.release, self.answers, self.as_of, self.locale)
        asked = {key: self.answers[key] for key in walk.asked}
        context = self._build_context() | build_result_page(
            self.release, outcome, self.w, asked
        )
        return "result", context, 200

    def _show_question(
        self, key: str, error: NotAnAnswer | None = None
    ) -> tuple[str, dict[str, Any], int]:
        form = build_question_form(self.release, key, self.w, self.answers.get(key))
        if error:
            keep_typed(form, self.post, error)
        walk = engine.walk(self.release, self.answers, self.as_of)
        ranges = ranges_of(self.release.sha256)
        context = self._build_context() | {
            "form": form,
            "progress": describe_progress(walk, key, ranges),
            "has_previous": bool(self._list_before(key)),
        }
        return "question", context, 422 if error else 200

    def _build_context(self) -> dict[str, Any]:
        walk = engine.walk(self.release, self.answers, self.as_of)
        return {
            "key": self.key,
            **self.place._asdict(),
            "release": self.release,
            "law": describe_law(self.release, self.w),
            "screener": self.texts,
            "locale": self.locale,
            "notice": self.notice,
            "answers": json.dumps(self.answers),
            "given": [
                describe_given_answer(self.release, key, walk.answers[key], self.w)
                for key in walk.asked
            ],
        }
