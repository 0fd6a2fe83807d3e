"""The public shape of the feed: an entry of each type, told apart by `type`."""

from __future__ import annotations

from plugins.streams.api_shapes import Schema, or_null, record

_TEXT: Schema = {"type": "string"}
_LOCALE: Schema = {**_TEXT, "description": "Its language."}
_KEY: Schema = {**_TEXT, "description": "As its endpoint names it."}
_ID: Schema = {"type": "integer", "description": "Lasting, also where the slug is not."}
_SLUG: Schema = {**_TEXT, "description": "Its present one; of what is gone, the last."}

#: Each type with the component that describes it, and with what names one of it.
TYPES: dict[str, tuple[str, dict[str, Schema]]] = {
    "article": ("ArticleChange", {"id": _ID, "slug": _SLUG, "locale": _LOCALE}),
    "page": ("PageChange", {"id": _ID, "slug": _SLUG, "locale": _LOCALE}),
    "topic": ("TopicChange", {"slug": _SLUG, "locale": _LOCALE}),
    "term": ("TermChange", {"slug": _SLUG, "locale": _LOCALE}),
    "site": ("SiteChange", {"locale": _LOCALE}),
    "help_entry": ("HelpEntryChange", {"key": _KEY, "locale": _LOCALE}),
    "threshold": ("ThresholdChange", {"key": _KEY}),
    "chart": ("ChartChange", {"key": _KEY}),
    "screener": ("ScreenerChange", {"key": _KEY}),
    "screener_help": ("ScreenerHelpChange", {"key": _KEY, "locale": _LOCALE}),
    "release": ("ReleaseChange", {"sha256": {**_TEXT, "description": "Its hash."}}),
}
CHANGES = ("published", "changed", "withdrawn", "recalled")
_DIGEST = "0" * 32
_ADDRESS: Schema = {"type": "string", "format": "uri"}


def describe_changes() -> dict[str, Schema]:
    """Return the components of the feed for the description of the API."""
    mapping = {
        kind: f"#/components/schemas/{name}" for kind, (name, _more) in TYPES.items()
    }
    return {
        **{name: _describe(kind, more) for kind, (name, more) in TYPES.items()},
        "Change": {
            "oneOf": [{"$ref": reference} for reference in mapping.values()],
            "discriminator": {"propertyName": "type", "mapping": mapping},
        },
        "ChangeList": {
            **record(
                {
                    "results": {
                        "type": "array",
                        "items": {"$ref": "#/components/schemas/Change"},
                    },
                    "next": {
                        **_TEXT,
                        "description": "A cursor: what to give as `after` the next "
                        "time, now or in a week.",
                    },
                    "has_more": {
                        "type": "boolean",
                        "description": "Whether there is more already.",
                    },
                }
            ),
            "description": "A part of the feed, in its order.",
        },
    }


def _describe(kind: str, names: dict[str, Schema]) -> Schema:
    fields: dict[str, Schema] = {
        "type": {"const": kind},
        **names,
        "seq": {
            "type": "integer",
            "description": "Grows with every change of anything. What changes again "
            "stands at its last change only.",
        },
        "change": {
            "type": "string",
            "enum": list(CHANGES),
            "description": "`withdrawn`: unpublished, expired, deleted, moved away or "
            "restricted. `recalled`: taken back as wrong.",
        },
        "gone": {
            "type": "boolean",
            "description": "Whether it is no longer public: delete it.",
        },
        "at": {
            **_TEXT,
            "format": "date-time",
            "description": "When the feed took note of it.",
        },
        "url": or_null(
            {**_ADDRESS, "description": "Where to read it; null of what is gone."}
        ),
        "digest": or_null(
            {
                **_TEXT,
                "description": "The same as before: it says the same as before. Null "
                "of what is gone.",
            }
        ),
    }
    example = {
        **{
            name: {"id": 12, "locale": "en", "sha256": "0" * 64}.get(name, "a_name")
            for name in names
        },
        "type": kind,
        "seq": 40,
        "change": "changed",
        "gone": False,
        "at": "2026-11-30T09:00:00Z",
        "url": "https://law.example.org/api/v1/",
        "digest": _DIGEST,
    }
    return {**record(fields), "examples": [example]}
