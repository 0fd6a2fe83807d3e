"""Words by what they have in common: no capitals, no accents, one stem.

The same on every database: texts are indexed by their stems beside their words, and a
search asks for both. Stemming is Snowball's, by the language of a text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Any

import Stemmer
from modelsearch import index

#: A word, or a number with its parts, such as a section of the law.
WORD = re.compile(r"[^\W_]+(?:(?<=\d)\.\d+)*")
_ALGORITHMS = {"en": "english", "es": "spanish"}
# What Snowball leaves of a noun's gender and number in Spanish.
_SPANISH_ENDING = re.compile(r"(?<=\w{3})[aeio]s?$")
_stemmers: dict[str, Any] = {}
_lock = Lock()


def fold(text: str) -> str:
    """Return text in small letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


@lru_cache(maxsize=100_000)
def find_stem(word: str, language: str) -> str:
    """Return the stem of a word, written in any way, as the index holds it."""
    word = fold(word)
    if "." in word:
        # Databases would take a section such as 1203.4 apart, each in its way.
        return word.replace(".", "p")
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None or not word.isalpha():
        return word
    # Stemmers hold what they work on: one thread at a time.
    with _lock:
        if language not in _stemmers:
            _stemmers[language] = Stemmer.Stemmer(algorithm, 0)
        stem: str = _stemmers[language].stemWord(word)
    return _SPANISH_ENDING.sub("", stem) if language == "es" else stem


def list_words(text: str) -> list[str]:
    """Return the words of a text as they are written."""
    return WORD.findall(text)


def list_stems(text: str, language: str) -> list[str]:
    """Return the stems of a text, in its order."""
    return [find_stem(word, language) for word in WORD.findall(text)]


class StemField(index.SearchField):  # type: ignore[misc]
    """Indexes the stems of a field beside its words; the object has a `locale`."""

    def get_value(self, obj: Any) -> str:
        language = obj.locale.language_code
        stems: list[str] = []
        for word in WORD.findall(_join(super().get_value(obj))):
            stem = find_stem(word, language)
            if "." in word:
                stems.append(word.partition(".")[0])
            stems.append(stem)
        return " ".join(stems)


def _join(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return "\n".join(_join(item) for item in value)
    return "" if value is None else str(value)
