"""The calendar against the standard library, which the engine does not use."""

from __future__ import annotations

import calendar
import random
from datetime import date, timedelta

import pytest

from screening_block.engine import EngineError, day_no, shift
from screening_block.engine.dates import (
    date_key,
    date_text,
    day_key,
    key_day,
    shift_key,
)

from .reference import moved

UNIX_DAY_ZERO = date(1970, 1, 1).toordinal()


def _days(first: int, last: int) -> list[date]:
    count = (date(last, 12, 31) - date(first, 1, 1)).days + 1
    return [date(first, 1, 1) + timedelta(days=n) for n in range(count)]


def test_every_day_of_the_calendar_has_its_number_and_back() -> None:
    for day in _days(1900, 2100):
        key = date_key(day.isoformat())
        assert key is not None
        assert key_day(key) == day.toordinal() - UNIX_DAY_ZERO
        assert day_key(key_day(key)) == key
        assert date_text(key) == day.isoformat()


def test_every_text_of_the_calendar_that_is_no_date_is_refused() -> None:
    for year in range(1899, 2102):
        for month in range(14):
            length = 0
            if 1 <= month <= 12 and 1900 <= year <= 2100:
                length = calendar.monthrange(year, month)[1]
            for day in (0, 1, 28, 29, 30, 31, 32):
                text = f"{year:04d}-{month:02d}-{day:02d}"
                assert (date_key(text) is not None) == (1 <= day <= length), text


@pytest.mark.parametrize("roll", ["last_day", "next_day"])
def test_periods_agree_with_the_standard_library(roll: str) -> None:
    days = [d for d in _days(1996, 2004) if d.day > 27 or d.day in (1, 15)]
    days += [date(year, 2, 28) for year in range(1900, 2100, 7)]
    days += [date(year, 2, 29) for year in range(1904, 2100, 4)]
    days += [date(1900, 1, 31), date(2100, 12, 31), date(2099, 8, 31)]
    amounts = {
        "days": (0, 1, 28, 29, 30, 31, 59, 60, 180, 364, 365, 366, 1825, 36525),
        "months": (0, 1, 2, 3, 6, 11, 12, 13, 18, 23, 24, 59, 600),
        "years": (0, 1, 2, 3, 4, 5, 7, 10, 15, 99, 100),
    }
    for day in days:
        key = date_key(day.isoformat())
        assert key is not None
        for unit, numbers in amounts.items():
            for n in numbers:
                found = shift_key(key, n, unit, roll == "next_day")
                assert date_text(found) == moved(day, n, unit, roll).isoformat()


def test_random_periods_agree_with_the_standard_library() -> None:
    rng = random.Random(1)
    for _ in range(20_000):
        day = date(1, 1, 1) + timedelta(days=rng.randrange(3_652_058))
        unit = rng.choice(("days", "months", "years"))
        roll = rng.choice(("last_day", "next_day"))
        n = rng.randrange(-2000, 2000) // {"days": 1, "months": 4, "years": 40}[unit]
        try:
            expected = moved(day, n, unit, roll)
        except (ValueError, OverflowError):
            continue
        assert shift(day.isoformat(), n, unit, roll) == expected.isoformat()
        assert day_no(day.isoformat()) == day.toordinal() - UNIX_DAY_ZERO


def test_far_away_dates_stay_in_order() -> None:
    start = date_key("2100-12-31")
    assert start is not None
    for unit in ("days", "months", "years"):
        keys = [shift_key(start, n, unit, False) for n in range(0, 100_001, 5_000)]
        assert keys == sorted(set(keys))
    assert key_day(shift_key(start, 100_000, "days", False)) == key_day(start) + 100_000


@pytest.mark.parametrize(
    "arguments",
    [
        ("2023-02-29", 1, "days"),
        ("x", 1, "days"),
        (None, 1, "days"),
        ("2023-01-01", 1, "weeks"),
        ("2023-01-01", True, "days"),
        ("2023-01-01", 1.0, "days"),
        ("2023-01-01", 10**30, "days"),
        ("9999-12-31", 1, "days"),
        ("0001-01-01", -1, "months"),
        ("2023-01-01", 1, "years", "sometimes"),
    ],
)
def test_what_is_no_date_or_period_is_a_typed_error(arguments: tuple) -> None:
    with pytest.raises(EngineError):
        shift(*arguments)
