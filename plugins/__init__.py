"""The plugin kit: how an app adds to the product.

The names below are its whole public surface; ``docs/plugins.md`` describes each. How
content outlives a plugin is :mod:`plugins.streams`. Importing this package touches
neither settings nor models, because settings call :func:`installed_plugins`.
"""

from .base import PluginConfig
from .discovery import PLUGIN_API, PluginError, discover, installed_plugins
from .kinds import (
    ApiRoutes,
    ArticleBlock,
    LawPack,
    Operator,
    QuestionType,
    ResultAction,
)
from .registry import Missing, registry, resolve

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
    "discover",
    "installed_plugins",
    "registry",
    "resolve",
]
