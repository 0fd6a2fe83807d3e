"""Turn an OpenAPI description into what the API reference page shows."""

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Parameter:
    """One path or query parameter."""

    name: str
    place: str
    kind: str
    required: bool
    description: str


@dataclass
class Operation:
    """One method on one path."""

    method: str
    path: str
    anchor: str
    summary: str
    description: str
    parameters: list[Parameter] = field(default_factory=list)
    request: str = ""
    responses: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Reference:
    """The whole API: its title, its introduction, its operations by tag."""

    title: str
    description: str
    groups: dict[str, list[Operation]] = field(default_factory=dict)


def build_reference(schema: dict[str, Any]) -> Reference:
    """Flatten what `schema` (OpenAPI 3.1) says, for reading."""
    info = schema["info"]
    result = Reference(info["title"], info.get("description", ""))
    for path, methods in sorted(schema["paths"].items()):
        for method, data in methods.items():
            operation = _read_operation(schema, path, method, data)
            for tag in data.get("tags") or ["api"]:
                result.groups.setdefault(tag, []).append(operation)
    return result


def _read_operation(
    schema: dict[str, Any], path: str, method: str, data: dict[str, Any]
) -> Operation:
    operation = Operation(
        method=method.upper(),
        path=path,
        anchor=data["operationId"],
        summary=data.get("summary", ""),
        description=data.get("description", ""),
    )
    for item in data.get("parameters", []):
        operation.parameters.append(
            Parameter(
                name=item["name"],
                place=item["in"],
                kind=_describe_kind(schema, item.get("schema", {})),
                required=item.get("required", False),
                description=item.get("description", ""),
            )
        )
    body = _find_json_schema(data.get("requestBody", {}))
    if body is not None:
        operation.request = _write_outline(schema, body)
    for status, response in sorted(data.get("responses", {}).items()):
        shape = _find_json_schema(response)
        operation.responses.append(
            (
                status,
                response.get("description", ""),
                _write_outline(schema, shape) if shape is not None else "",
            )
        )
    return operation


def _find_json_schema(holder: dict[str, Any]) -> dict[str, Any] | None:
    for media_type, media in holder.get("content", {}).items():
        if media_type.endswith("json"):
            found: dict[str, Any] = media.get("schema", {})
            return found
    return None


def _write_outline(schema: dict[str, Any], node: dict[str, Any]) -> str:
    return json.dumps(_build_outline(schema, node, ()), indent=2, ensure_ascii=False)


def _resolve(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        for part in node["$ref"].removeprefix("#/").split("/"):
            schema = schema[part]
        return schema
    if len(node.get("allOf", ())) == 1:
        return _resolve(schema, node["allOf"][0])
    return node


def _list_parts(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a union is of."""
    parts: list[dict[str, Any]] = node.get("oneOf") or node.get("anyOf") or []
    return parts


def _describe_kind(schema: dict[str, Any], node: dict[str, Any]) -> str:
    name, node = node.get("$ref", "").rpartition("/")[2], _resolve(schema, node)
    if "enum" in node:
        return " | ".join(str(value) for value in node["enum"])
    if "const" in node:
        return str(node["const"])
    if parts := _list_parts(node):
        kinds = [_describe_kind(schema, part) for part in parts]
        # “object | object” says nothing: its name leads to what it is.
        return name if name and set(kinds) == {"object"} else " | ".join(kinds)
    if name and "properties" in node:
        return name
    kind = node.get("type", "any")
    kinds = kind if isinstance(kind, list) else [kind]
    suffix = f" ({node['format']})" if "format" in node else ""
    return " | ".join(kinds) + suffix


def _build_outline(
    schema: dict[str, Any], node: dict[str, Any], seen: tuple[str, ...]
) -> Any:
    """Return the shape of a JSON value: keys with the kinds of their values."""
    ref = node.get("$ref", "")
    if ref in seen:
        return "…"
    seen = (*seen, ref) if ref else seen
    given, node = node, _resolve(schema, node)
    shapes = [part for part in _list_parts(node) if part.get("type") != "null"]
    fields = [_resolve(schema, one).get("properties") for one in shapes]
    if len(shapes) == 1 or (fields and fields.count(fields[0] or None) == len(fields)):
        # Something or null, or the same with all or some of its fields.
        return _build_outline(schema, shapes[0], seen)
    kind = node.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    if "properties" in node:
        return {
            key: _build_outline(schema, value, seen)
            for key, value in node["properties"].items()
        }
    if "array" in kinds:
        items = node.get("items", {})
        # Shapes without a name are shown one after another.
        shown = [part for part in _list_parts(items) if "properties" in part] or [items]
        return [_build_outline(schema, part, seen) for part in shown]
    if isinstance(node.get("additionalProperties"), dict):
        return {"…": _build_outline(schema, node["additionalProperties"], seen)}
    return _describe_kind(schema, given)
