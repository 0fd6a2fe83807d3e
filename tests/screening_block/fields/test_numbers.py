"""A number means the same wherever it is typed: form, scenarios, sheet, law, pages."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import override

from screening_block import engine
from screening_block.engine.types import TYPES
from screening_block.engine.wording import Wording
from screening_block.fields.blocks import MoneyQuestionBlock, NumberQuestionBlock
from screening_block.fields.number_fields import NumberField
from screening_block.models import Threshold, ThresholdValue
from screening_block.scenarios.answer_cells import CellError, read_cell, write_cell
from screening_block.visitor import forms
from screening_block.visitor.widget_strings import build_widget_strings
from tests.screening_block.engine import vectors
from tests.screening_block.engine.test_durations import (
    DATA as TIMES,
    question as load_time,
)
from tests.screening_block.engine.test_numbers import DATA, QUESTIONS
from tests.screening_block.posting import form_of

CASES = DATA["cases"]


def release(kind: str, **more: Any) -> engine.Release:
    part = {"questions": [{"key": "q", **DATA["kinds"][kind], **more}]}
    asked = {"op": "dont_know", "question": "q"}
    return engine.load_release(vectors.with_condition(part, asked))


RELEASES = {kind: release(kind) for kind in DATA["kinds"]}


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_the_form_without_script_understands_or_refuses(case: list[Any]) -> None:
    kind, locale, typed, value = case
    post = QueryDict(mutable=True)
    post["number"] = typed
    with override(locale):
        try:
            assert forms.read_posted_answer(RELEASES[kind], "q", post) == value
        except forms.NotAnAnswer as error:
            assert value is None
            said = str(error)
    if value is None:
        assert said
        # A unit is named whether or not it was typed.
        assert len(typed.strip()) < 3 or typed in DATA["kinds"] or typed not in said


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_scenario_and_its_sheet_understand_or_refuse(case: list[Any]) -> None:
    kind, locale, typed, value = case
    # Space around a cell is nothing.
    value = 5 if typed.strip() == "5" else value
    question = QUESTIONS[kind]
    try:
        assert read_cell(question, typed, locale) == value
    except CellError:
        assert value is None
    else:
        written = write_cell(question, value)
        # A file is written for everybody: it reads the same in every language.
        assert {read_cell(question, written, one) for one in ("en", "es", "vi")} == {
            value
        }


@pytest.mark.parametrize(
    ("locale", "typed", "value"),
    [
        case[1:]
        for case in CASES
        if case[0] == "plain" or "d" not in case[2].lower()
        if case[0] in ("plain", "days")
    ],
)
def test_a_field_of_the_admin_understands_or_refuses(
    locale: str, typed: str, value: int | None
) -> None:
    with override(locale):
        try:
            found = NumberField(required=False).clean(typed)
        except ValidationError as error:
            assert value is None
            assert typed.strip() not in error.messages[0] or len(typed.strip()) < 2
        else:
            # Nothing was typed: nothing is kept.
            assert found == value


def test_a_stream_and_a_threshold_take_their_numbers_from_such_fields() -> None:
    for block in (NumberQuestionBlock(), MoneyQuestionBlock()):
        for name in ("min", "max"):
            field = block.child_blocks[name].field
            assert type(field) is NumberField
            assert not field.required
            assert field.widget.input_type == "text"
    field = ThresholdValue._meta.get_field("number").formfield()
    assert type(field) is NumberField
    assert field.clean("1 000") == 1000


@pytest.mark.django_db
def test_a_decimal_comma_is_refused_at_the_field_of_a_threshold(
    client, editor, screener
):
    threshold = Threshold.objects.get(key="af_term")
    url = f"/admin/snippets/screening_block/threshold/edit/{threshold.pk}/"
    for typed, stored in (("2,5", 365), ("12 months", 365), ("1,000", 1000)):
        data = form_of(editor.get(url))
        data["values-0-number"] = typed
        answer = editor.post(url, data)
        assert answer.status_code == (302 if stored == 1000 else 200), typed
        threshold.refresh_from_db()
        draft = threshold.get_latest_revision_as_object()
        assert draft.values.get().number == stored
        if stored == 365:
            text = html.unescape(answer.content.decode())
            assert "Enter a whole number, such as 90." in text
            assert f'value="{typed}"' in text, "what was typed is still there"


def test_a_limit_of_an_amount_is_said_as_an_amount() -> None:
    most = release("usd", min=0, max=1_000_00).questions["q"]
    least = release("days", min=1_000).questions["q"]
    with override("en"):
        assert forms.describe_limits(most) == "Enter a number from $0 to $1,000."
        assert forms.describe_limits(least) == "Enter a number that is 1,000 or more."


@pytest.mark.parametrize("locale", ["en", "es"])
def test_the_hint_names_the_unit_that_is_not_converted(locale: str) -> None:
    with override(locale):
        hints = {kind: forms.get_number_hint(QUESTIONS[kind]) for kind in QUESTIONS}
        labels = {kind: forms.get_number_label(QUESTIONS[kind]) for kind in QUESTIONS}
    for kind, word in (("days", "día"), ("months", "mes"), ("years", "año")):
        wanted = word if locale == "es" else kind
        assert wanted in hints[kind]
        assert wanted in labels[kind]
    assert hints["plain"] != hints["days"]
    assert "250" in hints["usd"]


@pytest.mark.parametrize("locale", ["en", "es", "vi"])
def test_the_browser_is_given_what_the_server_goes_by(locale: str) -> None:
    made = RELEASES["usd"]
    with override(locale):
        given = build_widget_strings(made, Wording(made, locale, "2026-11-23"))
        said = forms.get_number_hint(made.questions["q"])
    number = given["numbers"]["q"]
    assert number["digits"] == TYPES["money"].digits(made.questions["q"].data) == 2
    assert number["wrong"] == said
    assert number["mode"] == "decimal"


def test_a_phone_offers_letters_only_where_words_are_typed() -> None:
    modes = {kind: forms.get_inputmode(QUESTIONS[kind]) for kind in QUESTIONS}
    assert modes == {
        "plain": "numeric",
        "days": "text",
        "months": "text",
        "years": "numeric",
        "usd": "decimal",
        "eur": "decimal",
    }


def test_a_scenario_and_its_sheet_take_lengths_of_time() -> None:
    # Space around a cell is nothing.
    cases = [case for case in TIMES["cases"] if len(case[2]) <= 40]
    for kind, locale, typed, value in cases:
        question = load_time(kind)
        if isinstance(value, int):
            assert read_cell(question, typed, locale) == value
        else:
            with pytest.raises(CellError) as refused:
                read_cell(question, typed.strip() or "-", locale)
            vague = "months and years are not all equally long" in str(refused.value)
            assert vague == (value == "vague"), typed
