"""The small markup of screener texts, as HTML or as plain text.

Blank line: paragraph. Lines that begin with "- ": list. `[label](https://...)`:
link. `**words**`: bold. Nothing else has a meaning; everything is escaped.
"""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LINK = re.compile(r"\[([^\[\]]+)\]\((https://[^\s()]+|mailto:[^\s()]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")


def to_html(text: str) -> SafeString:
    """Return paragraphs and lists as HTML; safe to put in a page."""
    parts = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in chunk.splitlines() if line.strip()]
        for is_list, run in _runs(lines):
            if is_list:
                items = "".join(f"<li>{_inline(line[2:])}</li>" for line in run)
                parts.append(f"<ul>{items}</ul>")
            else:
                parts.append(f"<p>{_inline(' '.join(run))}</p>")
    return mark_safe("".join(parts))  # noqa: S308 - every text passed `escape`


def to_text(text: str) -> str:
    """Return the same words without markup; a link keeps its address in brackets."""
    return BOLD.sub(r"\1", LINK.sub(r"\1 (\2)", text)).strip()


def _runs(lines: list[str]) -> list[tuple[bool, list[str]]]:
    runs: list[tuple[bool, list[str]]] = []
    for line in lines:
        is_list = line.startswith("- ")
        if not runs or runs[-1][0] != is_list:
            runs.append((is_list, []))
        runs[-1][1].append(line)
    return runs


def _inline(text: str) -> str:
    safe: str = escape(text)
    safe = LINK.sub(r'<a href="\2" rel="noreferrer">\1</a>', safe)
    return BOLD.sub(r"<strong>\1</strong>", safe)
