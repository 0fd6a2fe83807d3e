"""html-validate on what a server sent, or on what a page has become."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

NODE = Path(sys.prefix) / "bin" / "node"
SCRIPT = Path(__file__).parent / "js" / "validate_html.js"


@cache
def _start() -> subprocess.Popen[str]:
    """Return the validator; its start takes longer than all that it is asked."""
    return subprocess.Popen(
        [NODE, SCRIPT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def find_faults(html: str, *, fragment: bool = False) -> list[list[Any]]:
    """Return the faults of a document, or of a part of one: `[line, rule, message,
    where]` each."""
    process = _start()
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps({"html": html, "fragment": fragment}) + "\n")
    process.stdin.flush()
    found: list[list[Any]] = json.loads(process.stdout.readline())
    return found


def check_html(html: str, state: str, *, fragment: bool = False) -> None:
    """No fault; `state` says in the message what the page shows."""
    lines = html.splitlines()
    found = [
        f"{rule}: {message} {where}: {lines[line - 1].strip()[:160]}"
        for line, rule, message, where in find_faults(html, fragment=fragment)
    ]
    assert found == [], f"{state}:\n" + "\n".join(found)
