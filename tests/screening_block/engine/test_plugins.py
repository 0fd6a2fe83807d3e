"""Operators and question types that plugins add; and what happens without them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from screening_block.engine import (
    AnswerError,
    check,
    describe,
    evaluate,
    explain,
    levels,
    load_release,
    parse_answers,
    walk,
)

from . import vectors

DAY = "2026-11-23"


class Even:
    """yes if a number is even; what `fail` says, otherwise."""

    arg_schema: Mapping[str, Any] = {"question": "question", "than?": "threshold"}

    def __init__(self, result: Any = None) -> None:
        self.result = result

    def check(self, node: Mapping[str, Any], ctx: Any) -> list[Any]:
        question = ctx.questions.get(node.get("question"))
        if question is not None and question.base != "integer":
            return ["Only numbers are even.", ("question", "type", "No number.")]
        return []

    def evaluate(self, node: Mapping[str, Any], ctx: Any) -> Any:
        if isinstance(self.result, Exception):
            raise self.result
        if self.result is not None:
            return self.result
        assert ctx.as_of == DAY
        value = ctx.answer(node["question"])
        if value is None:
            return 1
        if "than" in node and value <= ctx.threshold(node["than"]):
            return 0
        return 2 if value % 2 == 0 else 0


class Fullness:
    """A share in percent, written as text."""

    compares_as = "integer"

    def canonicalise(self, value: Any, question: Mapping[str, Any]) -> Any:
        if not isinstance(value, str) or not value.endswith("%"):
            raise ValueError(value)
        return int(value[:-1])


PART = {
    "questions": [
        {"key": "a", "type": "integer"},
        {"key": "b", "type": "yes_no"},
    ],
    "thresholds": {
        "t": {"type": "integer", "values": [{"from": "2000-01-01", "value": 4}]}
    },
}
NODE = {"op": "maths.even", "question": "a"}


def test_a_plugins_operator_decides_like_any_other() -> None:
    data = vectors.with_condition(PART, {"op": "not", "of": [NODE]})
    release = load_release(data, operators={"maths.even": Even()})
    assert levels(release, {"a": 3}, DAY) == {"x": "applies"}
    assert levels(release, {"a": 4}, DAY) == {"x": "not_apply"}
    outcome = evaluate(release, {}, DAY)
    assert outcome.next == "a"
    assert [n.id for n in outcome.findings[0].because][1] == "findings/x/applies_when/0"
    data = vectors.with_condition(PART, {**NODE, "than": "t"})
    release = load_release(data, operators={"maths.even": Even()})
    assert levels(release, {"a": 4}, DAY) == {"x": "not_apply"}
    assert levels(release, {"a": 6}, DAY) == {"x": "applies"}


def test_a_missing_operator_is_unknown_and_asks_nothing() -> None:
    node = {"op": "any", "of": [NODE, {"op": "is", "question": "b", "value": True}]}
    release = load_release(vectors.with_condition(PART, node))
    place = "findings/x/applies_when/0"
    assert release.missing_plugins == ((place, "maths.even"),)
    outcome = evaluate(release, {"a": 4, "b": False}, DAY)
    assert outcome.findings[0].level == "may_apply"
    assert outcome.complete
    assert levels(release, {"b": True}, DAY) == {"x": "applies"}
    assert outcome.relevant == ()
    assert explain(release, {"b": False}, outcome.findings[0], DAY) == [
        "A test added by a plugin (maths.even): unclear."
    ]
    assert describe(NODE, release) == "a test added by a plugin (maths.even)"


@pytest.mark.parametrize("result", [ValueError("x"), True, 3, -1, "yes", 1.0])
def test_an_operator_that_fails_is_unknown_and_never_no(result: Any) -> None:
    data = vectors.with_condition(PART, NODE)
    release = load_release(data, operators={"maths.even": Even(result)})
    assert levels(release, {"a": 4}, DAY) == {"x": "may_apply"}


def test_an_operator_sees_only_the_questions_its_node_names() -> None:
    class Peeks(Even):
        def evaluate(self, node: Mapping[str, Any], ctx: Any) -> Any:
            return 2 if ctx.answer("b") else 0

    data = vectors.with_condition(PART, NODE)
    release = load_release(data, operators={"maths.even": Peeks()})
    assert levels(release, {"a": 4, "b": True}, DAY) == {"x": "may_apply"}


def test_a_plugins_nodes_are_checked() -> None:
    operators = {"maths.even": Even()}

    def codes(node: dict[str, Any]) -> list[tuple[str, str]]:
        found = check(vectors.with_condition(PART, node), operators=operators)
        return [(p.path.removeprefix("findings/x/applies_when"), p.code) for p in found]

    assert codes({"op": "maths.even"}) == [("/question", "missing")]
    assert codes({**NODE, "more": 1}) == [("/more", "unknown_field")]
    assert codes({**NODE, "Odd One": 1}) == [("", "key"), ("/Odd One", "unknown_field")]
    assert codes({**NODE, "question": "z"}) == [("", "unknown_question")]
    assert codes({**NODE, "question": "b"}) == [("", "plugin"), ("/question", "type")]
    operators["maths.even"] = Even.__new__(Even)
    operators["maths.even"].check = None  # type: ignore[method-assign, assignment]
    assert codes(NODE) == [("", "plugin")]


def test_a_plugins_question_type_compares_as_a_core_type() -> None:
    part = copy.deepcopy(PART)
    part["questions"][0] = {"key": "a", "type": "tank.fullness", "max": 100}
    when = {
        "op": "compare",
        "left": {"question": "a"},
        "cmp": "ge",
        "right": {"value": 50},
    }
    data = vectors.with_condition(part, when)
    types = {"tank.fullness": Fullness()}
    release = load_release(data, question_types=types)
    assert levels(release, {"a": "60%"}, DAY) == {"x": "applies"}
    assert parse_answers(release, {"a": "60%"}).values == {"a": 60}
    for bad in ("60", 60, "101%", "x%"):
        with pytest.raises(AnswerError) as caught:
            parse_answers(release, {"a": bad})
        assert caught.value.problems[0].path == "a"
        assert str(bad) not in str(caught.value)
    wrong = {"op": "is", "question": "a", "value": "60%"}
    assert check(vectors.with_condition(part, wrong), question_types=types)


def test_a_question_of_a_missing_type_stays_unknown() -> None:
    part = copy.deepcopy(PART)
    part["questions"][0] = {"key": "a", "type": "tank.fullness"}
    for when in (
        {"op": "is", "question": "a", "value": True},
        {"op": "has_any", "question": "a", "values": ["x"]},
        {
            "op": "compare",
            "left": {"question": "a"},
            "cmp": "ge",
            "right": {"value": 5},
        },
    ):
        release = load_release(vectors.with_condition(part, when))
        assert release.missing_plugins == (("questions/a/type", "tank.fullness"),)
        assert levels(release, {}, DAY) == {"x": "may_apply"}
        assert levels(release, {"a": None}, DAY) == {"x": "may_apply"}
        assert walk(release, {"a": None}, DAY).asked == ("a",)
        with pytest.raises(AnswerError) as caught:
            levels(release, {"a": 5}, DAY)
        assert caught.value.problems[0].code == "missing_plugin"
