"""What somebody typed, as what is looked for: stems, and what means the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from modelsearch.query import MATCH_NONE, And, Or, Phrase, PlainText

from cms.search.models import Synonyms
from cms.search.stems import find_stem, fold, list_stems, list_words
from cms.search.stop_words import STOP_WORDS
from plugins.text import clean_query

#: Words of one search that count; each makes the query longer.
MAX_WORDS = 32
#: Stems in their order: one of a word, several of a phrase.
Way = tuple[str, ...]


#: Letters of the shortest beginning of a word that is looked for.
SHORTEST = 3


class Beginning(PlainText):  # type: ignore[misc]
    """A word of which only the beginning is known; the backend knows it."""


@dataclass(frozen=True)
class Sought:
    """One thing looked for: `words` as typed, and every way in which it is written.

    The first way is the one that was typed. `begins`: a word that begins so will do.
    """

    words: tuple[str, ...]
    ways: tuple[Way, ...]
    begins: str = ""

    def says(self, stem: str, word: str = "") -> bool:
        """Tell whether a word, by its stem, begins as this one does."""
        begins = self.begins
        return bool(begins) and (
            stem.startswith(begins) or fold(word).startswith(begins)
        )


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


def read_beginnings(sought: Sequence[Sought]) -> list[Sought] | None:
    """Return the same where words may only have been begun; None if none is long
    enough."""
    found = [
        replace(one, begins=fold(one.words[0]))
        if len(one.words) == 1
        and len(one.words[0]) >= SHORTEST
        and one.words[0].isalpha()
        else one
        for one in sought
    ]
    return found if found != list(sought) else None


def build_typed_query(text: str) -> Any:
    """Return a query for what is being typed, in whatever language; None for nothing.

    Every word may be only begun. It looks into all of a page.
    """
    words = list_words(text)[:MAX_WORDS]
    if not words or max(map(len, words)) < 2:
        return None
    languages = [code for code, _name in settings.LANGUAGES]
    parts: list[Any] = []
    for word in words:
        stems = dict.fromkeys(find_stem(word, language) for language in languages)
        ways: list[Any] = [PlainText(stem) for stem in stems]
        if len(word) > 1 and word.isalnum():
            ways.append(Beginning(fold(word)))
        parts.append(Or(ways) if len(ways) > 1 else ways[0])
    return And(parts) if len(parts) > 1 else parts[0]


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
    if sought.begins:
        ways.append(Beginning(sought.begins))
    if len(sought.words) == 1:
        # As it is written, for what was indexed before there were stems.
        word = fold(sought.words[0]).replace(".", " ")
        if (word,) not in sought.ways:
            ways.append(PlainText(word) if " " not in word else Phrase(word))
    return ways[0] if len(ways) == 1 else Or(ways)
