"""Writes a copy beside the one there is, and puts it in its place in one step."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

#: Copies that are kept: the one that is served, and the one before it.
KEPT = 2
_ENDINGS = ("html", "json", "xml")
#: Longer than file systems take a name.
_LONGEST = 255


class CopyError(Exception):
    """Why no copy was written; what was there is as it was."""


@dataclass(frozen=True)
class Written:
    files: int
    bytes: int
    changed: int
    gone: int


def find_file(address: str, kind: str) -> str:
    """Return the path of an answer's file: hosts serve `index.html` of a folder.

    `kind`: its media type. JSON of a folder is `index.json`, a feed `index.xml`.
    """
    path = unquote(address).lstrip("/")
    if path and not path.endswith("/"):
        return path
    return path + name_index(kind)


def name_index(kind: str) -> str:
    """Return the name of a folder's file of a media type."""
    return next((f"index.{end}" for end in _ENDINGS if kind.endswith(end)), "index.txt")


def check_place(place: Path) -> None:
    """Refuse a folder that is something else than a copy made here (`CopyError`)."""
    if place.is_symlink():
        if not place.resolve().is_relative_to(_builds(place).resolve()):
            raise CopyError(f"{place} is a link to somewhere else.")
    elif place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise CopyError(f"{place} exists and is no copy of a site. Name a new folder.")


@contextmanager
def hold(place: Path) -> Iterator[None]:
    """Let nobody else write a copy there meanwhile (`CopyError`)."""
    check_place(place)
    builds = _builds(place)
    builds.mkdir(parents=True, exist_ok=True)
    with (builds / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CopyError(f"A copy is being written to {place} already.") from None
        yield


def write_copy(place: Path, files: Mapping[str, bytes]) -> Written:
    """Put files (by their path below `place`) in the place of what is there.

    `place` becomes a link to a folder beside it, changed in one step: whoever serves
    it has the old copy or the new one. A file that is as it was keeps its time, so that
    what copies on (rsync, a bucket's sync) sends only what changed.
    """
    builds = _builds(place)
    before = place.resolve() if place.is_symlink() else None
    numbers = [int(one.name) for one in builds.iterdir() if one.name.isdigit()]
    made = builds / str(max(numbers, default=0) + 1)
    changed = 0
    try:
        for name, body in sorted(files.items()):
            changed += _write(made / name, before / name if before else None, body)
        _point(place, made)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        raise CopyError(f"Cannot write {made}: {error.strerror}.") from error
    for number in sorted(numbers)[: -(KEPT - 1)]:
        shutil.rmtree(builds / str(number), ignore_errors=True)
    old = {str(one.relative_to(before)) for one in _list(before)} if before else set()
    size = sum(map(len, files.values()))
    return Written(len(files), size, changed, len(old - set(files)))


def _builds(place: Path) -> Path:
    return place.with_name(f".{place.name}.copies")


def _list(folder: Path) -> Iterator[Path]:
    return (one for one in folder.rglob("*") if one.is_file())


def _write(path: Path, before: Path | None, body: bytes) -> bool:
    """Write a file, or link the one that is the same; tell whether it changed."""
    if any(len(part.encode()) > _LONGEST for part in path.parts):
        raise CopyError(f"An address is too long for the name of a file: {path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    if before is not None and before.is_file() and before.read_bytes() == body:
        os.link(before, path)
        return False
    path.write_bytes(body)
    return True


def _point(place: Path, made: Path) -> None:
    """Make `place` a link to `made`, at once."""
    if place.is_dir() and not place.is_symlink():
        place.rmdir()
    link = made.with_name("next")
    link.unlink(missing_ok=True)
    link.symlink_to(made.relative_to(place.parent))
    os.replace(link, place)
