"""The plugin system: how an app adds to the product.

The names below are all that is public; ``docs/plugins.md`` describes each. The modules
in reading order, each of which imports only those before it: ``kinds`` (what can be
contributed), ``registry`` (who contributed what), ``discovery`` (which plugins there
are), ``base`` (their app config), ``status``, ``checks`` and ``urls``. Packages beside
them build on these: ``streams`` (content outlives its plugin), ``lazy`` (long streams
open quickly), ``text`` (what text may come in) and ``work`` (in the background).

Importing this package touches neither settings nor models, because settings call
:func:`installed_plugins`.
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
