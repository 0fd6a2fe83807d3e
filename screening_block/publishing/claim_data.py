"""What a claim about the law stands on, and who checked it when, as JSON.

Of a draft: what is never compiled (the law watch, the next review) is in it as well.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from screening_block.models import Screener


def screener_claim(screener: Screener) -> dict[str, Any]:
    return {
        "due": _day(screener.next_review_due),
        "on": _day(screener.reviewed_on),
        "by": screener.reviewer,
    }


def finding_claim(value: Any) -> dict[str, Any]:
    """`value`: the StructValue of a finding."""
    return {
        "due": _day(value["next_review"]),
        "on": _day(value["checked_on"]),
        "by": value["checked_by"] or "",
        "status": value["status"],
        "sources": list_sources(value["citations"]),
        "watch": list_watches(value["watch"]),
    }


def list_sources(citations: Iterable[Any]) -> list[list[str]]:
    """Return text, place it was read and status of each citation."""
    return [[one["text"], one["source"] or "", one["status"]] for one in citations]


def list_watches(entries: Iterable[Any]) -> list[list[Any]]:
    """Return of each entry of a law watch what it says, its day and its address."""
    return [[one["what"], _day(one["look_again"]), one["url"] or ""] for one in entries]


def _day(day: dt.date | str | None) -> str | None:
    """Return a day as it is stored, which it may be already."""
    return day.isoformat() if isinstance(day, dt.date) else day or None
