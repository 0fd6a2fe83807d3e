"""Bodies made short for the way: which encoding a client takes, and them in it."""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli

#: A body is compressed once a process, and then asked for by many.
BROTLI_QUALITY, GZIP_LEVEL = 9, 9


def choose_encoding(accepted: str) -> str:
    """Return the best encoding that an `Accept-Encoding` header allows, or ""."""
    weights = dict(map(_read_weight, accepted.lower().split(",")))
    return next((name for name in ("br", "gzip") if weights.get(name, 0) > 0), "")


def _read_weight(part: str) -> tuple[str, float]:
    name, _semicolon, weight = part.partition(";")
    try:
        return name.strip(), float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return name.strip(), 0


@lru_cache(maxsize=128)
def encode(body: bytes, encoding: str) -> bytes:
    """Return a body in an encoding of `choose_encoding`."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY))
    if encoding == "gzip":
        return gzip.compress(body, GZIP_LEVEL, mtime=0)
    return body
