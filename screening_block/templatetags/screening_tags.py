"""The tags of `visitor/`, where Django looks for them."""

from screening_block.visitor.tags import register

__all__ = ["register"]
