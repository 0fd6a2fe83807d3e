"""Blocks whose fields were never built in the browser.

A stream with ``Meta.lazy = True`` builds the fields of a block when somebody opens
it. Until then the block is one hidden field: the JSON of its form state. What comes
back is taken apart into the fields that an opened block would have posted, and read
by the same code as those, so that it is held to the same rules.
"""

from __future__ import annotations

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

LONGEST = 500_000  # characters of one block's state; the largest known has 20,000

Fields = Iterator[tuple[str, str]]


class BadState(ValueError):
    """A posted state that no form of this block could have had."""


def can_wait(block: Block) -> bool:
    """Whether a block's state says all that its fields would post.

    False for a block with parts the kit cannot judge, such as a plugin's widget of
    several inputs; its fields are then built at once.
    """
    kind = type(block)
    if isinstance(block, FieldBlock):
        plain = kind.value_from_datadict is FieldBlock.value_from_datadict
        return plain and _fields_of_widget(block) is not None
    if isinstance(block, ListBlock):
        stock = kind.value_from_datadict is ListBlock.value_from_datadict
        return stock and can_wait(block.child_block)
    if isinstance(block, StreamBlock | StructBlock):
        return _reads_by_children(kind) and all(
            can_wait(child) for child in block.child_blocks.values()
        )
    return False


def _reads_by_children(kind: Any) -> bool:
    known: tuple[Any, ...] = (
        StableStreamBlock,
        StableStructBlock,
        StreamBlock,
        StructBlock,
    )
    return kind.value_from_datadict in [each.value_from_datadict for each in known]


def fields_of_text(block: Block, text: str, prefix: str) -> MultiValueDict:
    """The form fields that a posted state stands for. Raises BadState."""
    if len(text) > LONGEST:
        raise BadState("too long")
    try:
        state = parse_json(text)
    except EngineError as error:
        raise BadState("no JSON, or nested too deep") from error
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or float("inf")
    data: MultiValueDict = MultiValueDict()
    for count, (name, value) in enumerate(fields_of(block, state, prefix)):
        if count >= most:
            raise BadState("too many fields")
        data.appendlist(name, value)
    return data


def fields_of(block: Block, state: Any, prefix: str) -> Fields:
    """The form fields for a block's form state, as Wagtail's admin scripts make them.

    Raises BadState where the state is none of this block. What it lacks is taken
    from the block's default; names that the block does not know are passed over, as
    they are when posted.
    """
    if isinstance(block, StreamBlock):
        yield from _of_stream(block, state, prefix)
    elif isinstance(block, ListBlock):
        items = _a(list, state)
        yield f"{prefix}-count", str(len(items))
        for i, item in enumerate(items):
            yield from _of_item(item, "item", i, f"{prefix}-{i}")
            value = _a(dict, item).get("value")
            yield from fields_of(block.child_block, value, f"{prefix}-{i}-value")
    elif isinstance(block, StructBlock):
        state = _a(dict, state)
        for name, child in block.child_blocks.items():
            value = (
                state[name]
                if name in state
                else child.get_form_state(child.get_default())
            )
            yield from fields_of(child, value, f"{prefix}-{name}")
        if state.get(CARRIER):
            token = _a(dict, state[CARRIER]).get("token")
            yield f"{prefix}-{CARRIER}", _text(token)
    else:
        make = _fields_of_widget(block)
        for value in make(state) if make else [_text(state)]:
            yield prefix, value


def _of_stream(block: StreamBlock, state: Any, prefix: str) -> Fields:
    items = _a(list, state)
    yield f"{prefix}-count", str(len(items))
    for i, item in enumerate(items):
        place = f"{prefix}-{i}"
        kind = _text(_a(dict, item).get("type"))
        yield from _of_item(item, kind, i, place)
        if kind == CARRIER:
            token = _a(dict, item.get("value")).get("token")
            yield f"{place}-value", _text(token)
        elif kind in block.child_blocks:
            child = block.child_blocks[kind]
            yield from fields_of(child, item.get("value"), f"{place}-value")


def _of_item(item: Any, kind: str, i: int, place: str) -> Fields:
    yield f"{place}-deleted", ""
    yield f"{place}-order", str(i)
    yield f"{place}-type", kind
    yield f"{place}-id", _text(_a(dict, item).get("id"))


def _fields_of_widget(block: Any) -> Callable[[Any], list[str]] | None:
    """How a field's state is posted: the values under its name; None if unknown."""
    # These need the page model, which is not there yet when blocks are declared.
    from wagtail.admin.rich_text import DraftailRichTextArea
    from wagtail.admin.widgets import BaseChooser

    widget = block.field.widget
    kind = type(widget)
    if isinstance(widget, forms.CheckboxInput):
        # Others hand the browser no state: see BooleanBlock.get_form_state.
        return _of_box if isinstance(block, BooleanBlock) else None
    if isinstance(widget, BaseChooser):
        return _of_chooser
    if isinstance(widget, DraftailRichTextArea):
        return _of_text
    if isinstance(widget, forms.Select | forms.RadioSelect):
        read = kind.value_from_datadict in (
            forms.Select.value_from_datadict,
            forms.SelectMultiple.value_from_datadict,
        )
        several = widget.allow_multiple_selected
        return (_of_choices if several else _of_choice) if read else None
    single = isinstance(widget, forms.widgets.Input | forms.Textarea)
    if single and kind.value_from_datadict is forms.Widget.value_from_datadict:
        return _of_text
    return None


def _of_text(state: Any) -> list[str]:
    return [_text(state)]


def _of_box(state: Any) -> list[str]:
    return ["on"] if _a(bool, state) else []


def _of_choices(state: Any) -> list[str]:
    return [_text(value) for value in _a(list, state)]


def _of_choice(state: Any) -> list[str]:
    values = _of_choices(state) if isinstance(state, list) else [_text(state)]
    if len(values) > 1:
        raise BadState("one value expected")
    return values


def _of_chooser(state: Any) -> list[str]:
    return [_text(None if state is None else _a(dict, state).get("id"))]


def _a(kind: type, state: Any) -> Any:
    """The state if it is of a kind; an absent list or struct is an empty one."""
    if state is None and kind is not bool:
        return kind()
    if not isinstance(state, kind):
        raise BadState(f"{kind.__name__} expected")
    return state


def _text(state: Any) -> str:
    """A field's state as it is posted; no form ever posted anything but text."""
    if state is None:
        return ""
    if isinstance(state, bool) or not isinstance(state, str | int | float):
        raise BadState("text expected")
    text = str(state)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:  # half a character, which JSON can write
            raise BadState("no text") from error
    return text
