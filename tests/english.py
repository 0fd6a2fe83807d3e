"""Tell English from Spanish, sentence by sentence.

`find_english` looks for function words and finds a single one. The other two weigh the
letters of a whole sentence, so that a name or a loan word alone makes none: three
letters in a row are more frequent in the one language or in the other, as the law pack
and the catalogues of messages have them in both. Brackets and quotation marks hold
words as they stand on papers, and names are names in any language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from math import log
from pathlib import Path

from babel.messages.pofile import read_po

from screening_block.engine.choices import OF_ONE_LANGUAGE
from screening_block.packs.translations import list_texts
from tests.law_pack import law_pack

ROOT = Path(__file__).parent.parent
#: Short words that English sentences cannot do without and Spanish does not have.
_SHORT = """
the and of is are was were be been your you with for that this these those not
have has had may can will would could should or to if it its an by from at as
they their we our who what when where which how why there then than but about
into after before any all some more most only also does do did
"""
WORDS = frozenset(_SHORT.split())
#: Words as they stand on papers, beside the Spanish or named as what to look for.
NAMED = re.compile(r"\([^()]{1,60}\)|“[^“”]{1,60}”")
#: Of offices, laws, programs, people, places: words with capitals, and what joins them.
_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w’'&.-]*"
NAMES = re.compile(
    rf"\b{_CAPITAL}(?:(?:,? (?:of|the|for|and|to|in|on|de|del|la|los|las|y|e|v\.))*"
    rf"[ /&–-]+(?:{_CAPITAL}|\d[\w()]*))+"
)
ADDRESSES = re.compile(
    r"\S+@\S+|\S*(?:://|\w/\w)\S*|\b[\w-]+(?:\.[a-z][\w-]+)+\b"
    r"|\b\w*[a-z][A-Z]\w*\b"
)
BREAK = re.compile(r"(?<=[.!?:;])(?<!\bv\.)\s+|\s*\n\s*|\s+[–—|·•]\s+")
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
#: How much more likely the letters are in the other language, as a logarithm: a word,
#: and a sentence as a whole.
PER_WORD, IN_ALL = 0.5, 4.0


def find_english(text: str) -> list[str]:
    """Return the English function words of a text, without what stands in brackets or
    quotation marks."""
    rest = NAMED.sub(" ", text)
    return [word for word in re.findall(r"\w+", rest.lower()) if word in WORDS]


def find_english_sentences(text: str, least: int = 3) -> list[str]:
    """Return the sentences of a text that are in English, of `least` words or more."""
    return [one for one in split_sentences(text) if _leans(one, 1, least)]


def find_spanish_sentences(text: str, least: int = 4) -> list[str]:
    """Return the sentences of a text that are in Spanish, of `least` words or more."""
    return [one for one in split_sentences(text) if _leans(one, -1, least)]


def split_sentences(text: str) -> list[str]:
    return [one for one in BREAK.split(text) if one.strip()]


def _leans(sentence: str, way: int, least: int) -> bool:
    words = _words(sentence)
    if len(words) < least:
        return False
    weight = way * sum(map(_weigh, words))
    return weight > IN_ALL and weight > PER_WORD * len(words)


def _words(sentence: str) -> list[str]:
    """The words of a sentence, in small letters, without its names."""
    rest = ADDRESSES.sub(" ", NAMED.sub(" ", sentence))
    # A heading may have a capital at every word; the first word of a sentence has one.
    first, space, others = rest.strip().partition(" ")
    rest = first + space + NAMES.sub(" ", others)
    return [word.lower() for word in WORD.findall(rest)]


@cache
def _weigh(word: str) -> float:
    """How much more likely a word is in English than in Spanish, as a logarithm."""
    english, spanish = _letters()
    return sum(
        log((english[three] + 0.5) / english.total())
        - log((spanish[three] + 0.5) / spanish.total())
        for three in _threes(word)
    )


def _threes(word: str) -> Iterator[str]:
    padded = f" {word} "
    for at in range(len(padded) - 2):
        yield padded[at : at + 3]


@cache
def _letters() -> tuple[Counter[str], Counter[str]]:
    """How often letters follow each other in English and in Spanish."""
    pack = law_pack()
    english = [text for _path, text in list_texts(pack.release()["texts"]["en"])]
    found = list_texts(pack.translations["es"])
    spanish = [text for path, text in found if path not in OF_ONE_LANGUAGE]
    for file in sorted(ROOT.glob("*/locale/es/LC_MESSAGES/django.po")):
        with file.open("rb") as opened:
            for message in read_po(opened, locale="es"):
                if message.id and isinstance(message.id, str):
                    english.append(message.id)
                    spanish.append(str(message.string))
    return _count(english), _count(spanish)


def _count(texts: Iterable[str]) -> Counter[str]:
    words = (word for text in texts for word in _words(text))
    return Counter(three for word in words for three in _threes(word))
