"""The one gate for text that comes in: `docs/text.md` says what it lets through."""

from .gate import (
    LONGEST,
    Kind,
    TextError,
    clean_query,
    clean_text,
    fold,
    identity,
    readable,
    storable,
)

__all__ = [
    "LONGEST",
    "Kind",
    "TextError",
    "clean_query",
    "clean_text",
    "fold",
    "identity",
    "readable",
    "storable",
]
