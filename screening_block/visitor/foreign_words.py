"""Words of a release's own language that its texts in another one leave as they are.

People meet them on papers: “libertad a prueba (probation)”. In HTML each is marked, so
that a screen reader does not say English in a Spanish voice. Plain text and PDF have no
mark for it. The browser's half: `static/screening_block/widget/foreign.js`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape

from django.utils.safestring import SafeString, mark_safe

from plugins.text.html_pieces import split_html
from screening_block import engine
from screening_block.engine.voice import KEPT

_LANG = re.compile(r"\slang\s*=\s*[\"']?([\w-]+)")
Words = re.Pattern[str]


@lru_cache(maxsize=KEPT)
def _find_all(release: engine.Release) -> dict[str, Words]:
    """Return by language what finds the foreign words in its texts."""
    found = {}
    for locale, texts in release.data["texts"].items():
        lines = texts.get("foreign_words", "").lower().splitlines()
        # The longest first: "aggravated felony" is one phrase.
        phrases = sorted({" ".join(one.split()) for one in lines} - {""}, key=_place)
        if phrases and locale != release.locale:
            found[locale] = re.compile(
                rf"(?<![^\W_])(?:{_write_any(phrases)})(?![^\W_])", re.IGNORECASE
            )
    return found


def _place(phrase: str) -> tuple[int, str]:
    return -len(phrase), phrase


def _write_any(phrases: list[str]) -> str:
    """Write a pattern for any of these: by their first letters, which is fast."""
    rests: dict[str, list[str]] = {}
    for phrase in phrases:
        rest = r"\s+".join(map(re.escape, phrase[1:].split(" ")))
        rests.setdefault(phrase[0], []).append(rest)
    return "|".join(
        f"{re.escape(one)}(?:{'|'.join(all_)})" for one, all_ in rests.items()
    )


def mark_foreign(html: str, release: engine.Release, locale: str) -> SafeString:
    """Return HTML, which begins in the language `locale`, with foreign words marked.

    What an element says about its language counts within it.
    """
    words = _find_all(release)
    if not words or (locale not in words and "lang=" not in html):
        return mark_safe(html)  # noqa: S308 - nothing was added
    return mark_safe(  # noqa: S308 - words of `html` in spans
        "".join(
            piece if name else _mark_text(piece, words.get(lang), release.locale)
            for piece, name, lang in split_html(html, locale, _find_language)
        )
    )


def _find_language(around: str, _name: str, tag: str) -> str:
    said = _LANG.search(tag)
    return said[1] if said else around


def _mark_text(html: str, pattern: Words | None, language: str) -> str:
    text = unescape(html) if pattern and "&" in html else html
    if pattern is None or not pattern.search(text):
        return html
    parts, end = [], 0
    for found in pattern.finditer(text):
        parts.append(escape(text[end : found.start()], quote=False))
        word = escape(found[0], quote=False)
        parts.append(f'<span lang="{language}">{word}</span>')
        end = found.end()
    return "".join([*parts, escape(text[end:], quote=False)])
