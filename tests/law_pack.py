"""The law pack as its files say, read and loaded once a process."""

from functools import cache
from pathlib import Path

from screening_block.engine import Release, load_release
from screening_block.packs.read import Pack, read_pack


@cache
def law_pack() -> Pack:
    """To be read only; its `release()` is a new object each time."""
    return read_pack(Path(__file__).parents[1] / "plugins/california_firearms/pack")


@cache
def law_release() -> Release:
    """The pack, ready to evaluate; to be read only."""
    return load_release(law_pack().release())
