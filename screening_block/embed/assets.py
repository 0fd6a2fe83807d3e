"""The files that other sites load, each made once a process and kept compressed.

Where the minifier has no wheel for a machine, the script is served as it was written:
longer, and the same otherwise.
"""

from __future__ import annotations

import hashlib
import re
import string
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
import zopfli.gzip

from .bundle import bundle

try:
    import minify
except ImportError:  # pragma: no cover - no wheel for this machine
    minify = None

SOURCE = Path(__file__).resolve().parents[1] / "static" / "screening_block"
#: What the widget may weigh, in bytes as gzip: the script with the style, and what of
#: the script decides (the engine without its sentences).
MOST, MOST_ENGINE = 14_250, 4_000
_VARIABLE = re.compile(r"(?<![\w-])--(?!ls-)[a-z][a-z-]*")
TYPES = {".js": "text/javascript", ".css": "text/css"}


@dataclass(frozen=True)
class Asset:
    """A file by encoding: `""` as it is, `gzip` and `br`."""

    content_type: str
    bodies: dict[str, bytes]
    digest: str

    def encoding(self, accepted: str) -> str:
        """The best encoding for an `Accept-Encoding` header."""
        wanted = dict(_accepted(accepted))
        usable = (name for name in ("br", "gzip") if wanted.get(name, 0) > 0)
        return next(usable, "")

    def etag(self, encoding: str) -> str:
        """Strong: each encoding has its own."""
        return f'"{self.digest}{encoding and "-" + encoding}"'


def _accepted(header: str) -> list[tuple[str, float]]:
    found = []
    for part in header.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        try:
            value = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            value = 0
        found.append((name.strip(), value))
    return found


def names() -> list[str]:
    """The names of all files: the script, its style, the frame's script."""
    return ["screener.js", "screener.css", "frame.js"]


@lru_cache(maxsize=32)
def asset(name: str, stamp: int = 0) -> Asset:
    """A file by its name. `stamp` only tells one state of the sources from another."""
    body = made(name).encode()
    return Asset(
        content_type=f"{TYPES[Path(name).suffix]}; charset=utf-8",
        bodies={
            "": body,
            "gzip": zopfli.gzip.compress(body),
            "br": brotli.compress(body, quality=11),
        },
        digest=hashlib.sha256(body).hexdigest()[:32],
    )


def stamp() -> int:
    """When a source was last written, in nanoseconds."""
    return max(path.stat().st_mtime_ns for path in SOURCE.rglob("*.*s"))


def made(name: str) -> str:
    """The text of a file: in one piece, and short."""
    if name == "screener.js":
        return short("application/javascript", bundle(SOURCE / name))
    if name == "screener.css":
        text = (SOURCE / "widget" / name).read_text("utf-8")
        return short("text/css", _with_short_names(text))
    return short("application/javascript", (SOURCE / name).read_text("utf-8"))


def _with_short_names(style: str) -> str:
    """The variables that only the style itself uses, by one letter each."""
    names = dict.fromkeys(_VARIABLE.findall(style))
    letters = dict(zip(names, string.ascii_letters, strict=False))
    return _VARIABLE.sub(lambda found: f"--{letters[found[0]]}", style)


def short(media_type: str, text: str) -> str:
    """The text minified."""
    return minify.string(media_type, text) if minify else text


def sizes() -> dict[str, tuple[int, int]]:
    """Bytes as gzip of the widget and its parts, each with what it may be, or 0."""
    script, style = (len(asset(name).bodies["gzip"]) for name in names()[:2])
    engine = short("application/javascript", bundle(SOURCE / "engine" / "engine.js"))
    return {
        "script": (script, 0),
        "style": (style, 0),
        "script and style": (script + style, MOST),
        "engine": (len(zopfli.gzip.compress(engine.encode())), MOST_ENGINE),
    }
