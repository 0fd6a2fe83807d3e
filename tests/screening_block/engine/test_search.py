"""What the checks by search promise."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from screening_block.engine import (
    Flag,
    Memory,
    compare,
    flags,
    levels,
    load_release,
    result_flags,
)

from . import generate, sample, vectors

AS_OF = "2026-11-23"


def _is(question: str, value: Any) -> dict[str, Any]:
    return {"op": "is", "question": question, "value": value}


def _all(*of: Any) -> dict[str, Any]:
    return {"op": "all", "of": list(of)}


def _no(node: Any) -> dict[str, Any]:
    return {"op": "not", "of": [node]}


def _found(data: dict[str, Any], code: str) -> list[Flag]:
    return [flag for flag in flags(load_release(data), AS_OF) if flag.code == code]


def test_what_a_result_says_is_looked_at() -> None:
    data = sample.release()
    finding = data["findings"][0]
    finding |= {"group": "help", "severity": "info"}
    data["findings"][1]["severity"] = "urgent"
    key, urgent = finding["key"], data["findings"][1]["key"]
    texts = data["texts"]["en"]
    said = json.dumps(texts["findings"][key]).replace("{date}", "later")
    texts["findings"][key] = json.loads(said)

    def found() -> set[tuple[str, str]]:
        return {(flag.path, flag.code) for flag in result_flags(load_release(data))}

    first = found()
    assert (f"findings/{key}/reassures", "reassures") in first
    assert (f"findings/{urgent}/actions", "no_address") in first
    assert (f"findings/{key}/body", "no_day") in first
    finding["reassures"] = True
    texts["findings"][key]["body"] += " Not before {date}."
    link = {"key": "call", "type": "link", "url": "tel:1"}
    who = {"key": "call", "type": "help", "subject": "detention"}
    data["findings"][1]["actions"].append(who)
    texts["findings"][urgent].setdefault("actions", {})["call"] = "Call"
    assert "no_address" not in {code for _path, code in found()}
    data["findings"][1]["actions"][-1] = link
    assert {code for _path, code in found()} <= {"no_lawyer"}
    data["short"] = {"action": [{"key": "a", "when": _is("plea", True)}, {"key": "b"}]}
    texts["short"] = {"a": "Wait.", "b": "Ask a lawyer."}
    assert found() == {("short/action/a", "no_lawyer")}
    texts["short"]["a"] = "Call legal aid."
    assert found() == set()


def test_two_findings_that_exclude_each_other_are_shown_to_both_apply() -> None:
    data = sample.release()
    data["findings"][1]["applies_when"] = _is("status", "lpr")
    (flag,) = _found(data, "both_apply")
    assert flag.severity == "error"
    assert flag.path == "exclusive/0"
    assert flag.answers is not None
    found = levels(load_release(data), flag.answers, AS_OF)
    assert found["path"] == found["other_path"] == "applies"
    assert set(flag.answers) == {"status", "since", "plea"}


def test_a_finding_that_can_never_apply_is_named_at_what_stops_it() -> None:
    data = sample.release()
    path = data["findings"][0]
    waited = {"op": "fact", "fact": "ready"}
    path["applies_when"] = _all(waited, _is("status", "lpr"), _is("status", "visa"))
    (flag,) = _found(data, "never_applies")
    assert (flag.path, flag.severity) == ("findings/path/applies_when", "error")
    path["applies_when"] = _all(waited, _is("plea", True))
    (flag,) = _found(data, "never_applies")
    assert flag.path == "findings/path/unless"


def test_questions_that_wait_for_each_other_are_never_asked() -> None:
    part = {
        "questions": [
            {"key": "a", "type": "yes_no", "ask_when": _is("b", True)},
            {"key": "b", "type": "yes_no", "ask_when": _is("a", True)},
            {"key": "c", "type": "yes_no", "ask_when": _is("d", True)},
            {"key": "d", "type": "yes_no"},
        ],
        "findings": [
            {"key": "x", "applies_when": _all(_is("a", True), _is("b", True))},
            {"key": "y", "applies_when": _all(_no(_is("d", True)), _is("c", True))},
        ],
    }
    found = _found(vectors.complete(part), "unreachable")
    assert {flag.keys[0] for flag in found} == {"a", "b", "c"}
    assert {flag.severity for flag in found} == {"error"}


def test_what_was_learned_is_used_again_and_says_the_same() -> None:
    release = load_release(sample.release())
    memory = Memory()
    first = flags(release, AS_OF, memory=memory)
    kept = len(memory.kept)
    assert kept > 0
    assert flags(release, AS_OF, memory=memory) == first
    assert len(memory.kept) == kept


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        pytest.param("hidden_needed", _is("b", True), id="holds back"),
        pytest.param(
            "unreachable",
            {"op": "any", "of": [_is("a", True), _is("b", True)]},
            id="makes useless",
        ),
    ],
)
def test_what_was_learned_hides_no_question_that_a_change_spoils(
    code: str, rule: dict[str, Any]
) -> None:
    """`b` is only asked where `a` is yes, and needed there; then a rule changes."""
    part = {
        "questions": [
            {"key": "a", "type": "yes_no"},
            {"key": "b", "type": "yes_no", "ask_when": _is("a", True)},
        ],
        "findings": [
            {"key": "x", "applies_when": _all(_is("a", True), _is("b", True))}
        ],
    }
    memory = Memory()
    before = flags(load_release(vectors.complete(part)), AS_OF, memory=memory)
    assert code not in [flag.code for flag in before] and memory.quiet
    part["findings"][0]["applies_when"] = rule
    changed = load_release(vectors.complete(part))
    found = flags(changed, AS_OF, memory=memory)
    assert code in [flag.code for flag in found]
    assert found == flags(changed, AS_OF)


def test_what_was_learned_of_a_figure_ends_with_it() -> None:
    days = {"op": "compare", "left": {"question": "days"}}
    rule = _all(
        {**days, "cmp": "ge", "right": {"threshold": "limit"}},
        {**days, "cmp": "lt", "right": {"value": 40}},
    )
    memory = Memory()
    for figure, never in ((30, False), (50, True), (30, False)):
        values = [{"from": "2020-01-01", "value": figure}]
        part = {
            "questions": [{"key": "days", "type": "integer"}],
            "thresholds": {"limit": {"type": "integer", "values": values}},
            "findings": [{"key": "x", "applies_when": rule}],
        }
        found = flags(load_release(vectors.complete(part)), AS_OF, memory=memory)
        assert ("never_applies" in [flag.code for flag in found]) is never


@pytest.mark.parametrize("seed", range(80))
def test_what_was_learned_of_earlier_editions_never_shows_in_a_later_one(
    seed: int,
) -> None:
    rng = random.Random(f"editions {seed}")
    data = generate.release(rng)
    memory = Memory()
    for edition in range(6):
        shown = generate.copied(data)
        if edition % 2:
            generate.plant(rng, shown, rng.choice(generate.GAPS))
        release = load_release(shown)
        found = flags(release, AS_OF, memory=memory, budget=100_000)
        anew = flags(release, AS_OF, budget=100_000)
        assert [_said(flag) for flag in found] == [_said(flag) for flag in anew]
        for flag in found:
            levels(release, flag.answers or {}, AS_OF)  # Answers it still takes.
        data = _edited(rng, data)


def _said(flag: Flag) -> tuple[Any, ...]:
    return flag.path, flag.code, flag.severity, flag.keys, flag.proven


def _edited(rng: random.Random, data: dict[str, Any]) -> dict[str, Any]:
    """Another edition: a condition, a figure or a gate is not what it was."""
    data = generate.copied(data)
    other = generate.copied(rng.choice(generate.nodes(data)))
    changed = rng.choice(generate.nodes(data))
    kind = rng.randrange(4)
    if kind == 0 and changed["op"] in ("all", "any"):
        changed["op"] = "any" if changed["op"] == "all" else "all"
    elif kind == 1 and data["thresholds"]:
        for value in rng.choice([*data["thresholds"].values()])["values"]:
            if isinstance(value["value"], int):
                value["value"] = max(0, value["value"] + rng.choice((-30, -1, 1, 30)))
    elif kind == 2:
        rng.choice(data["questions"]).pop("ask_when", None)
    else:
        finding = rng.choice(data["findings"])
        finding["applies_when"] = other
    return data


def test_a_release_compared_with_itself_is_proven_to_change_nothing() -> None:
    release = load_release(sample.release())
    found = compare(release, load_release(sample.release()), AS_OF, [("a", {})])
    assert found.no_change
    assert found.unchanged == tuple(release.findings)
    assert not found.scenarios[0].changed
