"""Find and replace values in canonical JSON without taking it apart.

A release is hundreds of kilobytes, and a label is one short text of it at a known
place. What stands before it is stepped over.
"""

from collections.abc import Iterable, Iterator
from json import JSONDecoder
from typing import Any, NamedTuple

from screening_block.engine import canonical

Path = tuple[str, ...]
_read = JSONDecoder().raw_decode


class Replacement(NamedTuple):
    """In bytes of the text: where what goes begins and ends, and what comes."""

    start: int
    end: int
    text: bytes


class JsonPlaces:
    """The places of one canonical text. A step of a path is the name of a member, or
    the `key` of an object in a list."""

    def __init__(self, text: str):
        self.text = text
        self._ascii = text.isascii()
        #: Of each object and list that was looked into: where which value begins, and
        #: what goes on looking.
        self._known: dict[Path, dict[str, int]] = {}
        self._scans: dict[Path, Iterator[tuple[str, int]]] = {}

    def find(self, path: Path) -> tuple[int, int]:
        """Return where a value begins and ends; `KeyError` if it is not there."""
        start = self._find_start(path)
        return start, _read(self.text, start)[1]

    def value(self, path: Path) -> Any:
        """Return a value; `KeyError` if it is not there."""
        return _read(self.text, self._find_start(path))[0]

    def members(self, path: Path) -> list[str]:
        """Return the names of an object's members."""
        known, more = self._look_into(path)
        known.update(more)
        return list(known)

    def replace(self, path: Path, old: Any, new: Any) -> Replacement:
        """Return what replaces a value; `KeyError` if `old` does not stand there."""
        start, end = self.find(path)
        if self.text[start:end] != canonical(old).decode():
            raise KeyError(path)
        at = start if self._ascii else len(self.text[:start].encode())
        length = len(self.text[start:end].encode())
        return Replacement(at, at + length, canonical(new))

    def _find_start(self, path: Path) -> int:
        if not path:
            return 0
        known, more = self._look_into(path[:-1])
        while path[-1] not in known:
            name, start = next(more, (None, 0))
            if name is None:
                raise KeyError(path)
            known.setdefault(name, start)
        return known[path[-1]]

    def _look_into(
        self, path: Path
    ) -> tuple[dict[str, int], Iterator[tuple[str, int]]]:
        if path not in self._known:
            start = self._find_start(path)
            scan = {"{": self._list_members, "[": self._list_items}
            if self.text[start] not in scan:
                raise KeyError(path)
            self._scans[path] = scan[self.text[start]](start)
            self._known[path] = {}
        return self._known[path], self._scans[path]

    def _list_members(self, at: int) -> Iterator[tuple[str, int]]:
        while self.text[at] != "}" and not self.text.startswith("{}", at):
            name, colon = _read(self.text, at + 1)
            yield name, colon + 1
            at = _read(self.text, colon + 1)[1]

    def _list_items(self, at: int) -> Iterator[tuple[str, int]]:
        while self.text[at] != "]" and not self.text.startswith("[]", at):
            item, end = _read(self.text, at + 1)
            if isinstance(item, dict) and isinstance(key := item.get("key"), str):
                yield key, at + 1
            at = end


def splice(text: bytes, replacements: Iterable[Replacement]) -> bytes:
    """Return the text with what comes in the place of what goes; given in order."""
    parts = []
    at = 0
    for one in replacements:
        parts += [text[at : one.start], one.text]
        at = one.end
    return b"".join([*parts, text[at:]])
