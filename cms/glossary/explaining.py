"""Terms explained where a page first uses them: words of its text become links.

A marked word leads to the glossary, and a script opens its explanation in place
instead. A button with `popovertarget` would do that without script, but not in browsers
that have no popovers, where it would do nothing at all; and a button does not break
over two lines, as terms of several words must on a phone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape

from django.conf import settings

from cms.glossary.terms import Entry, Glossary, read_glossary
from plugins.text.html_pieces import split_html

_LEFT_ALONE = """
a button h1 h2 h3 h4 h5 h6 code pre kbd samp var cite q blockquote dfn th caption
summary label script style textarea select option
"""
#: Elements whose words are left alone: they lead elsewhere already, are names, or are
#: said by somebody else.
LEFT_ALONE = frozenset(_LEFT_ALONE.split())
_BLOCKS = """
p ul ol li div section article aside dl dt dd table thead tbody tr td th figure
figcaption blockquote pre h1 h2 h3 h4 h5 h6 hr br
"""
#: Elements that begin or end a passage.
BLOCKS = frozenset(_BLOCKS.split())

_MARK = re.compile(r"\sdata-explained=\"explained-([^\"]*)\"")
_LANG = re.compile(r"\slang\s*=")


@dataclass
class _Piece:
    """A part of HTML as it stands: a `tag` of an element of that name, or text, which
    may be `left` alone."""

    html: str
    tag: str = ""
    left: bool = False
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        return "" if self.tag else unescape(self.html)

    def write(self) -> str:
        if not self.edits:
            return self.html
        text, parts, end = self.text, list[str](), 0
        for start, stop, html in self.edits:
            parts += [escape(text[end:start], quote=False), html]
            end = stop
        return "".join([*parts, escape(text[end:], quote=False)])


class Explainer:
    """Marks terms in the texts of one page, each once: where it stands first.

    `found` are the entries marked so far. The glossary is read with the first text.
    """

    def __init__(self, language: str, glossary: Glossary | None = None) -> None:
        self.language = language
        self.found: list[Entry] = []
        self._seen: set[str] = set()
        self._glossary = glossary

    @property
    def glossary(self) -> Glossary:
        if self._glossary is None:
            self._glossary = read_glossary(self.language)
        return self._glossary

    def mark(self, html: str) -> str:
        """Return HTML with its terms marked; the same string where there are none."""
        if not self.glossary.entries:
            return html
        pieces = [_Piece(*one) for one in split_html(html, False, self._enter)]
        passage: list[_Piece] = []
        for piece in [*pieces, _Piece("<p>", "p")]:
            if piece.tag in BLOCKS:
                self._mark_passage(passage)
                passage = []
            elif not piece.tag:
                passage.append(piece)
        if not any(piece.edits for piece in pieces):
            return html
        return "".join(piece.write() for piece in pieces)

    def _enter(self, left: bool, name: str, tag: str) -> bool:
        """Return whether text within is left alone; what an earlier marking left counts
        as seen."""
        if marked := _MARK.search(tag):
            self._seen.add(unescape(marked[1]))
        return left or name in LEFT_ALONE or bool(_LANG.search(tag))

    def _mark_passage(self, pieces: list[_Piece]) -> None:
        text = "".join(piece.text for piece in pieces)
        for start, end, entry in self.glossary.matcher.find(text):
            if entry is not None and not self._is_to_be_marked(entry):
                continue
            offset = 0
            for piece in pieces:
                after = offset + len(piece.text)
                if offset <= start and end <= after:
                    if not piece.left:
                        html = self._write(entry, text, start, end)
                        piece.edits.append((start - offset, end - offset, html))
                    break
                offset = after

    def _is_to_be_marked(self, entry: Entry) -> bool:
        return entry.term.in_place and entry.term.slug not in self._seen

    def _write(self, entry: Entry | None, text: str, start: int, end: int) -> str:
        """Return a term as it is marked; of a word of the site's own language (None)
        only that it is one, so that it is read out as such."""
        if entry is None:
            word = escape(text[start:end], quote=False)
            return f'<span lang="{settings.LANGUAGE_CODE}">{word}</span>'
        self._seen.add(entry.term.slug)
        self.found.append(entry)
        slug = escape(entry.term.slug)
        return (
            f'<a class="term" href="{self.glossary.address}#term-{slug}"'
            f' data-explained="explained-{slug}">'
            f"{escape(text[start:end], quote=False)}</a>"
            f"{self._add_original(entry, text, start)}"
        )

    def _add_original(self, entry: Entry, text: str, start: int) -> str:
        """Return the word of the court's language in brackets, unless the passage has
        it: readers meet it on papers and hear it said."""
        original = entry.original
        if original is None or any(entry.original_matcher.find(text)):
            return ""
        before = text[:start]
        inside = before.count("(") > before.count(")")
        opens, closes = "[]" if inside else "()"
        name = escape(original.name, quote=False)
        word = f'<span lang="{settings.LANGUAGE_CODE}">{name}</span>'
        return f" {opens}{word}{closes}"
