"""The one file of help that a screener's widget reads: small, and without answers.

It is at most `MAX_BYTES` once compressed; what does not fit is left out from the end,
and the file says so.
"""

import datetime as dt
import gzip
import json
from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from screening_block import engine

from .directory import (
    describe_entry,
    list_entries,
    list_last_numbers,
    list_live,
    name_languages,
    name_subjects,
)

MAX_BYTES = 15_000
#: What the widget does not show.
_LEFT_OUT = ("source", "source_dated", "checked_on", "areas")


def find_directory(request: HttpRequest | None, locale: str) -> str:
    """Return the address of the page with all entries; "" where there is none."""
    for find in hooks.get_hooks("screening_block_help_page"):
        if address := find(request, locale):
            return str(address)
    return ""


def list_asked_subjects(release: engine.Release) -> set[str]:
    """Return the subjects that findings ask for; none means all."""
    subjects = {
        action.get("subject", "")
        for finding in release.data["findings"]
        for action in finding["actions"]
        if action["type"] == "help"
    }
    return set() if "" in subjects else subjects


def build_file(
    release: engine.Release,
    locale: str,
    directory: str = "",
    today: dt.date | None = None,
) -> dict[str, Any]:
    """Return what the file says for a release, in a language.

    Everybody who helps in its jurisdiction, and what its findings ask for first.
    """
    area, wanted = release.data["jurisdiction"], list_asked_subjects(release)
    live = list_live(area)
    found = list_entries(today=today, live=live)
    found.sort(key=lambda entry: bool(wanted) and not wanted & set(entry.subjects))
    entries = [_shrink(describe_entry(entry, locale, today)) for entry in found]
    kept = [
        _shrink(describe_entry(entry, locale, today)) | {"expired": True}
        for entry in list_last_numbers(today=today, live=live)
    ]
    subjects, languages = name_subjects(locale), name_languages(locale)
    file = {
        "directory": directory,
        "subjects": {
            key: label
            for key, label in subjects.items()
            if any(key in entry["subjects"] for entry in [*entries, *kept])
        },
        "languages": {
            key: label
            for key, label in languages.items()
            if any(key in entry.get("languages", ()) for entry in entries)
        },
        "more": False,
        "entries": [*entries, *kept],
    }
    while weigh_file(file) > MAX_BYTES:
        entries.pop()
        file |= {"entries": [*entries, *kept], "more": True}
    return file


def write_file(file: dict[str, Any]) -> bytes:
    return json.dumps(file, ensure_ascii=False, separators=(",", ":")).encode()


def weigh_file(file: dict[str, Any]) -> int:
    """Return how many bytes the file has as gzip."""
    return len(gzip.compress(write_file(file), 9, mtime=0))


def _shrink(entry: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, what is not shown, and hours without any."""
    if not entry["hours"]["weekly"]:
        note = entry["hours"]["note"]
        entry["hours"] = {"note": note} if note else {}
    return {
        name: value
        for name, value in entry.items()
        if name == "hours" or (value and name not in _LEFT_OUT)
    }
