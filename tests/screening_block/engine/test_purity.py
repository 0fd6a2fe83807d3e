"""The engine depends on nothing, and its sentences leave nothing out."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import screening_block.engine as engine
from screening_block.engine import shift
from screening_block.engine.choices import COMPARATORS
from screening_block.engine.operators import NODES
from screening_block.engine.sentences import sentences
from screening_block.engine.wording import DENIED

FOLDER = Path(engine.__file__).parent
ALLOWED = {
    "unicodedata",
    "__future__",
    "bisect",
    "collections",
    "dataclasses",
    "functools",
    "hashlib",
    "itertools",
    "json",
    "math",
    "operator",
    "pathlib",
    "re",
    "typing",
}


def test_the_engine_imports_only_a_few_modules_of_the_standard_library() -> None:
    for path in FOLDER.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert {a.name.split(".")[0] for a in node.names} <= ALLOWED, path
            elif isinstance(node, ast.ImportFrom):
                assert node.level >= 1 or str(node.module).split(".")[0] in ALLOWED, (
                    path
                )
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("eval", "exec", "compile", "open"), path


def test_no_module_of_the_engine_needs_itself_even_by_a_late_import() -> None:
    uses: dict[str, set[str]] = {}
    for path in FOLDER.rglob("*.py"):
        place = list(path.relative_to(FOLDER.parent).with_suffix("").parts)
        package = place[:-1]
        name = ".".join(package if place[-1] == "__init__" else place)
        uses[name] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = package[: len(package) - node.level + 1]
                uses[name].add(".".join([*base, *(node.module or "").split(".")]))
    for name in uses:
        seen: set[str] = set()
        ahead = list(uses[name])
        while ahead:
            other = ahead.pop()
            if other not in seen:
                seen.add(other)
                ahead.extend(uses.get(other, ()))
        assert name not in seen, f"{name} needs itself"


def test_the_engine_loads_neither_django_nor_a_clock() -> None:
    code = (
        "import sys, screening_block.engine; "
        "bad = {'django', 'wagtail', 'yaml', 'datetime', 'socket'} & set(sys.modules); "
        "sys.exit(str(sorted(bad)) if bad else 0)"
    )
    root = FOLDER.parent.parent
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            f"import sys; sys.path.insert(0, {str(root)!r}); {code}",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_modules_stay_small() -> None:
    for path in FOLDER.rglob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 400, path.name


def test_every_operator_and_comparison_has_its_sentence() -> None:
    words = sentences("en")
    for name in NODES.keys() - {"not", "compare", "elapsed", "column"}:
        assert set(words["describe"][name]) == {"yes", "no"}
    for kind in ("number", "date"):
        assert set(words["phrases"][kind]) == {*COMPARATORS, *DENIED.values()}
    assert len(words["months"]) == 12
    assert set(words["units"]) == {"days", "months", "years", ""}


def test_a_locale_without_sentences_speaks_its_language_or_english() -> None:
    assert sentences("es-MX") == sentences("es") != sentences("en")
    assert sentences("fr-CA") == sentences("en")
    assert sentences("../../secret") == sentences("en")
    text = (FOLDER / "sentences.en.json").read_text("utf-8")
    assert json.loads(text)["locale"] == "en"
    assert shift("2024-02-29", 1, "years") == "2025-02-28"


def test_its_tests_are_found_without_django() -> None:
    script = (
        "import pytest, sys\n"
        "status = pytest.main(['-q', '--collect-only', sys.argv[1]])\n"
        "sys.exit(status or 'django' in sys.modules)"
    )
    here = str(Path(__file__).parent)
    found = subprocess.run([sys.executable, "-c", script, here], capture_output=True)
    assert found.returncode == 0, found.stdout.decode()
