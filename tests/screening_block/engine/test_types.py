"""An answer type is one object: what it takes, writes and says are one thing."""

from __future__ import annotations

from typing import Any

import pytest

from screening_block.engine import NO, Release, choices, load_release
from screening_block.engine.grammar import OTHER
from screening_block.engine.types import (
    TYPES,
    AnswerType,
    BadAnswer,
    Number,
    type_holding,
)
from screening_block.engine.wording import Wording

from . import vectors

DATA = vectors.load("said")
CASES = DATA["cases"]


class Percent:
    """In the words of `tests/dummy_plugin/questions.py`."""

    compares_as = "integer"

    def canonicalise(self, value: Any, _question: Any) -> Any:
        return value


def release() -> Release:
    part = vectors.with_condition(
        DATA["release"], {"op": "is", "question": "plea", "value": True}
    )
    return load_release(part, question_types={"dummy_plugin.percent": Percent()})


RELEASE = release()


def answers_of(key: str) -> tuple[AnswerType, dict[str, Any]]:
    question = RELEASE.questions[key]
    assert question.answers is not None
    return question.answers, dict(question.data)


def test_there_is_one_object_for_each_type_of_the_grammar() -> None:
    assert tuple(TYPES) == choices.ANSWER_TYPES
    assert all(one.key == key for key, one in TYPES.items())
    compared = tuple(key for key, one in TYPES.items() if one.is_compared)
    assert compared == choices.THRESHOLD_TYPES
    assert set(choices.COLUMN_TYPES) == {
        key for key, one in TYPES.items() if one.has_options
    }
    assert {one.input for one in TYPES.values()} == {"one", "several", "number", "date"}
    assert NO == 0
    assert OTHER not in TYPES


@pytest.mark.parametrize("case", CASES, ids=repr)
@pytest.mark.parametrize("locale", ["en", "es"])
def test_an_answer_is_said_as_the_vectors_have_it(
    case: dict[str, Any], locale: str
) -> None:
    w = Wording(RELEASE, locale, vectors.AS_OF)
    assert w.answer(case["question"], case["answer"]) == case[locale]


def test_not_knowing_is_said_in_the_visitors_language() -> None:
    said = [Wording(RELEASE, locale).answer("plea", None) for locale in ("en", "es")]
    assert said == ["I’m not sure", "No lo sé"]


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_what_is_written_reads_as_the_same_answer_in_every_language(
    case: dict[str, Any],
) -> None:
    answers, record = answers_of(case["question"])
    assert answers.write_text(record, case["answer"]) == case["text"]
    for locale in ("en", "es", "vi", "zh"):
        assert answers.parse_text(record, case["text"], locale) == case["answer"]
    for typed in case.get("typed", ()):
        assert answers.parse_text(record, typed, "en") == case["answer"]


@pytest.mark.parametrize("case", DATA["refused"], ids=repr)
def test_what_is_no_answer_is_refused_and_not_repeated(case: dict[str, Any]) -> None:
    answers, record = answers_of(case["question"])
    for typed in case["typed"]:
        with pytest.raises(BadAnswer) as caught:
            answers.parse_text(record, typed, "en")
        assert not typed or typed not in str(caught.value)


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_cell_and_its_value_are_each_other(case: dict[str, Any]) -> None:
    question = RELEASE.questions[case["question"]]
    answers, _record = answers_of(case["question"])
    assert answers.holds(case["answer"])
    cell = answers.canonical(question, case["answer"])
    assert answers.value_of(cell) == case["answer"]
    assert set(answers.members(cell)) <= {*question.allowed, cell}


def test_each_listed_option_has_a_code_that_reads_as_it() -> None:
    for question in RELEASE.questions.values():
        answers = question.answers
        assert answers is not None
        if answers.input != "one":
            continue
        listed = answers.listed(question.options)
        assert listed
        for one in listed:
            assert answers.parse_text({}, answers.code_of(one), "en") == one


def test_an_answer_of_another_shape_is_said_all_the_same() -> None:
    """A scenario may hold answers to a question that now asks for something else."""
    w = Wording(RELEASE, "en")
    assert w.answer("fine", "lpr") == "lpr"
    assert w.answer("since", 1234) == "1,234"
    assert w.answer("days", ["a_b", "c"]) == "a b and c"
    assert w.answer("plain", True) == "Yes"
    assert type_holding("2026-11-23").key == "date"


def test_numbers_alone_have_a_pattern() -> None:
    for key, one in TYPES.items():
        assert isinstance(one, Number) == (one.input == "number"), key
