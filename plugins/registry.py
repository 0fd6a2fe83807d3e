"""What plugins contribute: one typed registry and one way to look things up."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from .kinds import KINDS

# One contribution per plugin is usual here, so the plugin's own name is a good key.
_PLUGIN_NAME_IS_A_KEY = ("law_packs", "api_routes")
_WORD = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z")
_PACK_WORD = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\Z")


class RegistryError(Exception):
    """A contribution cannot be registered; the message names the owner and the key."""


@dataclass(frozen=True)
class Missing:
    """Stands in for a contribution that is not there. It is false."""

    kind: str
    key: str

    @property
    def plugin(self) -> str:
        """The plugin that would bring it; "" if the key has no prefix."""
        return self.key.partition(".")[0] if "." in self.key else ""

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Registration:
    """One contribution, and the plugin that made it."""

    kind: str
    key: str
    obj: object
    plugin: str
    core: bool


def make_block_name(key: str) -> str:
    """Return the block type under which a key is stored: "acme__chart"."""
    return key.replace(".", "__")


def parse_block_name(name: str) -> str:
    """Return the key whose :func:`make_block_name` is ``name``."""
    return name.replace("__", ".", 1)


class Registry:
    """Contributions by kind and key: core first, then by plugin, then by key.

    Filled once, while the kit gets ready, and frozen after that. ``version`` changes
    with the contents, for code that caches something made from them.
    """

    def __init__(self) -> None:
        self._registrations: dict[tuple[str, str], Registration] = {}
        self._frozen = False
        self._views: dict[str, Mapping[str, object]] = {}
        self.version = 0

    def register(
        self, kind: str, key: str, obj: object, plugin: str, *, core: bool = False
    ) -> None:
        """Add a contribution.

        ``key`` is ``<plugin>.<name>``; only the core's own have no prefix, and a law
        pack or API may bear its plugin's name. Raises RegistryError for an unknown
        kind, a wrong type, a bad key, a key already taken (naming both owners) and
        once the registry is frozen.
        """
        self._check_open(plugin)
        if kind not in KINDS:
            raise RegistryError(f"{plugin}: {kind!r} is not a kind of contribution")
        if not isinstance(obj, KINDS[kind]):
            raise RegistryError(
                f"{plugin}: {kind} {key!r} must be a plugins.{KINDS[kind].__name__}, "
                f"not {type(obj).__name__}"
            )
        self._check_key(kind, key, plugin, core)
        taken = self._registrations.get((kind, key))
        if taken:
            raise RegistryError(
                f"{kind} {key!r} is registered twice: by {taken.plugin} and {plugin}"
            )
        self._registrations[kind, key] = Registration(kind, key, obj, plugin, core)
        self._changed()

    def discard(self, plugin: str) -> None:
        """Remove everything a plugin registered, because it failed while starting.

        Works on a frozen registry too: a plugin's own ``ready`` runs after that.
        """
        self._registrations = {
            place: e for place, e in self._registrations.items() if e.plugin != plugin
        }
        self._changed()

    def freeze(self) -> None:
        """Refuse registrations from now on."""
        self._frozen = True

    @contextmanager
    def restore_afterwards(self) -> Iterator[None]:
        """Allow changes within, and undo them afterwards. For tests."""
        saved, frozen = dict(self._registrations), self._frozen
        self._frozen = False
        try:
            yield
        finally:
            self._registrations, self._frozen = saved, frozen
            self._changed()

    def all(self, kind: str) -> Mapping[str, object]:
        """Return a read-only mapping of key to contribution, in order."""
        if kind not in self._views:
            self._views[kind] = MappingProxyType(
                {e.key: e.obj for e in self.registrations() if e.kind == kind}
            )
        return self._views[kind]

    def registrations(self, plugin: str | None = None) -> list[Registration]:
        """List all contributions, or those of one plugin, by kind and in order."""
        kinds = list(KINDS)
        return sorted(
            (e for e in self._registrations.values() if plugin in (None, e.plugin)),
            key=lambda e: (kinds.index(e.kind), not e.core, e.plugin, e.key),
        )

    def get_owner(self, kind: str, key: str) -> str | None:
        """Return the plugin that registered a contribution."""
        registration = self._registrations.get((kind, key))
        return registration.plugin if registration else None

    def _check_open(self, plugin: str) -> None:
        if self._frozen:
            raise RegistryError(
                f"{plugin}: the registry is closed once all apps are ready; name "
                "contributions in PluginConfig.contributes"
            )

    def _check_key(self, kind: str, key: str, plugin: str, core: bool) -> None:
        if core or (kind in _PLUGIN_NAME_IS_A_KEY and key == plugin):
            prefix, word = plugin, key
        else:
            prefix, _, word = key.partition(".")
        pattern = _PACK_WORD if kind == "law_packs" else _WORD
        if prefix != plugin or not pattern.match(word):
            raise RegistryError(
                f"{plugin}: {kind} key {key!r} must be {plugin + '.<name>'!r}, the "
                "name in lowercase letters, digits and single underscores (only an app "
                "config with core = True has keys without the prefix)"
            )

    def _changed(self) -> None:
        self._views = {}
        self.version += 1


registry = Registry()


def resolve(kind: str, key: str) -> object:
    """Return the contribution, or a Missing that stands in for it. Never raises."""
    obj = registry.all(kind).get(key)
    return Missing(kind, key) if obj is None else obj
