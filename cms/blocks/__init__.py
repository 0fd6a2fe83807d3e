"""The blocks an article is written with, in the groups the editor's picker shows."""

from cms.blocks.body import BodyBlock

__all__ = ["BodyBlock"]
