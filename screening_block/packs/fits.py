"""Check whether records can hold what a file says.

The engine checks rules; the records have limits of their own (lengths, a choice of time
zones). Both are checked before anything is written.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale

from screening_block import engine
from screening_block.engine_extensions import get_engine_extensions
from screening_block.fields.reserved_slugs import reserved_keys
from screening_block.models import Chart, ChartRow, Screener, Threshold
from screening_block.publishing import to_models
from screening_block.publishing.gate import describe_problem
from screening_block.publishing.parts import Part, PartName, split_release

from .read import Pack

#: Where a release has what a field of a record holds, if it is not a text.
PIECES = {
    "kind": "type",
    "reviewer": "review/reviewer",
    "reviewed_on": "review/reviewed_on",
    "next_review_due": "review/next_due",
    "minutes": "about/minutes",
}
LAW: dict[str, Any] = {"threshold": Threshold, "chart": Chart, "row": ChartRow}
TEXTS = {"label", "note", "title", "intro", "at_hand", "foreign_words"}


def find_problems(pack: Pack, release: dict[str, Any]) -> list[str]:
    """Return what keeps a pack from being written, as "file:line: message"."""
    found = engine.check(release, **get_engine_extensions())
    if found:
        return [f"{pack.place(p.path)}: {describe_problem(p, release)}" for p in found]
    return [f"{pack.place(one.path)}: {one.message}" for one in find_misfits(release)]


def find_misfits(release: dict[str, Any]) -> list[engine.Problem]:
    """Return the problems of a release (a sound release dict), with its paths.

    In the languages that this site has; other texts are not written.
    """
    own = release["locale"]
    known = set(Locale.objects.values_list("language_code", flat=True))
    found: list[engine.Problem] = []
    if release["key"] in reserved_keys():
        taken = _("The site itself uses this word as an address. Choose another key.")
        found.append(engine.Problem("key", "reserved", taken))
    for code in [own, *sorted(set(release["texts"]) & known - {own})]:
        for name, part in split_release(release, code).items():
            for path, message in _of_part(name, part, code):
                if code == own or path.startswith("texts/"):
                    found.append(engine.Problem(path, "record", message))
    return found


def _of_part(name: PartName, part: Part, code: str) -> Iterator[tuple[str, str]]:
    record, at = _record(name, part)
    if record is None:
        return
    try:
        record.clean_fields(exclude=_not_ours(record))
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            path = _path(at, field, code)
            message = f"{field}: {' '.join(messages)}"
            if field == "time_zone":
                message = _(
                    "There is no such time zone here. “America/Los_Angeles” is one."
                )
            yield path, message


def _record(name: PartName, part: Part) -> tuple[Any, str]:
    """Return the record that a part becomes, and its place in a release."""
    key = name.key.rpartition("/")[2]
    if name.kind in LAW:
        record = LAW[name.kind](key=key)
        to_models.FILLERS[name.kind](record, part)
        if name.kind == "row":
            return record, f"charts/{name.key.partition('/')[0]}/rows/{key}"
        return record, f"{name.kind}s/{key}"
    if name.kind == "screener":
        screener = Screener(key=key, slug=key)
        to_models.fill_settings(screener, part)
        return screener, ""
    return None, ""  # a block of the screener, which the engine judges


def _not_ours(record: Any) -> set[str]:
    """Return the fields that are filled in when the record is saved."""
    given = {"key", "slug", *TEXTS, *PIECES, "unit", "status", "checked_by"}
    given |= {"checked_on", "jurisdiction", "time_zone", "roll", "exclusive", "cells"}
    return {field.name for field in record._meta.fields} - given


def _path(at: str, field: str, code: str) -> str:
    place = PIECES.get(field, field)
    if field in TEXTS:
        return "/".join(filter(None, ["texts", code, at, place]))
    return "/".join(filter(None, [at, place]))
