"""Forty mistakes an editor can make, each seeded into a sound release.

Every one is refused (`check`) or flagged (`flags`) with its place and a plain sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from screening_block.engine import check, flags, load_release

from . import generate, sample

AS_OF = "2026-11-23"
Data = dict[str, Any]


def _is(question: str, value: Any) -> Data:
    return {"op": "is", "question": question, "value": value}


def _all(*of: Any) -> Data:
    return {"op": "all", "of": list(of)}


def _any(*of: Any) -> Data:
    return {"op": "any", "of": list(of)}


def _no(node: Any) -> Data:
    return {"op": "not", "of": [node]}


def _fact(key: str) -> Data:
    return {"op": "fact", "fact": key}


def _days(cmp: str, value: int) -> Data:
    right = {"value": value}
    return {"op": "compare", "left": {"question": "days"}, "cmp": cmp, "right": right}


def _named(data: Data, room: str, key: str) -> Data:
    return next(entry for entry in data[room] if entry["key"] == key)


def _finding(key: str = "path") -> Callable[[Data], Data]:
    return lambda data: _named(data, "findings", key)


def _question(key: str) -> Callable[[Data], Data]:
    return lambda data: _named(data, "questions", key)


def _sets(where: Callable[[Data], Data], **fields: Any) -> Callable[[Data], None]:
    """Set fields; one that is None is taken away."""

    def seed(data: Data) -> None:
        for name, value in fields.items():
            if value is None:
                where(data).pop(name, None)
            else:
                where(data)[name] = value

    return seed


def _also(node: Data) -> Callable[[Data], None]:
    """One more condition for the finding `path`."""
    return lambda data: _finding()(data)["applies_when"]["of"].append(node)


def _without(room: str, key: str) -> Callable[[Data], None]:
    def seed(data: Data) -> None:
        if isinstance(data[room], dict):
            del data[room][key]
        else:
            data[room].remove(_named(data, room, key))
        data["texts"]["en"][room].pop(key, None)
        for texts in data["texts"].values():
            texts.get(room, {}).pop(key, None)

    return seed


def _deep(levels: int) -> Data:
    node = _is("plea", False)
    for _ in range(levels):
        node = _no(node)
    return node


def _cycle(data: Data) -> None:
    _named(data, "facts", "waited")["when"] = _all(_fact("ready"), _is("plea", False))


def _exclusives(data: Data) -> None:
    _finding("other_path")(data)["applies_when"] = _is("plea", False)


def _doubled(data: Data) -> None:
    data["findings"].append(generate.copied(data["findings"][0]))


def _text(data: Data) -> None:
    data["texts"]["en"]["findings"]["path"]["body"] = "In {weight}, then."


def _column(**fields: Any) -> Data:
    node = {"op": "column", "question": "law", "column": "tags", "test": "has_any"}
    return {**node, "values": ["b"], **fields}


def _elapsed(**fields: Any) -> Data:
    node = {"op": "elapsed", "from": {"question": "since"}, "until": {"today": True}}
    return {**node, "unit": "years", "cmp": "ge", "n": {"threshold": "wait"}, **fields}


def _unused(data: Data) -> None:
    data["questions"].append({"key": "spare", "type": "yes_no"})
    words = {"label": "Spare?", "why": "For nothing."}
    data["texts"]["en"]["questions"]["spare"] = words


def _spare_fact(data: Data) -> None:
    data["facts"].append({"key": "spare", "when": _is("plea", True)})
    data["texts"]["en"]["facts"]["spare"] = {"label": "Spare"}


def _note(data: Data) -> None:
    note = _finding()(data)["notes"][0]
    note["when"] = _is("plea", True)


def _start_later(data: Data) -> None:
    data["thresholds"]["wait"]["values"] = [{"from": "2050-01-01", "value": 5}]


def _start_back(data: Data) -> None:
    data["thresholds"]["wait"]["values"].reverse()


APPLIES = "findings/path/applies_when"
#: What is wrong, how it is seeded, the code it is found by, and where.
MISTAKES: list[tuple[str, Callable[[Data], None], str, str]] = [
    # Refused by `check`.
    ("a key stands twice", _doubled, "duplicate_key", "findings/path"),
    ("a fact depends on itself", _cycle, "cycle", "facts/waited"),
    (
        "a question that was deleted",
        _without("questions", "plea"),
        "unknown_question",
        "findings/path/unless/question",
    ),
    (
        "a fact that was deleted",
        _without("facts", "ready"),
        "unknown_fact",
        f"{APPLIES}/1/fact",
    ),
    (
        "a threshold that was deleted",
        _without("thresholds", "wait"),
        "unknown_threshold",
        "facts/waited/n",
    ),
    (
        "a finding that was deleted",
        _without("findings", "other_path"),
        "unknown_finding",
        "exclusive/0",
    ),
    (
        "a chart that was deleted",
        _without("charts", "statutes"),
        "unknown_chart",
        "questions/law/chart",
    ),
    ("no value today", _start_later, "no_value", "thresholds/wait/values"),
    ("start dates fall", _start_back, "order", "thresholds/wait/values/1/from"),
    (
        "an empty group",
        _sets(_finding(), applies_when=_all()),
        "empty",
        f"{APPLIES}/of",
    ),
    ("too deep", _also(_deep(8)), "nesting", f"{APPLIES}/2/0/0/0/0/0/0/0"),
    ("an operator unknown", _also({"op": "sum"}), "operator", f"{APPLIES}/2/op"),
    (
        "an option unknown",
        _also(_is("status", "green")),
        "unknown_option",
        f"{APPLIES}/2/value",
    ),
    ("yes for a choice", _also(_is("status", True)), "unknown_option", f"{APPLIES}/2"),
    ("a word for yes or no", _also(_is("plea", "yes")), "type", f"{APPLIES}/2/value"),
    ("is for a number", _also(_is("days", "ten")), "type", f"{APPLIES}/2/question"),
    (
        "days against money",
        _also(
            {
                "op": "compare",
                "left": {"question": "days"},
                "cmp": "lt",
                "right": {"question": "fine"},
            }
        ),
        "type",
        f"{APPLIES}/2",
    ),
    (
        "a number compared with a date",
        _also(
            {
                "op": "compare",
                "left": {"question": "days"},
                "cmp": "lt",
                "right": {"today": True},
            }
        ),
        "type",
        f"{APPLIES}/2",
    ),
    (
        "two fixed values compared",
        _also(
            {"op": "compare", "left": {"value": 1}, "cmp": "lt", "right": {"value": 2}}
        ),
        "constant",
        f"{APPLIES}/2",
    ),
    (
        "a period in another unit",
        _also(_elapsed(unit="days")),
        "unit",
        f"{APPLIES}/2/n",
    ),
    (
        "a period from a number",
        _also(_elapsed(**{"from": {"question": "days"}})),
        "type",
        f"{APPLIES}/2/from",
    ),
    (
        "a column unknown",
        _also(_column(column="size")),
        "unknown_column",
        f"{APPLIES}/2/column",
    ),
    (
        "a column's value unknown",
        _also(_column(values=["z"])),
        "unknown_value",
        f"{APPLIES}/2/values/0",
    ),
    (
        "a column of a question without a chart",
        _also(_column(question="status")),
        "type",
        f"{APPLIES}/2/question",
    ),
    ("a placeholder unknown", _text, "placeholder", "texts/en/findings/path/body"),
    (
        "least above largest",
        _sets(_question("days"), min=9, max=3),
        "range",
        "questions/days/max",
    ),
    (
        "an exclusive option of a single choice",
        _sets(
            _question("status"),
            options=[{"key": "lpr", "exclusive": True}, {"key": "visa"}],
        ),
        "unknown_field",
        "questions/status/options",
    ),
    (
        "at least three of two",
        _sets(
            _finding(),
            applies_when={
                "op": "at_least",
                "n": 3,
                "of": [_fact("ready"), _is("plea", True)],
            },
        ),
        "range",
        f"{APPLIES}/n",
    ),
    (
        "a question that decides whether it is asked",
        _sets(_question("since"), ask_when=_fact("waited")),
        "self",
        "questions/since/ask_when",
    ),
    (
        "a finding without a condition",
        _sets(
            _finding("other_path"),
            may_apply_when=None,
        ),
        "missing",
        "findings/other_path/applies_when",
    ),
    # Flagged by `flags`.
    (
        "a finding that never applies",
        _also(_is("status", "visa")),
        "never_applies",
        APPLIES,
    ),
    (
        "a finding that is always prevented",
        _sets(_finding(), unless=_any(_is("status", "lpr"), _is("plea", True))),
        "never_applies",
        "findings/path/unless",
    ),
    (
        "a finding that is never shown",
        _sets(
            _finding("other_path"),
            may_apply_when=_all(_days("gt", 9), _days("lt", 5)),
        ),
        "never_shown",
        "findings/other_path/may_apply_when",
    ),
    (
        "findings that contradict each other",
        _exclusives,
        "both_apply",
        "exclusive/0",
    ),
    (
        "a question never asked",
        _sets(
            _question("since"),
            ask_when=_all(_is("status", "lpr"), _is("status", "visa")),
        ),
        "unreachable",
        "questions/since/ask_when",
    ),
    (
        "a question asked when nobody needs it",
        _sets(_question("since"), ask_when=_is("plea", True)),
        "unreachable",
        "questions/since/ask_when",
    ),
    (
        "a number beyond what may be answered",
        _sets(
            _finding(),
            applies_when=_any(_days("gt", 99), _fact("ready")),
        ),
        "never_yes",
        f"{APPLIES}/0",
    ),
    (
        "a test that any answer passes",
        _also(_days("ge", 0)),
        "never_no",
        f"{APPLIES}/2",
    ),
    (
        "an exclusive option with another",
        _sets(
            _finding(),
            applies_when=_any(
                _fact("ready"),
                {"op": "has_all", "question": "ordered", "values": ["jail", "nothing"]},
            ),
        ),
        "never_yes",
        f"{APPLIES}/1",
    ),
    (
        "definitions that overlap",
        _sets(
            _finding("other_path"),
            applies_when=_is("plea", True),
            may_apply_when=_all(_is("plea", True), _fact("ready")),
        ),
        "overlap",
        "findings/other_path/may_apply_when",
    ),
    (
        "an exception that changes nothing",
        _sets(_finding(), unless=_all(_is("status", "visa"), _is("plea", True))),
        "idle_unless",
        "findings/path/unless",
    ),
    ("a note never shown", _note, "note_never_shown", "findings/path/notes/visa"),
    ("a question nobody uses", _unused, "unused_question", "questions/spare"),
    ("a fact nobody uses", _spare_fact, "unused_fact", "facts/spare"),
    (
        "a column's value that no row has",
        _sets(
            _finding("other_path"),
            may_apply_when=_any(
                _is("plea", True),
                _column(column="gun", test="is", values=["no"]),
            ),
        ),
        "never_yes",
        "findings/other_path/may_apply_when/1",
    ),
    (
        "an option that changes nothing",
        _also({"op": "has_any", "question": "ordered", "values": ["nothing"]}),
        "idle_option",
        "questions/ordered/options/jail",
    ),
]


def _sound() -> Data:
    """The sample, with an option and a row that matter in it."""
    data = generate.copied(sample.release())
    data["charts"]["statutes"]["rows"][0]["cells"]["tags"] = ["b"]
    return data


@pytest.mark.parametrize(
    ("seed", "code", "path"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_a_mistake_is_found_and_named(
    seed: Callable[[Data], None], code: str, path: str
) -> None:
    data = _sound()
    assert not check(data, as_of=AS_OF)
    before = flags(load_release(data), AS_OF)
    assert not [f for f in before if f.code == code and f.path.startswith(path)]
    seed(data)
    found = [
        (p.path, p.message)
        for p in check(data, as_of=AS_OF) or flags(load_release(data), AS_OF)
        if p.code == code
    ]
    messages = [message for place, message in found if place.startswith(path)]
    assert messages, found
    assert messages[0][0].isupper() or messages[0][0] == "“"
    assert messages[0].endswith((".", ")"))


@pytest.fixture
def pack() -> Data:
    """The law pack. Its reader loads Django, which no other test here needs."""
    from tests.law_pack import law_pack

    return law_pack().release()


def test_the_sample_and_the_law_pack_hold_no_error(pack: Data) -> None:
    for data in (_sound(), pack):
        found = flags(load_release(data), AS_OF)
        assert [flag for flag in found if flag.severity == "error"] == []


PACK_MISTAKES: list[tuple[str, Callable[[Data], None], str, str]] = [
    (
        "no conviction and a conviction",
        lambda data: _finding("not_a_conviction")(data).update(
            applies_when=_finding("conviction_exists")(data)["applies_when"]
        ),
        "both_apply",
        "exclusive/0",
    ),
    (
        "a plea asked for too late",
        _sets(
            _question("plea_or_admission"), ask_when=_is("disposition", "not_guilty")
        ),
        "unreachable",
        "questions/plea_or_admission/ask_when",
    ),
    (
        "a question hidden from those in custody",
        _sets(
            _question("held_outside_ninth_circuit"),
            ask_when={"op": "has_any", "question": "court_now", "values": ["court"]},
        ),
        "hidden_needed",
        "questions/held_outside_ninth_circuit/ask_when",
    ),
]


@pytest.mark.parametrize(
    ("seed", "code", "path"),
    [m[1:] for m in PACK_MISTAKES],
    ids=[m[0] for m in PACK_MISTAKES],
)
def test_a_mistake_in_the_law_pack_is_found(
    seed: Callable[[Data], None], code: str, path: str, pack: Data
) -> None:
    seed(pack)
    assert (path, code) in [(f.path, f.code) for f in flags(load_release(pack), AS_OF)]
