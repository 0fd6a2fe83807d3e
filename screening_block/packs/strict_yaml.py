"""A strict subset of YAML, for files that lawyers write and programs trust.

A plain scalar is a string unless it is a whole number, ``true``, ``false`` or
``null``: ``no``, ``2026-11-23`` and ``1e3`` are strings. Empty values, other spellings
of true and null, tags, aliases and directives are refused, and so is a key that stands
twice.

Files come from outside, so the work is bounded before it is done: the text is read as
a stream of events, which the parser gives one by one without recursion, and reading
ends at the first that is too deep or one too many.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from plugins.text import TextError, clean_text

Trail = tuple[str | int, ...]  # the keys and positions that lead to a value

#: Characters of a file.
MAX_TEXT = 2_000_000
#: Lists and mappings inside each other; a release allows no more.
MAX_DEPTH = 32
#: Keys and values, each counted. A large screener with its scenarios has 50,000.
MAX_NODES = 200_000
MAX_KEY = 200
#: Of a whole number: no computer that takes part can hold a longer one.
MAX_DIGITS = 16
#: Who reads the file mends these first.
MAX_PROBLEMS = 200

# Their composer recurses as deep as the text says; of both only the events are used.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NUMBER = re.compile(r"0|-?[1-9][0-9]*", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None}
# What another YAML reader would take for true, false or null: quote it or spell it.
_LOOKALIKES = {"True", "TRUE", "False", "FALSE", "Null", "NULL", "~"}
_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}
# The parser compares each %TAG with all before it, before it gives any event.
_DIRECTIVE = re.compile("(?:\\A\ufeff?|[\n\r\x85\u2028\u2029])%")
_MAX_QUOTE = 60


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
        self.note(self.lines.get(path, 1), message)

    def note(self, line: int, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(f"{self.name}:{line}: {message}")


def quote(text: object) -> str:
    """Return a value of a file as a message quotes it: in quotes, and short."""
    quoted = repr(text if not isinstance(text, str) else text[: _MAX_QUOTE + 1])
    return quoted if len(quoted) <= _MAX_QUOTE else f"{quoted[:_MAX_QUOTE]}…"


def read_text(file: Path, name: str, problems: list[str]) -> str | None:
    """Return the text of a file; None, and a problem more, where it is none."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        problems.append(f"{name}:1: this file is not UTF-8 text")
        return None


def read_yaml(text: str, name: str) -> Document:
    """Parse one file of the strict subset; problems are noted in ``problems``."""
    document = Document(name)
    try:
        _Reader(text, document).read()
    except _Stop as stop:
        document.note(stop.line, str(stop))
    except yaml.reader.ReaderError as error:
        # It counts in bytes, and knows no line.
        line = text.encode()[: error.position].count(b"\n") + 1
        document.note(line, f"this character is not allowed: {error.reason}")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        document.note(mark.line + 1 if mark else 1, what)
    return document


class _Stop(Exception):
    """Reading stops at this line, with the problem as its message."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class _Reader:
    """Builds values from a text's events, counting them."""

    def __init__(self, text: str, document: Document) -> None:
        self.text, self.document = text, document
        self.nodes = 0

    def read(self) -> None:
        self._check_text()
        self.events: Iterator[Any] = yaml.parse(self.text, Loader=_LOADER)
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.document.lines:
                    self._stop(event, "expected a single document in the file")
                self.document.value = self._value(next(self.events), ())

    def _check_text(self) -> None:
        if len(self.text) > MAX_TEXT:
            raise _Stop(1, f"the file is too long: at most {MAX_TEXT:,} characters")
        if found := _DIRECTIVE.search(self.text):
            line = self._line_at(found.end())
            raise _Stop(line, "a line must not begin with % (no directives here)")
        try:
            self.text.encode()
        except UnicodeEncodeError as error:
            line = self._line_at(error.start)
            raise _Stop(line, "this holds half of a character") from None

    def _line_at(self, position: int) -> int:
        return self.text.count("\n", 0, position) + 1

    def _stop(self, event: Any, message: str) -> NoReturn:
        raise _Stop(event.start_mark.line + 1, message)

    def _value(self, event: Any, path: Trail, depth: int = 1) -> Any:
        """Return the value that begins with `event`, consuming its further events."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop(event, f"too many keys and values: at most {MAX_NODES:,}")
        self.document.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, yaml.AliasEvent):
            message = "an alias (*name) is not allowed: write it out"
            self.document.complain(path, message)
            return None
        # "!" alone is the tag of what has none.
        if event.tag not in (None, "!") and event.tag not in _PLAIN_TAGS:
            message = f"a tag is not allowed: {quote(event.tag)}"
            self.document.complain(path, message)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if depth > MAX_DEPTH:
            self._stop(event, f"nested too deep: at most {MAX_DEPTH} levels")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth + 1)
        return self._mapping(path, depth + 1)

    def _sequence(self, path: Trail, depth: int) -> list[Any]:
        result: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self._value(event, (*path, len(result)), depth))
        return result

    def _mapping(self, path: Trail, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = event.start_mark.line + 1
            key = self._key(event, path, depth)
            child = next(self.events)
            if key is None:
                message = f"a key must be a word of at most {MAX_KEY} letters"
                self.document.note(line, message)
                self._value(child, path, depth)
            elif key in result:
                self.document.note(line, f"{quote(key)} stands twice")
                self._value(child, path, depth)
            else:
                self.document.lines[(*path, key)] = line
                result[key] = self._value(child, (*path, key), depth)
        return result

    def _key(self, event: Any, path: Trail, depth: int) -> str | None:
        """Return a key as it is written, or None for what cannot be one."""
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, path, depth)
            return None
        self.nodes += 1
        return event.value if 0 < len(event.value) <= MAX_KEY else None

    def _passed(self, text: str, path: Trail) -> str:
        try:
            return clean_text(text, kind="prose")
        except TextError as error:
            self.document.complain(path, str(error))
            return ""

    def _scalar(self, event: Any, path: Trail) -> Any:
        text = self._passed(event.value, path)
        if event.style:  # quoted, or a block of text
            return text
        complain = self.document.complain
        if text in _LOOKALIKES:
            what = "is unclear: write true, false, null or put it in quotes"
            complain(path, f"{text} {what}")
        elif not text:
            complain(path, "empty value: write null or leave the field out")
        if not _NUMBER.fullmatch(text):
            return _WORDS.get(text, text)
        if len(text.lstrip("-")) > MAX_DIGITS:
            complain(path, f"a number has at most {MAX_DIGITS} digits")
            return 0
        return int(text)
