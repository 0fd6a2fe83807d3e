"""Limit the texts of a file to the length of the editor's field that they fill."""

from collections.abc import Mapping
from typing import Any

from plugins.text import MAX_LENGTHS, Kind, TextError, clean_text
from screening_block.engine.dates import date_key
from screening_block.engine.grammar import URL

from .strict_yaml import Document, Trail

WORD = 120  # a column's value in words
REVIEWER = 160
SECTION = 120  # the heading of a section
#: Of the texts of one language, in the shape that a release has; "*" is any key.
TEXTS: Mapping[str, Any] = {
    "title": 255,
    "sections": {"*": SECTION},
    "questions": {"*": {"label": 250, "options": {"*": 250}}},
    "charts": {
        "*": {
            "label": 200,
            "columns": {"*": 120},
            "rows": {"*": 200},
            "values": {"*": {"*": WORD}},
        }
    },
    "thresholds": {"*": {"label": 200}},
    "facts": {"*": {"label": 250}},
    "findings": {"*": {"heading": 250, "actions": {"*": 250}}},
    "shown": {"*": 160},
}


def clean_line(
    holder: dict[str, Any],
    name: str,
    max_length: int,
    at: Trail,
    document: Document,
    kind: Kind = "name",
) -> None:
    """Clean the text `holder[name]` as an editor's field of one line would.

    A value that is not text is ignored; a refused one is reported with its line.
    """
    if not isinstance(text := holder.get(name), str):
        return
    try:
        holder[name] = clean_text(text, kind=kind, max_length=max_length)
    except TextError as error:
        document.complain((*at, name), str(error))


def clean_lines(
    holder: dict[str, Any], name: str, at: Trail, document: Document
) -> None:
    """Clean a text of several lines in the same way."""
    clean_line(holder, name, MAX_LENGTHS["prose"], at, document, "prose")


def check_day(holder: dict[str, Any], name: str, at: Trail, document: Document) -> None:
    """Report a value that is not a date; `null` is allowed."""
    given = holder[name]
    if given is not None and not (isinstance(given, str) and date_key(given)):
        document.complain((*at, name), f"{name!r} must be a date such as 2026-11-23")


def clean_url(holder: dict[str, Any], at: Trail, document: Document) -> None:
    """Clean and check a link: nothing in it is hidden from its reader."""
    clean_line(holder, "url", MAX_LENGTHS["key"], at, document, "key")
    if not URL.match(str(holder["url"])):
        document.complain((*at, "url"), f"'url' must be {URL.what}")


def clean_texts(
    value: Any, at: Trail, document: Document, limits: Mapping[str, Any] = TEXTS
) -> None:
    """Clean all texts of one language."""
    if not isinstance(value, dict):
        return
    for name in value:
        limit = limits.get(name, limits.get("*"))
        if isinstance(limit, int):
            clean_line(value, name, limit, at, document)
        elif limit:
            clean_texts(value[name], (*at, name), document, limit)
