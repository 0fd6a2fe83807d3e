"""The operators of conditions and the shape of each.

`schema()` writes them and `grammar` as the published JSON Schema
(`release.schema.json`).
"""

from typing import Any

from .choices import COMPARATORS, ROLLS, UNITS
from .grammar import (
    CONDITION,
    DATE,
    KEY,
    MAX_CHILDREN,
    NUMBER,
    PLUGIN_PATTERN,
    RELEASE,
    VALUES,
)
from .shapes import AnyOf, Boolean, Integer, Items, OneOf, Record, Report, Shape, Text


class _Is(Shape):
    def __init__(self, name: str, value: Any) -> None:
        self.name, self.value = name, value

    def schema(self) -> dict[str, Any]:
        return {"const": self.value}

    def check(self, value: Any, path: str, report: Report) -> bool:
        if value is not self.value:
            report(path, "type", f"“{self.name}” can only be true.")
            return False
        return True


#: What an operand may be, by its only field.
OPERANDS: dict[str, Record] = {
    "question": Record({"question": KEY}),
    "threshold": Record({"threshold": KEY}),
    "value": Record(
        {"value": AnyOf("a number or a date", {int: NUMBER, str: DATE})},
    ),
    "today": Record({"today": _Is("today", True)}),
}


class _Operand(Shape):
    def check(self, value: Any, path: str, report: Report) -> bool:
        if type(value) is dict and len(value) == 1:
            shape = OPERANDS.get(next(iter(value)))
            if shape is not None:
                return shape.check(value, path, report)
        report(
            path,
            "operand",
            "This must be one question, threshold, value or today.",
        )
        return False

    def schema(self) -> dict[str, Any]:
        return {"$ref": "#/$defs/operand"}


OPERAND = _Operand()
_OF = {"of": Items(CONDITION, least=1, most=MAX_CHILDREN)}
_ONE = {"of": Items(CONDITION, least=1, most=1)}
_ANY_VALUE = AnyOf(
    "an option's key, true or false",
    {str: KEY, bool: Boolean()},
)
_QUESTION_VALUES = {"question": KEY, "values": VALUES}

#: The closed list of operators and their fields beside `op`. To add one, also:
#: docs/architecture.md, "Where a change is made".
NODES: dict[str, Record] = {
    op: Record({"op": OneOf((op,)), **fields}, optional)
    for op, fields, optional in (
        ("all", _OF, {}),
        ("any", _OF, {}),
        ("not", _ONE, {}),
        ("at_least", {"n": Integer(1, MAX_CHILDREN), **_OF}, {}),
        ("is", {"question": KEY, "value": _ANY_VALUE}, {}),
        (
            "in",
            {"question": KEY, "values": Items(_ANY_VALUE, least=1, unique=True)},
            {},
        ),
        ("has_any", _QUESTION_VALUES, {}),
        ("has_all", _QUESTION_VALUES, {}),
        ("has_none", _QUESTION_VALUES, {}),
        (
            "column",
            {"column": KEY, "test": OneOf(("is", "in", "has_any")), **_QUESTION_VALUES},
            {},
        ),
        (
            "compare",
            {"left": OPERAND, "cmp": OneOf(COMPARATORS), "right": OPERAND},
            {},
        ),
        (
            "elapsed",
            {
                "from": OPERAND,
                "until": OPERAND,
                "unit": OneOf(UNITS),
                "cmp": OneOf(COMPARATORS),
                "n": OPERAND,
            },
            {"roll": OneOf(ROLLS)},
        ),
        ("fact", {"fact": KEY}, {}),
        ("dont_know", {"question": KEY}, {}),
    )
}
GROUP_OPS = ("all", "any", "not", "at_least")


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a release."""
    plugin_op = {
        "type": "object",
        "properties": {"op": Text(PLUGIN_PATTERN).schema()},
        "required": ["op"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Release of a screener, format 1",
        **RELEASE.schema(),
        "$defs": {
            "operand": {"anyOf": [shape.schema() for shape in OPERANDS.values()]},
            "condition": {
                "anyOf": [*(node.schema() for node in NODES.values()), plugin_op]
            },
        },
    }
