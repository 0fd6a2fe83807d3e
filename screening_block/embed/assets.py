"""The files that other sites load.

`bundle.js` makes them at development time; they stand in `bundled/`. Each is compressed
once a process and kept in memory. A name with a hash in it says its content; the others
stay, whatever is in them.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
import zopfli.gzip

BUNDLED = Path(__file__).with_name("bundled")
CONTENT_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
#: As in an address: the name of a file, with a hash or without.
NAME_PATTERN = r"[\w-]+(?:\.[0-9a-f]{12})?\.(?:js|css)"


@dataclass(frozen=True)
class Asset:
    """A file by encoding: `""` as it is, `gzip` and `br`."""

    content_type: str
    bodies: dict[str, bytes]
    digest: str

    def etag(self, encoding: str) -> str:
        """Return the strong ETag of the file in an encoding: each has its own."""
        return f'"{self.digest}{encoding and "-" + encoding}"'


def list_names() -> list[str]:
    """Return the names of all files that are installed."""
    return sorted(
        path.name for path in BUNDLED.iterdir() if re.fullmatch(NAME_PATTERN, path.name)
    )


def is_named_by_hash(name: str) -> bool:
    """Tell whether a name says the content, which then never changes."""
    return name.count(".") == 2


def read_asset(name: str) -> Asset:
    """Return a file by its name, as it stands on the disk.

    It is read and compressed again only after it has changed. Raises `KeyError` for a
    name that is not one of `list_names`.
    """
    if name not in list_names():
        raise KeyError(name)
    path = BUNDLED / name
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, modified: int) -> Asset:
    return compress(path.name, path.read_bytes())


@lru_cache(maxsize=64)
def compress(name: str, body: bytes) -> Asset:
    """Return a file of this name and content in every encoding."""
    return Asset(
        content_type=CONTENT_TYPES[Path(name).suffix],
        bodies={
            "": body,
            "gzip": zopfli.gzip.compress(body),
            "br": brotli.compress(body, quality=11),
        },
        digest=hashlib.sha256(body).hexdigest()[:32],
    )
