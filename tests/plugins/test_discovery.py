"""Plugins are found without running any of their code, and refused in plain words."""

import sys
from pathlib import Path

import pytest
from django.apps import AppConfig
from django.test import override_settings

from plugins import PluginError, discover, installed_plugins
from plugins.discovery import PLUGIN_API, check_api, parse_api_range

GOOD = """
name = "{name}"
version = "1.2"
api = "{api}"
label = "Label of {name}"
app = "{name}.apps.Config"
"""
GROUP = "legal_cms.tests.kit"


def write(folder: Path, name: str, text: str | None = None, api: str = "1.0") -> Path:
    path = folder / name / "plugin.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text or GOOD.format(name=name, api=api))
    # Whoever imports a plugin to look at it fails here.
    for module in ("__init__", "apps", "models", "wagtail_hooks"):
        (path.parent / f"{module}.py").write_text("raise SystemExit('imported')")
    return path


def install(site: Path, name: str, **kwargs) -> None:
    """A package with an entry point, as pip would leave it."""
    write(site, name, **kwargs)
    info = site / f"{name}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}-dist\nVersion: 1.2\n"
    )
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {name}.apps:Config\n")


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "plugins"
    path.mkdir()
    return path


@pytest.fixture
def site(tmp_path, monkeypatch):
    path = tmp_path / "site"
    path.mkdir()
    monkeypatch.syspath_prepend(str(path))
    return path


def found(folder, **kwargs):
    return {m.name: m for m in discover(folder=folder, group=GROUP, **kwargs)}


def apps(folder, **kwargs):
    return installed_plugins(folder=folder, group=GROUP, **kwargs)


def test_folder_plugins_are_found_and_enabled_without_importing_them(folder):
    write(folder, "beta")
    write(folder, "alpha")
    (folder / "no_plugin").mkdir()
    assert apps(folder) == ["alpha.apps.Config", "beta.apps.Config"]
    assert not {"alpha", "beta"} & set(sys.modules)


def test_packages_must_be_enabled_by_name(folder, site):
    install(site, "kitpip")
    assert found(folder)["kitpip"].state == "not enabled"
    assert apps(folder) == []
    assert apps(folder, enabled=["kitpip"]) == ["kitpip.apps.Config"]
    assert found(folder)["kitpip"].source == "kitpip-dist"
    assert "kitpip" not in sys.modules


@pytest.mark.parametrize("how", ["argument", "environment", "setting"])
def test_the_kill_switch_works_even_on_a_broken_plugin(folder, monkeypatch, how):
    write(folder, "alpha", "not toml")
    with pytest.raises(PluginError):
        apps(folder)
    if how == "argument":
        assert apps(folder, disabled=["alpha"]) == []
    elif how == "environment":
        monkeypatch.setenv("PLUGINS_DISABLED", "other, alpha")
        assert apps(folder) == []
    else:
        with override_settings(PLUGINS_DISABLED=["alpha"]):
            assert found(folder)["alpha"].state == "disabled"


def test_enabling_by_environment(folder, site, monkeypatch):
    install(site, "kitpip")
    monkeypatch.setenv("PLUGINS_ENABLED", "kitpip")
    assert apps(folder) == ["kitpip.apps.Config"]


def test_a_name_in_use_twice_is_an_error_naming_both(folder, site):
    path = write(folder, "kitpip")
    install(site, "kitpip")
    with pytest.raises(PluginError) as error:
        apps(folder, enabled=["kitpip"])
    assert str(path) in str(error.value) and "kitpip-dist" in str(error.value)


def test_enabling_what_is_not_there_is_an_error(folder):
    with pytest.raises(PluginError, match=r"nowhere: .*no such plugin is installed"):
        apps(folder, enabled=["nowhere"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = ", "cannot be read"),
        (GOOD.replace('label = "Label of {name}"', ""), "'label' is missing"),
        (GOOD + 'extra = "1"', "unknown key 'extra'"),
        (GOOD.replace('"1.2"', "1.2"), "'version' must be a string"),
        (GOOD.replace('"1.2"', '"one"'), "'version' is not a version"),
        (GOOD.replace('"{name}"', '"other"', 1), "'name' must be the folder's name"),
        (GOOD.replace('"{name}"', '"Al pha"', 1), "'name' must be lowercase letters"),
        (GOOD.replace('"{api}"', '"soon"'), "'api': 'soon' is neither a version"),
        (GOOD.replace("{name}.apps.Config", "alpha"), "'app' must be the dotted path"),
        (GOOD.replace("{name}.apps", "beta.apps"), "'app' must be a class of this"),
    ],
)
def test_a_bad_manifest_names_the_file_and_the_key(folder, text, says):
    text = text.replace("{name}", "alpha").replace("{api}", "1.0")
    path = write(folder, "alpha", text)
    with pytest.raises(PluginError) as error:
        apps(folder)
    assert str(path) in str(error.value)
    assert says in str(error.value)
    assert apps(folder, strict=False) == []
    assert says in found(folder)["alpha"].problem


def test_a_package_without_manifest_is_refused(folder, site):
    install(site, "kitpip")
    (site / "kitpip" / "plugin.toml").unlink()
    with pytest.raises(PluginError, match=r"'kitpip' must hold a plugin\.toml"):
        apps(folder, enabled=["kitpip"])
    # Merely lying about, it hurts nobody.
    assert apps(folder) == []


@pytest.mark.parametrize("api", ["2.0", "1.1", ">=3", "<1"])
def test_a_plugin_for_another_kit_is_refused(folder, api):
    write(folder, "alpha", api=api)
    with pytest.raises(PluginError, match=f"alpha: needs plugin API .*{PLUGIN_API}"):
        apps(folder)
    assert apps(folder, strict=False) == []


def test_a_plain_version_means_that_one_or_newer_within_the_major():
    assert "1.7" in parse_api_range("1.3")
    assert "1.2" not in parse_api_range("1.3") and "2.0" not in parse_api_range("1.3")
    assert "1.6" not in parse_api_range(">=1.3,<1.6")
    check_api(PLUGIN_API)


def test_the_environment_can_make_refusal_lenient(folder, monkeypatch):
    write(folder, "alpha", api="9")
    write(folder, "beta")
    monkeypatch.setenv("PLUGINS_STRICT", "0")
    assert apps(folder) == ["beta.apps.Config"]


def test_an_app_config_takes_from_the_manifest_what_it_says(site):
    path = write(site, "kit_rules", GOOD.format(name="kit_rules", api="1.0"))
    path.write_text(path.read_text().replace('name = "kit_rules"', 'name = "rules"'))
    (path.parent / "__init__.py").write_text("")
    (path.parent / "apps.py").write_text(
        "from plugins import PluginConfig\n"
        "class Config(PluginConfig):\n    name = 'kit_rules'\n"
        "class Other(PluginConfig):\n    name = 'kit_rules'\n"
    )
    config = AppConfig.create("kit_rules.apps.Config")
    assert (config.name, config.label) == ("kit_rules", "rules")
    assert config.verbose_name == "Label of kit_rules"
    assert config.manifest.version == "1.2"
    # One that the manifest does not name is an app like others.
    other = AppConfig.create("kit_rules.apps.Other")
    assert (other.label, other.manifest) == ("kit_rules", None)
