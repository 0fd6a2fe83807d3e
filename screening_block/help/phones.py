"""Telephone numbers as people write them, and as a telephone dials them."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

_LINE = re.compile(r"(?:(?P<label>[^:]*):)?\s*(?P<number>[^:]+)")
_NUMBER = re.compile(
    r"(?P<plus>\+?)(?P<main>[\d\s().-]+?)\s*(?:(?:ext\.?|x)\s*(?P<ext>\d{1,6}))?",
    re.IGNORECASE | re.ASCII,
)
#: Countries that share the prefix +1.
_NORTH_AMERICA = ("us", "ca")


class Phone(NamedTuple):
    """A number: what it is for ("" if not said), as written, and its `tel:` address."""

    label: str
    number: str
    tel: str


def read_phones(text: str, country: str = "us") -> list[Phone]:
    """Read one number a line, each "what it is: number" or the number alone.

    Raises `ValueError` with a sentence that names the line.
    """
    return [
        _read_phone(number, line, country)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    ]


def _read_phone(at: int, line: str, country: str) -> Phone:
    found = _LINE.fullmatch(line.strip())
    number = _NUMBER.fullmatch(found["number"].strip()) if found else None
    digits = re.sub(r"\D", "", number["main"]) if number else ""
    if found is None or number is None or not 3 <= len(digits) <= 15:
        raise ValueError(
            _(
                "Line %(n)s is not a telephone number. Write digits, such as "
                "“Hotline: 1-800-555-0100” or “213-555-0100 ext. 2”."
            )
            % {"n": at}
        )
    tel = "".join(
        (
            "tel:",
            _find_prefix(number["plus"], digits, country),
            digits,
            f";ext={number['ext']}" if number["ext"] else "",
        )
    )
    return Phone((found["label"] or "").strip(), found["number"].strip(), tel)


def _find_prefix(plus: str, digits: str, country: str) -> str:
    if plus:
        return "+"
    if country in _NORTH_AMERICA and len(digits) == 10:
        return "+1"
    if country in _NORTH_AMERICA and len(digits) == 11 and digits[0] == "1":
        return "+"
    return ""
