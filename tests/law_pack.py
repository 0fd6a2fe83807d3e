"""The law pack as its files say, read once a process."""

from functools import cache
from pathlib import Path

from screening_block.packs.read import Pack, read_pack


@cache
def law_pack() -> Pack:
    """To be read only; its `release()` is a new object each time."""
    return read_pack(Path(__file__).parents[1] / "plugins/california_firearms/pack")
