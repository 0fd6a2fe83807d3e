"""The files that other sites load.

`bundle.js` makes them at development time; they stand in `bundled/`. Each is compressed
once a process and kept in memory.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
import zopfli.gzip

BUNDLED = Path(__file__).with_name("bundled")
#: The type of each file by its name: the script, its style and the frame's script.
CONTENT_TYPES = {
    "screener.js": "text/javascript; charset=utf-8",
    "screener.css": "text/css; charset=utf-8",
    "frame.js": "text/javascript; charset=utf-8",
}


@dataclass(frozen=True)
class Asset:
    """A file by encoding: `""` as it is, `gzip` and `br`."""

    content_type: str
    bodies: dict[str, bytes]
    digest: str

    def etag(self, encoding: str) -> str:
        """Return the strong ETag of the file in an encoding: each has its own."""
        return f'"{self.digest}{encoding and "-" + encoding}"'


def read_asset(name: str) -> Asset:
    """Return a file by its name, as it stands on the disk.

    It is read and compressed again only after it has changed. Raises `KeyError` for a
    name that is not one of `CONTENT_TYPES`.
    """
    content_type = CONTENT_TYPES[name]
    path = BUNDLED / name
    return _compress(path, content_type, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _compress(path: Path, content_type: str, modified: int) -> Asset:
    body = path.read_bytes()
    return Asset(
        content_type=content_type,
        bodies={
            "": body,
            "gzip": zopfli.gzip.compress(body),
            "br": brotli.compress(body, quality=11),
        },
        digest=hashlib.sha256(body).hexdigest()[:32],
    )


def choose_encoding(accepted: str) -> str:
    """Return the best encoding that an `Accept-Encoding` header allows."""
    weights = dict(map(_read_weight, accepted.lower().split(",")))
    return next((name for name in ("br", "gzip") if weights.get(name, 0) > 0), "")


def _read_weight(part: str) -> tuple[str, float]:
    name, _semicolon, weight = part.partition(";")
    try:
        return name.strip(), float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return name.strip(), 0
