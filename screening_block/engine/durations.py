"""Lengths of time as people write them: “2 weeks”, “1 year and 6 months”.

For a question that counts days, months or years, beside the plain numbers of `numbers`.
The patterns are made here, and the browser is given them too (`engine/durations.js`);
`tests/vectors/durations.json` holds cases for both halves. The rules:

- A year is 12 months and a week is 7 days, always. Nothing else is converted, for
  nothing else is: a month has 28 to 31 days. So days are refused where months are
  wanted, and years that are named where days are wanted are `VagueUnitError`.
- Each unit stands once, the longest first, as digits and a word; between them may be a
  comma or a word for “and”. A half, a sign or a word too many refuses the whole.
- Words of every language that the engine has sentences in are understood in each, with
  capitals or without, and without their accents.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from .numbers import SPACE, UNSEEN, NumberError, with_digits
from .sentences import typed_words

#: By what a question counts: how many of that a unit is, the longest first.
_TIMES = {
    "days": {"weeks": 7, "days": 1},
    "months": {"years": 12, "months": 1},
    "years": {"years": 1},
}
#: Units that have no one length in what a question counts.
_VAGUE = {"days": ("years", "months")}
#: Matches nothing.
_NEVER = "(?!)"


class VagueUnitError(NumberError):
    """A length of time in a unit that has no one length in what is wanted."""


class Durations(NamedTuple):
    """What may be typed for a length of time, as Python and JavaScript both read it.

    `pattern` has a group for each number; `times` says how many of the wanted unit each
    counts. `vague` is found where a unit is named that cannot be converted.
    """

    pattern: str = _NEVER
    times: tuple[int, ...] = ()
    vague: str = _NEVER


@cache
def durations_of(unit: str | None) -> Durations:
    """What may be typed, for `read_duration`, where a question counts this unit."""
    times = _TIMES.get(unit or "", {})
    if not times:
        return Durations()
    parts = [f"([0-9]{{1,4}}){SPACE}*(?:{_words(name)})\\.?" for name in times]
    between = f"(?:{SPACE}*,?{SPACE}*(?:{_words('and')})?{SPACE}*(?=[0-9]))?"
    pattern = "(?=.*[0-9])" + "".join(f"(?:{part}{between})?" for part in parts)
    vague = "|".join(_words(name) for name in _VAGUE.get(unit or "", ()))
    return Durations(
        f"{UNSEEN}{pattern}{UNSEEN}",
        tuple(times.values()),
        f"(?:^|[^a-z])(?:{vague})(?:[^a-z]|$)" if vague else _NEVER,
    )


def read_duration(text: str, known: Durations) -> int:
    """What was typed, in the unit that is wanted. Raises `NumberError`."""
    plain = with_digits(text).lower()
    found = re.fullmatch(known.pattern, plain)
    if found:
        counts = map(int, found.groups("0"))
        return sum(n * size for n, size in zip(counts, known.times, strict=True))
    raise VagueUnitError if re.search(known.vague, plain) else NumberError


def _words(name: str) -> str:
    """The words for a unit, with accents as one sign, as two, or left out."""
    spelled = set()
    for word in typed_words(name):
        apart = unicodedata.normalize("NFD", word)
        bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
        spelled |= {word, apart, bare}
    return "|".join(sorted(spelled, key=lambda word: (-len(word), word)))
