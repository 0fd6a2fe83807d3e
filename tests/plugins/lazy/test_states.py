"""A block that nobody opened comes back from a form as it went out, or is refused."""

import json

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.datastructures import MultiValueDict
from wagtail import blocks
from wagtail.admin.telepath import registry as telepath

from plugins.lazy import LazyStreamBlock
from plugins.lazy.states import MAX_LENGTH, can_build_later, make_fields
from plugins.streams import StableStreamBlock, StableStructBlock
from plugins.streams.blocks import UNOPENED
from plugins.streams.kept import KeptContent, sign


class Line(StableStructBlock):
    key = blocks.RegexBlock(regex=r"\A[a-z]*\Z")
    sure = blocks.BooleanBlock(required=False)


class Inner(StableStreamBlock):
    text = blocks.CharBlock()

    class Meta:
        required = False


class Part(StableStructBlock):
    title = blocks.CharBlock(max_length=20)
    body = blocks.TextBlock(required=False)
    amount = blocks.IntegerBlock(required=False)
    day = blocks.DateBlock(required=False)
    one = blocks.ChoiceBlock(choices=[("a", "A"), ("b", "B")], required=False)
    some = blocks.MultipleChoiceBlock(choices=[("a", "A"), ("b", "B")], required=False)
    lines = blocks.ListBlock(Line(), default=[])
    inner = Inner()


class Pair(forms.MultiWidget):
    """A widget that posts two fields."""


class PairBlock(blocks.FieldBlock):
    field = forms.MultiValueField([forms.CharField()] * 2, widget=Pair([] * 2))


class Lazy(LazyStreamBlock):
    part = Part()
    pair = PairBlock()

    class Meta:
        collapsed = True


class Eager(StableStreamBlock):
    part = Part()


RAW = {
    "type": "part",
    "id": "p1",
    "value": {
        "title": "A “title”",
        "body": "two\nlines",
        "amount": -5,
        "day": "2026-11-25",
        "one": "b",
        "some": ["a", "b"],
        "lines": [
            {"type": "item", "id": "l1", "value": {"key": "k", "sure": True, "x": 1}},
            {"type": "item", "id": "l2", "value": {"key": "m", "sure": False}},
        ],
        "inner": [
            {"type": "text", "id": "i1", "value": "known"},
            {"type": "gone__chart", "id": "i2", "value": {"kept": [None]}},
        ],
        "unknown": {"kept": "too"},
    },
}


def state(stream=None):
    stream = stream or Lazy()
    return stream.get_form_state(stream.to_python([RAW]))[0]["value"]


def posted(text, kind="part"):
    value = text if isinstance(text, str) else json.dumps(text)
    data = {
        "f-count": "1",
        "f-0-deleted": "",
        "f-0-order": "0",
        "f-0-type": kind,
        "f-0-id": "p1",
        f"f-0-value-{UNOPENED}": value,
    }
    return MultiValueDict({name: [each] for name, each in data.items()})


def read(data, stream=None):
    return (stream or Lazy()).value_from_datadict(data, {}, "f")


def stored(value):
    return json.loads(json.dumps(value.get_prep_value(), cls=DjangoJSONEncoder))


def test_it_comes_back_as_it_went_out_with_all_that_nobody_knows():
    stream = Lazy()
    value = read(posted(state(stream)), stream)
    assert stored(stream.clean(value)) == [RAW]


def test_it_is_read_as_its_fields_would_be():
    stream = Lazy()
    data = posted("")
    del data[f"f-0-value-{UNOPENED}"]
    for name, text in make_fields(Part(), state(stream), "f-0-value"):
        data.appendlist(name, text)
    assert data["f-0-value-lines-0-value-sure"] == "on"
    assert "f-0-value-lines-1-value-sure" not in data
    assert stored(stream.clean(read(data, stream))) == [RAW]


def without(name):
    return {k: v for k, v in state().items() if k != name}


NO_STATES = {
    "nothing": "",
    "no json": "{",
    "a number": "5",
    "a list": "[]",
    "a text": '"text"',
    "no number": json.dumps(state() | {"amount": float("nan")}),
    "endlessly nested": "[" * 100_000,
    "nested where text stands": state() | {"title": {"a": "b"}},
    "a list where text stands": state() | {"title": ["a"]},
    "a truth where text stands": state() | {"title": True},
    "half a character": json.dumps(state() | {"title": "\ud800"}),
    "two for one": state() | {"one": ["a", "b"]},
    "text for some": state() | {"some": "a"},
    "text for a box": state() | {"lines": [{"value": {"sure": "on"}}]},
    "text for a list": state() | {"lines": "text"},
    "texts in a list": state() | {"lines": ["text"]},
    "a struct for a stream": state() | {"inner": {"text": "x"}},
    "a token that is none": state() | {"_kept": "token"},
    "too long": state() | {"body": "x" * MAX_LENGTH},
    "too many": state() | {"lines": [{"value": {}}] * 30_000},
}


@pytest.mark.parametrize("text", NO_STATES.values(), ids=NO_STATES.keys())
def test_what_no_form_could_hold_is_refused_and_not_stored(text):
    value = read(posted(text))
    with pytest.raises(ValidationError):
        Lazy().clean(value)
    with pytest.raises(ValidationError):
        Lazy().clean_deferred(value)
    assert value.get_prep_value() == []
    (shown,) = Lazy().get_form_state(value)
    assert "is not as it was when you opened the page" in shown["value"]["text"]


UNFIT = {
    "empty": state() | {"title": ""},
    "absent": without("title"),
    "too long a title": state() | {"title": "x" * 21},
    "no number": state() | {"amount": "five"},
    "no date": state() | {"day": "2026-02-30"},
    "no choice": state() | {"one": ["c"]},
    "no choices": state() | {"some": ["a", "c"]},
    "no key": state() | {"lines": [{"value": {"key": "A!", "sure": False}}]},
    "unknown block": state()
    | {"inner": [{"type": "gone__chart", "value": "<script>"}]},
    "forged token": state() | {"inner": [{"type": "_kept", "value": {"token": "x"}}]},
    "forged keys": state() | {"_kept": {"token": "x"}},
    "moved token": state()
    | {"_kept": {"token": sign(KeptContent({"type": "", "value": 1}))}},
}


@pytest.mark.parametrize("given", UNFIT.values(), ids=UNFIT.keys())
def test_it_is_validated_like_any_other(given):
    with pytest.raises(ValidationError):
        Lazy().clean(read(posted(given)))


def test_what_a_state_lacks_is_the_default():
    (child,) = Lazy().clean(read(posted({"title": "T"})))
    assert list(child.value["lines"]) == []
    assert (child.value["one"], child.value["amount"]) == ("", None)


def test_names_that_the_block_does_not_know_bring_nothing_in():
    value = read(posted(state() | {"smuggled": "x", "kept": "y"}))
    assert stored(Lazy().clean(value)) == [RAW]


def test_only_a_stream_that_sends_it_out_takes_it():
    with pytest.raises(ValidationError):
        Eager().clean(read(posted(state()), Eager()))
    with pytest.raises(ValidationError):
        Lazy().clean(read(posted('["a", "b"]', "pair")))


def test_a_block_with_fields_the_kit_cannot_judge_is_built_at_once():
    assert can_build_later(Part()) and not can_build_later(PairBlock())
    adapter = telepath.find_adapter(Lazy)
    assert adapter.js_args(Lazy())[-2]["lazy"] == ["part"]
    eager = telepath.find_adapter(Eager)
    assert "lazy" not in eager.js_args(Eager())[-2]


def test_its_script_comes_after_those_it_builds_on():
    scripts = [
        str(each).split("?")[0] for each in telepath.find_adapter(Lazy).media._js
    ]
    places = [
        next(i for i, script in enumerate(scripts) if script.endswith(name))
        for name in ("telepath/blocks.js", "plugins/streams.js", "plugins/lazy.js")
    ]
    assert places == sorted(places)
