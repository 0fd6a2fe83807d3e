"""The plugin kit: how an app adds to the product, and how content outlives it.

The names below are the whole public surface; ``docs/plugins.md`` describes each.
Importing this package touches neither settings nor models, because settings call
:func:`installed_plugins`; the stream classes are imported when first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .base import PLUGIN_API, PluginConfig
from .discovery import PluginError, discover, installed_plugins
from .registry import Missing, registry, resolve

if TYPE_CHECKING:
    from .kinds import (
        ApiRoutes,
        ArticleBlock,
        LawPack,
        Operator,
        QuestionType,
        ResultAction,
    )
    from .streamfield import (
        StableStreamBlock,
        StableStructBlock,
        StreamField,
        registry_blocks,
    )

_LAZY = {
    "ApiRoutes": ".kinds",
    "ArticleBlock": ".kinds",
    "LawPack": ".kinds",
    "Operator": ".kinds",
    "QuestionType": ".kinds",
    "ResultAction": ".kinds",
    "StableStreamBlock": ".streamfield",
    "StableStructBlock": ".streamfield",
    "StreamField": ".streamfield",
    "registry_blocks": ".streamfield",
}

__all__ = [
    "PLUGIN_API",
    "ApiRoutes",
    "ArticleBlock",
    "LawPack",
    "Missing",
    "Operator",
    "PluginConfig",
    "PluginError",
    "QuestionType",
    "ResultAction",
    "StableStreamBlock",
    "StableStructBlock",
    "StreamField",
    "discover",
    "installed_plugins",
    "registry",
    "registry_blocks",
    "resolve",
]


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
