"""The stream whose children are built when they are opened.

Its other half is static/plugins/lazy.js.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.telepath import register
from wagtail.blocks import Block

from plugins.streams import StableStreamBlock
from plugins.streams.adapters import StableStreamBlockAdapter
from plugins.streams.blocks import UNOPENED
from plugins.streams.values import StableChild

from .states import InvalidState, can_build_later, parse_state


class LazyStreamBlock(StableStreamBlock):
    """A stable stream for long lists: a child's fields are built when it is opened.

    Give it ``Meta.collapsed = True``. A child with fields that are unknown here, such
    as a widget of several inputs, is built at once.
    """

    def is_built_later(self, block: Block) -> bool:
        """Tell whether the fields of this child are built when it is first opened."""
        return can_build_later(block)

    def read_child(
        self, type_name: str, data: Mapping[str, Any], files: Any, place: str
    ) -> StableChild:
        block, prefix = self.child_blocks[type_name], f"{place}-value"
        id, text = data.get(f"{place}-id"), data.get(f"{prefix}-{UNOPENED}")
        if text is None or not self.is_built_later(block):
            return super().read_child(type_name, data, files, place)
        try:
            fields = parse_state(block, text, prefix)
        except InvalidState:
            return self.refuse_child(id)
        return StableChild(
            block, block.value_from_datadict(fields, files, prefix), id=id
        )


class LazyStreamBlockAdapter(StableStreamBlockAdapter):
    js_constructor = "plugins.LazyStreamBlock"

    def js_args(self, block: LazyStreamBlock) -> list[Any]:
        *first, meta, kept = super().js_args(block)
        children = block.child_blocks.items()
        meta["lazy"] = [name for name, child in children if block.is_built_later(child)]
        return [*first, meta, kept]

    @cached_property
    def media(self) -> Any:
        # In one list, which Django keeps in order: the second subclasses the first.
        scripts = ["plugins/streams.js", "plugins/lazy.js"]
        return super().media + forms.Media(js=scripts)


register(LazyStreamBlockAdapter(), LazyStreamBlock)
