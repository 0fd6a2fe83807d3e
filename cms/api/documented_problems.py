"""The problems of the API (RFC 9457) as the OpenAPI document has them, by status."""

from __future__ import annotations

from typing import Any

from plugins.streams.api_shapes import Schema, record
from screening_block.api.errors import CONTENT_TYPE

_TEXT: Schema = {"type": "string"}
_STATUS: Schema = {"type": "integer", "minimum": 400, "maximum": 599}
#: What all have. `type` is `about:blank`: the status alone says which problem it is.
_ALWAYS: dict[str, Schema] = {
    "type": {"const": "about:blank"},
    "title": {**_TEXT, "description": "In a sentence, for people."},
    "status": _STATUS,
}
_PLACE = record(
    {
        "path": {**_TEXT, "description": "A parameter, a field or a question key."},
        "code": {**_TEXT, "description": "Of this kind of mistake, lasting."},
        "message": {**_TEXT, "description": "Never repeats an answer."},
    }
)
PROBLEMS: dict[str, Schema] = {
    "Problem": {
        **record(_ALWAYS),
        "description": "Why there is no answer. The status says which problem it is.",
        "examples": [{"type": "about:blank", "title": "Not found.", "status": 404}],
    },
    "PlacesProblem": {
        **record({**_ALWAYS, "errors": {"type": "array", "items": _PLACE}}, ["errors"]),
        "description": "A request that is not right, with each place of it.",
        "examples": [
            {
                "type": "about:blank",
                "title": "The request is not right.",
                "status": 400,
                "errors": [
                    {
                        "path": "limit",
                        "code": "invalid",
                        "message": "Must be a whole number from 1 to 100.",
                    }
                ],
            }
        ],
    },
    "RecalledProblem": {
        **record(
            {
                **_ALWAYS,
                "detail": {**_TEXT, "description": "A sentence with the reason in it."},
                "reason": {**_TEXT, "description": "As an editor wrote it."},
                "reason_locale": {
                    **_TEXT,
                    "description": "The language of `reason`, which `detail` has as it "
                    "is, whatever language the sentence around it is in.",
                },
                "release": {**_TEXT, "description": "The hash that was asked for."},
                "recalled_at": {**_TEXT, "format": "date-time"},
                "successor": {
                    "type": ["string", "null"],
                    "description": "The hash of the release to use instead.",
                },
            }
        ),
        "description": "A release that was taken back as wrong.",
        "examples": [
            {
                "type": "about:blank",
                "title": "This release was recalled.",
                "status": 410,
                "detail": "This version was taken back because it was wrong: a "
                "date was off by a year.",
                "reason": "a date was off by a year.",
                "reason_locale": "en",
                "release": "0" * 64,
                "recalled_at": "2026-11-30T09:00:00Z",
                "successor": None,
            }
        ],
    },
}
PROBLEMS["StartAnewProblem"] = {
    **record(
        {
            **_ALWAYS,
            "type": {**_TEXT, "format": "uri", "pattern": "#start-anew$"},
            "detail": {**_TEXT, "description": "What to do, for people."},
            "start": {**_TEXT, "format": "uri", "description": "Where to start anew."},
        }
    ),
    "description": "A cursor that the history does not reach back to, or of the "
    "history of another database, such as one that was put back to a copy.",
    "examples": [
        {
            "type": "https://law.example.org/api/docs/#start-anew",
            "title": "This cursor is older than the history that is kept.",
            "status": 410,
            "detail": "Start anew without “after”: you are told everything that is "
            "public now. Delete what you have and are not told of.",
            "start": "https://law.example.org/api/v1/changes/",
        }
    ],
}
_PLACES, _PLAIN, _RECALLED = "PlacesProblem", "Problem", "RecalledProblem"
_RETRY = {
    "Retry-After": {
        "description": "Seconds until it may be asked again.",
        "schema": {"type": "integer", "minimum": 0},
    }
}
_ALLOW = {"Allow": {"description": "The methods there are.", "schema": _TEXT}}


def list_problems(method: str, path: str, limited: bool) -> dict[str, Any]:
    """Return the responses other than the answer, by status, for one operation."""
    found = {
        "400": _respond(
            "A parameter that is unknown, given twice or not understood, or a body "
            "that is not valid JSON.",
            _PLACES,
        ),
        "405": _respond("The address has no such method.", _PLAIN, _ALLOW),
        "406": _respond("Nothing of what `Accept` names is given here.", _PLAIN),
    }
    if method == "GET":
        found["304"] = {"description": "Nothing changed since `If-None-Match`."}
    if "{" in path:
        found["404"] = _respond("There is none, or it is not public.", _PLAIN)
    if any(part in path for part in ("/screeners/{key}", "{sha256}", "/pages/{")):
        found["410"] = _respond("The release was recalled.", _RECALLED)
    if path.endswith("/changes/"):
        found["410"] = _respond("Start anew without `after`.", "StartAnewProblem")
    if "/previews/" in path:
        found["409"] = _respond("The draft cannot be published as it is.", _PLACES)
        # Nobody keeps it, so there is nothing to compare.
        del found["304"]
    if method == "GET" and ("/screeners/{key}" in path or "{sha256}" in path):
        found["422"] = _respond("A day that the engine does not know.", _PLACES)
    if method == "POST":
        found |= {
            "413": _respond("More than 1 MB.", _PLAIN),
            "415": _respond("Not `application/json`.", _PLAIN),
            "422": _respond("Answers that the questions do not take.", _PLACES),
        }
    if limited:
        found["429"] = _respond("Too many requests.", _PLAIN, _RETRY)
    return found


def _respond(description: str, problem: str, headers: Any = None) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{problem}"}
    response: dict[str, Any] = {
        "description": description,
        "content": {CONTENT_TYPE: {"schema": schema}},
    }
    return {**response, "headers": headers} if headers else response
