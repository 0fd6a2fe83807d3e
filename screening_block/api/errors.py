"""Errors as problem+json (RFC 9457), in every endpoint the same.

`errors` lists the places: a field, a question key or a query parameter. An answer's
value is never in a message.
"""

from typing import Any

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from screening_block import engine
from screening_block.engine_words import say
from screening_block.models import Recall
from screening_block.public import RecalledError, recalled_sentence
from screening_block.visitor.who_helps import describe_gone

from .refusals import find_language

CONTENT_TYPE = "application/problem+json"


class RequestProblems(exceptions.APIException):
    """A request that cannot be answered, with each place that is wrong."""

    status_code: int = status.HTTP_400_BAD_REQUEST

    def __init__(self, title: str, errors: list[dict[str, str]], code: int = 400):
        super().__init__(title)
        self.title = title
        self.errors = errors
        self.status_code = code


class DetailedProblem(exceptions.APIException):
    """A refusal that says more: `details` are fields of the problem."""

    details: dict[str, Any] = {}


class Recalled(DetailedProblem):
    """A release that nobody is to use any more: 410, with the reason."""

    status_code: int = status.HTTP_410_GONE

    def __init__(self, recall: Recall):
        super().__init__(_("This release was recalled."))
        self.details = {
            "detail": recalled_sentence(recall),
            "reason": recall.reason,
            "reason_locale": recall.locale,
            "release": recall.release_id,
            "recalled_at": recall.recalled_at,
            "successor": recall.successor_id,
        }


def convert_engine_error(error: engine.EngineError) -> RequestProblems:
    """Make a problem of bad answers, named by question key."""
    errors = build_engine_errors(error)
    return RequestProblems(_("Some answers cannot be used."), errors, 422)


def build_engine_errors(error: engine.EngineError) -> list[dict[str, str]]:
    """Return the places that are wrong, each with what is wrong there."""
    return [
        {
            "path": problem.path,
            "code": problem.code,
            "message": say(problem.message),
        }
        for problem in error.problems
    ]


def problem_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Make every error body a problem document (DRF's exception handler).

    Whoever named a language is answered in it (see `find_language`); whoever asked for
    `words` also with what to tell a visitor where the questions are gone.
    """
    with translation.override(find_language(context["request"])):
        return _build_problem(exc, context)


def _build_problem(exc: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(exc, RecalledError):
        exc = Recalled(exc.recall)
    response = exception_handler(exc, context)
    if response is None:
        return None
    if isinstance(exc, RequestProblems):
        title, errors = exc.title, exc.errors
    elif isinstance(exc, exceptions.ValidationError):
        title, errors = _("The request is not right."), list(_flatten(exc.detail))
    else:
        if isinstance(exc, Http404):
            title = _("Not found.")
        else:
            title = str(getattr(exc, "detail", exc))
        errors = []
    body = {"type": "about:blank", "title": title, "status": response.status_code}
    if errors:
        body["errors"] = errors
    request = context["request"]
    if isinstance(exc, Http404 | Recalled) and "words" in request.query_params:
        body |= describe_gone(request, translation.get_language() or "")
    if isinstance(exc, DetailedProblem):
        body |= exc.details
    headers = {
        name: value
        for name, value in response.items()
        if name in ("Allow", "Retry-After", "WWW-Authenticate")
    }
    return Response(
        body,
        status=response.status_code,
        headers={**headers, "Cache-Control": "no-store"},
        content_type=CONTENT_TYPE,
    )


def _flatten(detail: Any, path: str = "") -> Any:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flatten(inner, f"{path}/{name}" if path else str(name))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _flatten(inner, path)
    else:
        yield {
            "path": path,
            "code": getattr(detail, "code", "invalid"),
            "message": str(detail),
        }
