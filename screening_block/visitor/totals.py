"""“Question 7 of about 20”: a total where the scenarios make it reliable, else none.

What is kept tells for a question how many of those left are not asked in the end: see
`screening_block/publishing/visit_lengths.py`. From it follow the fewest and the most
questions of a visit that stands there. They are told once they lie close together. A
total that was told is kept or falls, and never rises: where it is no longer possible
none is told.

The widget reckons the same: `static/screening_block/widget/totals.js`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from screening_block.engine import Walk
from screening_block.models import Release

#: So many visits must have come to a question.
FEWEST_VISITS = 8
#: The most and the fewest questions lie no further apart than this part of the most.
CLOSE = 0.2

Range = Sequence[int]


def list_ranges(lengths: Mapping[str, Range] | None) -> dict[str, list[int]]:
    """Return the least and the most that were not asked, by question: of those to which
    enough visits came."""
    return {
        key: [least, most]
        for key, (reached, least, most) in (lengths or {}).items()
        if reached >= FEWEST_VISITS
    }


def ranges_of(sha256: str) -> dict[str, list[int]]:
    """Return the ranges of a release."""
    kept = Release.objects.filter(pk=sha256).values_list("lengths", flat=True).first()
    return list_ranges(kept)


def reckon_total(visit: Walk, ranges: Mapping[str, Range]) -> int | None:
    """Return about how many questions a visit has; None where nobody can tell."""
    if visit.next is None:
        return len(visit.asked)
    told: int | None = None
    total: int | None = None
    for place, key in enumerate((*visit.asked, visit.next)):
        total = None
        if key not in ranges:
            continue
        least, most = ranges[key]
        left = visit.left[place]
        fewest = place + 1 + max(left - most, 0)
        most_of_all = place + 1 + max(left - least, 0)
        if told is not None or most_of_all - fewest <= CLOSE * most_of_all:
            told = min(most_of_all, told or most_of_all)
            total = told if told >= fewest else None
    return total


def describe_progress(visit: Walk, key: str, ranges: Mapping[str, Range]) -> str:
    """Say which question of a visit this is; `key` was asked, or is asked next."""
    place = visit.asked.index(key) if key in visit.asked else len(visit.asked)
    slots = {"i": place + 1, "n": reckon_total(visit, ranges)}
    words = build_progress_strings()
    if key == visit.next and visit.left[place] == 1:
        return words["last"].format(**slots)
    return words["about" if slots["n"] else "plain"].format(**slots)


def build_progress_strings() -> dict[str, str]:
    """Return what is said of a question’s place, in the language that is active."""
    return {
        "plain": _("Question {i}"),
        "about": _("Question {i} of about {n}"),
        "last": _("Question {i}, the last one"),
    }
