"""The StreamField of the product: block definitions change without a migration.

Migrations hold no blocks, so that a plugin's block comes and goes without touching
the core's migrations. A historical model therefore knows no blocks; its field reads and
writes the stored JSON as it is.
"""

import json
from typing import Any

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from wagtail.blocks import Block, BlockField, StreamValue
from wagtail.fields import StreamField as WagtailStreamField

from .blocks import VALIDATION_LOCK, StableStreamBlock
from .checks import check_block, walk_blocks
from .values import StableStreamValue, verify_kept_content


class StableBlockField(BlockField):
    """Validates one stream at a time, whatever a block's own ``clean`` adds."""

    def clean(self, value: Any) -> Any:
        with VALIDATION_LOCK:
            return super().clean(value)


class RawStream(list[Any]):
    """A stream in a migration: the stored JSON, a list of dicts to read and change."""

    stream_block = StableStreamBlock([])  # looked for by wagtail's MigrateStreamData


class StreamField(WagtailStreamField):
    """A StreamField without block definitions in migrations.

    Takes a StableStreamBlock (class or instance) or a list of (name, block) pairs.
    Without one it is the historical field of a migration.
    """

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        self.historical = block_types is None
        super().__init__([] if block_types is None else block_types, **kwargs)

    @cached_property
    def stream_block(self) -> StableStreamBlock:
        block = self.block_types_arg
        if isinstance(block, type):
            block = block()
        elif not isinstance(block, Block):
            block = StableStreamBlock(list(block))
        if not isinstance(block, StableStreamBlock):
            raise TypeError(
                f"The block of a StreamField must be a StableStreamBlock, not "
                f"{type(block).__name__}: stock blocks drop what they do not know."
            )
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self) -> tuple[Any, ...]:
        name, _path, _args, kwargs = models.Field.deconstruct(self)
        if "default" in kwargs:
            # A default in terms of blocks means nothing to a field without any.
            kwargs["default"] = list
        return name, "plugins.streams.StreamField", [], kwargs

    # -- Historical models -----------------------------------------------------------

    def to_python(self, value: Any) -> Any:
        if self.historical:
            return self._to_raw(value)
        return super().to_python(value)

    def _to_raw(self, value: Any) -> Any:
        if isinstance(value, StreamValue):
            value = value.get_prep_value()
        elif isinstance(value, str):
            # A fixture's or a revision's JSON; a text that is none stays a text.
            try:
                value = json.loads(value)
            except ValueError:
                return value
        return RawStream(value) if isinstance(value, list) else value

    def get_prep_value(self, value: Any) -> Any:
        if self.historical:
            return self._to_raw(value)
        return super().get_prep_value(value)

    def get_default(self) -> Any:
        if self.historical:
            return RawStream()
        return super().get_default()

    # -- Forms -----------------------------------------------------------------------

    def get_owner(self, instance: models.Model) -> str:
        """Return the name for which kept content of ``instance`` is signed."""
        meta = instance._meta
        new = instance._state.adding and meta.pk is not None and meta.pk.has_default()
        return f"{meta.label_lower}:{None if new else instance.pk}:{self.name}"

    def value_from_object(self, obj: models.Model) -> Any:
        value = super().value_from_object(obj)
        if isinstance(value, StableStreamValue):
            value.owner = self.get_owner(obj)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": StableBlockField, **kwargs})

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if model_instance is not None:
            errors = verify_kept_content(value, self.get_owner(model_instance))
            if errors:
                raise ValidationError(sorted(set(errors)), code="refused")

    # -- Checks ----------------------------------------------------------------------

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        if self.historical:
            return [
                checks.Error(
                    "A StreamField needs its blocks: only migrations leave them out.",
                    obj=self,
                    id="plugins.E004",
                )
            ]
        messages = super().check(**kwargs)
        for block in walk_blocks(self.stream_block):
            messages += check_block(block, self)
        return messages
