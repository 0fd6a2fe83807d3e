"""The wheel has all that the packages need, and says what they need of others."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from email.parser import HeaderParser
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .conftest import ROOT

PACKAGES = ("plugins", "screening_block")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def needed(requirements: list[str]) -> dict[str, Requirement]:
    read = map(Requirement, requirements)
    return {canonicalize_name(one.name): one for one in read}


NEEDED = needed(PROJECT["dependencies"])
EXTRAS = {
    name: needed(extra) for name, extra in PROJECT["optional-dependencies"].items()
}


def test_it_holds_every_file_of_both_packages_and_nothing_else(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    expected = {name for name in listed.stdout.split("\n") if (ROOT / name).is_file()}
    with ZipFile(wheel) as file:
        held = {name for name in file.namelist() if ".dist-info/" not in name}
    assert held == expected


def test_it_names_its_licence_and_brings_it(wheel: Path) -> None:
    with ZipFile(wheel) as file:
        [name] = [name for name in file.namelist() if name.endswith("/METADATA")]
        told = HeaderParser().parsestr(file.read(name).decode())
        licence = file.read(name.replace("METADATA", "licenses/LICENSE")).decode()
    assert told["License-Expression"] == "BSD-3-Clause"
    assert licence == (ROOT / "LICENSE").read_text("utf-8")
    assert "BSD-3-Clause" in (ROOT / "README.md").read_text("utf-8")


def imported() -> set[str]:
    """Names of the top-level packages of others that the wheel's modules import."""
    found: set[str] = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {name.name.partition(".")[0] for name in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    found.add((node.module or "").partition(".")[0])
    return found - sys.stdlib_module_names - set(PACKAGES)


def test_what_it_imports_is_what_it_asks_for() -> None:
    brought_by = packages_distributions()
    found = {canonicalize_name(brought_by[name][0]) for name in imported()}
    optional = {name for extra in EXTRAS.values() for name in extra}
    assert found - set(NEEDED) <= optional
    assert set(NEEDED) <= found


def test_its_ranges_hold_the_versions_that_the_tests_run_on() -> None:
    locked: dict[str, str] = {}
    for name in ("base.txt", "dev.txt"):
        for line in (ROOT / "requirements" / name).read_text("utf-8").splitlines():
            package, found, version = line.partition("==")
            if found:
                locked[canonicalize_name(package)] = version.split()[0]
    for group in (NEEDED, *EXTRAS.values()):
        for name, requirement in group.items():
            assert requirement.specifier.contains(locked[name]), requirement


def test_the_changelog_and_the_guide_name_its_version() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert newest and newest[1] == PROJECT["version"]
    guide = (ROOT / "docs/embedding.md").read_text("utf-8")
    assert f"legal_screeners-{PROJECT['version']}-py3-none-any.whl" in guide
