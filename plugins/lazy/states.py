"""Read blocks whose fields were never built in the browser.

A lazy stream builds the fields of a block when somebody opens it. Until then the block
is one hidden field: the JSON of its form state. What comes back is taken apart into the
fields that an opened block would have posted, and read by the same code as those, so
that the same rules hold.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict
from wagtail.blocks import (
    Block,
    BooleanBlock,
    FieldBlock,
    ListBlock,
    StreamBlock,
    StructBlock,
)

from plugins.streams import StableStreamBlock, StableStructBlock
from plugins.streams.kept import CARRIER
from screening_block.engine import EngineError, parse_json

MAX_LENGTH = 500_000  # characters of a block's state; the largest known has 20,000

Fields = Iterator[tuple[str, str]]


class InvalidState(ValueError):
    """A posted state that no form of this block could have."""


def can_build_later(block: Block) -> bool:
    """Tell whether a block's state says all that its fields would post.

    Not so for a block with parts that are unknown here, such as a plugin's widget of
    several inputs; its fields are then built at once.
    """
    kind = type(block)
    if isinstance(block, FieldBlock):
        plain = kind.value_from_datadict is FieldBlock.value_from_datadict
        return plain and _get_value_maker(block) is not None
    if isinstance(block, ListBlock):
        stock = kind.value_from_datadict is ListBlock.value_from_datadict
        return stock and can_build_later(block.child_block)
    if isinstance(block, StreamBlock | StructBlock):
        return _reads_by_children(kind) and all(
            can_build_later(child) for child in block.child_blocks.values()
        )
    return False


def _reads_by_children(kind: Any) -> bool:
    """Tell whether a class reads a form as the stock blocks and the stable ones do."""
    known: tuple[Any, ...] = (
        StableStreamBlock,
        StableStructBlock,
        StreamBlock,
        StructBlock,
    )
    return kind.value_from_datadict in [each.value_from_datadict for each in known]


def parse_state(block: Block, text: str, prefix: str) -> MultiValueDict:
    """Return the form fields that a posted state stands for. Raises InvalidState."""
    if len(text) > MAX_LENGTH:
        raise InvalidState("too long")
    try:
        state = parse_json(text)
    except EngineError as error:
        raise InvalidState("not JSON, or nested too deep") from error
    maximum = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or float("inf")
    data: MultiValueDict = MultiValueDict()
    for count, (name, value) in enumerate(make_fields(block, state, prefix)):
        if count >= maximum:
            raise InvalidState("too many fields")
        data.appendlist(name, value)
    return data


def make_fields(block: Block, state: Any, prefix: str) -> Fields:
    """Make the form fields for a block's form state, as Wagtail's scripts would.

    Raises InvalidState for a state that this block cannot have. What it lacks is taken
    from the block's default; names that the block does not know are ignored, as they
    are when posted.
    """
    if isinstance(block, StreamBlock):
        yield from _make_stream_fields(block, state, prefix)
    elif isinstance(block, ListBlock):
        items = _require(list, state)
        yield f"{prefix}-count", str(len(items))
        for i, item in enumerate(items):
            yield from _make_item_fields(item, "item", i, f"{prefix}-{i}")
            value = _require(dict, item).get("value")
            yield from make_fields(block.child_block, value, f"{prefix}-{i}-value")
    elif isinstance(block, StructBlock):
        state = _require(dict, state)
        for name, child in block.child_blocks.items():
            value = (
                state[name]
                if name in state
                else child.get_form_state(child.get_default())
            )
            yield from make_fields(child, value, f"{prefix}-{name}")
        if state.get(CARRIER):
            token = _require(dict, state[CARRIER]).get("token")
            yield f"{prefix}-{CARRIER}", _to_text(token)
    else:
        make = _get_value_maker(block)
        for value in make(state) if make else [_to_text(state)]:
            yield prefix, value


def _make_stream_fields(block: StreamBlock, state: Any, prefix: str) -> Fields:
    items = _require(list, state)
    yield f"{prefix}-count", str(len(items))
    for i, item in enumerate(items):
        place = f"{prefix}-{i}"
        kind = _to_text(_require(dict, item).get("type"))
        yield from _make_item_fields(item, kind, i, place)
        if kind == CARRIER:
            token = _require(dict, item.get("value")).get("token")
            yield f"{place}-value", _to_text(token)
        elif kind in block.child_blocks:
            child = block.child_blocks[kind]
            yield from make_fields(child, item.get("value"), f"{place}-value")


def _make_item_fields(item: Any, kind: str, i: int, place: str) -> Fields:
    yield f"{place}-deleted", ""
    yield f"{place}-order", str(i)
    yield f"{place}-type", kind
    yield f"{place}-id", _to_text(_require(dict, item).get("id"))


def _get_value_maker(block: Any) -> Callable[[Any], list[str]] | None:
    """Return what makes a field's state into posted values; None if unknown."""
    # These need the page model, which is not loaded yet when blocks are declared.
    from wagtail.admin.rich_text import DraftailRichTextArea
    from wagtail.admin.widgets import BaseChooser

    widget = block.field.widget
    kind = type(widget)
    if isinstance(widget, forms.CheckboxInput):
        # Others give the browser no state: see BooleanBlock.get_form_state.
        return _make_checkbox if isinstance(block, BooleanBlock) else None
    if isinstance(widget, BaseChooser):
        return _make_chooser
    if isinstance(widget, DraftailRichTextArea):
        return _make_text
    if isinstance(widget, forms.Select | forms.RadioSelect):
        read = kind.value_from_datadict in (
            forms.Select.value_from_datadict,
            forms.SelectMultiple.value_from_datadict,
        )
        several = widget.allow_multiple_selected
        return (_make_choices if several else _make_choice) if read else None
    single = isinstance(widget, forms.widgets.Input | forms.Textarea)
    if single and kind.value_from_datadict is forms.Widget.value_from_datadict:
        return _make_text
    return None


def _make_text(state: Any) -> list[str]:
    return [_to_text(state)]


def _make_checkbox(state: Any) -> list[str]:
    return ["on"] if _require(bool, state) else []


def _make_choices(state: Any) -> list[str]:
    return [_to_text(value) for value in _require(list, state)]


def _make_choice(state: Any) -> list[str]:
    values = _make_choices(state) if isinstance(state, list) else [_to_text(state)]
    if len(values) > 1:
        raise InvalidState("one value expected")
    return values


def _make_chooser(state: Any) -> list[str]:
    return [_to_text(None if state is None else _require(dict, state).get("id"))]


def _require(kind: type, state: Any) -> Any:
    """Return the state if it is of a kind; an absent list or struct is empty."""
    if state is None and kind is not bool:
        return kind()
    if not isinstance(state, kind):
        raise InvalidState(f"{kind.__name__} expected")
    return state


def _to_text(state: Any) -> str:
    """Return a field's state as it is posted; forms post nothing but text."""
    if state is None:
        return ""
    if isinstance(state, bool) or not isinstance(state, str | int | float):
        raise InvalidState("text expected")
    text = str(state)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:  # half a character, which JSON can write
            raise InvalidState("not text") from error
    return text
