"""The app config of a plugin, and the guard that keeps a broken one contained."""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from typing import Any, ClassVar

from django.apps import AppConfig, apps
from django.conf import settings
from django.utils.module_loading import import_string, module_has_submodule

from .discovery import Manifest, check_api, find_manifest
from .kinds import KINDS, BlockContribution
from .registry import RegistryError, registry


@dataclass(frozen=True)
class Quarantined:
    """Why a plugin was put aside: the step that failed and the full traceback."""

    plugin: str
    step: str
    traceback: str

    @property
    def reason(self) -> str:
        """The last line of the traceback."""
        return self.traceback.strip().splitlines()[-1]


# Plugins put aside while this process started, by name.
quarantine: dict[str, Quarantined] = {}


def is_strict() -> bool:
    """Tell whether a broken plugin stops the start, as in development and tests.

    Otherwise it is put aside.
    """
    strict = getattr(settings, "PLUGINS_STRICT", None)
    if strict is None:
        strict = settings.DEBUG or "PYTEST_VERSION" in os.environ
    return bool(strict)


@contextmanager
def guard_step(config: "PluginConfig", step: str) -> Iterator[None]:
    """Contain the failure of one step of a plugin's start.

    In strict mode an error is raised, and so is one of the core's own apps, without
    which there is no site. Otherwise the plugin is put aside, and what it had
    registered is removed.
    """
    try:
        yield
    except Exception:
        if config.core or is_strict():
            raise
        quarantine[config.label] = Quarantined(
            config.label, step, traceback.format_exc()
        )
        registry.discard(config.label)


class PluginConfig(AppConfig):
    """A Django app that contributes to the product.

    ``contributes`` maps a kind to dotted paths; each names an instance of the kind's
    base class, a subclass of it (called without arguments) or a list of instances.
    They are imported when Django is ready, never before. Where a ``plugin.toml`` names
    the class, the app's label, its verbose name, the plugin's version and the interface
    it needs are what that says.
    """

    # Not to be picked as an app config itself where a plugin's apps.py imports it.
    default = False

    core: ClassVar[bool] = False  # the product's own: keys without a prefix
    contributes: ClassVar[dict[str, list[str]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "default" not in vars(cls):
            cls.default = True
        if "ready" in vars(cls):
            setattr(cls, "ready", _guard_ready(vars(cls)["ready"]))  # noqa: B010 - a method

    def __init__(self, app_name: str, app_module: Any) -> None:
        super().__init__(app_name, app_module)
        self.manifest: Manifest | None = None
        with guard_step(self, "plugin.toml"):
            self.manifest = find_manifest(type(self))
        if self.manifest:
            self.label, self.verbose_name = self.manifest.name, self.manifest.label

    @property
    def quarantined(self) -> Quarantined | None:
        return quarantine.get(self.label)

    def import_models(self) -> None:
        if not self.quarantined:
            with guard_step(self, "models"):
                if self.manifest:
                    check_api(self.manifest.api)
                super().import_models()
                return
        # Models defined before the module failed must not look installed.
        self.models = apps.all_models[self.label]
        self.models.clear()

    def load_hooks(self) -> None:
        """Import ``wagtail_hooks`` before Wagtail does, which has no guard.

        A module that fails, or belongs to a plugin already put aside, is marked as
        missing, so that Wagtail does not try it again.
        """
        if not self.module or not module_has_submodule(self.module, "wagtail_hooks"):
            return
        path = f"{self.module.__name__}.wagtail_hooks"
        if not self.quarantined:
            with guard_step(self, "wagtail_hooks"):
                import_module(path)
                return
        sys.modules[path] = None  # type: ignore[assignment]

    def register_contributions(self) -> None:
        """Import and register everything ``contributes`` names."""
        if self.quarantined:
            return
        with guard_step(self, "contributes"):
            for kind, paths in self.contributes.items():
                if kind not in KINDS:
                    raise RegistryError(
                        f"{self.label}: {kind!r} is not a kind of contribution; "
                        f"the kinds are {', '.join(KINDS)}"
                    )
                if isinstance(paths, str):
                    raise RegistryError(
                        f"{self.label}: contributes[{kind!r}] must be a list of paths"
                    )
                for path in paths:
                    for item in _import_contributions(path):
                        registry.register(
                            kind,
                            getattr(item, "key", ""),
                            item,
                            self.label,
                            core=self.core,
                        )


def _import_contributions(path: str) -> list[object]:
    from wagtail.blocks import Block

    """Import what a path names. Raises RegistryError for a block that is not one."""
    target = import_string(path)
    if isinstance(target, type):
        target = target()
    items = list(target) if isinstance(target, list | tuple) else [target]
    for item in items:
        # Better now, where a failure is contained, than in front of an editor.
        if isinstance(item, BlockContribution) and item.block:
            block = item.make_block()
            if not isinstance(block, Block):
                raise RegistryError(f"{path}: its block is not a Wagtail block")
    return items


def _guard_ready(ready: Callable[[Any], None]) -> Callable[[Any], None]:
    """Wrap a plugin's own ``ready``: contain it, and skip it once put aside."""

    @wraps(ready)
    def run(self: PluginConfig) -> None:
        if self.quarantined:
            return
        with guard_step(self, "ready"):
            ready(self)

    return run
