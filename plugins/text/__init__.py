"""The gate for text that comes in; `docs/developers.md` says who passes it."""

from .gate import (
    MAX_LENGTHS,
    Kind,
    TextError,
    clean_query,
    clean_text,
    fold,
    identity,
    is_storable,
    strip_unreadable,
)

__all__ = [
    "MAX_LENGTHS",
    "Kind",
    "TextError",
    "clean_query",
    "clean_text",
    "fold",
    "identity",
    "is_storable",
    "strip_unreadable",
]
