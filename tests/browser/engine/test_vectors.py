"""The hand-written vectors, against the JavaScript half in a real browser."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from typing import Any

import pytest

from screening_block import engine
from screening_block.engine.types import BadAnswer, Number
from tests.screening_block.engine import vectors
from tests.screening_block.engine.test_durations import QUESTIONS as TIMES
from tests.screening_block.engine.test_numbers import QUESTIONS
from tests.screening_block.engine.test_types import RELEASE

from .conftest import Run

pytestmark = pytest.mark.browser

NAMES = {0: "no", 1: "unknown", 2: "yes"}
DAY = vectors.AS_OF
PERIODS = (
    *(("days", -1), ("days", 366), ("days", 36524)),
    *(("months", -1), ("months", 1), ("months", 13)),
    *(("years", -3), ("years", 1), ("years", 4)),
)


def _all(results: list[dict[str, Any]]) -> list[Any]:
    assert [r for r in results if "is" not in r] == []
    return [r["is"] for r in results]


def test_each_operator_means_what_the_vectors_say(run: Run) -> None:
    calls, expected = [], []
    for name in vectors.OPERATORS:
        data = vectors.load(name)
        for group in data["groups"]:
            release = vectors.with_condition(data["release"], group["when"])
            for case in group["cases"]:
                day = case.get("as_of", DAY)
                given = {"release": release, "answers": case["answers"], "as_of": day}
                calls += [{"call": "levels", **given}, {"call": "evaluate", **given}]
                expected.append((name, case))
    found = _all(run(calls))
    assert len(expected) > 150
    for (name, case), levels, outcome in zip(
        expected, found[::2], found[1::2], strict=True
    ):
        level = vectors.LEVELS[case["value"]]
        finding = outcome["findings"][0]
        assert levels == {"x": level}, (name, case)
        assert finding["level"] == level, (name, case)
        assert NAMES[finding["because"][0]["value"]] == case["value"], (name, case)


def test_a_finding_is_what_its_three_conditions_make_it(run: Run) -> None:
    names = ("applies_when", "may_apply_when", "unless")
    said = {"yes": True, "no": False}
    rows = vectors.load("findings")["table"]
    calls = []
    for row in rows:
        finding: dict[str, Any] = {"key": "x"}
        answers = {}
        for name, question in zip(names, "amu", strict=True):
            if row[name] != "absent":
                finding[name] = {"op": "is", "question": question, "value": True}
            if row[name] in said:
                answers[question] = said[row[name]]
        questions = [{"key": q, "type": "yes_no"} for q in "amu"]
        release = vectors.complete({"questions": questions, "findings": [finding]})
        calls.append(
            {"call": "evaluate", "release": release, "answers": answers, "as_of": DAY}
        )
    for row, call, outcome in zip(rows, calls, _all(run(calls)), strict=True):
        found = outcome["findings"][0]
        present = call["release"]["findings"][0]
        because = [f"findings/x/{name}" for name in row["because"] if name in present]
        assert found["level"] == row["level"], row
        assert [node["id"] for node in found["because"]] == because, row
        assert [m["question"] for m in found["missing"]] == row["missing"], row


def test_a_finding_names_what_decided_it(run: Run) -> None:
    data = vectors.load("findings")
    release = vectors.complete(data["release"])
    calls = [
        {"call": "evaluate", "release": release, "answers": c["answers"], "as_of": DAY}
        for c in data["cases"]
    ]
    for case, outcome in zip(data["cases"], _all(run(calls)), strict=True):
        found = next(f for f in outcome["findings"] if f["key"] == case["finding"])
        for name in ("level", "severity", "notes"):
            assert found[name] == case[name], case["why"]
        because = [[n["id"], NAMES[n["value"]], n["by"]] for n in found["because"]]
        assert because == case["because"], case["why"]


def test_only_what_can_still_matter_is_asked(run: Run) -> None:
    data = vectors.load("relevance")
    calls: list[dict[str, Any]] = []
    for case in data["cases"]:
        release = vectors.complete(case.get("release", data["release"]))
        given = {"release": release, "answers": case["answers"], "as_of": DAY}
        calls += [{"call": "evaluate", **given}, {"call": "walk", **given}]
    results = _all(run(calls))
    for case, outcome, walk in zip(
        data["cases"], results[::2], results[1::2], strict=True
    ):
        missing = {
            f["key"]: [[m["question"], m["state"]] for m in f["missing"]]
            for f in outcome["findings"]
        }
        found = {**outcome, "missing": missing, "walk": walk}
        for name in ("relevant", "next", "complete", "missing", "walk"):
            if name in case:
                assert found[name] == case[name], case["why"]


def test_answers_are_accepted_and_become_canonical(run: Run) -> None:
    data = vectors.load("answers")
    release = vectors.complete(data["release"])
    texts = [f'{{"{c["question"]}": {c["json"]}}}' for c in data["accepted"]]
    calls = [{"call": "values", "release": release, "text": text} for text in texts]
    for case, values in zip(data["accepted"], _all(run(calls)), strict=True):
        assert values == {case["question"]: case["becomes"]}, case
        assert type(values[case["question"]]) is type(case["becomes"]), case


def test_bad_answers_are_refused_by_question_and_never_repeated(run: Run) -> None:
    data = vectors.load("answers")
    release = vectors.complete(data["release"])
    texts = [f'{{"{c["question"]}": {c["json"]}}}' for c in data["refused"]]
    calls = [{"call": "values", "release": release, "text": text} for text in texts]
    for case, found in zip(data["refused"], run(calls), strict=True):
        assert found.get("error") == "AnswerError", (case, found)
        assert found["problems"] == [[case["question"], case["code"]]], case
        value = case["json"].strip('"[]')
        if len(value) > 3 and value not in ("true", "null"):
            assert value not in found["text"], case


def test_bad_answer_texts_are_refused_whole(run: Run) -> None:
    data = vectors.load("answers")
    release = vectors.complete(data["release"])
    calls = [
        {"call": "values", "release": release, "text": c["json"]} for c in data["texts"]
    ]
    for case, found in zip(data["texts"], run(calls), strict=True):
        assert found.get("error") == "AnswerError", (case, found)
        assert found["problems"] == case["problems"], case["why"]


def test_the_calendar_is_the_one_of_the_vectors(run: Run) -> None:
    data = vectors.load("dates")
    shifts = [
        [case["from"], case["n"], case["unit"], roll]
        for case in data["shifts"]
        for roll in ("last_day", "next_day")
    ]
    days, moved = _all(
        run(
            [
                {"call": "day_no", "dates": [text for text, _number in data["days"]]},
                {"call": "shift", "shifts": shifts},
            ]
        )
    )
    assert days == [number for _text, number in data["days"]]
    assert moved == [
        c[roll] for c in data["shifts"] for roll in ("last_day", "next_day")
    ]
    when = {
        "op": "compare",
        "left": {"question": "q"},
        "cmp": "le",
        "right": {"today": True},
    }
    release = vectors.with_condition(
        {"questions": [{"key": "q", "type": "date"}]}, when
    )
    refused = [
        {"call": "levels", "release": release, "answers": {"q": text}, "as_of": DAY}
        for text in data["not_dates"]
    ]
    assert {r.get("problems", [[""]])[0][0] for r in run(refused)} == {"q"}


def test_every_day_of_two_centuries_and_every_end_of_month(run: Run) -> None:
    first = dt.date(1900, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range(73_414)]
    ends = [d for d in days if d.day > 27 or d.day == 1][::37]
    shifts = [
        [day.isoformat(), n, unit, roll]
        for day, (unit, n), roll in itertools.product(
            ends,
            PERIODS,
            ("last_day", "next_day"),
        )
    ]
    numbers, moved = _all(
        run(
            [
                {"call": "day_no", "dates": [day.isoformat() for day in days]},
                {"call": "shift", "shifts": shifts},
            ]
        )
    )
    assert numbers == [day.toordinal() - 719_163 for day in days]
    assert moved == [engine.shift(*one) for one in shifts]


def test_a_finding_turns_on_the_day_of_the_vectors(run: Run) -> None:
    calls, cases, refused = [], [], []
    for case in vectors.load("turning")["cases"]:
        release = vectors.with_finding("turning", case["finding"])
        release["texts"]["en"]["findings"]["x"]["body"] = "{date}"
        if engine.check(release):
            refused.append(case)
            continue
        book = engine.word_book(engine.load_release(release), DAY)
        given = {"release": release, "answers": case["answers"], "as_of": DAY}
        calls.append({"call": "turning_date", **given, "book": book})
        cases.append(case)
    for case, date in zip(cases, _all(run(calls)), strict=True):
        assert date == case["date"], case["why"]
    # Where time has no part in it, no text may speak of a day.
    assert [case["why"] for case in refused] == ["nor a time between two answers"]


@pytest.mark.parametrize("file", ["numbers", "durations"])
def test_what_is_typed_is_understood_or_refused_and_never_another(
    run: Run, file: str
) -> None:
    rng, cases = random.Random(2), []
    for kind, locale, typed, value in vectors.load(file)["cases"]:
        # A unit that is at fault is told apart in the file of lengths of time alone.
        known = ... if file == "numbers" and value is None else value
        cases.append((kind, locale, typed, known))
        # And what is nearly that: a sign more, less, twice or elsewhere.
        for _time in range(60):
            place = rng.randrange(len(typed) + 1)
            more = rng.choice(
                (*" .,'0159-+$½٫٬\u200b\u202f۳𝟓ſKdDyYıİ\u0301\n", typed[:2])
            )
            near = typed[:place] + more + typed[place + rng.randrange(2) :]
            cases.append((kind, locale, near, ...))
    asked, expected = [], []
    for kind, locale, typed, value in cases:
        question = (QUESTIONS if file == "numbers" else TIMES)[kind]
        answers, record = question.answers, question.data
        assert isinstance(answers, Number)
        pattern, digits = answers.pattern(record, locale), answers.digits(record)
        asked.append([typed, pattern, digits, answers.durations(record)._asdict()])
        if value is ...:
            try:
                value = answers.parse_text(record, typed, locale)
            except BadAnswer as error:
                value = "vague" if error.code == "vague" else None
        expected.append(value)
    understood = sum(isinstance(value, int) for value in expected)
    assert understood > {"numbers": 1000, "durations": 500}[file]
    [found] = _all(run([{"call": "numbers", "typed": asked}]))
    wrong = [
        one for one in zip(asked, found, expected, strict=True) if one[1] != one[2]
    ]
    assert wrong == []


def test_a_reason_is_told_in_the_words_of_the_vectors(run: Run) -> None:
    data = vectors.load("explain")
    calls = []
    for case in data["cases"]:
        release = vectors.with_condition(data["release"], case["when"])
        book = engine.word_book(engine.load_release(release), DAY)
        given = {"release": release, "answers": case["answers"], "as_of": DAY}
        calls.append({"call": "explain", **given, "book": book})
    for case, found in zip(data["cases"], _all(run(calls)), strict=True):
        assert found == case["sentences"]


@pytest.mark.parametrize("locale", ["en", "es"])
def test_an_answer_is_said_as_the_vectors_have_it(run: Run, locale: str) -> None:
    cases = vectors.load("said")["cases"]
    given = {
        "release": RELEASE.data,
        "answers": [[case["question"], case["answer"]] for case in cases],
        "book": engine.word_book(RELEASE, DAY, locale),
    }
    [said] = _all(run([{"call": "said", **given}], percents=True))
    assert said == [case[locale] for case in cases]


def test_a_result_is_in_the_order_of_the_vectors(run: Run) -> None:
    cases = vectors.load("presented")["shown"]
    given = [vectors.with_shown(case) for case in cases]
    found = run(
        [
            {"call": "shown", "release": data, "answers": answers, "as_of": DAY}
            for data, answers in given
        ]
    )
    for case, shown in zip(cases, _all(found), strict=True):
        picture = vectors.picture_of(case, shown)
        assert picture == vectors.expected(case), case["why"]


def test_the_version_is_that_of_the_python_half(run: Run) -> None:
    when = {"op": "is", "question": "q", "value": True}
    release = vectors.with_condition(
        {"questions": [{"key": "q", "type": "yes_no"}]}, when
    )
    given = {"release": release, "answers": {}, "as_of": DAY}
    [outcome] = _all(run([{"call": "evaluate", **given}]))
    assert outcome["engine"] == engine.ENGINE_VERSION
    assert sorted(outcome) == sorted(engine.Outcome._fields)
    finding = outcome["findings"][0]
    assert sorted(finding) == sorted(engine.FindingOutcome._fields)
