"""Where a text says what is sought: cut out of it, the words found marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cms.search.queries import Sought
from cms.search.stems import WORD, find_stem

#: Characters: of an excerpt, of what stands in it before the first word found, of a
#: text that tells more than a heading does, and of one that are looked through.
LENGTH, BEFORE, TELLING, READ = 240, 120, 60, 60_000
_SENTENCE = re.compile(r"[.?!:;]\s+(?=\S)")


@dataclass(frozen=True)
class Mark:
    """A place of a text, in characters, that says a thing sought (its number)."""

    start: int
    end: int
    number: int


def find_marks(text: str, sought: Sequence[Sought], language: str) -> list[Mark]:
    """Return the places that say what is sought, in any of its ways."""
    words = list(WORD.finditer(text, 0, READ))
    stems = [find_stem(word[0], language) for word in words]
    begins: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for number, one in enumerate(sought):
        for way in one.ways:
            begins.setdefault(way[0], []).append((way, number))
    begun = [(number, one) for number, one in enumerate(sought) if one.begins]
    marks: list[Mark] = []
    taken = 0
    for place, stem in enumerate(stems):
        for way, number in begins.get(stem, ()) if place >= taken else ():
            if tuple(stems[place : place + len(way)]) == way:
                taken = place + len(way)
                marks.append(Mark(words[place].start(), words[taken - 1].end(), number))
                break
        else:
            for number, one in begun if place >= taken else ():
                if one.says(stem, words[place][0]):
                    marks.append(Mark(*words[place].span(), number))
                    break
    return marks


def mark_words(text: str, sought: Sequence[Sought], language: str) -> SafeString:
    """Return a whole text as HTML, escaped, with what is sought in `<mark>`."""
    return _write(text, find_marks(text, sought, language), 0, len(text))


def cut_excerpt(
    texts: Iterable[str], sought: Sequence[Sought], language: str
) -> SafeString:
    """Return the place of some texts that says most of what is sought, as HTML.

    It is the beginning of the first text where none says anything of it.
    """
    texts = [" ".join(text.split()) for text in texts]
    best, text, start, marks = 0, next(filter(None, texts), ""), 0, list[Mark]()
    # What is long enough first, each in the order of the page.
    for candidate in sorted(texts, key=lambda text: len(text) < TELLING):
        found = find_marks(candidate, sought, language)
        for first in found:
            near = {m.number for m in found if 0 <= m.start - first.start < LENGTH}
            if len(near) > best:
                best, text, start, marks = len(near), candidate, first.start, found
        if best == len(sought):
            break
    start = _begin(text, start)
    end = len(text)
    if end - start > LENGTH:
        end = text.rfind(" ", start, start + LENGTH + 1)
        end = start + LENGTH if end <= start else end
    shown = _write(text, marks, start, end)
    starts = start == 0 or text[:start].rstrip().endswith((".", "?", "!", ":", ";"))
    before, after = "" if starts else "… ", " …" if end < len(text) else ""
    return mark_safe(f"{before}{shown}{after}")  # noqa: S308 - `_write` escapes


def _begin(text: str, place: int) -> int:
    """Return where to begin so that a place is seen: with its sentence, or a word."""
    early = max(0, place - BEFORE)
    sentences = [0] if early == 0 else []
    sentences += [found.end() for found in _SENTENCE.finditer(text, early, place)]
    if sentences:
        return sentences[-1]
    return text.find(" ", early, place) + 1 or early


def _write(text: str, marks: Iterable[Mark], start: int, end: int) -> SafeString:
    parts: list[str] = []
    for mark in marks:
        if mark.start < start or mark.end > end:
            continue
        parts += [
            escape(text[start : mark.start]),
            f"<mark>{escape(text[mark.start : mark.end])}</mark>",
        ]
        start = mark.end
    parts.append(escape(text[start:end]))
    return mark_safe("".join(parts))  # noqa: S308 - every part passed `escape`
