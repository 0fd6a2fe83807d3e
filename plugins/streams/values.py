"""The values of stable streams, whose children are isolated or kept unread."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.struct_block import StructValue

from .isolation import PluginBlockError, run_isolated
from .kept import KeptContent


class StableChild(StreamValue.StreamChild):
    """A child of a stable stream: kept content is unchanged, a failure stays inside."""

    # The kept content in a form, where the plugin could not show this child.
    carried: KeptContent | None = None

    @property
    def is_kept(self) -> bool:
        return isinstance(self.value, KeptContent)

    def get_prep_value(self) -> dict[str, Any]:
        if isinstance(self.value, KeptContent):
            return {**self.value.data, "id": self.id}
        return super().get_prep_value()

    def try_render(self, context: Mapping[str, Any] | None = None) -> str | None:
        """Render the block; None where a visitor must see nothing at all."""
        if self.is_kept:
            return None
        stock_render: Callable[[Any], str] = super().render
        try:
            return run_isolated(self, "render", lambda: stock_render(context))
        except PluginBlockError as failure:
            return _render_staff_note(self, failure, context)

    def render(self, context: Mapping[str, Any] | None = None) -> str:
        return self.try_render(context) or ""

    def __str__(self) -> str:
        return self.render()


def _render_staff_note(
    child: StableChild, failure: PluginBlockError, context: Mapping[str, Any] | None
) -> str | None:
    request = (context or {}).get("request")
    user = getattr(request, "user", None)
    if user is None or not user.has_perm("wagtailadmin.access_admin"):
        return None
    return format_html(
        '<p class="plugin-note" role="note">{}</p>',
        _(
            "The block “%(block)s” of the plugin %(plugin)s could not be shown "
            "(%(error)s). Only editors see this note."
        )
        % {
            "block": child.block.label,
            "plugin": failure.plugin,
            "error": type(failure.error).__name__,
        },
    )


class StableStreamValue(StreamValue):
    """The value of a stable stream, with kept blocks in their place among others."""

    # Set on the value of a field: see StreamField.get_owner.
    owner: str | None = None

    @property
    def visible(self) -> list[StableChild]:
        """Return the children without the kept ones; templates loop over these."""
        return [child for child in self if not child.is_kept]

    def get_prep_value(self) -> list[dict[str, Any]]:
        # A refused part has no data; it must not reach the database even if someone
        # saves a value that did not pass validation.
        return [item for item in super().get_prep_value() if "type" in item]

    def _construct_stream_child(self, item: Any) -> StableChild:
        if isinstance(item, StableChild):
            return item
        child = super()._construct_stream_child(item)
        return StableChild(child.block, child.value, id=child.id)

    def _prefetch_blocks(self, type_name: str) -> None:
        waiting = {
            i: raw
            for i, raw in enumerate(self._raw_data)
            if self._bound_blocks[i] is None and raw["type"] == type_name
        }
        children = self.stream_block.convert_children(type_name, waiting.values())
        for i, child in zip(waiting, children, strict=True):
            self._bound_blocks[i] = child


def verify_kept_content(value: Any, owner: str) -> list[str]:
    """Check that posted kept content, at any depth, was signed for ``owner``.

    Changes the value in place and returns the errors.
    """
    if isinstance(value, KeptContent):
        raise TypeError("verify_kept_content takes the value that holds kept parts")
    errors: list[str] = []
    if isinstance(value, StreamValue):
        # What is still raw was read from the database and has not been posted.
        parts: Iterable[Any] = [child for child in value._bound_blocks if child]
    elif isinstance(value, ListValue):
        parts = value.bound_blocks
    elif isinstance(value, StructValue):
        kept = getattr(value, "kept", None)
        if kept:
            value.kept = kept.verify(owner)
            errors += [value.kept.error] if value.kept.error else []
        return errors + [
            e for child in value.values() for e in verify_kept_content(child, owner)
        ]
    else:
        return errors
    for child in parts:
        if isinstance(child.value, KeptContent):
            child.value = child.value.verify(owner)
            errors += [child.value.error] if child.value.error else []
        else:
            errors += verify_kept_content(child.value, owner)
    return errors
