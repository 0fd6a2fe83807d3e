"""Parse numbers in a URL or a form that the admin itself made.

`isdigit` takes "²" too, which `int` does not; no database has a number of 30 digits.
"""

from typing import Any


def parse_number(given: Any) -> int | None:
    """Return a number of at most 9 digits, or None for anything else."""
    text = str(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def parse_numbers(given: list[str]) -> list[int]:
    """Return the numbers among what was sent, in order."""
    found = map(parse_number, given)
    return [one for one in found if one is not None]
