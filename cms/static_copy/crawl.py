"""Walks the public site as whoever follows every link would."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from cms.static_copy.asking import Answer, Asker
from cms.static_copy.guides import list_guides, write_words
from cms.static_copy.links import list_addresses, read_own
from cms.static_copy.server_work import leave_to_server, needs_server
from screening_block import public
from screening_block.embed import assets

#: Addresses that no page needs to name.
NAMED = ("sitemap", "robots", "llms", "security", "manifest")
#: Where hosts look for what they say of an address they do not have.
NOT_FOUND = "/404.html"
REDIRECTS = (301, 302, 303, 307, 308)
#: Whatever begins like this is not the public site.
_APART = ("/admin/", "/api/docs/", "/api/schema/")
#: Below it stands what is named by its hash; it answers nothing itself.
_NO_PLACE = "/api/v1/releases/"


@dataclass
class Walk:
    """What was found: files by address, where others lead, and what is missing."""

    files: dict[str, Answer] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    #: An address that answers nothing, and the page that names it.
    broken: dict[str, str] = field(default_factory=dict)


def walk_site(asker: Asker, server: str = "") -> Walk:
    """Ask for everything public, and return it as a copy has it.

    `server`: see `leave_to_server`.
    """
    with _quiet():
        return _walk(asker, server)


@contextmanager
def _quiet() -> Iterator[None]:
    """Let nobody read in the log that an address answers nothing: it is counted."""
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _walk(asker: Asker, server: str) -> Walk:
    walk = Walk()
    waiting = deque((address, "") for address in _begin(asker))
    seen = {address for address, _by in waiting}
    while waiting:
        address, by = waiting.popleft()
        answer = asker.ask(address)
        if answer.status in REDIRECTS:
            walk.redirects[address] = answer.headers["location"]
            found = [_read_target(answer, address, asker)]
        # What was recalled says so, and why.
        elif answer.status == 200 or _is_recalled(answer):
            walk.files[address], found = _take(answer, address, asker, server)
        else:
            walk.broken[address] = by
            continue
        for one in found:
            if one and one not in seen and not _is_apart(one, server):
                seen.add(one)
                waiting.append((one, address))
    walk.files.update(write_words(asker))
    lost = asker.ask(NOT_FOUND)
    if lost.kind == "text/html":
        walk.files[NOT_FOUND], _found = _take(lost, NOT_FOUND, asker, server)
    return walk


def _is_recalled(answer: Answer) -> bool:
    """Tell whether it says that a release was recalled, and why."""
    return answer.status == 410 and answer.kind != "text/html"


def _read_target(answer: Answer, address: str, asker: Asker) -> str:
    """Return where an address leads, if that is in this site."""
    origin = asker.site.root_url
    return read_own(answer.headers["location"], origin + address, origin)


def _begin(asker: Asker) -> Iterator[str]:
    """List where the walk begins; the sitemap has the pages."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            home = reverse("wagtail_serve", args=[""])
        if asker.ask(home).status == 200:
            yield home
    for name in NAMED:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if asker.ask(address).status == 200:
            yield address
    yield "/favicon.ico"
    yield from list_guides(asker)
    for one in public.publications(asker.request()):
        yield reverse("screening_embed:frame", args=[one.screener_key])
    for name in assets.list_names():
        yield reverse("screening_embed:file", args=[name])


def _take(
    answer: Answer, address: str, asker: Asker, server: str
) -> tuple[Answer, list[str]]:
    """Return an answer as its file, and the addresses in it."""
    origin = asker.site.root_url
    at = origin + address
    if answer.kind != "text/html":
        return answer, list_addresses(answer, at, origin)
    with override(answer.headers.get("content-language", settings.LANGUAGE_CODE)):
        page = leave_to_server(answer.body.decode(), at, origin, server)
    copied = Answer(answer.status, page.encode(), answer.headers)
    # The element's source is asked for as the server has it, not as the file.
    return copied, list_addresses(answer, at, origin)


def _is_apart(address: str, server: str) -> bool:
    if "?" in address or address.startswith(_APART) or address == _NO_PLACE:
        return True
    return bool(server) and needs_server(address)
