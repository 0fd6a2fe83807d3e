"""The tags of `editor/`, where Django looks for them."""

from screening_block.editor.tags import register

__all__ = ["register"]
