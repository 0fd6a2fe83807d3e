"""Strict JSON in, one canonical byte form out.

The JSON of a release or of a set of answers is read by people, programs and two
implementations, so nothing about it may be open to interpretation: duplicate keys, NaN
and numbers a browser cannot hold are refused, and depth is bounded before parsing, so
that hostile text cannot exhaust the stack.
"""

import hashlib
import json
import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from .errors import EngineError, Problem

#: A JSON object that is only read.
Json = Mapping[str, Any]

#: The largest integer JavaScript and Python agree on.
MAX_INTEGER = 2**53 - 1
#: Brackets inside brackets, anywhere in a release or in answers.
MAX_DEPTH = 32
#: No release or answer text is read past this; the release itself has a lower limit.
MAX_TEXT = 4 * 1024 * 1024
#: JSON integers are never longer than this in digits before they are out of range.
_MAX_DIGITS = 17

_TOKENS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{\]}]', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


class JSONProblem(EngineError):
    """The text or value is not JSON the engine accepts."""


def _refuse(code: str, message: str, path: str = "") -> NoReturn:
    raise JSONProblem([Problem(path, code, message)])


def _check_depth(text: str) -> None:
    depth = 0
    for match in _TOKENS.finditer(text):
        mark = match.group()
        if mark in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                _refuse("nesting", f"Nested more than {MAX_DEPTH} levels deep.")
        elif mark in "]}":
            depth -= 1


def _parse_int(digits: str) -> int:
    # Longer numbers are cut to one that is out of range too: int() of a very long
    # text is slow, and refused by some Python versions with another error.
    if len(digits) > _MAX_DIGITS:
        return -(2**60) if digits.startswith("-") else 2**60
    return int(digits)


def _no_constant(_name: str) -> NoReturn:
    _refuse("json", "NaN and Infinity are not JSON.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                _refuse("duplicate_key", f"The key {show_key(key)} appears twice.")
            seen.add(key)
    return found


def show_key(key: object) -> str:
    """The key as it may be shown in a message: short and harmless, or not at all."""
    if type(key) is str and re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", key):
        return f"“{key}”"
    return "of an object"


def parse_json(text: str | bytes | bytearray) -> Any:
    """The value of a JSON text; raises `JSONProblem`, never anything else.

    Numbers with a point or an exponent come back as floats: whether one may stand for
    an integer is decided where it is used.
    """
    if isinstance(text, (bytes, bytearray)):
        if len(text) > MAX_TEXT:
            _refuse("size", "The text is too large.")
        try:
            text = bytes(text).decode("utf-8")
        except UnicodeDecodeError:
            _refuse("encoding", "The text is not UTF-8.")
    elif not isinstance(text, str):
        _refuse("type", "This must be JSON text.")
    if len(text) > MAX_TEXT:
        _refuse("size", "The text is too large.")
    _check_depth(text)
    try:
        return json.loads(
            text,
            parse_int=_parse_int,
            parse_constant=_no_constant,
            object_pairs_hook=_object,
        )
    except JSONProblem:
        raise
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
    except (ValueError, RecursionError):
        place = "an unknown place"
    _refuse("json", f"This is not valid JSON (see {place}).")


def plain(value: object) -> Any:
    """A private copy of `value` made of exact JSON types, floats refused.

    Guards everything after it: keys are strings, integers fit, text is encodable, the
    depth is bounded (which also ends a structure that contains itself).
    """
    return _plain(value, "", 0)


def _plain(value: object, path: str, depth: int) -> Any:
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        exact = str.__str__(value)
        if _SURROGATE.search(exact):
            _refuse("text", "The text holds half of a character.", path)
        return exact
    if isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            _refuse("range", "The number is too large.", path)
        return int(value)
    if isinstance(value, float):
        _refuse("type", "Numbers must be whole, without a point or exponent.", path)
    if not isinstance(value, (dict, list)):
        _refuse("type", "This is not a JSON value.", path)
    if depth >= MAX_DEPTH:
        _refuse("nesting", f"Nested more than {MAX_DEPTH} levels deep.")
    prefix = f"{path}/" if path else ""
    if isinstance(value, list):
        items = enumerate(value)
        return [_plain(item, f"{prefix}{number}", depth + 1) for number, item in items]
    copy: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            _refuse("type", "Every key must be text.", path)
        name = str.__str__(key)
        if _SURROGATE.search(name):
            _refuse("text", "A key holds half of a character.", path)
        shown = name if re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", name) else "?"
        copy[name] = _plain(item, f"{prefix}{shown}", depth + 1)
    return copy


def canonical(value: Any) -> bytes:
    """The one byte form of a JSON value: UTF-8, keys sorted, no white space.

    `value` must come from `plain`. Only characters that JSON demands are escaped.
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8")


def sha256(data: bytes) -> str:
    """The lower-case hexadecimal SHA-256 that names a release."""
    return hashlib.sha256(data).hexdigest()


def as_integer(value: object) -> int | None:
    """`value` as an integer in range, else None.

    `5.0`, `1e2` and `-0.0` count (JavaScript cannot tell them from integers), `5.5`,
    booleans and text do not.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return int(value) if -MAX_INTEGER <= value <= MAX_INTEGER else None
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value) if -MAX_INTEGER <= value <= MAX_INTEGER else None
    return None
