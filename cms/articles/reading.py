"""How long an article takes to read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

#: Words a minute: somebody who reads with care, not in their first language perhaps.
PACE = 180
#: Members of stored blocks that hold no words for readers.
WORDLESS = {"id", "type", "url", "status", "tone", "editors_note", "image", "page"}
_TAG = re.compile(r"<[^>]*>")


def count_minutes(raw: Any) -> int:
    """Return the minutes that a body takes, at least 1; 0 if it has no words.

    `raw`: its blocks as they are stored.
    """
    words = sum(len(_TAG.sub(" ", text).split()) for text in _texts(raw))
    return math.ceil(words / PACE)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in WORDLESS:
                yield from _texts(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _texts(one)
