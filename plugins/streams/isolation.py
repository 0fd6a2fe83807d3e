"""Keep the failure of a plugin's block to that block."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from wagtail.blocks import Block, StreamValue

logger = logging.getLogger("plugins")

T = TypeVar("T")


def isolated(child: StreamValue.StreamChild, work: str, make: Callable[[], T]) -> T:
    """``make()``; what a plugin's block raises is logged and raised as Exploded."""
    plugin = plugin_of(child.block)
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
        raise Exploded(plugin, error) from error


class Exploded(Exception):
    """A plugin's block raised; it is logged already."""

    def __init__(self, plugin: str, error: Exception) -> None:
        super().__init__(plugin, type(error).__name__)
        self.plugin = plugin
        self.error = error


def plugin_of(block: Block) -> str | None:
    """The plugin that contributed a block; None for one declared in a stream."""
    return getattr(block, "contributed_by", None)
