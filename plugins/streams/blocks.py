"""Streams that lose nothing they do not know.

Stock blocks drop a block type (or a struct key, see :mod:`.structs`) that no
installed code declares, on load, from a form and in bulk conversion alike; the next
save makes it final. A stable stream keeps it (see :mod:`plugins.streams.kept`),
isolates what plugins contribute, and is validated one at a time.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from threading import RLock
from typing import Any, TypeVar

from django.core.exceptions import BadRequest
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from plugins.kinds import KINDS

from .contributions import ContributedStreamBlock
from .isolation import PluginBlockError, get_plugin, run_isolated
from .kept import CARRIER, KEPT_BLOCK, KeptContent, get_card, refuse, sign_for, unsign
from .values import StableChild, StableStreamValue

logger = logging.getLogger("plugins")

# Wagtail 8.0 relaxes validation for a draft by changing flags on block objects that
# all threads share, so another thread's publish could pass with required fields
# empty. All validation of stable streams therefore takes turns.
VALIDATION_LOCK = RLock()

# The field in which a lazy stream (`plugins.lazy`) posts a child that nobody opened.
UNOPENED = "_unopened"

#: The type under which the API says that content stands here which nobody can read.
KEPT_TYPE = "kept"

T = TypeVar("T")


class StableStreamBlock(ContributedStreamBlock):
    """A StreamBlock that keeps unknown blocks and can take blocks from plugins."""

    # -- To and from storage ---------------------------------------------------------

    def convert_children(
        self, type_name: str, items: Iterable[dict[str, Any]]
    ) -> list[StableChild]:
        """Convert stored blocks of one type to children, in one go."""
        items = list(items)
        if type_name not in self.child_blocks:
            return [make_kept_child(KeptContent(item)) for item in items]
        block = self.child_blocks[type_name]
        try:
            values = block.bulk_to_python([item["value"] for item in items])
        except Exception:
            if get_plugin(block) is None:
                raise
            if len(items) > 1:
                # One bad block must not hide its neighbours.
                return [self.convert_children(type_name, [i])[0] for i in items]
            logger.exception(
                "Plugin %s failed to read block %s", get_plugin(block), type_name
            )
            return [make_kept_child(KeptContent(item, "failed")) for item in items]
        return [
            StableChild(block, value, id=item.get("id"))
            for item, value in zip(items, values, strict=True)
        ]

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
                # Text of a field that was not a stream yet; StreamField writes it back.
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
                raise ValueError(f"{name!r} is not a block of this stream")
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
            made = self.convert_children(type_name, items)
            children.update(zip(places, made, strict=True))
        return [
            StableStreamValue(self, [children[s, i] for i in range(len(stream))])
            for s, stream in enumerate(streams)
        ]

    # -- Forms -----------------------------------------------------------------------

    def get_form_state(self, value: Any) -> list[dict[str, Any]]:
        if not value:
            return []
        with sign_for(getattr(value, "owner", None)):
            return [self._get_child_form_state(child) for child in value]

    def _get_child_form_state(self, child: StableChild) -> dict[str, Any]:
        block = child.block
        try:
            state = run_isolated(
                child, "show the form of", lambda: block.get_form_state(child.value)
            )
        except PluginBlockError:
            kept = child.carried or KeptContent(child.get_prep_value(), "failed")
            block, state = KEPT_BLOCK, get_card(kept)
        return {"type": block.name, "value": state, "id": child.id}

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, prefix: str
    ) -> StableStreamValue:
        """Read the stream that was posted.

        Raises BadRequest for a form without its blocks, such as one sent before the
        editor's script had put them in: an empty stream would be a loss.
        """
        try:
            return self._read_form(data, files, prefix)
        # A field that is missing, or a count or an order that is not a number.
        except (MultiValueDictKeyError, ValueError) as error:
            raise BadRequest(f"{prefix} was posted incomplete") from error

    def _read_form(
        self, data: Mapping[str, Any], files: Any, prefix: str
    ) -> StableStreamValue:
        children: list[tuple[int, StableChild]] = []
        for i in range(int(data[f"{prefix}-count"])):
            place = f"{prefix}-{i}"
            if data[f"{place}-deleted"]:
                continue
            type_name, id = data[f"{place}-type"], data.get(f"{place}-id")
            if type_name == CARRIER:
                child = self._read_kept_child(data.get(f"{place}-value", ""), id)
            elif type_name in self.child_blocks:
                child = self.read_child(type_name, data, files, place)
            else:
                message = _(
                    "This part’s plugin was switched off while this page was open. "
                    "Reload the page to continue with what is stored."
                )
                child = make_kept_child(refuse("", message), id)
            children.append((int(data[f"{place}-order"]), child))
        children.sort(key=lambda ordered: ordered[0])
        return StableStreamValue(self, [child for _order, child in children])

    def read_child(
        self, type_name: str, data: Mapping[str, Any], files: Any, place: str
    ) -> StableChild:
        """Read the child that was posted under the prefix ``place``."""
        block, id = self.child_blocks[type_name], data.get(f"{place}-id")
        if f"{place}-value-{UNOPENED}" in data:
            return self.refuse_child(id)  # this stream is not the one that sent it out
        value = block.value_from_datadict(data, files, f"{place}-value")
        return StableChild(block, value, id=id)

    def refuse_child(self, id: str | None) -> StableChild:
        """Return what stands for a child that did not come back as it was sent."""
        message = _(
            "This part is not as it was when you opened the page. Reload "
            "the page to continue with what is stored."
        )
        return make_kept_child(refuse("", message), id)

    def _read_kept_child(self, token: str, id: str | None) -> StableChild:
        kept = unsign(token)
        if not kept.error and "type" not in kept.data:
            kept = refuse(token)  # the token of a struct's keys
        if kept.error or kept.type not in self.child_blocks:
            return make_kept_child(kept, id)
        # Its plugin is back, or the token was moved to a stream that does know the
        # type: from here on it is a block like others and is validated like them.
        (child,) = self.convert_children(kept.type, [kept.data])
        child.id, child.carried = id, replace(kept, reason="failed")
        if child.is_kept:
            child.value = child.carried
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
            name = KEPT_TYPE if child.is_kept else child.block.name
            yield {"type": name, "value": shown, "id": child.id}

        return list(self._collect(value, "serialise", item, kept=True))

    def get_searchable_content(self, value: Any) -> list[str]:
        if not self.search_index:
            return []
        return list(
            self._collect(
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

        yield from self._collect(value, "read the references of", references)

    def _collect(
        self,
        value: Any,
        work: str,
        make: Callable[[StableChild], Iterable[T]],
        kept: bool = False,
    ) -> Iterator[T]:
        """Yield what ``make`` gives for each visible child, and each kept one if asked;
        nothing for one at which it fails."""
        for child in (value if kept else value.visible) if value else ():
            made = partial(_list, make, child)
            try:
                yield from run_isolated(child, work, made)
            except PluginBlockError:
                continue


def _list(make: Callable[[StableChild], Iterable[T]], child: StableChild) -> list[T]:
    return list(make(child))


def make_kept_child(kept: KeptContent, id: str | None = None) -> StableChild:
    return StableChild(KEPT_BLOCK, kept, id=id or kept.id)


def registry_blocks(
    kind: str = "article_blocks",
    context: str = "",
    *,
    name: str = "RegistryBlocks",
    base: type[StableStreamBlock] = StableStreamBlock,
    **meta: Any,
) -> type[StableStreamBlock]:
    """Make a stream class whose children are the contributions of one kind.

    It follows the registry, so it may be declared long before plugins are ready.
    ``base`` is the class it subclasses; ``meta`` are further options such as
    ``required=False``.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not a kind of contribution")
    options = type("Meta", (), {"contributions": (kind, context), **meta})
    return type(name, (base,), {"Meta": options, "__doc__": ""})
