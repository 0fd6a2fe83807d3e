"""The tags of `usage/`, where Django looks for them."""

from screening_block.usage.tags import register

__all__ = ["register"]
