"""The tags of `review/`, where Django looks for them."""

from screening_block.review.tags import register

__all__ = ["register"]
