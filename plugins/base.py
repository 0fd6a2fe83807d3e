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
    """Whether a broken plugin stops the start (development, tests) or is put aside."""
    strict = getattr(settings, "PLUGINS_STRICT", None)
    if strict is None:
        strict = settings.DEBUG or "PYTEST_VERSION" in os.environ
    return bool(strict)


@contextmanager
def guard(config: "PluginConfig", step: str) -> Iterator[None]:
    """Run one step of a plugin's start.

    An error passes through in strict mode and for the core's own apps, without which
    there is no site; else the plugin goes to quarantine and what it had registered
    is taken out again.
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
    base class, a subclass of it (made without arguments) or a list of instances.
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
            setattr(cls, "ready", _guarded(vars(cls)["ready"]))  # noqa: B010 - a method

    def __init__(self, app_name: str, app_module: Any) -> None:
        super().__init__(app_name, app_module)
        self.manifest: Manifest | None = None
        with guard(self, "plugin.toml"):
            self.manifest = find_manifest(type(self))
        if self.manifest:
            self.label, self.verbose_name = self.manifest.name, self.manifest.label

    @property
    def quarantined(self) -> Quarantined | None:
        return quarantine.get(self.label)

    def import_models(self) -> None:
        if not self.quarantined:
            with guard(self, "models"):
                if self.manifest:
                    check_api(self.manifest.api)
                super().import_models()
                return
        # What the module had defined before it failed must not look installed.
        self.models = apps.all_models[self.label]
        self.models.clear()

    def load_hooks(self) -> None:
        """Import ``wagtail_hooks`` before Wagtail does, which has no guard.

        A module that fails, or belongs to a plugin already put aside, is marked as
        absent so that Wagtail does not try it again.
        """
        if not self.module or not module_has_submodule(self.module, "wagtail_hooks"):
            return
        path = f"{self.module.__name__}.wagtail_hooks"
        if not self.quarantined:
            with guard(self, "wagtail_hooks"):
                import_module(path)
                return
        sys.modules[path] = None  # type: ignore[assignment]

    def register_contributions(self) -> None:
        """Import and register everything ``contributes`` names."""
        if self.quarantined:
            return
        with guard(self, "contributes"):
            for kind, paths in self.contributes.items():
                if kind not in KINDS:
                    raise RegistryError(
                        f"{self.label}: {kind!r} is no kind of contribution; "
                        f"the kinds are {', '.join(KINDS)}"
                    )
                if isinstance(paths, str):
                    raise RegistryError(
                        f"{self.label}: contributes[{kind!r}] must be a list of paths"
                    )
                for path in paths:
                    for item in _instances(path):
                        registry.register(
                            kind,
                            getattr(item, "key", ""),
                            item,
                            self.label,
                            core=self.core,
                        )


def _instances(path: str) -> list[object]:
    from wagtail.blocks import Block

    found = import_string(path)
    if isinstance(found, type):
        found = found()
    items = list(found) if isinstance(found, list | tuple) else [found]
    for item in items:
        # Better found out now, under guard, than by the first editor.
        if isinstance(item, BlockContribution) and item.block:
            block = item.make_block()
            if not isinstance(block, Block):
                raise RegistryError(f"{path}: its block is no Wagtail block")
    return items


def _guarded(ready: Callable[[Any], None]) -> Callable[[Any], None]:
    """A plugin's own ``ready``, skipped once it is put aside."""

    @wraps(ready)
    def run(self: PluginConfig) -> None:
        if self.quarantined:
            return
        with guard(self, "ready"):
            ready(self)

    return run
