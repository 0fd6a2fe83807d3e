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
class Entry:
    """One contribution and who made it."""

    kind: str
    key: str
    obj: object
    plugin: str
    core: bool


def block_name(key: str) -> str:
    """The block type under which a key is stored: "acme.chart" is "acme__chart"."""
    return key.replace(".", "__")


def key_of_block(name: str) -> str:
    """The reverse of :func:`block_name`."""
    return name.replace("__", ".", 1)


class Registry:
    """Contributions by kind and key: core first, then by plugin, then by key.

    Filled once, while the kit gets ready, and frozen after that. ``version`` changes
    with the contents, for those who cache something made from them.
    """

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], Entry] = {}
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
            raise RegistryError(f"{plugin}: {kind!r} is no kind of contribution")
        if not isinstance(obj, KINDS[kind]):
            raise RegistryError(
                f"{plugin}: {kind} {key!r} must be a plugins.{KINDS[kind].__name__}, "
                f"not {type(obj).__name__}"
            )
        self._check_key(kind, key, plugin, core)
        taken = self._entries.get((kind, key))
        if taken:
            raise RegistryError(
                f"{kind} {key!r} is registered twice: by {taken.plugin} and {plugin}"
            )
        self._entries[kind, key] = Entry(kind, key, obj, plugin, core)
        self._changed()

    def discard(self, plugin: str) -> None:
        """Take out everything a plugin registered; it failed while starting.

        Works on a frozen registry too: a plugin's own ``ready`` runs after that.
        """
        self._entries = {
            place: e for place, e in self._entries.items() if e.plugin != plugin
        }
        self._changed()

    def freeze(self) -> None:
        self._frozen = True

    @contextmanager
    def scratch(self) -> Iterator[None]:
        """Open for changes within; afterwards all is as it was. For tests."""
        entries, frozen = dict(self._entries), self._frozen
        self._frozen = False
        try:
            yield
        finally:
            self._entries, self._frozen = entries, frozen
            self._changed()

    def all(self, kind: str) -> Mapping[str, object]:
        """Read-only mapping of key to contribution, in order."""
        if kind not in self._views:
            self._views[kind] = MappingProxyType(
                {e.key: e.obj for e in self.entries() if e.kind == kind}
            )
        return self._views[kind]

    def entries(self, plugin: str | None = None) -> list[Entry]:
        """All contributions, or those of one plugin, by kind and in order."""
        kinds = list(KINDS)
        return sorted(
            (e for e in self._entries.values() if plugin in (None, e.plugin)),
            key=lambda e: (kinds.index(e.kind), not e.core, e.plugin, e.key),
        )

    def owner(self, kind: str, key: str) -> str | None:
        """The plugin that registered a contribution."""
        entry = self._entries.get((kind, key))
        return entry.plugin if entry else None

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
                "name in small letters, digits and single underscores (only an app "
                "config with core = True has keys without the prefix)"
            )

    def _changed(self) -> None:
        self._views = {}
        self.version += 1


registry = Registry()


def resolve(kind: str, key: str) -> object:
    """The contribution, or a Missing that stands in for it. Never raises."""
    found = registry.all(kind).get(key)
    return Missing(kind, key) if found is None else found
