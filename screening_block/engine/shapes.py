"""Shapes of JSON: one declaration gives both the check and the JSON Schema.

`check` walks a value made by `canonical.plain` and reports every place where it does
not have the shape; `schema` writes the same demand as JSON Schema 2020-12. What a
schema cannot say (keys that must exist, cycles) is checked elsewhere.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .errors import Problem

Report = Callable[[str, str, str], None]
Schema = dict[str, Any]


class Problems(list[Problem]):
    """A list of problems that is filled by calling it."""

    def __call__(self, path: str, code: str, message: str) -> None:
        self.append(Problem(path, code, message))


def join(path: str, name: object) -> str:
    return f"{path}/{name}" if path else str(name)


class Shape:
    def check(self, value: Any, path: str, report: Report) -> bool:
        """Report what is wrong; True if nothing is."""
        raise NotImplementedError

    def schema(self) -> Schema:
        raise NotImplementedError


class Anything(Shape):
    """Accepted here, checked elsewhere."""

    def __init__(self, ref: str | None = None) -> None:
        self.ref = ref

    def check(self, value: Any, path: str, report: Report) -> bool:
        return True

    def schema(self) -> Schema:
        return {"$ref": f"#/$defs/{self.ref}"} if self.ref else {}


class Text(Shape):
    def __init__(
        self, pattern: str | None = None, what: str = "text", blank: bool = False
    ) -> None:
        self.pattern = pattern
        self.match = re.compile(pattern or "", re.ASCII).fullmatch
        self.what, self.blank = what, blank

    def check(self, value: Any, path: str, report: Report) -> bool:
        if type(value) is not str:
            report(path, "type", f"This must be {self.what}.")
        elif self.pattern is not None and not self.match(value):
            report(path, "format", f"This must be {self.what}.")
        elif not self.blank and not value.strip():
            report(path, "blank", "This must not be empty.")
        else:
            return True
        return False

    def schema(self) -> Schema:
        if self.pattern is not None:
            # The last part keeps engines whose `$` allows a trailing newline honest.
            return {"type": "string", "pattern": f"^(?:{self.pattern})$(?!\\n)"}
        if self.blank:
            return {"type": "string"}
        return {"type": "string", "pattern": "\\S"}


class Checked(Text):
    """Text that a function must accept, beyond its pattern."""

    def __init__(
        self, pattern: str, what: str, accept: Callable[[str], bool], format: str
    ) -> None:
        super().__init__(pattern, what)
        self.accept, self.format = accept, format

    def check(self, value: Any, path: str, report: Report) -> bool:
        if not super().check(value, path, report):
            return False
        if not self.accept(value):
            report(path, "format", f"This must be {self.what}.")
            return False
        return True

    def schema(self) -> Schema:
        return {**super().schema(), "format": self.format}


class Integer(Shape):
    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def check(self, value: Any, path: str, report: Report) -> bool:
        if type(value) is not int:
            report(path, "type", "This must be a whole number.")
        elif not self.least <= value <= self.most:
            report(path, "range", "The number is out of range.")
        else:
            return True
        return False

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Boolean(Shape):
    def check(self, value: Any, path: str, report: Report) -> bool:
        if type(value) is not bool:
            report(path, "type", "This must be true or false.")
            return False
        return True

    def schema(self) -> Schema:
        return {"type": "boolean"}


class OneOf(Shape):
    """One of a few fixed texts, or a text of a pattern (a plugin's own)."""

    def __init__(self, values: Sequence[str], pattern: str | None = None) -> None:
        self.values = tuple(values)
        self.pattern = pattern
        self.match = re.compile(pattern, re.ASCII).fullmatch if pattern else None

    def check(self, value: Any, path: str, report: Report) -> bool:
        if type(value) is str and (
            value in self.values or (self.match is not None and self.match(value))
        ):
            return True
        report(path, "choice", f"This must be one of {', '.join(self.values)}.")
        return False

    def schema(self) -> Schema:
        listed: Schema = {"enum": list(self.values)}
        if self.pattern is None:
            return listed
        return {"anyOf": [listed, Text(self.pattern).schema()]}


class OrNull(Shape):
    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def check(self, value: Any, path: str, report: Report) -> bool:
        return value is None or self.shape.check(value, path, report)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "null"}, self.shape.schema()]}


class AnyOf(Shape):
    """The first shape whose Python type fits the value is the one that is checked."""

    def __init__(self, what: str, shapes: Mapping[type, Shape]) -> None:
        self.what, self.shapes = what, shapes

    def check(self, value: Any, path: str, report: Report) -> bool:
        shape = self.shapes.get(type(value))
        if shape is None:
            report(path, "type", f"This must be {self.what}.")
            return False
        return shape.check(value, path, report)

    def schema(self) -> Schema:
        return {"anyOf": [shape.schema() for shape in self.shapes.values()]}


class Items(Shape):
    """A list. Items with a `key` are named by it in paths, others by number."""

    def __init__(
        self, item: Shape, least: int = 0, most: int | None = None, unique: bool = False
    ) -> None:
        self.item, self.least, self.most, self.unique = item, least, most, unique

    def check(self, value: Any, path: str, report: Report) -> bool:
        if type(value) is not list:
            report(path, "type", "This must be a list.")
            return False
        good = True
        if len(value) < self.least:
            report(path, "empty", "This needs more entries.")
            good = False
        if self.most is not None and len(value) > self.most:
            report(path, "limit", f"No more than {self.most} entries are allowed.")
            return False
        seen: set[str] = set()
        for index, item in enumerate(value):
            place = join(path, item_name(item, index))
            good &= self.item.check(item, place, report)
            if self.unique:
                mark = repr(item)
                if mark in seen:
                    report(place, "duplicate", "This entry appears twice.")
                    good = False
                seen.add(mark)
        return good

    def schema(self) -> Schema:
        schema: Schema = {"type": "array", "items": self.item.schema()}
        if self.least:
            schema["minItems"] = self.least
        if self.most is not None:
            schema["maxItems"] = self.most
        if self.unique:
            schema["uniqueItems"] = True
        return schema


def item_name(item: Any, index: int) -> str:
    """How a path names an entry of a list: by its key if that is usable."""
    key = item.get("key") if type(item) is dict else None
    if type(key) is str and re.fullmatch(r"[a-z0-9_]{1,64}", key, re.ASCII):
        return key
    return str(index)


class Record(Shape):
    """An object with these fields and no others."""

    def __init__(
        self, required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None
    ) -> None:
        self.required, self.optional = dict(required), dict(optional or {})
        self.fields = {**self.required, **self.optional}

    def check(self, value: Any, path: str, report: Report) -> bool:
        if type(value) is not dict:
            report(path, "type", "This must be an object.")
            return False
        good = True
        for name in self.required:
            if name not in value:
                report(join(path, name), "missing", "This is missing.")
                good = False
        for name, item in value.items():
            shape = self.fields.get(name)
            if shape is None:
                place = join(path, shown(name))
                report(place, "unknown_field", "This field is unknown.")
                good = False
            else:
                good &= shape.check(item, join(path, name), report)
        return good

    def schema(self) -> Schema:
        return {
            "type": "object",
            "properties": {n: s.schema() for n, s in self.fields.items()},
            "required": list(self.required),
            "additionalProperties": False,
        }


class Keyed(Shape):
    """An object whose keys follow a pattern and whose values have one shape."""

    def __init__(self, pattern: str, item: Shape, least: int = 0) -> None:
        self.pattern, self.item, self.least = pattern, item, least
        self.match = re.compile(pattern, re.ASCII).fullmatch

    def check(self, value: Any, path: str, report: Report) -> bool:
        if type(value) is not dict:
            report(path, "type", "This must be an object.")
            return False
        good = True
        if len(value) < self.least:
            report(path, "empty", "This needs more entries.")
            good = False
        for name, item in value.items():
            if not self.match(name):
                report(path, "key", f"A key here is not of the form {self.pattern}.")
                good = False
            else:
                good &= self.item.check(item, join(path, name), report)
        return good

    def schema(self) -> Schema:
        schema: Schema = {
            "type": "object",
            "patternProperties": {
                f"^(?:{self.pattern})$(?!\\n)": self.item.schema(),
            },
            "additionalProperties": False,
        }
        if self.least:
            schema["minProperties"] = self.least
        return schema


def shown(name: str) -> str:
    """A field's name as a path may hold it."""
    return name if re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", name) else "?"
