"""Bundles the files that other sites load, as `make bundle` does, and weighs them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import zopfli.gzip

ROOT = Path(__file__).resolve().parents[1]
#: Bytes as gzip: script and style before the first question, all scripts of the widget
#: with its style, what of it decides, and what comes only where the questions do not.
MAX_START, MAX_ALL, MAX_ENGINE, MAX_TROUBLE = 14_000, 30_000, 3_928, 2_000


def internal_names() -> set[str]:
    """Return the members that the bundle calls by other names than the sources."""
    text = (ROOT / "bundle.js").read_text("utf-8")
    found = re.search(r"const INTERNAL =\s*/\^\(([a-z0-9_|]+)\)\$/;", text)
    return set(found[1].split("|")) if found else set()


def build_bundle(folder: Path) -> None:
    """Bundle the sources into a folder, and the engine by itself beside them."""
    node = Path(sys.executable).with_name("node")
    if not (ROOT / "node_modules").is_dir() or not node.is_file():
        raise FileNotFoundError("Tools are missing: run `make tools`.")
    command = [node, ROOT / "bundle.js", folder]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode:
        raise ValueError(done.stderr)


def weigh(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the bytes as gzip of what stands in a folder, each with what it may be."""

    def packed(*paths: Path) -> int:
        return sum(len(zopfli.gzip.compress(path.read_bytes())) for path in paths)

    start = packed(folder / "screener.js", folder / "screener.css")
    trouble = packed(*folder.glob("trouble.*.js"))
    later = packed(*folder.glob("*.*.js")) - trouble
    return {
        "start": (start, MAX_START),
        "all": (start + later, MAX_ALL),
        "trouble": (trouble, MAX_TROUBLE),
        "engine": (packed(folder / "engine.js"), MAX_ENGINE),
    }
