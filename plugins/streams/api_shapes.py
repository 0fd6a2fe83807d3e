"""What a block gives to the API, as JSON Schema: worked out from the block itself.

A block whose API form is that of the Wagtail block it comes from needs nothing. One
that gives another form says which: a method ``get_api_schema()`` returns its schema
(JSON Schema 2020-12). An example is ``Meta.api_example``, or is made up from the schema
with the words of ``Meta.preview_value``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.encoding import force_str
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock

from .blocks import KEPT_TYPE, StableStreamBlock
from .isolation import get_plugin

logger = logging.getLogger("plugins")

Schema = dict[str, Any]
#: Modules whose blocks give what the table below says.
STOCK = ("wagtail.", "plugins.streams.")
UNDESCRIBED = "Its block does not say which form this has."

TEXT: Schema = {"type": "string"}
ID: Schema = {"type": ["string", "null"], "description": "Of the block, lasting."}
#: Stands for content of a plugin that is not active here; the site shows nothing.
KEPT: Schema = {
    "type": "object",
    "description": "Content that no installed code knows. It is kept, the site shows "
    "nothing in its place, and nothing of it is told.",
    "properties": {"id": ID, "type": {"const": KEPT_TYPE}, "value": {"type": "null"}},
    "required": ["id", "type", "value"],
    "examples": [{"id": None, "type": KEPT_TYPE, "value": None}],
}


def describe_value(block: blocks.Block) -> Schema:
    """Return the schema of what ``block`` gives to the API.

    That of a plugin's block that fails to say it accepts anything.
    """
    own: Callable[[], Schema] | None = getattr(block, "get_api_schema", None)
    if own is None:
        return _describe_stock(block)
    try:
        return own()
    except Exception:
        if get_plugin(block) is None:
            raise
        logger.exception("Plugin %s failed to describe %s", get_plugin(block), block)
        return {"description": UNDESCRIBED}


def describe_children(block: blocks.BaseStreamBlock) -> dict[str, Schema]:
    """Return the schema of each block of a stream, by its type, kept content last."""
    described = {
        name: _describe_child(name, child) for name, child in block.child_blocks.items()
    }
    return {**described, KEPT_TYPE: KEPT} if _keeps(block) else described


def _keeps(block: blocks.BaseStreamBlock) -> bool:
    return isinstance(block, StableStreamBlock)


def _describe_child(name: str, block: blocks.Block) -> Schema:
    value = describe_value(block)
    example = getattr(block.meta, "api_example", None)
    if example is None:
        shown = getattr(block.meta, "preview_value", None)
        example = _fill(make_example(value), shown)
    about = force_str(getattr(block.meta, "description", "") or block.label or "")
    return {
        "type": "object",
        **({"description": about} if about else {}),
        "properties": {"id": ID, "type": {"const": name}, "value": value},
        "required": ["id", "type", "value"],
        "examples": [
            {
                "id": "5f0c1c2e-8f5a-4c57-9a68-1e1c6c0a6a10",
                "type": name,
                "value": example,
            }
        ],
    }


def _describe_stock(block: blocks.Block) -> Schema:
    gives = type(block).get_api_representation.__module__ + "."
    if not gives.startswith(STOCK):
        return {"description": UNDESCRIBED}
    for kind, describe in _STOCK_SHAPES:
        if isinstance(block, kind):
            schema = describe(block)
            # A field that is left out is stored as nothing, but for yes or no.
            is_field = isinstance(block, blocks.FieldBlock)
            filled = not is_field or block.required or kind is blocks.BooleanBlock
            return schema if filled else or_null(schema)
    return {"description": UNDESCRIBED}


def or_null(schema: Schema) -> Schema:
    """Return the schema of the same, or null."""
    kind = schema.get("type")
    if isinstance(kind, list) and "null" in kind:
        return schema
    if isinstance(kind, str) and "enum" not in schema:
        return {**schema, "type": [kind, "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def record(fields: dict[str, Schema], optional: Iterable[str] = ()) -> Schema:
    """Return the schema of an object that has all of ``fields`` but the optional."""
    left_out = set(optional)
    return {
        "type": "object",
        "properties": fields,
        "required": [name for name in fields if name not in left_out],
    }


def _describe_choice(block: Any) -> Schema:
    values = list(_list_values(block.field.choices))
    listed: Schema = {"type": "string", "enum": values}
    return listed if all(isinstance(value, str) for value in values) else {}


def _list_values(choices: Iterable[Any]) -> Iterable[Any]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _list_values(label)
        else:
            yield value


def _describe_struct(block: Any) -> Schema:
    return record(
        {name: describe_value(child) for name, child in block.child_blocks.items()}
    )


def _describe_stream(block: Any) -> Schema:
    children = list(describe_children(block).values())
    union = {"oneOf": children, "discriminator": {"propertyName": "type"}}
    return {"type": "array", "items": union if children else {}}


def _describe_table(block: Any) -> Schema:
    """A table of typed columns: the cells of each are of one of its blocks."""
    cells: list[Schema] = []
    for child in block.child_blocks.values():
        if (cell := describe_value(child)) not in cells:
            cells.append(cell)
    kinds = {"type": "string", "enum": list(block.child_blocks)}
    return record(
        {
            "caption": or_null(TEXT),
            "columns": _many(record({"type": kinds, "heading": or_null(TEXT)})),
            "rows": _many(record({"values": _many(_any_of(cells))})),
        }
    )


def _many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _any_of(schemas: list[Schema]) -> Schema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _constantly(schema: Schema) -> Callable[[Any], Schema]:
    return lambda block: schema


# The first that fits counts: those that come from another one stand before it.
_STOCK_SHAPES: list[tuple[Any, Callable[[Any], Schema]]] = [
    (BaseTypedTableBlock, _describe_table),
    (blocks.BaseStructBlock, _describe_struct),
    (blocks.BaseStreamBlock, _describe_stream),
    (blocks.ListBlock, lambda block: _many(describe_value(block.child_block))),
    (blocks.MultipleChoiceBlock, lambda block: _many(_describe_choice(block))),
    (blocks.ChoiceBlock, _describe_choice),
    (blocks.BooleanBlock, _constantly({"type": "boolean"})),
    (blocks.IntegerBlock, _constantly({"type": "integer"})),
    (blocks.FloatBlock, _constantly({"type": "number"})),
    (blocks.DateBlock, _constantly({"type": "string", "format": "date"})),
    (blocks.DateTimeBlock, _constantly({"type": "string", "format": "date-time"})),
    (
        (
            blocks.CharBlock,
            blocks.TextBlock,
            blocks.RichTextBlock,
            blocks.RawHTMLBlock,
            blocks.RegexBlock,
            blocks.URLBlock,
            blocks.EmailBlock,
            blocks.TimeBlock,
            blocks.DecimalBlock,
        ),
        _constantly(TEXT),
    ),
    # What was chosen may be gone.
    (blocks.ChooserBlock, _constantly({"type": ["integer", "string", "null"]})),
]


def make_example(schema: Schema) -> Any:
    """Return a value that fits ``schema``, which is one of those made here.

    Knows `examples`, `const`, `enum`, unions, objects, lists and the plain types;
    references are not followed.
    """
    if schema.get("examples"):
        return schema["examples"][0]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return next((one for one in schema["enum"] if one), schema["enum"][0])
    for many in ("oneOf", "anyOf"):
        if many in schema:
            return make_example(schema[many][0])
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {
            name: make_example(given)
            for name, given in schema.get("properties", {}).items()
        }
    if kind == "array":
        return [make_example(schema.get("items", {}))]
    formats = {
        "date": "2026-11-30",
        "date-time": "2026-11-30T09:00:00Z",
        "uri": "https://example.org/",
    }
    text = formats.get(schema.get("format", ""), "Words")
    return {"string": text, "boolean": True, "integer": 1, "number": 0.5}.get(
        str(kind or "")
    )


def _fill(example: Any, words: Any) -> Any:
    """Return ``example`` with what of ``words`` has the same form in its place."""
    if isinstance(example, dict) and isinstance(words, dict):
        return {name: _fill(one, words.get(name)) for name, one in example.items()}
    if isinstance(example, list) and isinstance(words, list) and example and words:
        return [_fill(example[0], one) for one in words]
    same = type(example) is type(words) and not isinstance(example, (dict, list))
    return words if same else example
