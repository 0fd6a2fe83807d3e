"""What the checks by search promise."""

from __future__ import annotations

from typing import Any

from screening_block.engine import Flag, Memory, compare, flags, levels, load_release

from . import sample, vectors

AS_OF = "2026-11-23"


def _is(question: str, value: Any) -> dict[str, Any]:
    return {"op": "is", "question": question, "value": value}


def _all(*of: Any) -> dict[str, Any]:
    return {"op": "all", "of": list(of)}


def _no(node: Any) -> dict[str, Any]:
    return {"op": "not", "of": [node]}


def _found(data: dict[str, Any], code: str) -> list[Flag]:
    return [flag for flag in flags(load_release(data), AS_OF) if flag.code == code]


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


def test_what_was_learned_hides_no_question_that_a_change_holds_back() -> None:
    """`b` is only asked where `a` is yes; then a finding comes to need it anyway."""
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
    assert "hidden_needed" not in [flag.code for flag in before] and memory.idle
    part["findings"][0]["applies_when"] = _is("b", True)
    changed = load_release(vectors.complete(part))
    found = flags(changed, AS_OF, memory=memory)
    assert "hidden_needed" in [flag.code for flag in found]
    assert found == flags(changed, AS_OF)


def test_a_release_compared_with_itself_is_proven_to_change_nothing() -> None:
    release = load_release(sample.release())
    found = compare(release, load_release(sample.release()), AS_OF, [("a", {})])
    assert found.no_change
    assert found.unchanged == tuple(release.findings)
    assert not found.scenarios[0].changed
