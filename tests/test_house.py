"""How the code is laid out: what may import what, and what a file is called."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: The same role in another subject may have the same name.
ROLES = frozenset(
    [
        "__init__",
        "apps",
        "base",
        "blocks",
        "checks",
        "choices",
        "errors",
        "fields",
        "forms",
        "hooks",
        "load",
        "models",
        "panels",
        "tags",
        "urls",
        "views",
        "wagtail_hooks",
    ]
)


def test_no_module_imports_up_a_floor_or_in_a_circle() -> None:
    """Inside functions as well. The floors stand in `pyproject.toml`."""
    linter = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run(
        [linter, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("package", ["cms", "plugins", "screening_block"])
def test_a_file_name_leads_to_one_place(package: str) -> None:
    places = defaultdict(list)
    for path in (ROOT / package).rglob("*.py"):
        if not {"migrations", "commands", "templatetags"} & set(path.parts):
            places[path.stem].append(path.relative_to(ROOT).as_posix())
    twice = {name: at for name, at in places.items() if len(at) > 1}
    assert {name: at for name, at in twice.items() if name not in ROLES} == {}


def test_nothing_new_stands_at_the_top() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    folders = {name.partition("/")[0] for name in listed.stdout.split() if "/" in name}
    assert {name for name in folders if not name.startswith(".")} <= {
        *("cms", "plugins", "screening_block", "templates", "tests"),
        *("benchmarks", "clients", "deploy", "docs", "requirements"),
    }


def test_a_class_name_means_one_thing() -> None:
    """In the screener. A record and its form in the engine share theirs."""
    places = defaultdict(list)
    package = ROOT / "screening_block"
    for path in package.rglob("*.py"):
        if {"migrations", "commands"} & set(path.parts):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(path.relative_to(package).parts[0])
    twice = {name: sorted(rooms) for name, rooms in places.items() if len(rooms) > 1}
    shared = ["Chart", "Release", "Threshold"]
    assert twice == {name: ["engine", "models"] for name in shared}


def test_no_lock_file_names_an_address() -> None:
    """Whoever installs chooses the index; npm also writes whom to pay into its lock."""
    locks = [ROOT / "package-lock.json", *(ROOT / "requirements").glob("*.txt")]
    assert len(locks) > 2
    assert [path.name for path in locks if "://" in path.read_text("utf-8")] == []
