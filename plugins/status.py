"""The state of each plugin in this process."""

from dataclasses import dataclass

from django.apps import apps

from .base import PluginConfig, Quarantined, quarantine
from .discovery import Manifest, discover
from .registry import registry


@dataclass(frozen=True)
class PluginStatus:
    """One plugin: what it is, whether it runs, and what it contributes."""

    name: str
    label: str
    version: str
    api: str
    source: str
    state: str  # enabled, disabled, not enabled, not installed, refused, quarantined
    problem: str = ""
    traceback: str = ""
    contributes: tuple[tuple[str, str], ...] = ()  # (kind, key)


def get_plugin_statuses() -> list[PluginStatus]:
    """List all plugins that can be found: the core's apps first, then by name."""
    configs = {
        c.label: c for c in apps.get_app_configs() if isinstance(c, PluginConfig)
    }
    manifests = {m.name: m for m in discover()}
    names = sorted(
        {*configs, *manifests},
        key=lambda n: (not (n in configs and configs[n].core), n),
    )
    return [_make_status(n, configs.get(n), manifests.get(n)) for n in names]


def _describe(config: PluginConfig) -> Manifest:
    """Describe an app that settings list themselves, as if it had been discovered."""
    return config.manifest or Manifest(
        name=config.label,
        source="core" if config.core else "INSTALLED_APPS",
        kind="package",
        label=str(config.verbose_name),
    )


def _make_status(
    name: str, config: PluginConfig | None, manifest: Manifest | None
) -> PluginStatus:
    described = manifest or (_describe(config) if config else None)
    if described is None:
        raise LookupError(name)
    failure: Quarantined | None = quarantine.get(name)
    state, problem = "enabled", ""
    if failure:
        state, problem = "quarantined", f"{failure.step}: {failure.reason}"
    elif config is None:
        state, problem = described.state, described.problem
        if state == "enabled":
            state, problem = "not installed", f"INSTALLED_APPS lacks {described.app}"
    return PluginStatus(
        name=name,
        label=described.label,
        version=described.version,
        api=described.api,
        source=described.source,
        state=state,
        problem=problem,
        traceback=failure.traceback if failure else "",
        contributes=tuple((r.kind, r.key) for r in registry.registrations(name)),
    )
