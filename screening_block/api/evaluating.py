"""Endpoints that work out answers. Nothing that is sent here is kept."""

from typing import Any

from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from screening_block import engine, public
from screening_block.models.releases import pick_locale, today
from screening_block.visitor.results import DETAILS, build_result

from .answering import refuse_unknown
from .errors import RequestProblems, build_engine_errors, convert_engine_error
from .evaluate_serializers import (
    RESULT,
    BatchResultSerializer,
    EvaluateBatchSerializer,
)
from .parsers import StrictJSONParser
from .refusals import speaks_language_of_body
from .serializers import EvaluateSerializer, read_evaluation

TEXTS = ("html", "plain")
TEXT = OpenApiParameter(
    "text", str, enum=TEXTS, default="html", description="How `body` is written."
)
DETAIL = OpenApiParameter(
    "detail",
    str,
    enum=DETAILS,
    default="full",
    description="How much is said: `levels` has no sentence in it and is by far the "
    "quickest; `reasons` adds headings, what decided each finding and what is missing; "
    "`full` all that is shown of a finding; `trace` also the value of every condition "
    "that decided it.",
)


class _Asked:
    """What a request asks for, beside the answers."""

    def __init__(self, request: Request, key: str, wanted: dict[str, Any]) -> None:
        self.detail = _choose(request, "detail", DETAILS, "full")
        self.plain = _choose(request, "text", TEXTS, "html") == "plain"
        self.release = _find_release(request, key, wanted.get("release"))
        self.locale = pick_locale(self.release, wanted.get("locale"))
        self.as_of: str = wanted.get("as_of") or today(self.release)

    def answer(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Raises `engine.AnswerError`."""
        outcome = build_result(
            self.release, answers, self.as_of, self.locale, self.detail
        )
        if self.detail in ("full", "trace"):
            for finding in outcome["findings"]:
                html, text = finding.pop("html"), finding.pop("text")
                finding["body"] = text if self.plain else html
        return outcome


class _EvaluatingView(APIView):
    parser_classes = [StrictJSONParser]
    throttle_scope = "evaluate"


class EvaluateView(_EvaluatingView):
    """What a screener says about a set of answers. Nothing is stored or logged."""

    @extend_schema(
        request=EvaluateSerializer, responses=RESULT, parameters=[DETAIL, TEXT]
    )
    @method_decorator(sensitive_variables())
    @speaks_language_of_body
    def post(self, request: Request, key: str) -> Response:
        refuse_unknown(request, ("detail", "text"))
        wanted = read_evaluation(request.data)
        asked = _Asked(request, key, wanted)
        try:
            outcome = asked.answer(wanted["answers"])
        except engine.AnswerError as error:
            raise convert_engine_error(error) from None
        return Response(outcome, headers={"Cache-Control": "no-store"})


class EvaluateBatchView(_EvaluatingView):
    """What a screener says about up to 100 sets of answers, each on its own.

    A set that cannot be used has a `problem` and leaves the others alone. Nothing is
    stored or logged. Each set counts as a request where requests are limited.
    """

    @extend_schema(
        request=EvaluateBatchSerializer,
        responses=BatchResultSerializer,
        parameters=[DETAIL, TEXT],
    )
    @method_decorator(sensitive_variables())
    @speaks_language_of_body
    def post(self, request: Request, key: str) -> Response:
        refuse_unknown(request, ("detail", "text"))
        sent = EvaluateBatchSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        wanted = sent.validated_data
        self._count(len(wanted["items"]) - 1)
        asked = _Asked(request, key, wanted)
        items = []
        for index, item in enumerate(wanted["items"]):
            result, problem = None, None
            try:
                result = asked.answer(item["answers"])
            except engine.AnswerError as error:
                problem = {
                    "type": "about:blank",
                    "title": _("Some answers cannot be used."),
                    "status": 422,
                    "errors": build_engine_errors(error),
                }
            items.append({"index": index, "result": result, "problem": problem})
        body = {
            "screener": asked.release.key,
            "release": asked.release.sha256,
            "as_of": asked.as_of,
            "items": items,
        }
        return Response(body, headers={"Cache-Control": "no-store"})

    def get_throttles(self) -> Any:
        self._throttles = super().get_throttles()
        return self._throttles

    def _count(self, more: int) -> None:
        """Count `more` requests beside this one.

        A batch passes while anything is left of a limit and may use it up: one that is
        larger than the limit would else never pass.
        """
        # One that was not asked, for nobody is known to it, has no history.
        counting: list[Any] = [
            one
            for one in self._throttles
            if isinstance(one, SimpleRateThrottle) and hasattr(one, "now")
        ]
        for one in counting:
            history = [one.now] * more + one.history
            one.cache.set(one.key, history[: one.num_requests], one.duration)


def _choose(request: Request, name: str, allowed: tuple[str, ...], default: str) -> str:
    found: str = request.query_params.get(name, default)
    if found not in allowed:
        message = _("This must be one of: %(allowed)s.") % {
            "allowed": ", ".join(allowed)
        }
        raise RequestProblems(
            _("The request is not right."),
            [{"path": name, "code": "invalid_choice", "message": message}],
        )
    return found


def _find_release(request: Request, key: str, sha256: str | None) -> engine.Release:
    if sha256:
        row = public.release(sha256, request, key)
        if row is None:
            raise RequestProblems(
                _("Not found."),
                [
                    {
                        "path": "release",
                        "code": "unknown",
                        "message": _("This screener has no release with that hash."),
                    }
                ],
                404,
            )
        return row.load()
    current = public.load_current(key, request)
    if current is None:
        raise Http404
    return current
