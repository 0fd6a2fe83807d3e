"""The visitor's path without script: plain forms, nothing stored.

The answers so far travel in the form itself, as a hidden field of a POST. The
response to each POST is the next page and is `no-store`; no cookie is read or
set, no answer is ever in an address, and the form changes nothing on the server,
so it needs no CSRF token.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from screening_block.public import RecalledError, mark_recalled_sentence

from .form_step import FormPlace, FormStep
from .forms import build_question_form
from .law_words import describe_law
from .other_languages import list_others
from .stages import describe_time
from .who_helps import (
    describe_gone,
    describe_help,
    name_who_is_urgent,
    name_whom_to_call,
)


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
        return {"screener": None, "recalled": mark_recalled_sentence(error.recall)}
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
        "other_languages": list_others(release, locale, place.find_address),
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
    # A press on another language, or that of the visit so far.
    todo, _colon, named = request.POST.get("do", "").partition(":")
    wanted = named if todo == "language" else request.POST.get("locale")
    locale = pick_locale(release, wanted or get_language())
    with override(locale):
        taken = FormStep(key, release, request.POST, place, locale)
        template, context, status = taken.handle()
    context["page"] = page
    if template in ("result", "urgent"):
        context |= describe_help(release, locale, request)
        (name_whom_to_call if template == "result" else name_who_is_urgent)(context)
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
        "recalled": mark_recalled_sentence(recall),
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
