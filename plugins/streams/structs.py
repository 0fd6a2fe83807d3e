"""Structs that keep keys they do not know."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlock, StructBlockValidationError
from wagtail.blocks.struct_block import StructValue

from .kept import CARRIER, KeptContent, get_keys_card, refuse, unsign


class StableStructBlock(StructBlock):
    """A StructBlock that keeps keys it does not know.

    They stand in the value's attribute ``kept``, not among its items.
    """

    def to_python(self, value: Mapping[str, Any]) -> StructValue:
        return self._with_kept(super().to_python(value), value)

    def bulk_to_python(self, values: Iterable[Mapping[str, Any]]) -> list[StructValue]:
        values = list(values)
        return [
            self._with_kept(struct, raw)
            for struct, raw in zip(super().bulk_to_python(values), values, strict=True)
        ]

    def _with_kept(self, struct: StructValue, raw: Mapping[str, Any]) -> StructValue:
        unknown = {k: v for k, v in raw.items() if k not in self.child_blocks}
        if unknown:
            struct.kept = KeptContent(unknown)
        return struct

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        kept = getattr(value, "kept", None)
        return {**super().get_prep_value(value), **(kept.data if kept else {})}

    def get_form_state(self, value: Any) -> dict[str, Any]:
        state = super().get_form_state(value)
        return {**state, CARRIER: get_keys_card(getattr(value, "kept", None))}

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, prefix: str
    ) -> StructValue:
        struct = super().value_from_datadict(data, files, prefix)
        token = data.get(f"{prefix}-{CARRIER}")
        if not token:
            return struct
        kept = unsign(token)
        if "type" in kept.data and "value" in kept.data:
            kept = refuse(token)  # the token of a whole block
        known = {k for k in kept.data if k in self.child_blocks}
        for name in known:
            block = self.child_blocks[name]
            if block.value_omitted_from_data(data, files, f"{prefix}-{name}"):
                struct[name] = block.to_python(kept.data[name])
        unknown = {k: v for k, v in kept.data.items() if k not in known}
        if unknown or kept.error:
            struct.kept = KeptContent(
                unknown, kept.reason, token, kept.owner, kept.error
            )
        return struct

    def clean(self, value: Any) -> StructValue:
        kept = getattr(value, "kept", None)
        if kept and kept.error:
            error = ValidationError(kept.error, code="refused")
            raise StructBlockValidationError(block_errors={CARRIER: error})
        cleaned = super().clean(value)
        if kept:
            cleaned.kept = kept
        return cleaned
