"""Three values, levels and days, as the law file speaks of them."""

from __future__ import annotations

from datetime import date

NO, UNKNOWN, YES = 0, 1, 2
LEVELS = ("not_apply", "may_apply", "applies")
NOT, MAY, APPLIES = 0, 1, 2


def every(*values: int) -> int:
    """Yes if all are, no if one is."""
    return min(values)


def some(*values: int) -> int:
    """Yes if one is, no if none is."""
    return max(values)


def negate(value: int) -> int:
    return YES - value


def known(value: bool) -> int:
    return YES if value else NO


def ruled(applies: int = NO, may: int = NO, unless: int = NO) -> int:
    """A level: what is not known raises `may_apply`, never `not_apply`."""
    if unless == YES:
        return NOT
    if applies == YES and unless == NO:
        return APPLIES
    return MAY if applies or may else NOT


def years_after(day: date, years: int) -> date:
    """The anniversary; that of a 29 February is the last day of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
