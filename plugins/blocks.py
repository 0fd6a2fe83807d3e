"""Stream and struct blocks that lose nothing they do not know.

Stock blocks drop a block type or a struct key that no installed code declares, on
load, from a form and in bulk conversion alike; the next save makes it final. These
keep it (see :mod:`plugins.kept`), take blocks from the registry, isolate what
plugins contribute, and validate one stream at a time.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from threading import RLock
from typing import Any, TypeVar

from django.core import checks
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.admin.telepath import register
from wagtail.blocks import (
    Block,
    ListBlock,
    StreamBlock,
    StreamValue,
    StructBlock,
    StructBlockValidationError,
)
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.blocks.struct_block import BlockGroup, StructBlockAdapter, StructValue

from .kept import (
    CARRIER,
    KEPT_BLOCK,
    Kept,
    KeptBlockAdapter,
    card,
    form_of,
    keys_card,
    refused,
    unsign,
)
from .kinds import BlockContribution
from .registry import KINDS, block_name, registry

logger = logging.getLogger("plugins")

# Wagtail 8.0 relaxes validation for a draft by changing flags on block objects that
# all threads share, so another thread's publish could pass with required fields
# empty. All validation of stable streams therefore takes turns.
VALIDATION_LOCK = RLock()

T = TypeVar("T")


def isolated(child: StreamValue.StreamChild, work: str, make: Callable[[], T]) -> T:
    """``make()``; what a plugin's block raises is logged and raised as Exploded."""
    plugin = plugin_of(child.block)
    if plugin is None:
        return make()
    try:
        return make()
    except Exception as error:
        logger.exception(
            "Plugin %s failed to %s block %s (id %s)",
            plugin,
            work,
            child.block_type,
            child.id,
        )
        raise Exploded(plugin, error) from error


class Exploded(Exception):
    """A plugin's block raised; it is logged already."""

    def __init__(self, plugin: str, error: Exception) -> None:
        super().__init__(plugin, type(error).__name__)
        self.plugin = plugin
        self.error = error


def plugin_of(block: Block) -> str | None:
    """The plugin that contributed a block; None for one declared in a stream."""
    return getattr(block, "contributed_by", None)


class StableChild(StreamValue.StreamChild):
    """A stream's child: kept content goes back as it came, a failure stays inside."""

    @property
    def is_kept(self) -> bool:
        return isinstance(self.value, Kept)

    def get_prep_value(self) -> dict[str, Any]:
        if isinstance(self.value, Kept):
            return {**self.value.data, "id": self.id}
        return super().get_prep_value()

    def try_render(self, context: Mapping[str, Any] | None = None) -> str | None:
        """The rendered block, or None where a visitor must see nothing at all."""
        if self.is_kept:
            return None
        stock_render: Callable[[Any], str] = super().render
        try:
            return isolated(self, "render", lambda: stock_render(context))
        except Exploded as failure:
            return _staff_note(self, failure, context)

    def render(self, context: Mapping[str, Any] | None = None) -> str:
        return self.try_render(context) or ""

    def __str__(self) -> str:
        return self.render()


def _staff_note(
    child: StableChild, failure: Exploded, context: Mapping[str, Any] | None
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
    """A stream value that holds kept blocks among the others, in their place."""

    # Set on the value of a field: see StreamField.owner_of.
    owner: str | None = None

    @property
    def visible(self) -> list[StableChild]:
        """The children without the kept ones; templates loop over these."""
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
        children = self.stream_block.children_of_raw(type_name, waiting.values())
        for i, child in zip(waiting, children, strict=True):
            self._bound_blocks[i] = child


class ChildBlocks(OrderedDict[str, Block]):
    """The children by name. The carrier is found by its name but never listed."""

    def __missing__(self, name: str) -> Block:
        if name == CARRIER:
            return KEPT_BLOCK
        raise KeyError(name)


class StableStreamBlock(StreamBlock):
    """A StreamBlock that keeps unknown blocks and can take blocks from plugins.

    ``Meta.contributions = ("article_blocks", "article")`` appends what the registry
    holds of that kind for that context ("" for all) after the declared children.
    """

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        self._complete = False
        self._version = -1
        self._made: dict[str, tuple[object, Block]] = {}
        super().__init__(local_blocks, **kwargs)
        self._complete = True

    # -- Children ------------------------------------------------------------------

    @property
    def child_blocks(self) -> ChildBlocks:
        if not self._complete or self.meta.contributions is None:
            return self._declared
        if self._version != registry.version:
            version, children = registry.version, ChildBlocks(self._declared)
            for name, block in self._contributed():
                children.setdefault(name, block)
            self._all, self._version = children, version
        return self._all

    @child_blocks.setter
    def child_blocks(self, blocks: Mapping[str, Block]) -> None:
        self._declared = ChildBlocks(blocks)

    def _contributed(self) -> Iterator[tuple[str, Block]]:
        kind, context = self.meta.contributions
        for key, found in registry.all(kind).items():
            if not isinstance(found, BlockContribution) or not found.block:
                continue
            if not found.fits(context):
                continue
            if key not in self._made or self._made[key][0] is not found:
                block = found.make_block()
                block.set_name(block_name(key))
                block.contributed_by = registry.owner(kind, key)
                if found.group and not block.meta.group:
                    block.meta.group = found.group
                if found.label and not block.meta.label:
                    block.label = found.label
                self._made[key] = found, block
            yield block_name(key), self._made[key][1]

    def children_of_raw(
        self, type_name: str, items: Iterable[dict[str, Any]]
    ) -> list[StableChild]:
        """Children for stored blocks of one type, converted in one go."""
        items = list(items)
        if type_name not in self.child_blocks:
            return [_kept_child(Kept(item)) for item in items]
        block = self.child_blocks[type_name]
        try:
            values = block.bulk_to_python([item["value"] for item in items])
        except Exception:
            if plugin_of(block) is None:
                raise
            if len(items) > 1:
                # One bad block must not hide its neighbours.
                return [self.children_of_raw(type_name, [i])[0] for i in items]
            logger.exception(
                "Plugin %s failed to read block %s", plugin_of(block), type_name
            )
            return [_kept_child(Kept(item, "failed")) for item in items]
        return [
            StableChild(block, value, id=item.get("id"))
            for item, value in zip(items, values, strict=True)
        ]

    # -- To and from storage ---------------------------------------------------------

    def empty_value(self, raw_text: str | None = None) -> StableStreamValue:
        return StableStreamValue(self, [], raw_text=raw_text)

    def to_python(self, value: Any) -> StableStreamValue:
        if isinstance(value, StableStreamValue):
            return value
        if isinstance(value, StreamValue):
            if not value:
                return self.empty_value(value.raw_text)
            value = value.get_prep_value()
        elif isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                # Text of a field that was no stream before; StreamField writes it back.
                return self.empty_value(raw_text=value)
        if not value:
            return self.empty_value()
        value = list(value)
        if isinstance(value[0], dict):
            return StableStreamValue(self, value, is_lazy=True)
        try:
            pairs = [(name, child) for name, child in value]
        except (TypeError, ValueError) as error:
            raise TypeError(f"Cannot make a stream of {type(value[0])}") from error
        for name, _child in pairs:
            if name not in self.child_blocks:
                raise ValueError(f"{name!r} is no block of this stream")
        return StableStreamValue(self, pairs)

    def bulk_to_python(self, values: Iterable[Any]) -> list[StableStreamValue]:
        streams = [list(stream) for stream in values]
        by_type: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for s, stream in enumerate(streams):
            for i, item in enumerate(stream):
                by_type[item["type"]].append((s, i))
        children: dict[tuple[int, int], StableChild] = {}
        for type_name, places in by_type.items():
            items = [streams[s][i] for s, i in places]
            made = self.children_of_raw(type_name, items)
            children.update(zip(places, made, strict=True))
        return [
            StableStreamValue(self, [children[s, i] for i in range(len(stream))])
            for s, stream in enumerate(streams)
        ]

    # -- Forms -----------------------------------------------------------------------

    def get_form_state(self, value: Any) -> list[dict[str, Any]]:
        if not value:
            return []
        with form_of(getattr(value, "owner", None)):
            return [self._child_form_state(child) for child in value]

    def _child_form_state(self, child: StableChild) -> dict[str, Any]:
        block = child.block
        try:
            state = isolated(
                child, "show the form of", lambda: block.get_form_state(child.value)
            )
        except Exploded:
            block, state = KEPT_BLOCK, card(Kept(child.get_prep_value(), "failed"))
        return {"type": block.name, "value": state, "id": child.id}

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, prefix: str
    ) -> StableStreamValue:
        children: list[tuple[int, StableChild]] = []
        for i in range(int(data[f"{prefix}-count"])):
            place = f"{prefix}-{i}"
            if data[f"{place}-deleted"]:
                continue
            type_name, id = data[f"{place}-type"], data.get(f"{place}-id")
            if type_name == CARRIER:
                child = self._child_of_token(data.get(f"{place}-value", ""), id)
            elif type_name in self.child_blocks:
                block = self.child_blocks[type_name]
                value = block.value_from_datadict(data, files, f"{place}-value")
                child = StableChild(block, value, id=id)
            else:
                message = _(
                    "The plugin of this part was switched off while this page was "
                    "open. Reload the page to go on with what is stored."
                )
                child = _kept_child(refused("", message), id)
            children.append((int(data[f"{place}-order"]), child))
        children.sort(key=lambda ordered: ordered[0])
        return StableStreamValue(self, [child for _order, child in children])

    def _child_of_token(self, token: str, id: str | None) -> StableChild:
        kept = unsign(token)
        if not kept.error and "type" not in kept.data:
            kept = refused(token)  # the token of a struct's keys
        if kept.error or kept.type not in self.child_blocks:
            return _kept_child(kept, id)
        # Its plugin is back, or the token was moved to a stream that does know the
        # type: from here on it is a block like others and is validated like them.
        (child,) = self.children_of_raw(kept.type, [kept.data])
        child.id = id
        if child.is_kept:
            child.value = Kept(kept.data, "failed", kept.token, kept.owner)
        return child

    def clean(self, value: Any) -> StableStreamValue:
        with VALIDATION_LOCK:
            cleaned = super().clean(value)
        return StableStreamValue(self, list(cleaned))

    def clean_deferred(self, value: Any) -> StableStreamValue:
        with VALIDATION_LOCK:
            return super().clean_deferred(value)

    # -- To readers ------------------------------------------------------------------

    def render_basic(self, value: Any, context: Any = None) -> str:
        rendered = [(child.try_render(context), child) for child in value]
        return format_html_join(
            "\n",
            '<div class="w-block-{1} block-{1}">{0}</div>',
            [(html, child.block_type) for html, child in rendered if html is not None],
        )

    def get_api_representation(
        self, value: Any, context: Any = None
    ) -> list[dict[str, Any]]:
        def item(child: StableChild) -> Iterator[dict[str, Any]]:
            shown = child.block.get_api_representation(child.value, context=context)
            yield {"type": child.block.name, "value": shown, "id": child.id}

        return list(self._each(value, "serialise", item))

    def get_searchable_content(self, value: Any) -> list[str]:
        if not self.search_index:
            return []
        return list(
            self._each(
                value,
                "index",
                lambda child: child.block.get_searchable_content(child.value),
            )
        )

    def extract_references(self, value: Any) -> Iterator[tuple[Any, ...]]:
        def references(child: StableChild) -> Iterator[tuple[Any, ...]]:
            for model, pk, model_path, content_path in child.block.extract_references(
                child.value
            ):
                yield (
                    model,
                    pk,
                    ".".join(filter(None, [child.block_type, model_path])),
                    ".".join(filter(None, [child.id, content_path])),
                )

        yield from self._each(value, "read the references of", references)

    def _each(
        self, value: Any, work: str, make: Callable[[StableChild], Iterable[T]]
    ) -> Iterator[T]:
        """What ``make`` gives for each visible child; nothing for one that fails."""
        for child in value.visible if value else ():
            made = partial(_list, make, child)
            try:
                yield from isolated(child, work, made)
            except Exploded:
                continue

    def check(self, **kwargs: Any) -> list[Any]:
        errors = super().check(**kwargs)
        if self.meta.contributions is not None:
            errors += [
                checks.Error(
                    f"The contributed block {name!r} has the name of a declared one.",
                    obj=kwargs.get("field", self),
                    id="plugins.E005",
                )
                for name, _block in self._contributed()
                if name in self._declared
            ]
        return errors

    class Meta:
        contributions: tuple[str, str] | None = None


def _list(make: Callable[[StableChild], Iterable[T]], child: StableChild) -> list[T]:
    return list(make(child))


def _kept_child(kept: Kept, id: str | None = None) -> StableChild:
    return StableChild(KEPT_BLOCK, kept, id=id or kept.id)


def registry_blocks(
    kind: str = "article_blocks",
    context: str = "",
    *,
    name: str = "RegistryBlocks",
    **meta: Any,
) -> type[StableStreamBlock]:
    """A stream whose children are the registry's contributions of one kind.

    It follows the registry, so it may be declared long before plugins are ready.
    ``meta`` are further options such as ``required=False``.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of contribution")
    options = type("Meta", (), {"contributions": (kind, context), **meta})
    return type(name, (StableStreamBlock,), {"Meta": options, "__doc__": ""})


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
            struct.kept = Kept(unknown)
        return struct

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        kept = getattr(value, "kept", None)
        return {**super().get_prep_value(value), **(kept.data if kept else {})}

    def get_form_state(self, value: Any) -> dict[str, Any]:
        state = super().get_form_state(value)
        return {**state, CARRIER: keys_card(getattr(value, "kept", None))}

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, prefix: str
    ) -> StructValue:
        struct = super().value_from_datadict(data, files, prefix)
        token = data.get(f"{prefix}-{CARRIER}")
        if not token:
            return struct
        kept = unsign(token)
        if "type" in kept.data and "value" in kept.data:
            kept = refused(token)  # the token of a whole block
        known = {k for k in kept.data if k in self.child_blocks}
        for name in known:
            block = self.child_blocks[name]
            if block.value_omitted_from_data(data, files, f"{prefix}-{name}"):
                struct[name] = block.to_python(kept.data[name])
        unknown = {k: v for k, v in kept.data.items() if k not in known}
        if unknown or kept.error:
            struct.kept = Kept(unknown, kept.reason, token, kept.owner, kept.error)
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


def settle(value: Any, owner: str) -> list[str]:
    """Hold posted kept parts, at any depth, to the object they were signed for.

    Changes the value in place; returns the errors.
    """
    if isinstance(value, Kept):
        raise TypeError("settle takes the value that holds kept parts")
    errors: list[str] = []
    if isinstance(value, StreamValue):
        # What is still raw was read from the database and has not been posted.
        parts: Iterable[Any] = [child for child in value._bound_blocks if child]
    elif isinstance(value, ListValue):
        parts = value.bound_blocks
    elif isinstance(value, StructValue):
        kept = getattr(value, "kept", None)
        if kept:
            value.kept = kept.trusted(owner)
            errors += [value.kept.error] if value.kept.error else []
        return errors + [e for child in value.values() for e in settle(child, owner)]
    else:
        return errors
    for child in parts:
        if isinstance(child.value, Kept):
            child.value = child.value.trusted(owner)
            errors += [child.value.error] if child.value.error else []
        else:
            errors += settle(child.value, owner)
    return errors


def descendants(block: Block) -> Iterator[Block]:
    """A block and all blocks below it, each once."""
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
