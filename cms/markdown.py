"""HTML and articles as Markdown (CommonMark, with tables), for whoever reads no HTML.

What an article says is in the Markdown whole: headings, lists, quotations with their
law and whether it was checked, tables. A screener is a link to its questions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

#: What holds no words for readers, or none that do anything without a browser.
SILENT = frozenset(
    [
        *("script", "style", "template", "svg", "form", "button", "input"),
        *("select", "textarea", "iframe", "nav"),
    ]
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = ("ul", "ol")
BLOCKS = frozenset(
    [
        *("p", "blockquote", "hr", "pre", "table", "dl", "div", "section", "article"),
        *("aside", "figure", "figcaption", "header", "footer", "main", "details"),
        *("summary", "li", "dt", "dd", "address", *LISTS, *HEADINGS),
    ]
)
SPECIAL = re.compile(
    r"[\\`*\[\]<]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])",
)
AT_LINE_START = re.compile(
    r"(?m)^(\s*)([#>]|[-+](?=[\s-]|$)|=(?==*\s*$)|~(?=~~))",
)
NUMBERED = re.compile(r"(?m)^(\s*\d{1,9})([.)]\s)")
EDGES = re.compile(r"^(?:\\\n|\s)+|(?:\\\n|\s)+$")


def escape(text: str) -> str:
    """Return words so that Markdown takes nothing of them for a sign of its own."""
    text = " ".join(text.split())
    text = SPECIAL.sub(lambda match: "\\" + match[0], text)
    return _escape_start(text)


def _escape_start(text: str) -> str:
    return NUMBERED.sub(r"\1\\\2", AT_LINE_START.sub(r"\1\\\2", text))


def link(label: str, address: str) -> str:
    """Return a link; `label` is Markdown already."""
    for sign, code in ((" ", "%20"), ("(", "%28"), (")", "%29"), ("<", "%3C")):
        address = address.replace(sign, code)
    return f"[{label}]({address})"


def quote(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def item(text: str, mark: str = "-") -> str:
    """Return an entry of a list; what follows its first line belongs to it."""
    indent = " " * (len(mark) + 1)
    lines = [f"{indent}{line}".rstrip() for line in text.split("\n")]
    return f"{mark} {lines[0].lstrip()}" + "".join(f"\n{line}" for line in lines[1:])


def table(heads: list[str], rows: Iterable[list[str]]) -> str:
    def row(cells: list[str]) -> str:
        flat = [" ".join(cell.split()).replace("|", "\\|") for cell in cells]
        return f"| {' | '.join(flat)} |"

    return "\n".join([row(heads), row(["---"] * len(heads)), *map(row, rows)])


def front_matter(facts: dict[str, Any]) -> str:
    """Return facts as YAML, of which JSON is a part; what is empty is left out."""
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in facts.items()
        if value
    ]
    return "\n".join(["---", *lines, "---"])


def from_html(html: str, base: str) -> str:
    """Return HTML as Markdown; addresses in it are taken as seen from `base`."""
    return _HtmlReader(base).read(BeautifulSoup(html, "html.parser"))


class _HtmlReader:
    def __init__(self, base: str) -> None:
        self.base = base

    def read(self, node: Tag) -> str:
        return "\n\n".join(self._blocks(node))

    def _blocks(self, node: Tag) -> Iterator[str]:
        """Yield blocks; words that stand loose between them are paragraphs."""
        loose: list[Any] = []
        for child in node.children:
            if isinstance(child, Tag) and child.name in SILENT:
                continue
            if not isinstance(child, Tag) or child.name not in BLOCKS:
                loose.append(child)
                continue
            yield from self._paragraph(loose)
            loose = []
            yield from self._block(child)
        yield from self._paragraph(loose)

    def _paragraph(self, nodes: list[Any]) -> Iterator[str]:
        if words := self._words(nodes):
            yield words

    def _block(self, node: Tag) -> Iterator[str]:
        name = node.name
        if name in HEADINGS:
            yield f"{'#' * HEADINGS[name]} {self._words(node.children)}"
        elif name in LISTS:
            entries = [self.read(li) for li in node.find_all("li", recursive=False)]
            marks = (f"{n}." if name == "ol" else "-" for n in range(1, 10**6))
            pairs = zip([e for e in entries if e], marks, strict=False)
            if found := "\n".join(item(entry, mark) for entry, mark in pairs):
                yield found
        elif name == "blockquote":
            if inner := self.read(node):
                yield quote(inner)
        elif name == "hr":
            yield "---"
        elif name == "table":
            yield from self._table(node)
        elif name == "dt":
            if words := self._words(node.children):
                yield f"**{words}**"
        elif name == "pre":
            yield f"```\n{node.get_text().strip(chr(10))}\n```"
        else:
            yield from self._blocks(node)

    def _table(self, node: Tag) -> Iterator[str]:
        rows = [
            [self._words(cell.children) for cell in row.find_all(["th", "td"])]
            for row in node.find_all("tr")
        ]
        rows = [row for row in rows if row]
        if caption := node.find("caption"):
            yield f"**{self._words(caption.children)}**"
        if rows:
            yield table(rows[0], rows[1:])

    def _words(self, nodes: Iterable[Any]) -> str:
        parts = "".join(map(self._inline, nodes))
        lines = [re.sub(r"[ \t]+", " ", line).strip() for line in parts.split("\n")]
        return _escape_start(EDGES.sub("", "\n".join(lines)))

    def _inline(self, node: Any) -> str:
        if isinstance(node, PreformattedString):  # a comment, for instance
            return ""
        if isinstance(node, NavigableString):
            text = re.sub(r"\s+", " ", str(node))
            return SPECIAL.sub(lambda match: "\\" + match[0], text)
        if node.name in SILENT or "visually-hidden" in node.get("class", ()):
            return ""
        if node.name == "br":
            return "\\\n"
        if node.name == "img":
            return self._picture(node)
        inner = "".join(map(self._inline, node.children))
        if node.name in BLOCKS:
            return f" {inner} "
        return self._mark(node, inner)

    def _mark(self, node: Tag, inner: str) -> str:
        """Return inner words with the sign of an element, blanks outside of it."""
        words = inner.strip()
        if not words:
            return inner
        before, after = inner.partition(words)[::2]
        if node.name == "a":
            address = self._address(str(node.get("href") or ""))
            marked = link(words, address) if address else words
        elif node.name in ("b", "strong"):
            marked = f"**{words}**"
        elif node.name in ("i", "em", "cite"):
            marked = f"*{words}*"
        elif node.name == "code":
            marked = f"`{node.get_text().strip()}`"
        else:
            marked = words
        return f"{before}{marked}{after}"

    def _address(self, href: str) -> str:
        address = urljoin(self.base, href) if href else ""
        good = address.startswith(("http://", "https://", "mailto:", "tel:"))
        return address if good else ""

    def _picture(self, node: Tag) -> str:
        address = self._address(str(node.get("src") or ""))
        alt = escape(str(node.get("alt") or ""))
        return f"!{link(alt, address)}" if alt and address else ""
