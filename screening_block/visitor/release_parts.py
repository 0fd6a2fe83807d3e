"""What a browser asks for of a release: parts, each a few lines of JSON.

`start` is what the first question waits for: the rules, and the words of one language
without those that only a result has. `rest` is what that leaves out, to be merged into
it; `words` are all words of one more language. Each is made of the release, the
language and the day alone. The browser's half: `widget/result.js` (`fetch`, `merge`)
and `widget/languages.js` in `static/screening_block/`.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from screening_block import engine
from screening_block.models.releases import texts_in

from .widget_strings import (
    describe_languages,
    pick_words_locale,
    write_one_language,
    write_widget_words,
)

PARTS = ("start", "rest", "words")

#: By the way to it, what only a result says; `*` is each of a list or an object.
_OF_RESULT_IN_RELEASE = (
    "charts/*/rows/*/checked_on",
    "charts/*/rows/*/citations",
    "charts/*/rows/*/status",
    "exclusive",
    "findings/*/actions",
    "findings/*/checked_on",
    "findings/*/citations",
    "findings/*/group",
    "findings/*/reassures",
    "findings/*/status",
    "short",
    "shown",
    "texts/*/charts/*/columns",
    "texts/*/charts/*/label",
    "texts/*/charts/*/values",
    "texts/*/facts",
    "texts/*/findings",
    "texts/*/short",
    "texts/*/shown",
    "texts/*/thresholds",
    "thresholds/*/checked_by",
    "thresholds/*/checked_on",
    "thresholds/*/citations",
    "thresholds/*/status",
)
_OF_RESULT_IN_WORDS = ("atoms", "plans", "undated", "ui/head", "ui/weightiest")


def write_part(
    part: str, release: engine.Release, wanted: str, as_of: str, lengths: Any = None
) -> tuple[bytes, str]:
    """Write a part (one of `PARTS`): its first line, and the rest of its text or "".

    `wanted` is a language tag; where the release has no texts in it, all is in the
    release's own locale.
    """
    words = write_widget_words(release, wanted, as_of, lengths)
    return _write(part, release, pick_words_locale(release, wanted), words)


@lru_cache(maxsize=64)
def _write(
    part: str, release: engine.Release, locale: str, words: str
) -> tuple[bytes, str]:
    book = json.loads(words) | describe_languages(release)
    if part == "words":
        texts = texts_in(release, locale)
        return engine.canonical({"texts": texts, "words": book}), ""
    data = json.loads(write_one_language(release, locale))
    rules, more = split(data, _OF_RESULT_IN_RELEASE)
    book, words_more = split(book, _OF_RESULT_IN_WORDS)
    if part == "rest":
        return engine.canonical({"release": more, "words": words_more}), ""
    return engine.canonical(rules), json.dumps(book, ensure_ascii=False)


def split(value: Any, ways: tuple[str, ...]) -> tuple[Any, Any]:
    """Take a JSON value apart: what is left of it, and what was taken out.

    The second has the members of the first that lead to something taken, and lists as
    long as theirs: `merge` of the browser puts each back where it was.
    """
    if isinstance(value, list):
        pairs = [split(one, _below("*", ways)) for one in value]
        return [left for left, _taken in pairs], [taken for _left, taken in pairs]
    if not isinstance(value, dict):
        return value, {}
    kept, gone = {}, {}
    for key, one in value.items():
        here = (*_below(key, ways), *_below("*", ways))
        if "" in here:
            gone[key] = one
            continue
        kept[key] = one
        if here:
            kept[key], taken = split(one, here)
            if taken:
                gone[key] = taken
    return kept, gone


def _below(step: str, ways: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is left of the ways that begin with a step; "" where it ends one."""
    return tuple(
        rest
        for first, _slash, rest in (way.partition("/") for way in ways)
        if first == step
    )
