"""Numbers in an address or a form that the admin itself made, read with care.

`isdigit` takes "²" too, which `int` does not; no database has a number of 30 digits.
"""

from __future__ import annotations

from typing import Any


def number(given: Any) -> int | None:
    """A number of at most 9 digits, or None for whatever else was sent."""
    text = str(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def numbers(given: list[str]) -> list[int]:
    """The numbers among what was sent, in order."""
    found = map(number, given)
    return [one for one in found if one is not None]
