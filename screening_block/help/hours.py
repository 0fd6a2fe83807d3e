"""The hours of a week in which somebody answers, as editors write them.

A line is days and times: "Mon-Fri 9:00-12:00, 13:00-17:00". Nothing that is kept says
whether it is open now: that is worked out in the entry's time zone on the visitor's
device (`open_hours.js`) or, without script, for the one page that is sent to it.
"""

import datetime as dt
import re
from typing import Any, NamedTuple

from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES = 24 * 60
_LINE = re.compile(r"(?P<days>[A-Za-z ,-]+?)\s+(?P<times>[\d:,\s-]+)", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)


class Opening(NamedTuple):
    """Days (1 is Monday) on which it is open from a minute of the day to another."""

    days: tuple[int, ...]
    opens: int
    closes: int


def read_hours(text: str) -> list[Opening]:
    """Read the lines of a week. Raises `ValueError` with a sentence naming the line."""
    found: list[Opening] = []
    taken: set[tuple[int, int]] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            openings = _read_line(line.strip().replace("–", "-"))
        except ValueError:
            raise ValueError(
                _("Line %(n)s: write days and times such as “Mon-Fri 9:00-17:00”.")
                % {"n": number}
            ) from None
        for opening in openings:
            minutes = {
                (day, minute)
                for day in opening.days
                for minute in range(opening.opens, opening.closes)
            }
            if minutes & taken:
                raise ValueError(
                    _("Line %(n)s says the same hours twice.") % {"n": number}
                )
            taken |= minutes
        found += openings
    return found


def _read_line(line: str) -> list[Opening]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError
    days = tuple(
        sorted({day for part in found["days"].split(",") for day in _read_days(part)})
    )
    return [_read_times(days, part) for part in found["times"].split(",")]


def _read_days(text: str) -> list[int]:
    names = [DAYS.index(name.strip().lower()[:3]) for name in text.split("-")]
    if len(names) > 2 or names[0] > names[-1]:
        raise ValueError
    return [day + 1 for day in range(names[0], names[-1] + 1)]


def _read_times(days: tuple[int, ...], text: str) -> Opening:
    opens, closes = (_read_minute(part) for part in text.split("-"))
    if opens >= closes:
        raise ValueError
    return Opening(days, opens, closes)


def _read_minute(text: str) -> int:
    found = _TIME.fullmatch(text.strip())
    minute = int(found[1]) * 60 + int(found[2]) if found else MINUTES + 1
    if minute > MINUTES:
        raise ValueError
    return minute


def write_clock(minute: int) -> str:
    """Return a minute of the day as `09:00`; the end of the day is `24:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def describe_hours(openings: list[Opening]) -> list[str]:
    """Return the week as lines in the language that is active."""
    return [capfirst(_describe(opening)) for opening in openings]


def _describe(opening: Opening) -> str:
    days = _describe_days(opening.days)
    if (opening.opens, opening.closes) == (0, MINUTES):
        return _("%(days)s: day and night") % {"days": days}
    return _("%(days)s: %(opens)s to %(closes)s") % {
        "days": days,
        "opens": _describe_minute(opening.opens),
        "closes": _describe_minute(opening.closes),
    }


def _describe_days(days: tuple[int, ...]) -> str:
    names: list[Any] = [WEEKDAYS[day - 1] for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    return ", ".join(map(str, names))


def _describe_minute(minute: int) -> str:
    return time_format(dt.time(minute // 60 % 24, minute % 60), "TIME_FORMAT")
