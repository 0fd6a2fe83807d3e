"""Every rule of the reading, by the key of its finding."""

from . import (
    clearing,
    convictions,
    deportability,
    inadmissibility,
    paths,
    plans,
    status,
)
from .case import RULES

MODULES = (
    *(convictions, deportability, inadmissibility, plans),
    *(status, clearing, paths),
)
"""Imported so that their rules are entered."""

__all__ = ["MODULES", "RULES"]
