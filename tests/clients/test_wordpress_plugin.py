"""The plugin of WordPress as a file. `benchmarks/hosts_wordpress.py` has it at work."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = ROOT / "clients/wordpress/legal-screener"
PHP = {str(p.relative_to(PLUGIN)): p.read_text("utf-8") for p in PLUGIN.rglob("*.php")}
ONE = "The site answers. It has %d screener."
MANY = "The site answers. It has %d screeners."
PO = PLUGIN / "languages/legal-screener-es_ES.po"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The file, made twice."""
    made = []
    for name in ("one", "two"):
        folder = tmp_path_factory.mktemp(name)
        build = [sys.executable, ROOT / "clients/wordpress/build.py", folder]
        subprocess.run(build, check=True, capture_output=True)
        made += folder.iterdir()
    return made


def test_the_same_files_make_the_same_plugin(built: list[Path]) -> None:
    one, two = built
    assert one.name == two.name
    assert one.read_bytes() == two.read_bytes()
    names = set(zipfile.ZipFile(one).namelist())
    assert {f"legal-screener/{name}" for name in PHP} <= names
    assert "legal-screener/languages/legal-screener-es_ES.mo" in names
    assert one.stat().st_size < 40_000


def test_the_translations_are_as_wordpress_reads_them(built: list[Path]) -> None:
    body = zipfile.ZipFile(built[0]).read(
        "legal-screener/languages/legal-screener-es_ES.mo"
    )
    _magic, _revision, total, first, second, _size, hashes = struct.unpack(
        "<7I", body[:28]
    )
    assert second - first == hashes - second == total * 8
    spanish = GNUTranslations(BytesIO(body))
    assert spanish.gettext("Test connection") == "Probar la conexión"
    assert spanish.pgettext("block title", "Legal screener") == "Cuestionario legal"
    one, many = (spanish.ngettext(ONE, MANY, n) % n for n in (1, 2))
    assert one.endswith(" Tiene 1 cuestionario.")
    assert many.endswith(" Tiene 2 cuestionarios.")


def test_every_version_is_the_product_s() -> None:
    product = re.search(
        r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE
    )
    assert product
    main, readme = PHP["legal-screener.php"], (PLUGIN / "readme.txt").read_text()
    package = json.loads((ROOT / "clients/npm/package.json").read_text())
    for version in (
        re.findall(r"^ \* Version: +(.+)$", main, re.MULTILINE),
        re.findall(r"VERSION = '(.+)'", main),
        re.findall(r"^Stable tag: (.+)$", readme, re.MULTILINE),
        [package["version"]],
    ):
        assert version == [product[1]]
    for field in ("Requires at least", "Requires PHP", "License"):
        [here] = re.findall(rf"{field}: +(.+)", main)
        assert f"{field}: {here}\n" in readme


def test_every_word_is_in_spanish() -> None:
    text = "\n".join(PHP.values())
    said = re.findall(
        r"\b(?:__|esc_html__|esc_html_e)\(\s*'((?:[^'\\]|\\.)*)',\s*'legal-screener'",
        text,
    )
    said += re.findall(r"\b_n\(\s*'((?:[^'\\]|\\.)*)'", text)
    block = json.loads((PLUGIN / "block/block.json").read_text("utf-8"))
    with PO.open("rb") as file:
        catalogue = read_po(file)
    translated = {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for message in catalogue
        if message.id
    }
    assert len(said) > 25
    wanted = {*said, block["title"], block["description"]}
    assert wanted == set(translated)
    for message in translated.values():
        words = [message.string] if isinstance(message.string, str) else message.string
        assert all(words), message.id
        assert message.check(catalogue) == []


@pytest.mark.parametrize("name", sorted(PHP))
def test_no_file_does_anything_by_itself(name: str) -> None:
    guard = "WP_UNINSTALL_PLUGIN" if name == "uninstall.php" else "ABSPATH"
    assert f"defined( '{guard}' ) || exit;" in PHP[name]
    if php := shutil.which("php"):
        subprocess.run([php, "-l", PLUGIN / name], check=True, capture_output=True)
