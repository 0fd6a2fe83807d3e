"""Makes a copy of a site: walks it, and writes what it found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.html import escape
from wagtail.models import Site

from cms.freshness.version import clock
from cms.static_copy.asking import Asker
from cms.static_copy.crawl import Walk, walk_site
from cms.static_copy.host_rules import write_headers, write_redirects
from cms.static_copy.server_work import name_files
from cms.static_copy.writing import (
    CopyError,
    Written,
    find_file,
    hold,
    name_index,
    write_copy,
)

#: The first shows sizes of pictures that nobody has seen yet, which is a change.
MOST_WALKS = 4
_MOVED = (
    '<!doctype html><meta charset="utf-8"><title>{to}</title>'
    '<meta http-equiv="refresh" content="0; url={to}"><a href="{to}">{to}</a>\n'
)


@dataclass(frozen=True)
class Copied:
    walk: Walk
    written: Written


def build_copy(site: Site, place: Path, server: str = "") -> Copied:
    """Write the public part of a site to a folder. Raises `CopyError`.

    `server`: the origin of one that answers what files cannot, such as
    `https://app.example.org`, or "".
    """
    # A link's own name: what it leads to is changed.
    place = place.parent.resolve() / place.name
    with hold(place):
        walk = _walk_one_state(Asker(site), server)
        return Copied(walk, write_copy(place, list_files(walk, site.root_url, server)))


def _walk_one_state(asker: Asker, server: str) -> Walk:
    """Walk until nothing was published on the way: no page names what another lacks."""
    for _again in range(MOST_WALKS):
        begun = clock.read()
        walk = walk_site(asker, server)
        if clock.read() is begun:
            return walk
    raise CopyError("The site was edited all the while. Try again in a quieter moment.")


def list_files(walk: Walk, origin: str, server: str = "") -> dict[str, bytes]:
    """Return all files by their path in the copy."""
    apart = {
        address: name_index(answer.kind)
        for address, answer in walk.files.items()
        if address.endswith("/") and answer.kind != "text/html"
    }
    files = {}
    for address, answer in walk.files.items():
        body = answer.body
        if answer.kind == "text/html":
            page = name_files(body.decode(), origin + address, origin, apart)
            body = page.encode()
        files[find_file(address, answer.kind)] = body
    for address, to in walk.redirects.items():
        if address.endswith("/"):
            page = _MOVED.format(to=escape(to))
            files.setdefault(find_file(address, "text/html"), page.encode())
    files["_headers"] = write_headers(walk.files, server).encode()
    files["_redirects"] = write_redirects(walk.redirects).encode()
    return files
