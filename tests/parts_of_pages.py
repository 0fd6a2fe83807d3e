"""What a page says, each part with the language that it says it is in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from bs4.element import PreformattedString

from tests.english import find_english_sentences, find_spanish_sentences

#: What is read or heard of an element, beside its text.
SAID = ("alt", "title", "aria-label", "aria-description", "placeholder", "label")
#: What the head says in words.
META = (
    *("description", "og:title", "og:description", "og:image:alt", "og:site_name"),
    *("article:section", "article:tag", "twitter:title", "author"),
)
#: Elements that stand in a line of text; all others begin a part of their own.
_INLINE = """
a abbr b bdi bdo cite code dfn em i kbd label mark q s small span strong sub sup time u
var wbr slot
"""
INLINE = frozenset(_INLINE.split())
UNSAID = frozenset(["script", "style", "template"])
#: Of JSON-LD, what is no words.
CODES = (
    "url",
    "@",
    "date",
    "lang",
    "sameAs",
    "telephone",
    "email",
    "logo",
    "target",
    "query",
)


@dataclass(frozen=True)
class Part:
    """Words of a page, where they stand, and the `lang` that is on them."""

    lang: str
    where: str
    text: str

    @property
    def foreign(self) -> list[str]:
        """The sentences that are in another language than it says, of these two."""
        if self.lang.startswith("es"):
            return find_english_sentences(self.text)
        if self.lang.startswith("en"):
            return find_spanish_sentences(self.text)
        return []


def list_parts(html: str) -> Iterator[Part]:
    """Yield the parts of a page: text, attributes, head, and structured data."""
    page = BeautifulSoup(html, "html.parser")
    yield from _texts(page)
    for element in page.find_all(True):
        lang = lang_of(element)
        for name in SAID:
            if words := element.get(name):
                yield Part(lang, f"{element.name}[{name}]", str(words))
        for name in element.attrs:
            if name.startswith("data-ls-") and " " in str(element[name]):
                yield Part(lang, f"{element.name}[{name}]", str(element[name]))
        named = element.get("name") or element.get("property")
        if element.name == "meta" and named in META:
            yield Part(lang, f"meta {named}", str(element.get("content", "")))
        if element.name == "script" and element.get("type") == "application/ld+json":
            for text in _leaves(json.loads(element.string or "null")):
                yield Part(lang, "JSON-LD", text)


def lang_of(node: PageElement) -> str:
    """Return the language that a node is said to be in, "" where nobody says."""
    for one in (node, *node.parents):
        if isinstance(one, Tag) and one.get("lang"):
            return str(one["lang"])
    return ""


def _texts(page: BeautifulSoup) -> Iterator[Part]:
    """Yield the text of each paragraph, heading, cell and so on, as one."""
    block: Any = None
    lang, words = "", list[str]()
    for node in page.descendants:
        if not isinstance(node, NavigableString) or isinstance(
            node, PreformattedString
        ):
            continue
        if any(parent.name in UNSAID for parent in node.parents):
            continue
        around = next(p for p in node.parents if p.name not in INLINE)
        if around is not block or lang_of(node) != lang:
            if text := " ".join("".join(words).split()):
                yield Part(lang, block.name, text)
            block, lang, words = around, lang_of(node), []
        words.append(str(node))
    if text := " ".join("".join(words).split()):
        yield Part(lang, block.name, text)


def _leaves(data: Any, name: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, key)
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(value, name)
    elif isinstance(data, str) and not name.startswith(CODES):
        yield re.sub(r"<[^>]+>", " ", data)


def find_foreign(html: str) -> dict[str, list[str]]:
    """Return what a page says in another language than it says, by where."""
    found: dict[str, list[str]] = {}
    for part in list_parts(html):
        if part.foreign:
            found.setdefault(f"{part.where} ({part.lang})", []).extend(part.foreign)
    return found
