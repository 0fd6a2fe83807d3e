"""A release in the browser: limits are kept, and nothing bad crashes or hangs."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from screening_block.engine.plugins import questions_in
from tests.fuzz import cases
from tests.screening_block.engine import vectors

from .conftest import Run

pytestmark = pytest.mark.browser

YES: dict[str, Any] = {"op": "is", "question": "q", "value": True}
QUESTION = {"key": "q", "type": "yes_no"}
DAY = vectors.AS_OF


def _release(**over: Any) -> dict[str, Any]:
    finding = {"key": "x", "applies_when": YES}
    return vectors.complete({"questions": [QUESTION], "findings": [finding], **over})


def _deep(levels: int) -> dict[str, Any]:
    node = YES
    for _level in range(levels - 1):
        node = {"op": "not", "of": [node]}
    return node


def _when(node: dict[str, Any]) -> dict[str, Any]:
    return _release(findings=[{"key": "x", "applies_when": node}])


def _many(name: str, count: int) -> dict[str, Any]:
    if name == "questions":
        return _release(
            questions=[{**QUESTION, "key": f"q{n}"} for n in range(count - 1)]
            + [QUESTION]
        )
    if name == "conditions":
        return _release(facts=[{"key": f"f{n}", "when": YES} for n in range(count - 1)])
    if name == "rows":
        rows = [{"key": f"r{n}"} for n in range(count - 1)]
        chart = {"columns": [], "rows": rows}
        return _release(charts={"a": chart, "b": {"columns": [], "rows": rows[:1]}})
    if name == "children":
        return _when({"op": "all", "of": [YES] * count})
    if name == "levels":
        return _when(_deep(count))
    # Bytes of the canonical form, which has as many characters as ours.
    release = _release()
    more = count - len(cases.flat(release).encode())
    release["texts"]["en"]["title"] += "é" * (more // 2) + "e" * (more % 2)
    return release


LIMITS = [
    ("questions", 200, ["questions", "limit"]),
    ("conditions", 500, ["", "limit"]),
    ("rows", 2000, ["charts", "limit"]),
    ("children", 64, ["findings/x/applies_when/of", "limit"]),
    ("levels", 8, ["findings/x/applies_when" + "/0" * 8, "nesting"]),
    ("bytes", 1024 * 1024, ["", "size"]),
]


@pytest.mark.parametrize(("name", "most", "problem"), LIMITS)
def test_a_limit_is_kept_to_the_last_one(
    run: Run, name: str, most: int, problem: list[str]
) -> None:
    at, over = run(
        [{"call": "load", "release": _many(name, n)} for n in (most, most + 1)]
    )
    assert at == {"is": None}
    assert (over["error"], over["problems"]) == ("ReleaseError", [problem])


def test_only_format_one_is_known(run: Run) -> None:
    formats = [0, 2, "1", None, True]
    calls = [{"call": "load", "release": _release(format=f)} for f in formats]
    assert {tuple(found["problems"][0]) for found in run(calls)} == {
        ("format", "format")
    }


def test_what_is_no_release_is_a_typed_error(run: Run) -> None:
    facts = [
        {"key": "f", "when": {"op": "fact", "fact": "g"}},
        {"key": "g", "when": {"op": "fact", "fact": "f"}},
    ]
    bad = [
        "", "{", "null", "[]", "1", '"x"', "NaN", None, 1, True, [], {}, "[" * 100_000,
        _release(facts=facts), {**_release(), "questions": None},
        {**_release(), "findings": {}}, {**_release(), "thresholds": None},
        _when({"op": "fact", "fact": "nothing"}), _when({"op": "xor", "question": "q"}),
        _when({"op": "constructor", "question": "q"}),
        _when({"op": "is", "question": "nobody", "value": True}),
        _when({"op": "compare", "left": {"question": "q"}, "cmp": "constructor",
               "right": {"value": 1}}),
    ]  # fmt: skip
    found = run([{"call": "load", "release": release} for release in bad])
    assert [
        b for b, f in zip(bad, found, strict=True) if f.get("error") != "ReleaseError"
    ] == []


def test_a_long_chain_of_facts_does_not_use_the_stack(run: Run) -> None:
    facts: list[dict[str, Any]] = [{"key": "f0", "when": YES}]
    for n in range(1, 499):
        when = _deep(7)
        node = when
        while node["op"] == "not":
            node = node["of"][0]
        when = _over(when, {"op": "fact", "fact": f"f{n - 1}"})
        facts.insert(0, {"key": f"f{n}", "when": when})
    release = _release(
        facts=facts,
        findings=[{"key": "x", "applies_when": {"op": "fact", "fact": "f498"}}],
    )
    given = {"release": release, "answers": {}, "as_of": DAY}
    [found] = run([{"call": "evaluate", **given}])
    assert found["is"]["next"] == "q"
    assert len(found["is"]["findings"][0]["because"]) == 2 + 498 * 7


def _over(node: dict[str, Any], leaf: dict[str, Any]) -> dict[str, Any]:
    """The chain of denials with another leaf."""
    if node["op"] != "not":
        return leaf
    return {"op": "not", "of": [_over(node["of"][0], leaf)]}


JUNK = (
    None,
    True,
    -1,
    2**60,
    0.5,
    "",
    "constructor",
    "__proto__",
    [],
    [None],
    {},
    {"op": 1},
)


def _break(rng: random.Random, value: Any) -> None:
    """Put junk in one random place, or take it away."""
    while True:
        places = list(value) if isinstance(value, dict) else list(range(len(value)))
        place = rng.choice(places)
        inner = value[place]
        if isinstance(inner, (dict, list)) and inner and rng.random() < 0.85:
            value = inner
        elif rng.random() < 0.3:
            del value[place]
            return
        else:
            value[place] = copy.deepcopy(rng.choice(JUNK))
            return


def test_a_broken_release_is_refused_or_evaluates_but_never_crashes(run: Run) -> None:
    rng = random.Random(5)
    calls = []
    for _number in range(60):
        whole = cases.release(rng)
        visits = list(cases.visitors(rng, whole, 2, bad=0))
        for _time in range(3):
            release = copy.deepcopy(whole)
            part = rng.choice(
                ("questions", "charts", "thresholds", "facts", "findings")
            )
            _break(rng, release[part])
            for answers, as_of in visits:
                given = {"release": release, "answers": answers, "as_of": as_of}
                calls += [{"call": name, **given} for name in ("evaluate", "walk")]
    found = run(calls)
    assert [f["crash"] for f in found if "crash" in f] == []
    assert {f.get("error") for f in found} >= {None, "ReleaseError"}


def test_no_case_of_an_unsound_release_crashes(run: Run) -> None:
    data = vectors.load("refused")
    calls = [
        {
            "call": "evaluate",
            "release": vectors.with_condition(data["release"], case["when"]),
            "answers": {"status": "lpr", "ordered": ["jail"], "plea": True, "days": 1},
            "as_of": DAY,
        }
        for case in data["cases"]
    ]
    assert [f["crash"] for f in run(calls) if "crash" in f] == []


def test_a_plugins_half_is_used_and_its_lack_is_unknown(run: Run) -> None:
    file = vectors.FOLDER.parent / "dummy_plugin" / "vectors" / "multiple.json"
    data = json.loads(file.read_text("utf-8"))
    calls = [
        {
            "call": "levels",
            "release": vectors.with_condition(
                {"questions": [{"key": "months", "type": "integer"}]}, case["node"]
            ),
            "answers": case.get("answers", {}),
            "as_of": case["as_of"],
        }
        for case in data["cases"]
    ]
    operators = {data["key"]: "/dummy_plugin/multiple.js"}
    values = ["not_apply", "may_apply", "applies"]
    expected = [values[case["value"]] for case in data["cases"]]
    assert [f["is"]["x"] for f in run(calls, operators)] == expected
    assert {f["is"]["x"] for f in run(calls)} == {"may_apply"}


#: What a plugin's node may hold; which questions it reads must be clear to both halves.
HOLDS: list[dict[str, Any]] = [
    {"question": "a"},
    {"questions": ["b", "a"]},
    {"questions": ["b", 1, None, {"question": "a"}]},
    {"question": {"question": "b"}, "questions": "a"},
    {"question": ["a"]},
    {"with": [[{"deep": {"question": "b"}}], "question", "a"]},
    {"question": "nowhere", "of": 3, "none": None, "yes": True},
]


@pytest.mark.parametrize("hostile", [False, True])
def test_what_a_plugins_node_reads_is_found_on_any_page(
    engine_tab: Any, hostile: bool
) -> None:
    asked = [{"key": key, "type": "integer"} for key in ("a", "b")]
    for held in HOLDS:
        node = {"op": "dummy_plugin.multiple", **held}
        data = vectors.with_condition({"questions": asked}, node)
        read = engine_tab.evaluate(READ, [json.dumps(data), DAY, hostile])
        assert read == [key for key in ("a", "b") if key in questions_in(node)], held


#: Old libraries gave arrays, objects and texts a `toJSON`; the questions that are
#: missing are those a condition reads.
READ = """async ([text, day, hostile]) => {
  const { load_release, evaluate } = await import("/engine/engine.js");
  const kinds = hostile ? [Array, Object, String] : [];
  for (const { prototype } of kinds) prototype.toJSON = () => "something else";
  try {
    const operators = { "dummy_plugin.multiple": { evaluate: () => 1 } };
    const found = evaluate(load_release(text, { operators }), {}, day).findings[0];
    return found.missing.map(({ question }) => question).sort();
  } finally {
    for (const { prototype } of kinds) delete prototype.toJSON;
  }
}"""


def test_a_plugins_question_is_read_by_its_half_and_open_without_it(run: Run) -> None:
    when = {
        "op": "compare",
        "left": {"question": "p"},
        "cmp": "ge",
        "right": {"value": 50},
    }
    question = {"key": "p", "type": "dummy_plugin.percent"}
    release = vectors.with_condition({"questions": [question]}, when)
    calls = [
        {"call": "evaluate", "release": release, "answers": answers, "as_of": DAY}
        for answers in ({"p": 50}, {"p": 101}, {"p": None}, {})
    ]
    good, bad, unsure, absent = run(calls, percents=True)
    assert good["is"]["findings"][0]["level"] == "applies"
    assert bad["problems"] == [["p", "type"]]
    assert unsure["is"]["complete"] is True
    assert absent["is"]["next"] == "p"
    good, _bad, unsure, absent = run(calls)
    assert good["problems"] == [["p", "missing_plugin"]]
    assert unsure["is"]["findings"][0]["level"] == "may_apply"
    assert absent["is"]["next"] == "p"
