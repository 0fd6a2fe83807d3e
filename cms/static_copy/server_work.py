"""What only a server can do, in a page that none will answer.

A form, a search and an address with a query need somebody who computes. With the
address of a server (`https://app.example.org`) they go there; without one a form says
so, and a search box is left out. Nothing else of a page is changed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _, override

from cms.static_copy.links import read_own

_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_ACTION = re.compile(r"""(\saction=")([^"]*)(")""")
_METHOD = re.compile(r"""\smethod="post\"""", re.IGNORECASE)
_LINK = re.compile(r"""(<(?:a|link)\b[^>]*?\shref=")([^"]*)("[^>]*>)""")
_MAIN = re.compile(r"(<main\b[^>]*>).*?(</main>)", re.DOTALL)
_TITLE = re.compile(r"<h1\b.*?</h1>", re.DOTALL)
_ADDRESS = re.compile(r"""(\s(?:href|src)=")([^"?#]*/)(")""")
#: Pages that are nothing but a question to a server, by the name of their address.
PAGES = ("search", "screening_handover:open")


@cache
def list_server_pages() -> frozenset[str]:
    """List the addresses of `PAGES` in every language."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {reverse(name) for name in PAGES}
    return frozenset(found)


def leave_to_server(page: str, at: str, origin: str, server: str = "") -> str:
    """Return a page as its copy is.

    `at`: its whole address; `origin`: the site's; `server`: the one that computes, in
    the same form, or "". The language of what is said is the active one.
    """

    def send_form(found: re.Match[str]) -> str:
        if server:
            opening = _ACTION.sub(
                lambda to: f"{to[1]}{_there(to[2], at, origin, server)}{to[3]}",
                found[1],
            )
            return f"<form{opening}>{found[2]}</form>"
        if _METHOD.search(found[1]):
            return f'<p class="notice">{escape(explain_form())}</p>'
        return ""

    def send_link(found: re.Match[str]) -> str:
        address = read_own(html.unescape(found[2]), at, origin)
        if not needs_server(address):
            return found[0]
        if server:
            return f"{found[1]}{_there(found[2], at, origin, server)}{found[3]}"
        return "" if found[0].startswith("<link") else found[0]

    if not server and needs_server(read_own(at, at, origin)):
        page = _MAIN.sub(_say_why, page)
    page = _FORM.sub(send_form, page)
    return _LINK.sub(send_link, page)


def name_files(page: str, at: str, origin: str, files: Mapping[str, str]) -> str:
    """Return a page that names some files themselves: by their addresses (`files`).

    Simple hosts find `index.html` by the address of its folder, and no file of another
    kind: a feed, or what the widget asks for.
    """

    def name(found: re.Match[str]) -> str:
        file = files.get(read_own(html.unescape(found[2]), at, origin))
        return f"{found[1]}{found[2]}{file}{found[3]}" if file else found[0]

    return _ADDRESS.sub(name, page)


def needs_server(address: str) -> bool:
    """Tell whether no file can answer an address of this site (path and query)."""
    return "?" in address or address in list_server_pages()


def explain_form() -> str:
    """Return what stands in the place of a form that nobody would answer."""
    return _(
        "This copy of the site cannot answer a form. Please allow JavaScript: the "
        "questions are then answered on your device."
    )


def explain_page() -> str:
    """Return what a page says that is nothing but a question to a server."""
    return _(
        "This copy of the site cannot search, and cannot open saved files. Everything "
        "else is here."
    )


def _say_why(main: re.Match[str]) -> str:
    """Return the main part of a page with its title, saying that it is not here."""
    title = _TITLE.search(main[0])
    head = f'<header class="page-head">{title[0]}</header>' if title else ""
    words = f'<div class="prose"><p>{escape(explain_page())}</p></div>'
    return f'{main[1]}<div class="wrap article">{head}{words}</div>{main[2]}'


def _there(value: str, at: str, origin: str, server: str) -> str:
    """Return the address on the server for one that stands in an attribute."""
    address = read_own(html.unescape(value), at, origin)
    return html.escape(server + address) if address else value
