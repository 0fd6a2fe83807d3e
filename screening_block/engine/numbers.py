"""Numbers as people write them, understood or refused, never taken for others.

One definition for every place where a number is typed: a regular expression, made here
for a language and what is asked, that the browser is given too (`engine/numbers.js`).
`tests/vectors/numbers.json` holds cases for both halves. The rules:

- Digits of any script; a sign in front of all; before or after the digits, if the
  question says so, its currency or its unit. Any other letter or mark refuses the
  whole: "12 months" is not 12 days, "1e3" and "½" are no numbers.
- A mark groups digits by exactly three, the first group being one to three of them and
  no zero in front: a space or an apostrophe always; a comma or a point if the language
  of the page groups with it, or if it can mean nothing else (it stands there twice, or
  the other one follows it as the decimal mark). So "1,234" is 1234 in English and
  "12,50", which can be a slip for 12,500, is refused there.
- A decimal mark is one of the language's own, or the other one after such groups
  ("1.000,00"). Behind it stand one digit or more, at most as many as the currency has;
  where a whole number is wanted, none: "2.0" is refused as "2,5" is.
- Languages that are not listed use either mark for decimals and neither for groups:
  "12,50" and "12.50" are one amount, "1,234" is refused.
"""

import re
import unicodedata
from functools import cache
from itertools import permutations
from typing import NamedTuple

from .canonical import MAX_INTEGER

#: The longest text that is looked at.
MOST_TYPED = 40


class NumberError(ValueError):
    """What was typed is no number of the kind that is wanted. Never repeats it."""


class NumberStyle(NamedTuple):
    """How a language writes numbers: its decimal marks, its mark of thousands."""

    decimals: str
    group: str


_POINT, _EITHER = NumberStyle(".", ","), NumberStyle(".,", "")
#: Spanish as it is written in the United States, where both decimal marks are met.
_STYLES = {"es": NumberStyle(".,", ",")} | dict.fromkeys(
    ("en", "zh", "ja", "ko", "th", "hi", "tl", "fil"), _POINT
)
SPACE = r"[\t \u00a0\u2000-\u200a\u202f\u205f\u3000]"
#: What pasted text may have around it, unseen.
UNSEEN = r"[\t \u00a0\u2000-\u200f\u202f\u205f\u2066-\u2069\u3000\u061c\ufeff]*"
_MARKS = {",": "[,，]", ".": "[.．]"}
_FIRST, _THREE = "[1-9][0-9]{0,2}", "[0-9]{3}"


def style_of(locale: str) -> NumberStyle:
    """How the language of a locale writes numbers."""
    return _STYLES.get(re.split("[-_]", locale)[0], _EITHER)


@cache
def pattern_of(style: NumberStyle, digits: int = 0, words: tuple[str, ...] = ()) -> str:
    """What may be typed, for `read_number`, as Python and JavaScript both read it: the
    sign, the whole part and, if there are `digits`, what stands behind the mark.

    `words` are a currency or unit that may stand before or after the number.
    """
    # A part with its marks; what may not follow it, for it would be its decimal mark.
    foreign = [m for mark, m in _MARKS.items() if mark not in style.decimals]
    plain = [f"{_FIRST}(?:{mark}{_THREE})+" for mark in (SPACE, "['’ʼ＇٬]")]
    wholes = [f"(?:[0-9]+|{'|'.join(plain)})" + "".join(f"(?!{m})" for m in foreign)]
    for mark, other in permutations(_MARKS):
        groups = f"{_FIRST}(?:{_MARKS[mark]}{_THREE})"
        times = "+" if mark == style.group else "{2,}"
        wholes.append(f"{groups}{times}(?!{_MARKS[mark]})")
        if digits:
            wholes.append(f"{groups}+(?={_MARKS[other]})")
    number = f"({'|'.join(wholes)})"
    if digits:
        number += f"(?:[.．,，٫]([0-9]{{1,{digits}}}))?"
    # JavaScript lets only its own signs be escaped.
    word = "|".join(re.sub(r"[$^.*+?()[\]{}|\\]", r"\\\g<0>", one) for one in words)
    before, after = f"(?:(?:{word}){SPACE}?)?", f"(?:{SPACE}?(?:{word}))?"
    if words:
        number = before + number + after
    return f"{UNSEEN}([-−－+＋]?){SPACE}?{number}{UNSEEN}"


def read_number(text: str, pattern: str, digits: int = 0) -> int:
    """What was typed, as an integer in units of 10 ** -`digits`; else `NumberError`."""
    found = re.fullmatch(pattern, with_digits(text), re.IGNORECASE)
    if found is None:
        raise NumberError
    sign, whole, *rest = found.groups("")
    number = int(re.sub("[^0-9]", "", whole) + "".join(rest).ljust(digits, "0"))
    if number > MAX_INTEGER:
        raise NumberError
    return number if sign in ("", "+", "＋") else -number


def with_digits(text: str) -> str:
    """A typed text with our digits for those of any script, or '' if it is too long."""
    return "".join(map(_digit, text)) if len(text) <= MOST_TYPED else ""


def _digit(sign: str) -> str:
    """A decimal digit of any script as ours; anything else as it is."""
    return str(unicodedata.decimal(sign, sign)) if sign < "\U00010000" else sign
