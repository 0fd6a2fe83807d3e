"""No input crashes the engine: whatever it is, the answer is a typed error."""

from __future__ import annotations

import contextlib
import json
import os
import random
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from screening_block.engine import (
    AnswerError,
    EngineError,
    ReleaseError,
    check,
    describe,
    evaluate,
    explain,
    levels,
    load_release,
    parse_answers,
    parse_json,
    render_text,
    turning_date,
    walk,
)

from . import generate, sample

RELEASE = load_release(sample.release())
DAY = "2026-11-23"
KEYS = [*RELEASE.questions, "nobody", "", "É", "status\n", "__class__", "a" * 65]

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=12)
    | st.sampled_from(
        ["lpr", "pc1", "other", "2024-02-29", "2024-02-29\n", "\ud800", "٢٠٢٤-٠١-٠١"]
    )
    | st.sampled_from([2**53 - 1, 2**53, 2**53 + 1, -(2**70), 5.0, 1e300, -0.0])
    | st.binary(max_size=4)
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(scalars.filter(lambda k: k == k), inner, max_size=3)
    ),
    max_leaves=8,
)
#: A share; `make prove` asks for many.
EXAMPLES = int(os.environ.get("EXAMPLES", "100"))
often = settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True)


@often
@given(st.dictionaries(st.sampled_from(KEYS) | scalars, values, max_size=4))
def test_any_answers_are_read_or_refused(answers: dict[Any, Any]) -> None:
    try:
        given_answers = parse_answers(RELEASE, answers)
    except AnswerError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.path in (*KEYS, "") or problem.path in answers
        return
    again = given_answers.values
    assert parse_answers(RELEASE, json.dumps(again)).values == again
    evaluate(RELEASE, answers, DAY)


@often
@given(values)
def test_anything_else_than_an_object_is_refused(answers: Any) -> None:
    if isinstance(answers, dict):
        return
    with pytest.raises(AnswerError):
        parse_answers(RELEASE, answers)


@often
@given(values)
def test_any_day_is_read_or_refused(as_of: Any) -> None:
    for run in (evaluate, levels, walk):
        try:
            run(RELEASE, {}, as_of)
        except AnswerError as error:
            assert error.problems[0].path == "as_of"
        else:
            assert as_of == "2024-02-29"


@often
@given(values)
def test_any_release_is_loaded_or_refused(data: Any) -> None:
    with pytest.raises(ReleaseError):
        load_release(data)


@often
@given(st.text() | st.binary(), st.integers(0, 2000), st.integers(0, 30))
def test_a_damaged_release_text_is_loaded_or_refused(
    junk: str | bytes, place: int, length: int
) -> None:
    text = RELEASE.canonical
    piece = junk.encode("utf-8", "surrogatepass") if isinstance(junk, str) else junk
    damaged = text[:place] + piece + text[place + length :]
    for problem in check(damaged):
        assert problem.code
    check(piece)


@often
@given(values, st.integers(0, 2**32 - 1))
def test_a_damaged_release_is_loaded_or_refused(junk: Any, seed: int) -> None:
    rng = random.Random(seed)
    data = sample.release()
    for _ in range(rng.choice((1, 1, 1, 3))):
        place: Any = data
        while True:
            name = rng.choice(
                range(len(place)) if isinstance(place, list) else list(place)
            )
            inner = place[name]
            if not isinstance(inner, (dict, list)) or not inner or rng.random() < 0.2:
                place[name] = junk
                break
            place = inner
        if not data:
            break
    problems = check(data)
    if not problems:
        release = load_release(data)
        answers = generate.answers(rng, release.data, DAY)
        with contextlib.suppress(AnswerError):
            evaluate(release, answers, DAY)


@often
@given(values)
def test_anything_has_words_for_an_editor(condition: Any) -> None:
    for node in (
        condition,
        {"op": "all", "of": condition},
        {"op": "is", "question": condition, "value": condition},
        {"op": "compare", "left": condition, "cmp": "ge", "right": condition},
        {"op": "at_least", "n": condition, "of": [condition]},
        {"op": condition, "question": "law", "values": condition},
    ):
        assert isinstance(describe(node, RELEASE), str)
    assert isinstance(describe({"op": "fact", "fact": "x"}, {}), str)


def _deep(depth: int, opening: str, closing: str, core: str = "") -> str:
    return opening * depth + core + closing * depth


@pytest.mark.parametrize("depth", [33, 1_000, 200_000])
@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('{"op":"not","of":[', "]}")]
)
def test_deeply_nested_text_is_refused(depth: int, opening: str, closing: str) -> None:
    text = _deep(depth, opening, closing, "1")
    with pytest.raises(EngineError) as caught:
        parse_json(text)
    assert caught.value.problems[0].code == "nesting"
    assert check(text)[0].code == "nesting"
    with pytest.raises(AnswerError):
        parse_answers(RELEASE, text)
    # Brackets in text are no nesting.
    assert parse_json(json.dumps("[" * depth)) == "[" * depth
    assert parse_json('"\\"' + "[" * depth + '"') == '"' + "[" * depth


def test_deeply_nested_and_circular_data_is_refused() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    circle: dict[str, Any] = {}
    circle["texts"] = circle
    for data in (deep, {"x": deep}, circle):
        assert check(data)[0].code == "nesting"
    with pytest.raises(AnswerError):
        parse_answers(RELEASE, {"plea": deep})
    node: dict[str, Any] = {"op": "fact", "fact": "ready"}
    for _ in range(100_000):
        node = {"op": "not", "of": [node]}
    assert describe(node, RELEASE)
    data = sample.release()
    data["findings"][0]["unless"] = node
    assert [p.code for p in check(data)] == ["nesting"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"format": 1, "format": 1}', "duplicate_key"),
        ('{"a": {"b": 1, "b": 2}}', "duplicate_key"),
        ('{"format": 1.0}', "type"),
        ('{"format": 1e0}', "type"),
        ('{"format": NaN}', "json"),
        ('{"format": 9007199254740993}', "range"),
        ('{"format": ' + "9" * 5000 + "}", "range"),
        ('{"a": "\\ud800"}', "text"),
        ('{"\\udfff": 1}', "text"),
        ("", "json"),
        ("{", "json"),
        ("[] []", "json"),
        ("\ufeff{}", "json"),
        (b"\xff\xfe", "encoding"),
        (b"\xed\xa0\x80", "encoding"),
        (" " * (4 * 1024 * 1024 + 1), "size"),
        ("[]", "type"),
        ("null", "type"),
    ],
)
def test_text_that_is_open_to_interpretation_is_refused(
    text: str | bytes, code: str
) -> None:
    assert code in {p.code for p in check(text)}


def test_data_that_is_not_json_is_refused() -> None:
    for junk in (1.0, float("nan"), {1, 2}, (1,), b"x", object(), 1j, {1: 2}, 2**53):
        data = sample.release()
        data["texts"]["en"]["title"] = junk
        assert check(data)


def test_no_message_and_no_repr_holds_an_answer() -> None:
    secret = "s3cret"
    for key in RELEASE.questions:
        for value in (secret, [secret], {secret: secret}, {"a": [secret]}):
            with pytest.raises(AnswerError) as caught:
                evaluate(RELEASE, {key: value}, DAY)
            shown = [*map(str, caught.value.problems), str(caught.value)]
            assert not any(secret in text for text in [*shown, repr(caught.value)])
            assert caught.value.__cause__ is None
    given_answers = parse_answers(RELEASE, {"days": 77, "since": "2001-02-03"})
    assert "77" not in repr(given_answers)
    assert "2001" not in repr(given_answers)
    with pytest.raises(AnswerError) as caught:
        evaluate(RELEASE, {}, secret)
    assert secret not in str(caught.value)


def test_texts_are_filled_once_and_never_twice() -> None:
    assert render_text("{wait} {date} {x} {", RELEASE, "en", DAY) == (
        "6 years a later date {x} {"
    )
    assert render_text("{date}", RELEASE, "xx/../y", DAY, "2027-01-02") == (
        "January 2, 2027"
    )
    data = sample.release()
    data["questions"][0]["options"][0]["key"] = "lpr"
    data["texts"]["en"]["questions"]["status"]["options"]["lpr"] = "{wait}"
    condition = {"op": "is", "question": "status", "value": "lpr"}
    assert describe(condition, load_release(data), "en", DAY) == "status is 6 years"


def test_a_trace_of_another_release_is_a_typed_error() -> None:
    rng = random.Random(3)
    other = load_release(generate.release(rng))
    finding = evaluate(other, {}, DAY).findings[0]
    nowhere = finding.because[0]._replace(id="nowhere")
    with pytest.raises(EngineError):
        explain(RELEASE, {}, finding._replace(because=(nowhere,)), DAY)
    with pytest.raises(EngineError):
        turning_date(RELEASE, finding._replace(key="nowhere"), {}, DAY)
