"""Find the line of a pack's files that a path of its release comes from."""

from collections.abc import Iterator, Mapping
from typing import Any

from .strict_yaml import Document, Trail

#: A file, the way to an item in it, and the item as it was read.
Source = tuple[Document, Trail, Any]
#: Homes by section and key; of what has no key, by section and "".
Sources = Mapping[tuple[str, str], Source]


def find_line(path: str, homes: Sources, parts: Mapping[str, Any]) -> str | None:
    """Return "file:line" of an engine path such as "facts/live/when/0", or None.

    A text stands next to the key it belongs to. A path that leaves the files ends at
    the last step that was found.
    """
    steps = path.split("/")
    ends: tuple[str, ...] = ()
    if steps[0] == "texts":
        translated = homes.get(("translations", ""))
        if translated and len(steps) > 1 and steps[1] in translated[2]:
            return _line(translated, steps[1:])
        for end in range(len(steps), 2, -1):
            if home := homes.get(("translations", "/".join(steps[1:end]))):
                return _line(home, [])
        steps = _beside_keys(steps[2:])
        ends = ("label", "text")
    elif steps[0] == "short":
        # In the files each line names its part.
        steps = [steps[0], *steps[2:]]
    section, key, *rest = [*steps, "", ""]
    rest = [step for step in rest if step]
    if (section, key) in homes and key:
        return _line(homes[section, key], rest, ends)
    items = parts.get(section)
    if isinstance(items, list) and items:
        # A key that cannot be one is not in the path: its number is.
        number = int(key) if key.isdigit() and int(key) < len(items) else 0
        found = homes.get((section, items[number]["key"]))
        return _line(found, rest if key.isdigit() else []) if found else None
    screener = homes.get(("screener", ""))
    return _line(screener, steps) if screener and section in screener[2] else None


def _beside_keys(steps: list[str]) -> list[str]:
    """Return the path of a text in the files, where it stands next to its key."""
    if steps[:1] == ["charts"] and steps[2:3] == ["values"] and len(steps) > 3:
        column, *value = steps[3:]
        return [*steps[:2], "columns", column, "words", *value]
    return steps


def _line(home: Source, steps: list[str], ends: tuple[str, ...] = ()) -> str:
    """Return the line of the last step, or of the first of `ends` that it has."""
    document, found, value = home
    for step in steps:
        for way in _ways(value, step):
            try:
                inner, trail = value, found
                for part in way:
                    inner, trail = inner[part], (*trail, part)
            except (LookupError, TypeError):
                continue
            value, found = inner, trail
            break
        else:
            break
    else:
        if isinstance(value, dict) and len(steps) > 1:
            found = next(((*found, end) for end in ends if end in value), found)
    while found and found not in document.lines:
        found = found[:-1]
    return f"{document.name}:{document.lines.get(found, 1)}"


def _ways(value: Any, step: str) -> Iterator[list[str | int]]:
    """Yield the ways that a step of an engine path may take in a file."""
    if isinstance(value, dict):
        yield [step]
        if step.isdigit():
            yield ["of", int(step)]  # engine paths number the children themselves
    elif isinstance(value, list):
        for number, item in enumerate(value):
            if isinstance(item, dict) and item.get("key") == step:
                yield [number]
        if step.isdigit():
            yield [int(step)]
