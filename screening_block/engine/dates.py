"""Calendar arithmetic on whole numbers; no library and no clock.

Six date libraries give four different answers to "has one year passed since 29
February?", so nothing here is delegated. Inside the engine a date is its *date key*,
`year * 10000 + month * 100 + day`: keys sort as dates do. The Gregorian rule is
applied to every year, before 1 and after 9999 too.
"""

import re

from .choices import ROLLS, UNITS
from .errors import EngineError, Problem

#: Years that an answer, a threshold or `as_of` may have.
FIRST_YEAR, LAST_YEAR = 1900, 2100
#: The most units a period may have; keeps every result exact in both halves.
MAX_PERIOD = 100_000

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: Days from 1 March of year 0 to 1 January 1970, which is day 0.
_EPOCH = 719468


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month]


def date_key(
    text: object, first: int = FIRST_YEAR, last: int = LAST_YEAR
) -> int | None:
    """The date key of strict ASCII `YYYY-MM-DD`, or None if it is not a real date."""
    if not isinstance(text, str):
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    if not (first <= year <= last and 1 <= month <= 12):
        return None
    if not 1 <= day <= month_length(year, month):
        return None
    return year * 10000 + month * 100 + day


def date_text(key: int) -> str:
    """`YYYY-MM-DD` of a date key of the years 1 to 9999."""
    return f"{key // 10000:04d}-{key // 100 % 100:02d}-{key % 100:02d}"


def key_day(key: int) -> int:
    """Day number of a date key: 1 January 1970 is 0."""
    year, month, day = key // 10000, key // 100 % 100, key % 100
    # Years run from March here, so that the leap day is the last of its year.
    if month < 3:
        year -= 1
        month += 12
    return (
        365 * year
        + year // 4
        - year // 100
        + year // 400
        + (153 * (month - 3) + 2) // 5
        + day
        - 1
        - _EPOCH
    )


def day_key(number: int) -> int:
    """The date key of a day number; the inverse of `key_day`."""
    number += _EPOCH
    era, number = divmod(number, 146097)
    year = (number - number // 1460 + number // 36524 - number // 146096) // 365
    number -= 365 * year + year // 4 - year // 100
    month = (5 * number + 2) // 153
    day = number - (153 * month + 2) // 5 + 1
    year += 400 * era
    if month < 10:
        return year * 10000 + (month + 3) * 100 + day
    return (year + 1) * 10000 + (month - 9) * 100 + day


def shift_key(key: int, n: int, unit: str, next_day: bool) -> int:
    """The date key `n` days, months or years later.

    Months and years keep the day number. Where the month has no such day the result
    is its last day, or with `next_day` the first day after it.
    """
    if unit == "days":
        return day_key(key_day(key) + n)
    year, month, day = key // 10000, key // 100 % 100, key % 100
    if unit == "years":
        year += n
    elif unit == "months":
        months = year * 12 + month - 1 + n
        year, month = months // 12, months % 12 + 1
    else:
        raise NotImplementedError(f"How far {unit} shift a date.")
    length = month_length(year, month)
    if day > length:
        if next_day:
            # Only February to November have missing days, so the year never turns.
            month, day = month + 1, 1
        else:
            day = length
    return year * 10000 + month * 100 + day


def known_date(text: str) -> int:
    """The date key of a date of the years 1 to 9999; raises `EngineError`."""
    key = date_key(text, 1, 9999)
    if key is None:
        raise EngineError([Problem("", "date", "This is not a date (YYYY-MM-DD).")])
    return key


def day_no(date: str) -> int:
    """Days from 1970-01-01 to `date` (years 1 to 9999); negative before it."""
    return key_day(known_date(date))


def shift(date: str, n: int, unit: str, roll: str = "last_day") -> str:
    """`date` moved by `n` days, months or years (`n` may be negative).

    `roll` is `last_day` or `next_day` and matters where the month reached has no such
    day. Raises `EngineError` for anything outside the years 1 to 9999.
    """
    if type(n) is not int or unit not in UNITS or roll not in ROLLS:
        raise EngineError([Problem("", "period", "This is not a period.")])
    key = known_date(date)
    if abs(n) > 4_000_000:
        raise EngineError([Problem("", "range", "The period is too long.")])
    moved = shift_key(key, n, unit, roll == "next_day")
    if not 10000 <= moved <= 99991231:
        raise EngineError([Problem("", "range", "The date is out of range.")])
    return date_text(moved)
