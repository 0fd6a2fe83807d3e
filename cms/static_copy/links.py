"""The addresses that a file names: of pages, pictures, styles, scripts and lists."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from cms.static_copy.asking import Answer, encode_path

_ATTRIBUTE = re.compile(
    r"""\s(href|src|srcset|imagesrcset|action|formaction|poster|content)\s*=\s*"""
    r"""(?:"([^"]*)"|'([^']*)')"""
)
_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)""")
#: Modules name each other by relative addresses.
_IN_SCRIPT = re.compile(r"""["'](\.{1,2}/[\w./-]+\.(?:js|css|json))["']""")
_IN_XML = re.compile(r"""<loc>([^<]*)</loc>|\shref="([^"]*)\"""")
#: Sizes of a picture, each with a width or a density behind it.
_SETS = ("srcset", "imagesrcset")


def list_addresses(answer: Answer, at: str, origin: str) -> list[str]:
    """List the addresses of this site in an answer, without fragments, each once.

    `at` is the whole address of the answer, `origin` the site's, such as
    `https://law.example.org`. What comes back begins with a slash and may have a query.
    """
    found: dict[str, None] = {}
    for value in _read(answer):
        address = read_own(value, at, origin)
        if address:
            found[address] = None
    return list(found)


def read_own(value: str, at: str, origin: str) -> str:
    """Return an address of this site as path and query; "" for anything else."""
    value = value.strip()
    if not value or value.startswith("#"):
        return ""
    try:
        whole = urlsplit(urljoin(at, value))
    except ValueError:
        return ""
    if f"{whole.scheme}://{whole.netloc}" != origin:
        return ""
    path = encode_path(whole.path or "/")
    return f"{path}?{whole.query}" if whole.query else path


def _read(answer: Answer) -> Iterator[str]:
    kind, text = answer.kind, answer.body
    if kind == "text/html":
        for found in _ATTRIBUTE.finditer(text.decode()):
            name, value = found[1], html.unescape(found[2] or found[3] or "")
            if name in _SETS:
                yield from (one.split()[0] for one in value.split(",") if one.strip())
            # Of what `content` may hold, only whole addresses are any.
            elif name != "content" or value.startswith(("http:", "https:")):
                yield value
    elif kind == "text/css":
        yield from _groups(_IN_STYLE.finditer(text.decode()))
    elif kind in ("text/javascript", "application/javascript"):
        yield from _groups(_IN_SCRIPT.finditer(text.decode()))
    elif kind in ("application/xml", "text/xml", "application/atom+xml"):
        yield from map(html.unescape, _groups(_IN_XML.finditer(text.decode())))
    elif kind == "application/manifest+json":
        yield from (icon["src"] for icon in json.loads(text).get("icons", []))


def _groups(found: Iterable[re.Match[str]]) -> Iterator[Any]:
    for one in found:
        yield next(group for group in one.groups() if group is not None)
