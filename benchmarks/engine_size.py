"""How large the browser's half of the engine is. One command, no arguments:

    .venv/bin/python benchmarks/engine_size.py

Bytes as served (no build step, gzip level 9, each file on its own), for the core that
evaluates and for what adds sentences. Beside them the same in one piece and without
comments and indentation, to see what is code and what is prose.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

FOLDER = (
    Path(__file__).resolve().parent.parent
    / "screening_block/static/screening_block/engine"
)
ENTRIES = {"core": "engine.js", "sentences": "explain.js", "saved text": "canonical.js"}
_IMPORT = re.compile(r'from "\./([a-z]+\.js)"')


def needed(entry: str) -> list[str]:
    """A module and all that it imports, itself last."""
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        for other in _IMPORT.findall((FOLDER / name).read_text("utf-8")):
            if other not in found:
                visit(other)
        found[name] = None

    visit(entry)
    return list(found)


def bare(text: str) -> str:
    """The text without comments, indentation and blank lines; names stay."""
    text = re.sub(r"/\*\*.*?\*/|^\s*//.*?$", "", text, flags=re.DOTALL | re.MULTILINE)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def packed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9, mtime=0))


def main() -> None:
    seen: set[str] = set()
    for part, entry in ENTRIES.items():
        names = [name for name in needed(entry) if name not in seen]
        seen.update(names)
        texts = [(FOLDER / name).read_text("utf-8") for name in names]
        print(f"{part}: {len(names)} files, {sum(map(len, texts)):,} bytes")
        print(f"  gzipped, as served        {sum(map(packed, texts)):6,}")
        print(f"  in one piece              {packed(''.join(texts)):6,}")
        code = "\n".join(map(bare, texts))
        print(f"  in one piece, code alone  {packed(code):6,}")
        for name, text in zip(names, texts, strict=True):
            print(f"    {name:14} {len(text):6,} {packed(text):6,}")


if __name__ == "__main__":
    main()
