"""Keep the failure of a plugin's block to that block."""

import logging
from collections.abc import Callable
from typing import TypeVar

from wagtail.blocks import Block, StreamValue

logger = logging.getLogger("plugins")

T = TypeVar("T")


def run_isolated(child: StreamValue.StreamChild, work: str, make: Callable[[], T]) -> T:
    """Return ``make()``. Log what a plugin's block raises; raise PluginBlockError."""
    plugin = get_plugin(child.block)
    if plugin is None:
        return make()
    try:
        return make()
    except Exception as error:
        logger.exception(
            "Plugin %s failed to %s block %s (id %s)",
            plugin,
            work,
            child.block_type,
            child.id,
        )
        raise PluginBlockError(plugin, error) from error


class PluginBlockError(Exception):
    """A plugin's block raised; it is logged already."""

    def __init__(self, plugin: str, error: Exception) -> None:
        super().__init__(plugin, type(error).__name__)
        self.plugin = plugin
        self.error = error


def get_plugin(block: Block) -> str | None:
    """Return the plugin that contributed a block; None for a declared one."""
    return getattr(block, "contributed_by", None)
