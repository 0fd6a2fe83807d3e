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

import brotli
from django.db import models

#: Bytes of a piece. Shorter ones would compress badly, longer ones change more often.
SHORTEST, LONGEST = 2_000, 32_000
#: Where a text may be cut: behind a member whose value is a text, an object or a list.
END = re.compile(rb'["}\]],')
#: It is, if the bytes before it, of which one in so many does, say so.
BEFORE, ONE_IN = 64, 32
QUALITY = 9


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


def store(
    text: bytes, pieces: models.Manager[ReleasePiece] | None = None
) -> Sequence[int]:
    """Store the pieces of a text that are not stored yet; return the ids of all."""
    pieces = pieces or ReleasePiece.objects
    parts = [(hashlib.sha256(part).hexdigest(), part) for part in cut(text)]
    names = {name for name, _part in parts}
    known = _find(pieces, names)
    if new := {name: part for name, part in parts if name not in known}:
        made = [
            pieces.model(sha256=name, data=brotli.compress(part, quality=QUALITY))
            for name, part in new.items()
        ]
        # Somebody else may store the same one at this moment.
        pieces.bulk_create(made, ignore_conflicts=True)
        known |= _find(pieces, new)
    return [known[name] for name, _part in parts]


def fetch(
    ids: Sequence[int], pieces: models.Manager[ReleasePiece] | None = None
) -> bytes:
    """Return the text of the pieces with these ids."""
    pieces = pieces or ReleasePiece.objects
    found = dict(pieces.filter(pk__in=set(ids)).values_list("pk", "data"))
    return b"".join(brotli.decompress(bytes(found[one])) for one in ids)


def _find(pieces: models.Manager[ReleasePiece], names: Iterable[str]) -> dict[str, int]:
    rows = pieces.filter(sha256__in=list(names)).values_list("sha256", "pk")
    return dict(rows)
