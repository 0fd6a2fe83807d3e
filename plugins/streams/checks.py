"""Checks of what streams are made of and of what is stored in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core import checks
from django.db import DatabaseError
from wagtail.admin.telepath import registry as telepath_registry
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock

from plugins.checks import TAG, Messages

from .adapters import StableStreamBlockAdapter, StableStructBlockAdapter
from .blocks import StableStreamBlock
from .structs import StableStructBlock
from .usage import find_unknown


def walk_blocks(block: Block) -> Iterator[Block]:
    """Yield a block and all blocks below it, each once."""
    waiting, seen = [block], {id(block)}
    while waiting:
        current = waiting.pop()
        yield current
        children = (
            [current.child_block]
            if isinstance(current, ListBlock)
            else list(getattr(current, "child_blocks", {}).values())
        )
        for child in children:
            if id(child) not in seen:
                seen.add(id(child))
                waiting.append(child)


def check_block(block: Block, field: object) -> Messages:
    """Report a block that would lose content, or its admin adapter."""
    stable = (StableStreamBlock, StableStructBlock)
    kind = type(block)
    if isinstance(block, stable):
        adapters = StableStreamBlockAdapter, StableStructBlockAdapter
        if isinstance(telepath_registry.find_adapter(kind), adapters):
            return []
        return [
            checks.Error(
                f"The admin adapter of {kind.__name__} must subclass "
                "StableStreamBlockAdapter or StableStructBlockAdapter of "
                "plugins.streams.adapters, or kept content is lost in the editor.",
                obj=field,
                id="plugins.E005",
            )
        ]
    stock = isinstance(block, StreamBlock | StructBlock)
    if stock and (kind in (StreamBlock, StructBlock) or not _is_wagtails_own(kind)):
        return [
            checks.Warning(
                f"{kind.__name__} ({block.name!r}) drops content that it does "
                "not know.",
                hint="Make it a StableStreamBlock or StableStructBlock.",
                obj=field,
                id="plugins.W104",
            )
        ]
    return []


def _is_wagtails_own(kind: type) -> bool:
    return kind.__module__.partition(".")[0] == "wagtail"


@checks.register(TAG, checks.Tags.database)
def check_content(
    app_configs: Any = None, databases: Iterable[str] | None = None, **kwargs: Any
) -> Messages:
    """Report stored content that no installed code knows (W102)."""
    messages: Messages = []
    for using in databases or ():
        found: dict[tuple[str, str], dict[str, int]] = defaultdict(
            lambda: defaultdict(int)
        )
        try:
            for use in find_unknown(using):
                for name in use.names:
                    found[f"{use.model}.{use.field}", name][use.place] += 1
        except DatabaseError:
            # Not migrated as far as the code is; the check has its turn after that.
            continue
        for (field, name), places in sorted(found.items()):
            counts = ", ".join(f"{n} {place}" for place, n in sorted(places.items()))
            messages.append(
                checks.Warning(
                    f"{field} holds content of the unknown type {name!r} ({counts}).",
                    hint="It is kept and not shown. Install its plugin, or remove it "
                    "in the editor; `manage.py plugins usage NAME` lists the places.",
                    id="plugins.W102",
                )
            )
    return messages
