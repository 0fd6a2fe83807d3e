"""How the OpenAPI 3.1 document is made: of our endpoints only, and to the last status.

What DRF's serializers say is completed here from where the rest is defined: the blocks
of every stream, the engine's own schema of a release, and the problems that are
answered.
"""

from __future__ import annotations

import copy
from typing import Any

from drf_spectacular.openapi import AutoSchema

from cms.api.change_shapes import describe_changes
from cms.api.documented_problems import PROBLEMS, list_problems
from cms.blocks.media import IMAGE
from cms.pages import BodyPage
from plugins.streams.api_shapes import Schema, describe_children, record
from screening_block import engine
from screening_block.api.paging import DAY_PATTERN

OURS = "/api/v1/"
#: Each union of blocks, and the stream that holds them. The pages share one body.
STREAMS = {"BodyBlock": BodyPage.body.field}
COMPONENTS = "#/components/schemas/"


def keep_own_paths(endpoints: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Keep our own endpoints: (path, path pattern, method, view) each."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(OURS)]


class DescribedView(AutoSchema):
    """Describes a view with every status it may answer."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        responses = operation["responses"]
        for status, response in responses.items():
            if not response.get("description"):
                response["description"] = "Done." if status == "200" else "Answered."
        limited = bool(getattr(self.view, "throttle_scope", None))
        responses |= list_problems(self.method, self.path, limited)
        operation["responses"] = dict(sorted(responses.items()))
        return operation


def complete(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Add what no serializer knows to the document (a hook of drf-spectacular)."""
    result["servers"] = [{"url": "/", "description": "This site."}]
    schemas = result["components"]["schemas"]
    for name, field in STREAMS.items():
        schemas |= describe_union(name, field.stream_block)
    schemas |= describe_changes()
    schemas |= describe_release() | PROBLEMS | {"Image": record(IMAGE)}
    describe_sparse_answers(result)
    describe_requests(result)
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    return result


# -- Streams -------------------------------------------------------------------


def describe_union(name: str, stream: Any) -> dict[str, Schema]:
    """Return a discriminated union of a stream's blocks, and each of them by name."""
    found: dict[str, Schema] = {}
    mapping: dict[str, str] = {}
    for kind, described in describe_children(stream).items():
        component = name_component(kind)
        found[component] = described
        mapping[kind] = COMPONENTS + component
    union: Schema = {
        "oneOf": [{"$ref": reference} for reference in mapping.values()],
        "discriminator": {"propertyName": "type", "mapping": mapping},
    }
    return {**found, name: union}


def name_component(kind: str) -> str:
    """Return the name of a block's component: `law_quotation` is `LawQuotationBlock`,
    a plugin's `acme.deadline` is `AcmeDeadlineBlock`."""
    words = "".join(char if char.isalnum() else " " for char in kind).split()
    return "".join(word[:1].upper() + word[1:] for word in words) + "Block"


# -- Releases ------------------------------------------------------------------


def describe_release() -> dict[str, Schema]:
    """Return the engine's schema of a release, its definitions as components."""
    schema = copy.deepcopy(engine.schema())
    schema.pop("$schema", None)
    parts = schema.pop("$defs", {})
    names = {name: f"Release{name.capitalize()}" for name in parts}
    components = {"Release": schema}
    components |= {names[name]: part for name, part in parts.items()}
    for component in components.values():
        _rename(component, {f"#/$defs/{name}": new for name, new in names.items()})
    return components


def _rename(node: Any, references: dict[str, str]) -> None:
    if isinstance(node, dict):
        if (target := node.get("$ref")) in references:
            node["$ref"] = COMPONENTS + references[target]
        for value in node.values():
            _rename(value, references)
    elif isinstance(node, list):
        for value in node:
            _rename(value, references)


# -- What is sent --------------------------------------------------------------


def describe_requests(result: dict[str, Any]) -> None:
    """Say of each body that a field it does not know is refused, and how a day is
    written."""
    for methods in result["paths"].values():
        for operation in methods.values():
            sent = operation.get("requestBody", {}).get("content", {})
            for media in sent.values():
                _close(media["schema"], result["components"]["schemas"])


def _close(schema: Schema, schemas: dict[str, Schema]) -> None:
    if reference := schema.get("$ref"):
        _close(schemas[reference.removeprefix(COMPONENTS)], schemas)
    elif "properties" in schema:
        schema["additionalProperties"] = False
        if day := schema["properties"].get("as_of"):
            day["pattern"] = DAY_PATTERN
        for inner in schema["properties"].values():
            _close(inner, schemas)
    elif "items" in schema:
        _close(schema["items"], schemas)


# -- Answers with some of the fields -------------------------------------------


def describe_sparse_answers(result: dict[str, Any]) -> None:
    """Say of each answer that `fields` cuts down that it may have a part only.

    Whoever asks without `fields` gets the component itself, where all is required; with
    `fields`, one of the same properties of which each may be missing.
    """
    schemas = result["components"]["schemas"]
    for methods in result["paths"].values():
        for operation in methods.values():
            if all(p["name"] != "fields" for p in operation.get("parameters", ())):
                continue
            media = operation["responses"]["200"]["content"]["application/json"]
            name = media["schema"]["$ref"].removeprefix(COMPONENTS)
            listed = schemas[name]["properties"].get("results")
            if listed is None:
                media["schema"] = _either(schemas, name)
                continue
            reference = listed["items"].get("$ref")
            if reference:
                item = reference.removeprefix(COMPONENTS)
                # A list may have more than it has by itself.
                whole = item.removesuffix("Summary")
                listed["items"] = _either(schemas, item, whole)


def _either(schemas: dict[str, Schema], name: str, whole: str = "") -> Schema:
    full = schemas[whole or name]
    part = f"{whole or name}Fields"
    schemas[part] = {
        **{key: value for key, value in full.items() if key != "required"},
        "description": "What `fields` asked for, and nothing else.",
        "minProperties": 1,
        "additionalProperties": False,
    }
    return {"anyOf": [{"$ref": COMPONENTS + one} for one in (name, part)]}
