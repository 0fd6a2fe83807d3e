"""The admin's side of stable blocks; the other half is static/plugins/streams.js."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.blocks.struct_block import BlockGroup, StructBlockAdapter

from .blocks import StableStreamBlock
from .kept import CARRIER, KEPT_BLOCK, KeptBlockAdapter
from .structs import StableStructBlock


class StableStreamBlockAdapter(StreamBlockAdapter):
    js_constructor = "plugins.StableStreamBlock"

    def js_args(self, block: StableStreamBlock) -> list[Any]:
        return [*super().js_args(block), KEPT_BLOCK]

    @cached_property
    def media(self) -> Any:
        return super().media + KeptBlockAdapter().media


class StableStructBlockAdapter(StructBlockAdapter):
    js_constructor = "plugins.StableStructBlock"

    def js_args(self, block: StableStructBlock) -> list[Any]:
        name, children, meta = super().js_args(block)
        layout = meta["formLayout"]
        meta["formLayout"] = BlockGroup([*layout.children, CARRIER], layout.settings)
        if "formTemplate" in meta:
            meta["formTemplate"] = mark_safe(  # noqa: S308 - made by Wagtail just now
                f"<div>{meta['formTemplate']}"
                f'<div data-structblock-child="{CARRIER}"></div></div>'
            )
        return [name, [*children, KEPT_BLOCK], meta]

    @cached_property
    def media(self) -> Any:
        return super().media + KeptBlockAdapter().media


register(StableStreamBlockAdapter(), StableStreamBlock)
register(StableStructBlockAdapter(), StableStructBlock)
