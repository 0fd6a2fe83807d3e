"""A name for what a release means: equal names, equal results for the same answers.

What decides nothing is not in it: texts, citations, who checked what and when, the key
of the screener, and those of thresholds and charts, whose content counts instead. What
it is worked out by is in it: the code of the engine and of the plugins' operators.
"""

import hashlib
import inspect
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from screening_block import engine
from screening_block.engine_extensions import get_engine_extensions

from .remembered import ResultCache

#: Parts of a release that decide no level and no question.
_SAID = frozenset(
    [
        "about",
        "key",
        "jurisdiction",
        "review",
        "shown",
        "texts",
        "thresholds",
        "charts",
        "unreviewed_languages",
    ]
)
#: The same of a finding, a threshold and a row.
_NOTED = frozenset(["citations", "status", "checked_on", "checked_by", "actions"])


#: Asked many times in one publish.
_known: ResultCache[bytes] = ResultCache(512)


def hash_meaning(*releases: engine.Release) -> bytes:
    """Return the name of what releases mean, and what they have in common."""
    key = tuple(release.sha256 for release in releases)
    return _known.get(key, lambda: _hash_meaning(releases))


def _hash_meaning(releases: Iterable[engine.Release]) -> bytes:
    names = _Names()
    return hash_data(
        [_version(), *(names.rename(release.data) for release in releases)]
    )


def hash_data(data: Any) -> bytes:
    """Return a hash of JSON data, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).digest()


class _Names:
    """Thresholds and charts by the order in which conditions and questions name
    them, in all releases that are named together."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, str], int] = {}

    def rename(self, data: Mapping[str, Any]) -> list[Any]:
        """Return what decides in a release, with numbers in the place of names."""
        rules = {name: part for name, part in data.items() if name not in _SAID}
        rules["findings"] = [bare(finding) for finding in data["findings"]]
        law: dict[int, Any] = {}
        told = self._walk(rules, data, law)
        return [told, sorted(law.items())]

    def _walk(self, value: Any, data: Mapping[str, Any], law: dict[int, Any]) -> Any:
        if isinstance(value, list | tuple):
            return [self._walk(one, data, law) for one in value]
        if not isinstance(value, Mapping):
            return value
        found = {}
        # In the order of their names: it decides the numbers.
        for name, inner in sorted(value.items()):
            named = data[f"{name}s"] if name in ("threshold", "chart") else {}
            if isinstance(inner, str) and inner in named:
                number = self.numbers.setdefault((name, inner), len(self.numbers))
                law[number] = bare(named[inner])
                found[name] = number
            else:
                found[name] = self._walk(inner, data, law)
        return found


def bare(piece: Mapping[str, Any]) -> dict[str, Any]:
    """Return a finding, a threshold, a row or a chart with its rows, without notes."""
    left = {name: inner for name, inner in piece.items() if name not in _NOTED}
    if "rows" in left:
        left["rows"] = [bare(row) for row in left["rows"]]
    return left


@cache
def _version() -> str:
    """Return a hash of the code by which results come about."""
    extensions = get_engine_extensions()
    parts = [one for named in extensions.values() for one in _values(named)]
    files = {Path(name) for one in parts if (name := _file_of(one))}
    files |= set(Path(engine.__file__).parent.rglob("*.py"))
    found = hashlib.sha256(engine.ENGINE_VERSION.encode())
    for path in sorted(files):
        found.update(path.read_bytes())
    return found.hexdigest()


def _values(named: Any) -> Iterable[Any]:
    return named.values() if isinstance(named, Mapping) else named


def _file_of(extension: Any) -> str | None:
    return inspect.getsourcefile(type(extension))
