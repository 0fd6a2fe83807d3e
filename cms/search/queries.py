"""What somebody typed, as what is looked for: stems, and what means the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from modelsearch.query import MATCH_NONE, And, Or, Phrase, PlainText

from cms.search.models import Synonyms
from cms.search.stems import find_stem, fold, list_stems, list_words
from cms.search.stop_words import STOP_WORDS
from plugins.text import clean_query

#: Words of one search that count; each makes the query longer.
MAX_WORDS = 32
#: Stems in their order: one of a word, several of a phrase.
Way = tuple[str, ...]


@dataclass(frozen=True)
class Sought:
    """One thing looked for: `words` as typed, and every way in which it is written.

    The first way is the one that was typed.
    """

    words: tuple[str, ...]
    ways: tuple[Way, ...]


def read_query(text: str, language: str) -> list[Sought]:
    """Return what is looked for; empty where no word was typed."""
    words = list_words(clean_query(text))[:MAX_WORDS]
    groups = _load_synonyms(language)
    stems = [find_stem(word, language) for word in words]
    longest = max((len(way) for group in groups for way in group), default=1)
    found: list[Sought] = []
    place = 0
    while place < len(words):
        taken = _find_group(stems, place, longest, groups)
        if taken is None:
            word = words[place]
            found.append(Sought((word,), ((stems[place],),)))
            place += 1
            continue
        way, ways = taken
        others = [other for other in ways if other != way]
        typed = tuple(words[place : place + len(way)])
        found.append(Sought(typed, (way, *others)))
        place += len(way)
    stops = STOP_WORDS.get(language, frozenset())
    telling = [one for one in found if not _is_stop_word(one, stops)]
    return telling or found


def _is_stop_word(sought: Sought, stops: frozenset[str]) -> bool:
    return len(sought.words) == 1 and fold(sought.words[0]) in stops


def _find_group(
    stems: Sequence[str], place: int, longest: int, groups: Iterable[tuple[Way, ...]]
) -> tuple[Way, tuple[Way, ...]] | None:
    """Return the longest way of a group that begins here, and all ways like it."""
    for length in range(min(longest, len(stems) - place), 0, -1):
        here = tuple(stems[place : place + length])
        ways = [way for group in groups if here in group for way in group]
        if ways:
            return here, tuple(dict.fromkeys(ways))
    return None


def _load_synonyms(language: str) -> tuple[tuple[Way, ...], ...]:
    rows = Synonyms.objects.filter(language=language).values_list("words", flat=True)
    return _read_groups(tuple(rows), language)


@lru_cache(maxsize=16)
def _read_groups(rows: tuple[str, ...], language: str) -> tuple[tuple[Way, ...], ...]:
    return tuple(
        tuple(
            stems
            for line in row.splitlines()
            if (stems := tuple(list_stems(line, language)))
        )
        for row in rows
    )


def build_query(sought: Sequence[Sought], *, some: bool = False) -> Any:
    """Return what the search backends take: everything sought, or `some` of it."""
    parts = [_build_part(one) for one in sought]
    if not parts:
        return MATCH_NONE
    if len(parts) == 1:
        return parts[0]
    return Or(parts) if some else And(parts)


def _build_part(sought: Sought) -> Any:
    ways: list[Any] = [
        PlainText(way[0]) if len(way) == 1 else Phrase(" ".join(way))
        for way in sought.ways
    ]
    if len(sought.words) == 1:
        # As it is written, for what was indexed before there were stems.
        word = fold(sought.words[0]).replace(".", " ")
        if (word,) not in sought.ways:
            ways.append(PlainText(word) if " " not in word else Phrase(word))
    return ways[0] if len(ways) == 1 else Or(ways)
