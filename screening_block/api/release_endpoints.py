"""Releases as machines and browsers read them: whole, in one language, and in parts."""

import hashlib
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from screening_block import engine, public
from screening_block.engine.answers import parse_as_of
from screening_block.models import Release
from screening_block.models.releases import today
from screening_block.visitor.release_parts import PARTS, write_part
from screening_block.visitor.widget_strings import (
    write_in_one_language,
    write_widget_words,
)

from .answering import FRESH_A_MINUTE, build_tagged_response, refuse_unknown
from .errors import RequestProblems, convert_engine_error
from .paging import DAY_PATTERN, NO_NUL

#: The bytes of a release never change, but it can be recalled or taken off line.
REVALIDATED = "public, max-age=60, must-revalidate"
#: Characters of a language tag, as BCP 47 has them.
LONGEST_TAG = 35
WORDS = OpenApiParameter(
    "words",
    {"type": "string", "maxLength": LONGEST_TAG, "pattern": NO_NUL},
    description="A language tag. With it comes a second line of JSON: what the widget "
    "says by itself, in that language and as of today. The first line is the release.",
)
AS_OF = OpenApiParameter(
    "as_of",
    {"type": "string", "pattern": DAY_PATTERN},
    description="With `words`, a day (YYYY-MM-DD). The words on the second line are of "
    "that day, and those of today follow on a third: whoever opens answers of another "
    "day asks once. With `part`, the day of that part. Without `words` the language is "
    "that of the rules, as with `part`.",
)
PART = OpenApiParameter(
    "part",
    str,
    enum=list(PARTS),
    description="With `words`, less than all: `start` is what the first question waits "
    "for, two lines as above; `rest` is a line with what `start` leaves out; `words` a "
    "line with all texts and words of a language, for the rules of another.",
)
IN_PARTS = [WORDS, PART, AS_OF]
#: `Release` is made from the engine's own schema: see `cms/api/openapi.py`.
RELEASED: dict[Any, Any] = {
    (200, "application/json"): {"$ref": "#/components/schemas/Release"},
    (200, "application/x-ndjson"): {
        "type": "string",
        "description": "With `words`: lines of JSON.",
    },
}


def build_release_response(request: Request, row: Release, cache: str) -> HttpResponse:
    """Answer with the canonical bytes themselves, so that their hash can be checked.

    With words the texts are those of one language; where that leaves others out, the
    ETag has a second hash, that of the line that is sent. So it has for a part.
    """
    refuse_unknown(request, ("words", "as_of", "part"))
    wanted = request.query_params.get("words")
    part = request.query_params.get("part")
    if wanted is None and (part is not None or "as_of" in request.query_params):
        # In the language of the rules, where nobody says in which.
        wanted = row.load().locale
    if wanted is not None and len(wanted) > LONGEST_TAG:
        raise RequestProblems(
            _("The request is not right."),
            [
                {
                    "path": "words",
                    "code": "invalid",
                    "message": _("This is no language tag."),
                }
            ],
        )
    body, kind, etag = row.canonical, "application/json", row.sha256
    if wanted is not None and part is not None:
        body, etag = _build_part(request, row, wanted, part)
        kind = "application/x-ndjson"
    elif wanted is not None:
        release = row.load()
        lines = "\n".join(
            write_widget_words(release, wanted, day, row.lengths)
            for day in _list_days(request, release)
        )
        first = write_in_one_language(release, wanted)
        if first != release.canonical:
            etag += f"-{hashlib.sha256(first).hexdigest()}"
        body, kind = f"{first.decode()}\n{lines}", "application/x-ndjson"
        cache = FRESH_A_MINUTE
        etag += f"-{hashlib.sha256(lines.encode()).hexdigest()[:16]}"
    return build_tagged_response(request, body, kind, etag, cache)


def _build_part(
    request: Request, row: Release, wanted: str, part: str
) -> tuple[str, str]:
    """Return the body of a part of a release, and its ETag: see `write_part`."""
    if part not in PARTS:
        raise RequestProblems(
            _("Not found."),
            [
                {
                    "path": "part",
                    "code": "unknown",
                    "message": _("A release has no such part."),
                }
            ],
        )
    release = row.load()
    day = _list_days(request, release)[0]
    first, more = write_part(part, release, wanted, day, row.lengths)
    etag = f"{row.sha256}-{hashlib.sha256(first).hexdigest()}"
    if not more:
        return first.decode(), etag
    etag += f"-{hashlib.sha256(more.encode()).hexdigest()[:16]}"
    return f"{first.decode()}\n{more}", etag


def _list_days(request: Request, release: engine.Release) -> list[str]:
    """Return the days of whose law words are wanted, today last."""
    asked = request.query_params.get("as_of")
    if asked is None:
        return [today(release)]
    try:
        return [parse_as_of(asked), today(release)]
    except engine.AnswerError as error:
        raise convert_engine_error(error) from None


class ScreenerView(APIView):
    """The current release of a screener: the canonical JSON, with its hash as ETag."""

    @extend_schema(responses=RELEASED, parameters=IN_PARTS)
    def get(self, request: Request, key: str) -> HttpResponse:
        current = public.current(key, request)
        if current is None:
            raise Http404
        return build_release_response(request, current, FRESH_A_MINUTE)


class ReleaseView(APIView):
    """A release by its hash: it never changes, and can be had while it is public."""

    @extend_schema(responses=RELEASED, parameters=IN_PARTS)
    def get(self, request: Request, sha256: str) -> HttpResponse:
        release = public.release(sha256, request)
        if release is None:
            raise Http404
        return build_release_response(request, release, REVALIDATED)
