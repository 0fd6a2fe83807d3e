"""Write the types of both clients from the API's own description. No arguments:

    .venv/bin/python clients/generate.py [--check]

`clients/typescript/types.ts` and `clients/python/legal_content/shapes.py`. With
`--check` it writes nothing and ends with 1 where a file is not as it would write it.
"""

from __future__ import annotations

import json
import keyword
import os
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

Schema = dict[str, Any]
HEAD = "Made by clients/generate.py from the API's description. Do not edit."
PLAIN = {
    "string": ("string", "str"),
    "integer": ("number", "int"),
    "number": ("number", "float"),
    "boolean": ("boolean", "bool"),
    "null": ("null", "None"),
}


def name_of(reference: str) -> str:
    return reference.rpartition("/")[2]


def split(schema: Schema) -> list[Schema] | None:
    """The parts of a union, or None."""
    kind = schema.get("type")
    if isinstance(kind, list):
        null = [{"type": "null"}] if "null" in kind else []
        return [*({**schema, "type": one} for one in kind if one != "null"), *null]
    parts = schema.get("oneOf") or schema.get("anyOf")
    return list(parts) if parts else None


def mapped(schema: Schema) -> Schema | None:
    """The schema of an object's values, where its keys are not named."""
    patterns = schema.get("patternProperties")
    if patterns and not schema.get("properties"):
        return next(iter(patterns.values()))
    more = schema.get("additionalProperties")
    return more if isinstance(more, dict) else None


# -- TypeScript ----------------------------------------------------------------


def typescript(schema: Schema, space: str = "") -> str:
    if "$ref" in schema:
        return name_of(schema["$ref"])
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in values)
    if "allOf" in schema:
        return " & ".join(typescript(part, space) for part in schema["allOf"])
    if parts := split(schema):
        return " | ".join(dict.fromkeys(typescript(part, space) for part in parts))
    kind = schema.get("type")
    if kind == "array":
        inner = typescript(schema.get("items", {}), space)
        return f"({inner})[]" if " | " in inner or " & " in inner else f"{inner}[]"
    if kind == "object" or "properties" in schema:
        return _typescript_object(schema, space)
    return PLAIN.get(str(kind), ("unknown", ""))[0]


def _typescript_object(schema: Schema, space: str) -> str:
    values = mapped(schema)
    if values is not None:
        return f"Record<string, {typescript(values, space)}>"
    if not schema.get("properties"):
        return "Record<string, unknown>"
    required, inner = set(schema.get("required", ())), space + "  "
    lines = ["{"]
    for name, part in schema["properties"].items():
        key = name if re.fullmatch(r"[A-Za-z_]\w*", name) else json.dumps(name)
        optional = "" if name in required else "?"
        if about := part.get("description"):
            lines.append(f"{inner}/** {about.replace('*/', '')} */")
        lines.append(f"{inner}{key}{optional}: {typescript(part, inner)};")
    return "\n".join([*lines, f"{space}}}"])


def write_typescript(schemas: dict[str, Schema]) -> str:
    parts = [f"// {HEAD}\n"]
    for name, schema in schemas.items():
        about = f"/** {schema['description']} */\n" if "description" in schema else ""
        parts.append(f"{about}export type {name} = {typescript(schema)};\n")
    return "\n".join(parts)


# -- Python --------------------------------------------------------------------


class PythonWriter:
    """Writes each object as a TypedDict; those without a name are called by place."""

    def __init__(self, schemas: dict[str, Schema]) -> None:
        self.made: list[str] = []
        self.aliases: list[str] = []
        for name, schema in schemas.items():
            if self._is_record(schema):
                self._class(name, schema)
            else:
                shape = self.write(schema, name + "Value")
                self.aliases.append(f'{name}: TypeAlias = "{shape}"')

    def _is_record(self, schema: Schema) -> bool:
        return bool(schema.get("properties")) and split(schema) is None

    def write(self, schema: Schema, place: str) -> str:
        if "$ref" in schema:
            return name_of(schema["$ref"])
        if "const" in schema or "enum" in schema:
            values = schema.get("enum", [schema.get("const")])
            return f"Literal[{', '.join(map(repr, values))}]"
        if parts := split(schema):
            shapes = [
                self.write(part, f"{place}{number or ''}")
                for number, part in enumerate(parts)
            ]
            return " | ".join(dict.fromkeys(shapes))
        kind = schema.get("type")
        if kind == "array":
            return f"list[{self.write(schema.get('items', {}), place)}]"
        if self._is_record(schema):
            self._class(place, schema)
            return place
        if kind == "object":
            values = mapped(schema)
            return f"dict[str, {self.write(values, place) if values else 'Any'}]"
        return PLAIN.get(str(kind), ("", "Any"))[1]

    def _class(self, name: str, schema: Schema) -> None:
        required, fields = set(schema.get("required", ())), {}
        for key, part in schema["properties"].items():
            words = re.split(r"\W|_", key)
            place = name + "".join(word[:1].upper() + word[1:] for word in words)
            shape = self.write(part, place)
            fields[key] = shape if key in required else f"NotRequired[{shape}]"
        if all(key.isidentifier() and not keyword.iskeyword(key) for key in fields):
            lines = [f"    {key}: {shape}" for key, shape in fields.items()]
            self.made.append("\n".join([f"class {name}(TypedDict):", *lines]))
            return
        # A field that is a keyword (`from`) can only be declared by a call.
        inner = "".join(f'    "{key}": "{shape}",\n' for key, shape in fields.items())
        self.made.append(f'{name} = TypedDict("{name}", {{\n{inner}}})')


def write_python(schemas: dict[str, Schema]) -> str:
    writer = PythonWriter(schemas)
    head = (
        f'"""{HEAD}"""\n\n'
        "from __future__ import annotations\n\n"
        "from typing import Any, Literal, NotRequired, TypeAlias, TypedDict"
    )
    return "\n\n\n".join([head, *writer.made, "\n".join(writer.aliases)]) + "\n"


FILES = {
    HERE / "typescript" / "types.ts": write_typescript,
    HERE / "python" / "legal_content" / "shapes.py": write_python,
}


def main() -> int:
    import django

    django.setup()
    from cms.views import build_openapi

    schemas = json.loads(json.dumps(build_openapi()))["components"]["schemas"]
    stale = []
    for path, write in FILES.items():
        text = write(schemas)
        if path.is_file() and path.read_text("utf-8") == text:
            continue
        stale.append(path.relative_to(HERE.parent).as_posix())
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    for name in stale:
        sys.stdout.write(f"{name}\n")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
