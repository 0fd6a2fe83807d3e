"""How releases are stored: in pieces, each of them once and compressed.

Two releases of a screener are the same text but for a few lines, and screeners that
share a chart share its lines. A text is cut where the text itself says so, so that a
change moves only the cuts beside it, and what stands elsewhere is the piece that is
stored already (content-defined chunking: Muthitacharoen, Chen and Mazières, “A
low-bandwidth network file system”, 2001).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

import brotli
from django.db import models

#: Bytes of a piece. Shorter ones would compress badly, longer ones change more often.
SHORTEST, LONGEST = 2_000, 32_000
#: Where a text may be cut: behind a member whose value is a text, an object or a list.
END = re.compile(rb'["}\]],')
#: It is, if the bytes before it, of which one in so many does, say so.
BEFORE, ONE_IN = 64, 32
QUALITY = 9
#: Pieces that one statement asks for.
AT_ONCE = 500


class ReleasePiece(models.Model):
    """A piece of the text of one or many releases. Rows are only ever inserted."""

    #: What of it public pages show, releases say.
    shows_on_pages = False

    sha256 = models.CharField(max_length=64, unique=True)
    #: As brotli.
    data = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.sha256[:12]


def cut(text: bytes) -> Iterator[bytes]:
    """Yield the pieces of a text: joined, they are the text."""
    start = 0
    for found in END.finditer(text):
        at = found.end()
        if at - start < SHORTEST:
            continue
        says_so = zlib.crc32(text[at - BEFORE : at]) % ONE_IN == 0
        if says_so or at - start >= LONGEST:
            yield text[start:at]
            start = at
    yield text[start:]


def recut(
    old: Sequence[bytes], text: bytes, changes: Sequence[tuple[int, int, bytes]]
) -> Iterator[int | bytes]:
    """Yield the pieces of a text as `cut` does: of those that it has in common with a
    text before it the place among the pieces `old` of that, without cutting them.

    `changes`: what was put in the place of which bytes of the old text, in order.
    """
    ends = {end: place for place, end in enumerate(accumulate(map(len, old)), 1)}
    place = at = shift = 0
    left = list(changes)
    while place < len(old):
        if not left or left[0][0] >= at + len(old[place]):
            yield place
            at, place = at + len(old[place]), place + 1
            continue
        # Cut anew until both texts are cut at the same place, behind a change.
        new = at + shift
        for part in cut(text[new:]):
            yield part
            new += len(part)
            while left and left[0][0] + shift + len(left[0][2]) <= new:
                start, end, put = left.pop(0)
                shift += len(put) - (end - start)
            within = left and left[0][0] + shift < new
            at = new - shift
            if at in ends and not within:
                place = ends[at]
                break


def store(
    text: bytes, pieces: models.Manager[ReleasePiece] | None = None
) -> Sequence[int]:
    """Store the pieces of a text that are not stored yet; return the ids of all."""
    parts = list(cut(text))
    known = store_parts(parts, pieces)
    return [known[part] for part in parts]


def store_parts(
    parts: Iterable[bytes], pieces: models.Manager[ReleasePiece] | None = None
) -> dict[bytes, int]:
    """Store the pieces that are not stored yet; return the ids of all."""
    pieces = pieces or ReleasePiece.objects
    named = {hashlib.sha256(part).hexdigest(): part for part in parts}
    known = _find(pieces, named)
    if new := {name: part for name, part in named.items() if name not in known}:
        made = [
            pieces.model(sha256=name, data=brotli.compress(part, quality=QUALITY))
            for name, part in new.items()
        ]
        # Somebody else may store the same one at this moment.
        pieces.bulk_create(made, ignore_conflicts=True)
        known |= _find(pieces, new)
    return {part: known[name] for name, part in named.items()}


def fetch(
    ids: Sequence[int], pieces: models.Manager[ReleasePiece] | None = None
) -> bytes:
    """Return the text of the pieces with these ids."""
    found = fetch_parts(ids, pieces)
    return b"".join(found[one] for one in ids)


def fetch_parts(
    ids: Iterable[int], pieces: models.Manager[ReleasePiece] | None = None
) -> dict[int, bytes]:
    """Return the pieces with these ids."""
    pieces = pieces or ReleasePiece.objects
    found: dict[int, bytes] = {}
    for some in _in_turns(set(ids)):
        rows = pieces.filter(pk__in=some).values_list("pk", "data")
        found |= {pk: brotli.decompress(bytes(data)) for pk, data in rows}
    return found


def _find(pieces: models.Manager[ReleasePiece], names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _in_turns(names):
        rows = pieces.filter(sha256__in=some)
        found |= dict(rows.values_list("sha256", "pk"))
    return found


def _in_turns(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield lists that a statement can ask for at once."""
    left = list(values)
    for start in range(0, len(left), AT_ONCE):
        yield left[start : start + AT_ONCE]
