"""Streams whose blocks are built when they are opened: see `docs/lazy.md`."""

from .blocks import LazyStreamBlock

__all__ = ["LazyStreamBlock"]
