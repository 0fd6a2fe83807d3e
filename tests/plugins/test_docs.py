"""The pages on the kit name all that is public, and their examples are real code."""

import inspect
import re
from pathlib import Path

import pytest

import plugins
import plugins.lazy
import plugins.streams
import plugins.testing
from plugins import PluginConfig
from plugins.discovery import OPTIONAL_KEYS, REQUIRED_KEYS
from plugins.kinds import KINDS
from plugins.management.commands.plugins import Command

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("plugins", "streams", "lazy")
}
DOCS = PAGES["plugins"]
PUBLIC = [
    *(("plugins", name) for name in [*plugins.__all__, *plugins.testing.__all__]),
    *(("streams", name) for name in plugins.streams.__all__),
    *(("lazy", name) for name in plugins.lazy.__all__),
]
KIT = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "plugins").rglob("*.py"))
USES = "".join(
    path.read_text(encoding="utf-8")
    for folder in ("dummy_plugin", "plugins")
    for path in (ROOT / "tests" / folder).rglob("*.py")
)
EXAMPLES = [
    example
    for page in PAGES.values()
    for example in re.findall(
        r"```(?:python|js|toml)\n(?:#|//) (tests/\S+)\n(.*?)\n```", page, re.S
    )
]
ATTRIBUTES = sorted(
    {
        name
        for kind in KINDS.values()
        for base in inspect.getmro(kind)[:-1]
        for name in vars(base)
        if not name.startswith("_")
    }
    - {"make_block", "is_for", "load_patterns"}  # for the product, not for authors
)


@pytest.mark.parametrize(("page", "name"), PUBLIC)
def test_every_public_name_is_documented_and_used(page, name):
    assert re.search(rf"`[^`]*\b{name}\b[^`]*`", PAGES[page]), f"{name} is missing"
    assert re.search(rf"\b{name}\b", USES), f"{name} is not used by any test"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_section_with_an_example_of_the_dummy_plugin(kind):
    heading = f"### `{kind}`: `{KINDS[kind].__name__}`"
    assert heading in DOCS
    section = DOCS.partition(heading)[2].partition("\n##")[0]
    assert "# tests/dummy_plugin/" in section


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_every_attribute_of_a_kind_is_documented(name):
    assert re.search(rf"\b{name}\b", DOCS)


def test_every_option_of_an_app_config_is_documented():
    options = [n for n in inspect.get_annotations(PluginConfig) if n[0] != "_"]
    assert {"contributes", "core"} == set(options)
    assert all(re.search(rf"\b{option}\b", DOCS) for option in options)


@pytest.mark.parametrize("key", REQUIRED_KEYS + OPTIONAL_KEYS)
def test_every_manifest_key_is_documented(key):
    manifest = DOCS.partition("plugin.toml\n")[2].partition("```")[0]
    assert re.search(rf"\b{key}\b", manifest)


def test_every_check_is_documented_and_no_other():
    assert set(re.findall(r"plugins\.[EW]\d{3}", "".join(PAGES.values()))) == set(
        re.findall(r"plugins\.[EW]\d{3}", KIT)
    )


def test_every_subcommand_is_documented():
    commands = [n.removeprefix("do_") for n in vars(Command) if n.startswith("do_")]
    assert len(commands) == 4
    assert all(f"manage.py plugins {command}" in DOCS for command in commands)


@pytest.mark.parametrize(("path", "text"), EXAMPLES)
def test_every_example_is_a_part_of_the_file_it_names(path, text):
    assert text in (ROOT / path).read_text(encoding="utf-8")


def test_there_are_examples():
    assert len(EXAMPLES) >= 10
