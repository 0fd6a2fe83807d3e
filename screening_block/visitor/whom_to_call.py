"""Whom a result names to be called: one entry of the help file, chosen by one rule.

The browser's `whom_to_call.js` has the same rule; `tests/vectors/whom_to_call.json`
holds for both. Entries are those of the help file, in their order.

A number that has nothing to do with the matter is worse than none: who is named always
helps with the subject that was asked for, or finds a lawyer. Who helps in some counties
only is never named: nobody asked where the visitor is.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

Entry = Mapping[str, Any]

#: Asked for where a finding names no subject, and where nobody is there for its own.
ANY_LAWYER = "find_a_lawyer"

_WEEK, _DAY = 7 * 1440, 1440


def find_asked(findings: Iterable[Mapping[str, Any]]) -> tuple[str, bool]:
    """Return what the result asks for first, and whether that is urgent.

    `findings` are those that are shown, as they are read: the gravest first.
    """
    for finding in findings:
        if subject := get_subject(finding):
            return subject, finding["severity"] == "urgent"
    return ANY_LAWYER, False


def get_subject(finding: Mapping[str, Any]) -> str:
    """Return what a finding's first *Who can help* is for; "" where it has none."""
    for action in finding["actions"]:
        if action["type"] == "help":
            return str(action.get("subject") or ANY_LAWYER)
    return ""


def pick_entry(
    entries: Sequence[Entry], subject: str, urgent: bool, now: dt.datetime
) -> Entry | None:
    """Return whom to name: who answers the telephone now, then who has a number at all,
    then (where it is urgent) the last number there was, then who has a website."""
    for wanted in dict.fromkeys((subject, ANY_LAWYER)):
        fits = [
            entry
            for entry in entries
            if wanted in entry["subjects"] and not entry.get("counties")
        ]
        fresh = [entry for entry in fits if not entry.get("expired")]
        called = [entry for entry in fresh if entry.get("phones")]
        called.sort(key=lambda entry: not is_open(entry, now))
        if not called and urgent:
            called = [entry for entry in fits if entry.get("phones")]
        linked = [entry for entry in fresh if entry.get("url")]
        if called or linked:
            return (called or linked)[0]
    return None


def is_open(entry: Entry, now: dt.datetime) -> bool:
    """Whether somebody answers at a moment; without hours nobody knows."""
    hours = entry["hours"]
    if not hours.get("weekly"):
        return False
    there = now.astimezone(ZoneInfo(hours["time_zone"]))
    minute = there.weekday() * _DAY + there.hour * 60 + there.minute
    return any(
        (minute - (day - 1) * _DAY - _minutes(opening["opens"])) % _WEEK
        < _minutes(opening["closes"]) - _minutes(opening["opens"])
        for opening in hours["weekly"]
        for day in opening["days"]
    )


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
