"""HTML in pieces: its texts, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

#: What is no text. In the elements named here no other can stand, so each is one piece.
_PIECE = re.compile(
    r"<!--.*?-->|<![^>]*>"
    r"|<(?P<whole>option|title|textarea|script|style)\b.*?</(?P=whole)\s*>"
    r"|<(?P<ends>/?)(?P<name>[a-z][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL | re.IGNORECASE,
)
_VOID = "br hr img wbr input embed source track area col link meta"
_VOIDS = frozenset(_VOID.split())
State = TypeVar("State")


def split_html(
    html: str, state: State, enter: Callable[[State, str, str], State]
) -> Iterator[tuple[str, str, State]]:
    """Yield each piece of HTML as it stands, the name of the element that it begins or
    ends ("" of a text), and what holds around it; joined, the pieces are `html`.

    `state` holds outside of all elements. `enter(state, name, tag)` says what holds
    within an element, from what holds around it. What is closed without being open is
    passed over, and an element that is closed closes those within it.
    """
    around = [("", state)]
    end = 0
    for piece in _PIECE.finditer(html):
        if piece.start() > end:
            yield html[end : piece.start()], "", around[-1][1]
        end = piece.end()
        name = (piece["name"] or "").lower()
        yield piece[0], name or piece["whole"] or "!", around[-1][1]
        if piece["ends"]:
            _leave(around, name)
        elif name and name not in _VOIDS and not piece[0].endswith("/>"):
            around.append((name, enter(around[-1][1], name, piece[0])))
    if end < len(html):
        yield html[end:], "", around[-1][1]


def _leave(around: list[tuple[str, State]], name: str) -> None:
    for place in range(len(around) - 1, 0, -1):
        if around[place][0] == name:
            del around[place:]
            return
