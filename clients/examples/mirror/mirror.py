"""Keep a folder that holds what a legal site has public, from its API alone.

    PYTHONPATH=clients/python python clients/examples/mirror/mirror.py \\
        https://law.example mirror/

A file of JSON for each thing, and one that says how far the feed was read. Run it as
often as you like: it asks only for what changed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import assert_never
from urllib.parse import quote

from legal_content import LegalContent, ProblemError
from legal_content.shapes import Change


def update(site: LegalContent, folder: Path) -> int:
    """Bring the folder up to date; return how many entries of the feed were read."""
    folder.mkdir(parents=True, exist_ok=True)
    state = folder / "cursor.txt"
    told: set[Path] = set()
    count = 0
    cursor = state.read_text("utf-8") if state.exists() else None
    for part in site.follow(cursor):
        for change in part.results:
            told.add(apply(site, change, folder))
        count += len(part.results)
        if part.anew and part.complete:
            for file in set(folder.rglob("*.json")) - told:
                file.unlink()
        # Until a list of everything is complete, nobody knows what is not in it.
        if part.complete or not part.anew:
            state.write_text(part.cursor, "utf-8")
    return count


def apply(site: LegalContent, change: Change, folder: Path) -> Path:
    """Do to the folder what an entry tells; return the file that it is about."""
    file = folder / find_file(change)
    if change["gone"]:
        file.unlink(missing_ok=True)
        return file
    try:
        body = site.read(change)
    except ProblemError as error:
        # Gone since the feed was read: the next part of it says so.
        if error.status not in (404, 410):
            raise
        file.unlink(missing_ok=True)
        return file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(body, ensure_ascii=False, indent=1), encoding="utf-8")
    return file


def find_file(change: Change) -> str:
    """Return where a thing is kept. mypy says which type is forgotten."""
    if change["type"] == "article" or change["type"] == "page":
        # By id, which stays when the slug does not.
        return f"pages/{change['id']}.json"
    if change["type"] == "topic" or change["type"] == "term":
        name = quote(change["slug"], safe="")
        return f"{change['type']}s/{change['locale']}/{name}.json"
    if change["type"] == "site":
        return f"sites/{change['locale']}.json"
    if change["type"] == "help_entry" or change["type"] == "screener_help":
        return f"{change['type']}/{change['locale']}/{change['key']}.json"
    if change["type"] == "release":
        return f"releases/{change['sha256']}.json"
    if (
        change["type"] == "screener"
        or change["type"] == "threshold"
        or change["type"] == "chart"
    ):
        return f"{change['type']}s/{change['key']}.json"
    assert_never(change)


if __name__ == "__main__":
    address, folder = sys.argv[1:3]
    update(LegalContent(address), Path(folder))
