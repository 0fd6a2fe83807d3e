"""The hand-written vectors, against the Python half."""

from __future__ import annotations

import json
from typing import Any

import pytest

from screening_block.engine import (
    AnswerError,
    check,
    day_no,
    describe,
    evaluate,
    explain,
    levels,
    load_release,
    parse_answers,
    parse_json,
    shift,
    turning_date,
    walk,
)
from screening_block.engine.dates import date_key

from . import vectors

VALUE_NAMES = {0: "no", 1: "unknown", 2: "yes"}


def _groups() -> list[Any]:
    found = []
    for name in vectors.OPERATORS:
        data = vectors.load(name)
        for number, group in enumerate(data["groups"]):
            found.append(pytest.param(name, data, group, id=f"{name}-{number}"))
    return found


@pytest.mark.parametrize(("name", "data", "group"), _groups())
def test_each_operator_means_what_the_vectors_say(
    name: str, data: dict[str, Any], group: dict[str, Any]
) -> None:
    release = load_release(vectors.with_condition(data["release"], group["when"]))
    for case in group["cases"]:
        day = case.get("as_of", vectors.AS_OF)
        found = levels(release, case["answers"], day)["x"]
        assert found == vectors.LEVELS[case["value"]], case["why"]
        outcome = evaluate(release, case["answers"], day).findings[0]
        assert outcome.level == found, case["why"]
        assert VALUE_NAMES[outcome.because[0].value] == case["value"], case["why"]
    assert describe(group["when"], release, "en", vectors.AS_OF) == group["says"]


@pytest.mark.parametrize("name", vectors.OPERATORS)
def test_each_operator_has_vectors_for_all_three_values(name: str) -> None:
    groups = vectors.load(name)["groups"]
    assert {case["value"] for g in groups for case in g["cases"]} == set(vectors.LEVELS)


def test_a_finding_is_what_its_three_conditions_make_it() -> None:
    names = ("applies_when", "may_apply_when", "unless")
    said = {"yes": True, "no": False}
    rows = vectors.load("findings")["table"]
    seen = {tuple(row[name] for name in names) for row in rows}
    assert len(seen & {(a, m, u) for a in said for m in said for u in said}) == 8
    for row in rows:
        finding: dict[str, Any] = {"key": "x"}
        answers = {}
        for name, question in zip(names, "amu", strict=True):
            if row[name] != "absent":
                finding[name] = {"op": "is", "question": question, "value": True}
            if row[name] in said:
                answers[question] = said[row[name]]
        release = load_release(
            vectors.complete(
                {
                    "questions": [{"key": q, "type": "yes_no"} for q in "amu"],
                    "findings": [finding],
                }
            )
        )
        found = evaluate(release, answers, vectors.AS_OF).findings[0]
        assert found.level == row["level"], row
        because = [f"findings/x/{name}" for name in row["because"] if name in finding]
        assert [node.id for node in found.because] == because, row
        assert [m.question for m in found.missing] == row["missing"], row


@pytest.mark.parametrize("case", vectors.load("findings")["cases"])
def test_a_finding_names_what_decided_it(case: dict[str, Any]) -> None:
    release = load_release(vectors.complete(vectors.load("findings")["release"]))
    outcome = evaluate(release, case["answers"], vectors.AS_OF)
    found = next(f for f in outcome.findings if f.key == case["finding"])
    assert found.level == case["level"]
    assert found.severity == case["severity"]
    assert list(found.notes) == case["notes"]
    assert [
        [node.id, VALUE_NAMES[node.value], list(node.by)] for node in found.because
    ] == case["because"]


@pytest.mark.parametrize("case", vectors.load("relevance")["cases"])
def test_only_what_can_still_matter_is_asked(case: dict[str, Any]) -> None:
    whole = vectors.load("relevance")["release"]
    release = load_release(vectors.complete(case.get("release", whole)))
    outcome = evaluate(release, case["answers"], vectors.AS_OF)
    found = {
        "relevant": list(outcome.relevant),
        "next": outcome.next,
        "complete": outcome.complete,
        "missing": {f.key: [list(m) for m in f.missing] for f in outcome.findings},
    }
    replay = walk(release, case["answers"], vectors.AS_OF)
    found["walk"] = {
        "asked": list(replay.asked),
        "answers": replay.answers,
        "next": replay.next,
        "dropped": list(replay.dropped),
    }
    for name, expected in case.items():
        if name in found:
            assert found[name] == expected, case["why"]


def test_answers_are_accepted_and_become_canonical() -> None:
    data = vectors.load("answers")
    release = load_release(vectors.complete(data["release"]))
    for case in data["accepted"]:
        text = f'{{"{case["question"]}": {case["json"]}}}'
        for given in (text, text.encode(), parse_json(text)):
            values = parse_answers(release, given).values
            assert values == {case["question"]: case["becomes"]}, case
            assert type(values[case["question"]]) is type(case["becomes"]), case


def test_bad_answers_are_refused_by_question_and_never_repeated() -> None:
    data = vectors.load("answers")
    release = load_release(vectors.complete(data["release"]))
    for case in data["refused"]:
        text = f'{{"{case["question"]}": {case["json"]}}}'
        with pytest.raises(AnswerError) as caught:
            evaluate(release, text, vectors.AS_OF)
        problems = [(p.path, p.code) for p in caught.value.problems]
        assert problems == [(case["question"], case["code"])], case
        assert caught.value.__cause__ is None
        value = case["json"].strip('"[]')
        if len(value) > 3 and value not in ("true", "null"):
            assert value not in str(caught.value), case


def test_bad_answer_texts_are_refused_whole() -> None:
    data = vectors.load("answers")
    release = load_release(vectors.complete(data["release"]))
    for case in data["texts"]:
        with pytest.raises(AnswerError) as caught:
            parse_answers(release, case["json"])
        found = [[p.path, p.code] for p in caught.value.problems]
        assert found == case["problems"], case["why"]


def test_the_calendar_is_the_one_of_the_vectors() -> None:
    data = vectors.load("dates")
    for text, number in data["days"]:
        assert day_no(text) == number, text
    for case in data["shifts"]:
        for roll in ("last_day", "next_day"):
            moved = shift(case["from"], case["n"], case["unit"], roll)
            assert moved == case[roll], case
    for text in data["not_dates"]:
        assert date_key(text) is None, text


@pytest.mark.parametrize("case", vectors.load("turning")["cases"])
def test_a_finding_turns_on_the_day_of_the_vectors(case: dict[str, Any]) -> None:
    release = load_release(vectors.with_finding("turning", case["finding"]))
    answers, day = case["answers"], case["date"]
    outcome = evaluate(release, answers, vectors.AS_OF)
    found = turning_date(release, outcome.findings[0], answers, vectors.AS_OF)
    assert found == day, case["why"]
    if day is not None:
        before = levels(release, answers, shift(day, -1, "days"))["x"]
        assert levels(release, answers, day)["x"] != before == outcome.findings[0].level


@pytest.mark.parametrize("case", vectors.load("explain")["cases"])
def test_a_reason_is_told_in_the_words_of_the_vectors(case: dict[str, Any]) -> None:
    part = vectors.load("explain")["release"]
    release = load_release(vectors.with_condition(part, case["when"]))
    finding = evaluate(release, case["answers"], vectors.AS_OF).findings[0]
    found = explain(release, case["answers"], finding, vectors.AS_OF, "en")
    assert found == case["sentences"]


@pytest.mark.parametrize("case", vectors.load("refused")["cases"])
def test_an_unsound_condition_is_refused_at_its_place(case: dict[str, Any]) -> None:
    part = vectors.load("refused")["release"]
    data = vectors.with_condition(part, case["when"])
    expected = sorted(map(tuple, case["problems"]))
    for given in (data, json.dumps(data)):
        assert sorted((p.path, p.code) for p in check(given)) == expected
