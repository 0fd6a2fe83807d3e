"""What the product reads, calls and answers at, as its source says, and the docs."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cms", "plugins", "screening_block")
# One page for each reader; the decisions and the changelog only tell of the past.
PAGES = {
    path.name: path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
}
DOCS = "\n".join(PAGES.values())
_READERS = {
    *("env_bool", "env_int", "env_list", "env_hosts", "env_site", "env_zone"),
    *("env_contacts", "env_rate"),
}


@cache
def modules() -> list[tuple[Path, ast.Module]]:
    """Every module that ships, with its syntax tree."""
    return [
        (path, ast.parse(path.read_text(encoding="utf-8")))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    ]


@cache
def _nodes() -> list[tuple[str, ast.AST]]:
    """Whatever reads or calls something, with the path of its module."""
    return [
        (name, node)
        for path, tree in modules()
        for name in [path.relative_to(ROOT).as_posix()]
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Call | ast.Subscript)
    ]


def _is_environ(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def _first_text(call: ast.Call) -> str:
    """The first argument of `call`, if it is a literal text; "" otherwise."""
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) else ""


def environment_variables() -> set[str]:
    """The variables that a site reads; not those of its test settings."""
    found = set()
    for path, node in _nodes():
        if path == "cms/settings/test.py":
            continue
        if isinstance(node, ast.Call):
            function = node.func
            name = getattr(function, "id", "")
            reads = isinstance(function, ast.Attribute) and _is_environ(function.value)
            if reads or name in _READERS:
                found.add(_first_text(node))
        elif (
            isinstance(node, ast.Subscript)
            and _is_environ(node.value)
            and isinstance(node.slice, ast.Constant)
            and isinstance(node.ctx, ast.Load)
        ):
            found.add(str(node.slice.value))
    return found - {"", "DJANGO_SETTINGS_MODULE"}


def settings_read(package: str) -> set[str]:
    """The names of Django settings that the modules of `package` ask for."""
    found = set()
    for path, node in _nodes():
        if not path.startswith(f"{package}/") or "/settings/" in path:
            continue
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == (
            "settings"
        ):
            found.add(node.attr)
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", "") == "getattr"
            and getattr(node.args[0], "id", "") == "settings"
            and isinstance(node.args[1], ast.Constant)
        ):
            found.add(str(node.args[1].value))
    return {name for name in found if name.isupper()}


def hooks_called() -> set[str]:
    """The names of the hooks that the product calls."""
    return {
        _first_text(node)
        for _path, node in _nodes()
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "get_hooks"
    }


def check_ids(text: str) -> set[str]:
    """The ids of system checks in `text`, such as "cms.E001"."""
    return set(re.findall(r"\b(?:cms|plugins|screening_block)\.[EWI]\d+", text))


@cache
def source() -> str:
    """All modules that ship, in one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path, _tree in modules())
