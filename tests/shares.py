"""A share of what is asked of many places in many ways; `make prove` asks all of it.

Where every place is asked by the same code, a way is tried at some of the places, in
turns: each place and each way has its part, but not each pair.
"""

from __future__ import annotations

import os

WHOLE = bool(os.environ.get("WHOLE"))


def in_turn(place: int, way: int, *, of: int) -> bool:
    """Tell whether a place is asked in this way: one of so many places is."""
    return WHOLE or (place + way) % of == 0
