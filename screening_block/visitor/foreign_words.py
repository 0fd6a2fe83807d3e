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

from screening_block import engine
from screening_block.engine.voice import KEPT

#: A tag, or what is no text to be marked: what stands in these takes no element.
_PIECE = re.compile(
    r"<!--.*?-->"
    r"|<(?P<whole>option|title|textarea|script|style)\b.*?</(?P=whole)\s*>"
    r"|<(?P<ends>/?)(?P<name>[a-z][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL | re.IGNORECASE,
)
_LANG = re.compile(r"\slang\s*=\s*[\"']?([\w-]+)")
_VOID = "br hr img wbr input embed source track area col link meta"
_VOIDS = frozenset(_VOID.split())
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
    parts: list[str] = []
    # The elements around what is read, each with the language within it.
    around: list[tuple[str, str]] = [("", locale)]
    end = 0
    for piece in _PIECE.finditer(html):
        parts.append(_mark_text(html[end : piece.start()], words, release, around))
        parts.append(piece[0])
        end = piece.end()
        name = (piece["name"] or "").lower()
        if piece["ends"]:
            _leave(around, name)
        elif name and name not in _VOIDS and not piece[0].endswith("/>"):
            lang = _LANG.search(piece[0])
            around.append((name, lang[1] if lang else around[-1][1]))
    parts.append(_mark_text(html[end:], words, release, around))
    return mark_safe("".join(parts))  # noqa: S308 - words of `html` in spans


def _leave(around: list[tuple[str, str]], name: str) -> None:
    for place in range(len(around) - 1, 0, -1):
        if around[place][0] == name:
            del around[place:]
            return


def _mark_text(
    html: str,
    words: dict[str, Words],
    release: engine.Release,
    around: list[tuple[str, str]],
) -> str:
    pattern = words.get(around[-1][1])
    text = unescape(html) if pattern and "&" in html else html
    if pattern is None or not pattern.search(text):
        return html
    parts, end = [], 0
    for found in pattern.finditer(text):
        parts.append(escape(text[end : found.start()], quote=False))
        word = escape(found[0], quote=False)
        parts.append(f'<span lang="{release.locale}">{word}</span>')
        end = found.end()
    return "".join([*parts, escape(text[end:], quote=False)])
