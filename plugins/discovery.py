"""Find plugins without running any of their code.

A plugin is described by its manifest ``plugin.toml``, in a folder of ``plugins/`` or in
an installed package that names itself in the entry-point group ``legal_cms.plugins``.
Settings call :func:`installed_plugins` before Django is set up, so nothing here may
need settings, models or the plugin's own modules.
"""

import importlib.util
import os
import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

# The version of the plugin interface, not of the product. A new minor number adds
# something; a new major number takes something away.
PLUGIN_API = "1.0"
ENTRY_POINT_GROUP = "legal_cms.plugins"
PLUGINS_FOLDER = Path(__file__).parent
MANIFEST = "plugin.toml"

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z")
REQUIRED_KEYS = ("name", "version", "api", "label", "app")
OPTIONAL_KEYS = ("description", "author", "url")

State = Literal["enabled", "disabled", "not enabled", "refused"]


class PluginError(Exception):
    """A plugin cannot be used as it stands; the message says which and why."""


@dataclass(frozen=True)
class Manifest:
    """What ``plugin.toml`` says about a plugin, and what was decided about it."""

    name: str
    source: str  # the plugin.toml, or the distribution that brings it
    kind: Literal["folder", "package"]
    version: str = ""
    api: str = ""
    label: str = ""
    app: str = ""
    description: str = ""
    author: str = ""
    url: str = ""
    state: State = "enabled"
    problem: str = ""


def parse_api_range(text: str) -> SpecifierSet:
    """Parse the versions of the interface that a plugin's ``api`` accepts.

    "1.3" means 1.3 or newer within 1; anything else is a version specifier such as
    ">=1.3,<1.6". Raises PluginError if it is neither.
    """
    try:
        version = Version(text)
    except InvalidVersion:
        pass
    else:
        return SpecifierSet(f">={version},<{version.major + 1}")
    try:
        specifier = SpecifierSet(text)
    except InvalidSpecifier:
        specifier = SpecifierSet()
    if not specifier:
        raise PluginError(f"{text!r} is neither a version nor a range of versions")
    return specifier


def check_api(text: str) -> None:
    """Raise PluginError unless this interface is in the range a plugin asks for."""
    if not parse_api_range(text).contains(PLUGIN_API, prereleases=True):
        raise PluginError(
            f"needs plugin API {text}, and this site has {PLUGIN_API}; "
            "install a release of the plugin that fits, or disable it"
        )


def read_manifest(path: Path, kind: Literal["folder", "package"]) -> Manifest:
    """Read one ``plugin.toml``. Raises PluginError naming the file and the key."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise PluginError(f"{path}: cannot be read: {error}") from error
    for key in REQUIRED_KEYS:
        if key not in data:
            raise PluginError(f"{path}: the key {key!r} is missing")
    for key, value in data.items():
        if key not in REQUIRED_KEYS + OPTIONAL_KEYS:
            raise PluginError(f"{path}: unknown key {key!r}")
        if not isinstance(value, str) or not value.strip():
            raise PluginError(f"{path}: {key!r} must be a string that is not empty")
    if not NAME.match(data["name"]):
        raise PluginError(
            f"{path}: 'name' must be lowercase letters, digits and single underscores"
        )
    try:
        Version(data["version"])
    except InvalidVersion as error:
        raise PluginError(f"{path}: 'version' is not a version number") from error
    if not re.match(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+\Z", data["app"]):
        raise PluginError(f"{path}: 'app' must be the dotted path of the app config")
    if path.parent.name not in data["app"].split("."):
        raise PluginError(f"{path}: 'app' must be a class of this package")
    try:
        parse_api_range(data["api"])
    except PluginError as error:
        raise PluginError(f"{path}: 'api': {error}") from error
    return Manifest(source=str(path), kind=kind, **data)


def find_manifest(config: type) -> Manifest | None:
    """Find the manifest of an app config, in its package or in one around that.

    Return None if none there names it, as for the product's own apps. Raises
    PluginError if one cannot be read.
    """
    module = sys.modules[config.__module__]
    depth = config.__module__.count(".") + hasattr(module, "__path__")
    for folder in Path(module.__file__ or "").parents[:depth]:
        path = folder / MANIFEST
        if path.exists():
            inside = folder.parent == PLUGINS_FOLDER
            manifest = read_manifest(path, "folder" if inside else "package")
            if manifest.app == f"{config.__module__}.{config.__qualname__}":
                return manifest
    return None


def _find_in_folder(folder: Path) -> Iterable[Manifest]:
    for path in sorted(folder.glob(f"*/{MANIFEST}")):
        name = path.parent.name
        try:
            manifest = read_manifest(path, "folder")
            if manifest.name != name:
                raise PluginError(f"{path}: 'name' must be the folder's name, {name!r}")
        except PluginError as error:
            manifest = Manifest(
                name, str(path), "folder", state="refused", problem=str(error)
            )
        yield manifest


def _find_in_packages(group: str) -> Iterable[Manifest]:
    for entry in sorted(metadata.entry_points(group=group), key=lambda e: e.name):
        origin = entry.dist.name if entry.dist else entry.value
        try:
            yield replace(_read_package_manifest(entry), source=origin)
        except PluginError as error:
            yield Manifest(
                entry.name, origin, "package", state="refused", problem=str(error)
            )


def _read_package_manifest(entry: metadata.EntryPoint) -> Manifest:
    # Looking up a top-level package runs none of it; a nested one would be imported.
    top = entry.module.partition(".")[0]
    spec = importlib.util.find_spec(top)
    places = spec.submodule_search_locations if spec else None
    path = Path(next(iter(places)), MANIFEST) if places else None
    if path is None or not path.exists():
        raise PluginError(f"the package {top!r} of plugin {entry.name!r} must hold a "
                          "plugin.toml")  # fmt: skip
    manifest = read_manifest(path, "package")
    if manifest.name != entry.name:
        raise PluginError(
            f"{path}: 'name' must be that of the entry point, {entry.name!r}"
        )
    return manifest


def _read_names(setting: str) -> frozenset[str]:
    """Read plugin names from the environment and, once configured, from settings."""
    names = {n.strip() for n in os.environ.get(setting, "").split(",")}
    if settings.configured:
        names |= set(getattr(settings, setting, ()))
    return frozenset(names - {""})


def discover(
    *,
    enabled: Iterable[str] | None = None,
    disabled: Iterable[str] | None = None,
    folder: Path | None = None,
    group: str = ENTRY_POINT_GROUP,
) -> list[Manifest]:
    """List every plugin that can be found, by name, with its state; import none.

    A folder plugin is enabled unless PLUGINS_DISABLED names it; a package must also
    be named in PLUGINS_ENABLED. Both are settings or comma-separated environment
    variables, and arguments replace them. A plugin that cannot be used has the state
    "refused", and ``problem`` says why.
    """
    wanted = _read_names("PLUGINS_ENABLED") if enabled is None else frozenset(enabled)
    killed = (
        _read_names("PLUGINS_DISABLED") if disabled is None else frozenset(disabled)
    )
    found = [*_find_in_folder(folder or PLUGINS_FOLDER), *_find_in_packages(group)]
    decided: list[Manifest] = []
    for manifest in found:
        twins = [m for m in found if m.name == manifest.name and m is not manifest]
        state, problem = manifest.state, manifest.problem
        if manifest.name in killed:
            # The kill switch comes first: it must work on the worst of plugins.
            state, problem = "disabled", ""
        elif twins:
            places = ", ".join(sorted({manifest.source, *(m.source for m in twins)}))
            state, problem = "refused", f"two plugins have this name: {places}"
        elif manifest.kind == "package" and manifest.name not in wanted:
            state, problem = "not enabled", ""
        elif not problem:
            try:
                check_api(manifest.api)
            except PluginError as error:
                state, problem = "refused", str(error)
        decided.append(replace(manifest, state=state, problem=problem))
    decided += [
        Manifest(
            name,
            "PLUGINS_ENABLED",
            "package",
            state="refused",
            problem="PLUGINS_ENABLED names it, but no such plugin is installed",
        )
        for name in sorted(wanted - killed - {m.name for m in found})
    ]
    return sorted(decided, key=lambda m: (m.name, m.source))


def installed_plugins(
    *,
    enabled: Iterable[str] | None = None,
    disabled: Iterable[str] | None = None,
    strict: bool | None = None,
    folder: Path | None = None,
    group: str = ENTRY_POINT_GROUP,
) -> list[str]:
    """Return the app configs of the enabled plugins, for the end of INSTALLED_APPS.

    Raises PluginError listing every refused plugin. With ``strict=False`` (or the
    environment variable PLUGINS_STRICT=0) refused plugins are left out instead and a
    system check reports them.
    """
    if strict is None:
        strict = os.environ.get("PLUGINS_STRICT", "1").lower() not in ("0", "false")
    manifests = discover(enabled=enabled, disabled=disabled, folder=folder, group=group)
    refused = [f"{m.name}: {m.problem}" for m in manifests if m.state == "refused"]
    if refused and strict:
        raise PluginError("; ".join(refused))
    return [m.app for m in manifests if m.state == "enabled"]
