"""Find terms in plain text: whole words, the longest first. No model."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Generic, TypeVar

Term = TypeVar("Term")

WORD = re.compile(r"\w+")
#: What may not stand at a term: it is then a part of a longer word or of an address.
_BEFORE, _AFTER = r"(?<![\w/@.-])", r"(?![\w/@-]|\.\w)"


def fold_way(way: str) -> str:
    """Return what makes two ways to write a term one: no capitals, single spaces."""
    return " ".join(unicodedata.normalize("NFC", way).casefold().split())


def is_exact(way: str) -> bool:
    """Tell whether a way counts only as it is written, as “ICE” does beside “ice”."""
    return any(one.isupper() and two.isupper() for one, two in pairwise(way))


class Matcher(Generic[Term]):
    """Finds terms by the ways in which they are written.

    `ways`: pairs of a way, which begins and ends with a letter or a digit, and whose it
    is; of two that claim one way the first has it. The work grows with the words of a
    text, not with the number of terms.
    """

    def __init__(self, ways: Iterable[tuple[str, Term]]) -> None:
        claimed: dict[str, tuple[str, Term]] = {}
        for way, term in ways:
            claimed.setdefault(fold_way(way), (way, term))
        self._by_word = defaultdict[str, list[tuple[re.Pattern[str], Term]]](list)
        for folded, (way, term) in sorted(
            claimed.items(), key=lambda item: (-len(item[0]), item[0])
        ):
            if first := WORD.match(folded):
                self._by_word[first[0]].append((_compile(way), term))

    def __bool__(self) -> bool:
        return bool(self._by_word)

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Yield where terms stand in a text, and which: from left to right, none within
        another."""
        end = 0
        for word in WORD.finditer(text):
            if word.start() < end:
                continue
            for pattern, term in self._by_word.get(word[0].casefold(), ()):
                if found := pattern.match(text, word.start()):
                    end = found.end()
                    yield found.start(), end, term
                    break


def _compile(way: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, unicodedata.normalize("NFC", way).split()))
    flags = re.NOFLAG if is_exact(way) else re.IGNORECASE
    return re.compile(f"{_BEFORE}{words}{_AFTER}", flags)
