"""A StreamField that loses nothing: `docs/streams.md` says what it promises."""

from .blocks import StableStreamBlock, registry_blocks
from .fields import StreamField
from .structs import StableStructBlock

__all__ = ["StableStreamBlock", "StableStructBlock", "StreamField", "registry_blocks"]
