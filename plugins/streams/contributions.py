"""Streams that take blocks from the plugins' registry beside those they declare."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any

from django.core import checks
from wagtail.blocks import Block, StreamBlock

from plugins.kinds import BlockContribution
from plugins.registry import make_block_name, registry

from .kept import CARRIER, KEPT_BLOCK


class ChildBlocks(OrderedDict[str, Block]):
    """The children by name. The carrier is found by its name but never listed."""

    def __missing__(self, name: str) -> Block:
        if name == CARRIER:
            return KEPT_BLOCK
        raise KeyError(name)


class ContributedStreamBlock(StreamBlock):
    """A StreamBlock whose children are declared, contributed by plugins, or both.

    ``Meta.contributions = ("article_blocks", "article")`` appends what the registry
    holds of that kind for that context ("" for all) after the declared children.
    """

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        self._complete = False
        self._version = -1
        self._made: dict[str, tuple[object, Block]] = {}
        super().__init__(local_blocks, **kwargs)
        self._complete = True

    @property
    def child_blocks(self) -> ChildBlocks:
        if not self._complete or self.meta.contributions is None:
            return self._declared
        if self._version != registry.version:
            version, children = registry.version, ChildBlocks(self._declared)
            for name, block in self._make_contributed():
                children.setdefault(name, block)
            self._all, self._version = children, version
        return self._all

    @child_blocks.setter
    def child_blocks(self, blocks: Mapping[str, Block]) -> None:
        self._declared = ChildBlocks(blocks)

    def _make_contributed(self) -> Iterator[tuple[str, Block]]:
        kind, context = self.meta.contributions
        for key, item in registry.all(kind).items():
            if not isinstance(item, BlockContribution) or not item.block:
                continue
            if not item.is_for(context):
                continue
            if key not in self._made or self._made[key][0] is not item:
                block = item.make_block()
                block.set_name(make_block_name(key))
                block.contributed_by = registry.get_owner(kind, key)
                if item.group and not block.meta.group:
                    block.meta.group = item.group
                if item.label and not block.meta.label:
                    block.label = item.label
                self._made[key] = item, block
            yield make_block_name(key), self._made[key][1]

    def check(self, **kwargs: Any) -> list[Any]:
        errors = super().check(**kwargs)
        if self.meta.contributions is not None:
            errors += [
                checks.Error(
                    f"The contributed block {name!r} has the name of a declared one.",
                    obj=kwargs.get("field", self),
                    id="plugins.E003",
                )
                for name, _block in self._make_contributed()
                if name in self._declared
            ]
        return errors

    class Meta:
        contributions: tuple[str, str] | None = None
