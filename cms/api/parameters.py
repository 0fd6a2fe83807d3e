"""Query parameters of articles and pages: declared once, checked, all else refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from cms.api.ordering import CURSOR, ORDERS, Cursor, read_cursor
from cms.articles.review import ReviewState
from plugins.text import TextError, clean_text
from screening_block.api.paging import (
    DEFAULT_LIMIT,
    LIMITS,
    LOCALE,
    NO_NUL,
    PAGING,
    read_paging,
)

MAX_WORDS, MAX_NAME = 100, 255
#: No slug and no kind of page is called so.
NOTHING = "/"
TEXTS = ("html", "markdown", "plain")
EXPANSIONS = ("screener",)
#: Parameters that hold one of a few words.
CHOICES: dict[str, tuple[str, ...]] = {
    "text": TEXTS,
    "expand": EXPANSIONS,
    "order": tuple(ORDERS),
    "review": tuple(ReviewState.values),
}


@dataclass(frozen=True)
class Parameters:
    """What a request asks for, with defaults filled in."""

    topic: str = ""
    q: str = ""
    locale: str = settings.LANGUAGE_CODE
    fields: tuple[str, ...] = ()
    limit: int = DEFAULT_LIMIT
    offset: int = 0
    cursor: Cursor | None = None
    text: str = "html"
    expand: str = ""
    order: str = ""
    review: str = ""
    type: str = ""
    updated_since: datetime | None = None


def _choice(name: str, description: str, **more: Any) -> OpenApiParameter:
    schema = {"type": "string", "enum": list(CHOICES[name]), **more}
    return OpenApiParameter(name, schema, description=description)


def _words(name: str, most: int, description: str) -> OpenApiParameter:
    schema = {"type": "string", "maxLength": most, "pattern": NO_NUL}
    return OpenApiParameter(name, schema, description=description)


#: How each parameter is described; the limits are those that are enforced below.
DESCRIBED: dict[str, OpenApiParameter] = {
    "topic": _words("topic", MAX_NAME, "Slug of a topic; see `topics`."),
    "q": _words(
        "q", MAX_WORDS, "Words the article must all hold, in any form of them."
    ),
    "locale": LOCALE,
    "limit": PAGING[0],
    "offset": PAGING[1],
    "cursor": OpenApiParameter(
        "cursor",
        {"type": "string", "pattern": f"^{CURSOR}$"},
        description="`next_cursor` of the page before: begins after it, also where "
        "something was published meanwhile. The order is then by time.",
    ),
    "text": _choice(
        "text",
        "Rich text as clean HTML with absolute links, as Markdown, or as plain text.",
        default="html",
    ),
    "expand": _choice(
        "expand", "`screener`: with each screener of a body what an embedder needs."
    ),
    "order": _choice(
        "order",
        "By the day of publication or of the last change; with `-` the newest first. "
        "If not given: `-published`, or with `q` the best match first.",
    ),
    "review": _choice("review", "Only those that an attorney reviewed, or did not."),
    "type": _words("type", MAX_NAME, "Only pages of this kind, such as `standard`."),
    "updated_since": OpenApiParameter(
        "updated_since",
        {"type": "string", "format": "date-time"},
        description="Only what was published anew at this moment or later, such as "
        "`2026-11-30T09:00:00Z`.",
    ),
}


def describe(*names: str, fields: tuple[str, ...] = ()) -> list[OpenApiParameter]:
    """Return the parameters of an endpoint for its description."""
    found = [DESCRIBED[name] for name in names]
    if fields:
        schema = {
            "type": "array",
            "items": {"type": "string", "enum": list(fields)},
            "minItems": 1,
        }
        about = "Separated by commas. What is not named is left out of the answer."
        found.append(
            OpenApiParameter(
                "fields", schema, description=about, style="form", explode=False
            )
        )
    return found


def read_parameters(
    request: Request, allowed: set[str], fields: tuple[str, ...] = ()
) -> Parameters:
    """Return the checked query parameters of `request`.

    `allowed` names the ones this endpoint takes, `fields` the values `fields=` may
    list. Raises ValidationError naming each parameter that is unknown, given twice or
    not understood.
    """
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for name, given in request.query_params.lists():
        if name not in allowed:
            errors[name] = [_("This endpoint has no such parameter.")]
        elif len(given) > 1:
            errors[name] = [_("Give this parameter once.")]
        else:
            try:
                values[name] = _read_parameter(name, given[0], fields)
            except ValueError as error:
                errors[name] = [str(error)]
    if errors:
        raise ValidationError(errors)
    return Parameters(**values)


def _read_parameter(name: str, text: str, fields: tuple[str, ...]) -> Any:
    if name in CHOICES:
        return _pick(text, CHOICES[name])
    if name == "locale":
        return _pick(text, [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES])
    if name == "fields":
        wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
        if not set(wanted) <= set(fields):
            raise ValueError(
                _("Must be some of: %(all)s.") % {"all": ", ".join(fields)}
            )
        return wanted
    if name in LIMITS:
        return read_paging(name, text)
    if name == "cursor":
        return read_cursor(text)
    if name == "updated_since":
        return _read_moment(text)
    most = MAX_WORDS if name == "q" else MAX_NAME
    if len(text) > most:
        raise ValueError(_("At most %(most)d characters.") % {"most": most})
    return text.strip() if name == "q" else _read_name(text)


def _pick(text: str, known: tuple[str, ...] | list[str]) -> str:
    if text not in known:
        raise ValueError(_("Must be one of: %(all)s.") % {"all": ", ".join(known)})
    return text


def _read_name(text: str) -> str:
    """Read a slug or another name; what can be none of ours is that of nothing."""
    try:
        return clean_text(text, kind="key") or NOTHING
    except TextError:
        return NOTHING


def _read_moment(text: str) -> datetime:
    """Read a moment with its offset (RFC 3339)."""
    # A plus sign in an address is a space.
    plain = text.replace(" ", "+") if "T" in text.upper() else text
    try:
        moment = parse_datetime(plain.upper().replace(":60", ":59"))
        if moment is not None and moment.tzinfo is not None:
            return moment
    except ValueError:
        pass
    raise ValueError(_("Must be a moment such as 2026-11-30T09:00:00Z."))
