"""A strict subset of YAML, for files that lawyers write and programs trust.

A plain scalar is a string unless it is a whole number, ``true``, ``false`` or
``null``: ``no``, ``2026-11-23`` and ``1e3`` are strings. Empty values, other spellings
of true and null, tags and aliases are refused, and so is a key that stands twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from plugins.text import TextError, clean_text

Trail = tuple[str | int, ...]  # the keys and positions that lead to a value

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NUMBER = re.compile(r"0|-?[1-9][0-9]*")
_WORDS = {"true": True, "false": False, "null": None}
# What another YAML reader would take for true, false or null: quote it or spell it.
_LOOKALIKES = {"True", "TRUE", "False", "FALSE", "Null", "NULL", "~"}
_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}


@dataclass
class Document:
    """One file: its value, and the line on which each path in it begins."""

    name: str
    value: Any = None
    lines: dict[Trail, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def complain(self, path: Trail, message: str) -> None:
        while path and path not in self.lines:
            path = path[:-1]
        self.problems.append(f"{self.name}:{self.lines.get(path, 1)}: {message}")


def read_yaml(text: str, name: str) -> Document:
    """Parse one file of the strict subset; trouble is noted in ``problems``."""
    document = Document(name)
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "mark", None)
        what = getattr(error, "problem", None) or str(error)
        document.problems.append(f"{name}:{mark.line + 1 if mark else 1}: {what}")
        return document
    seen: set[int] = set()

    def convert(node: yaml.Node, path: Trail) -> Any:
        document.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in seen:
            document.complain(path, "an alias (*name) is not allowed: write it out")
            return None
        seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            document.complain(path, f"a tag is not allowed: {node.tag}")
        if isinstance(node, yaml.SequenceNode):
            return [convert(child, (*path, n)) for n, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return mapping(node, path)
        return scalar(node, path)

    def passed(text: str, path: Trail) -> str:
        try:
            return clean_text(text, kind="prose")
        except TextError as error:
            document.complain(path, str(error))
            return ""

    def mapping(node: yaml.MappingNode, path: Trail) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, child in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or not key.value:
                document.problems.append(f"{name}:{line}: a key must be a word")
            elif key.value in result:
                document.problems.append(f"{name}:{line}: {key.value!r} stands twice")
            else:
                document.lines[(*path, key.value)] = line
                result[key.value] = convert(child, (*path, key.value))
        return result

    def scalar(node: yaml.Node, path: Trail) -> Any:
        text = passed(node.value, path)
        if getattr(node, "style", None):  # quoted, or a block of text
            return text
        if text in _LOOKALIKES:
            document.complain(path, f"{text} is unclear: write true, false, null or")
            document.problems[-1] += " put it in quotes"
        elif not text:
            document.complain(path, "empty value: write null or leave the field out")
        if _NUMBER.fullmatch(text):
            return int(text)
        return _WORDS.get(text, text)

    if root is not None:
        document.value = convert(root, ())
    return document
