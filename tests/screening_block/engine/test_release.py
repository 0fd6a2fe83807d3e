"""Loading a release: everything unsound is refused, and its place is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from screening_block.engine import ReleaseError, check, evaluate, levels, load_release

from . import generate, sample, vectors

Break = Callable[[dict[str, Any]], Any]


def _set(path: str, value: Any) -> Break:
    """Put a value at a path; `-` at its end removes what is there."""

    def change(data: dict[str, Any]) -> None:
        *steps, last = path.split("/")
        place: Any = data
        for step in steps:
            place = place[int(step) if isinstance(place, list) else step]
        name: Any = int(last) if isinstance(place, list) else last
        place[name] = value

    return change


def _drop(path: str) -> Break:
    def change(data: dict[str, Any]) -> None:
        *steps, last = path.split("/")
        place: Any = data
        for step in steps:
            place = place[int(step) if isinstance(place, list) else step]
        del place[int(last) if isinstance(place, list) else last]

    return change


def _add(path: str, value: Any) -> Break:
    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for step in path.split("/"):
            place = place[int(step) if isinstance(place, list) else step]
        place.append(value)

    return change


def test_the_sample_is_sound() -> None:
    assert check(sample.release()) == []
    assert load_release(json.dumps(sample.release())).missing_plugins == ()


BROKEN: list[tuple[Break, str, str]] = [
    (_set("format", 2), "format", "format"),
    (_set("format", "1"), "format", "type"),
    (_set("format", True), "format", "type"),
    (_drop("questions"), "questions", "missing"),
    (_set("more", 1), "more", "unknown_field"),
    (_set("key", "Upper"), "key", "format"),
    (_set("key", "a\n"), "key", "format"),
    (_set("roll", "first"), "roll", "choice"),
    (_set("review/next_due", "2026-02-30"), "review/next_due", "format"),
    (_set("questions", {}), "questions", "type"),
    (_set("questions/0/key", "Status"), "questions/0/key", "format"),
    (_set("questions/0/type", "text"), "questions/status/type", "choice"),
    (_set("questions/0/options", []), "questions/status/options", "empty"),
    (_drop("questions/0/options"), "questions/status/options", "missing"),
    (_set("questions/0/chart", "statutes"), "questions/status/options", "missing"),
    (_set("questions/0/unit", "days"), "questions/status/unit", "unknown_field"),
    (_set("questions/0/min", 1), "questions/status/min", "unknown_field"),
    (
        _set("questions/0/options/0/exclusive", True),
        "questions/status/options",
        "unknown_field",
    ),
    (_set("questions/6/options", [{"key": "a"}]), "questions/plea/options", "unknown_"),
    (_set("questions/5/unit", "days"), "questions/fine/unit", "unknown_field"),
    (_set("questions/4/currency", "USD"), "questions/days/currency", "unknown_field"),
    (_set("questions/4/max", -1), "questions/days/max", "range"),
    (_set("questions/4/min", 0.0), "questions/4/min", "type"),
    (_set("questions/3/chart", "nothing"), "questions/law/chart", "unknown_chart"),
    (
        _add("questions/0/options", {"key": "lpr"}),
        "questions/status/options/lpr",
        "dup",
    ),
    (_add("questions", {"key": "plea", "type": "yes_no"}), "questions/plea", "dup"),
    (
        _set("questions/0/ask_when", {"op": "dont_know", "question": "status"}),
        "questions/status/ask_when",
        "self",
    ),
    (
        _set("questions/1/ask_when", {"op": "fact", "fact": "ready"}),
        "questions/since/ask_when",
        "self",
    ),
    (
        _set("charts/statutes/columns/0/default", "maybe"),
        "charts/statutes/columns/gun/default",
        "unknown_value",
    ),
    (
        _set("charts/statutes/columns/1/default", "a"),
        "charts/statutes/columns/tags/default",
        "type",
    ),
    (
        _drop("charts/statutes/columns/0/default"),
        "charts/statutes/columns/gun/default",
        "missing",
    ),
    (
        _set("charts/statutes/columns/0/values", ["yes", "yes"]),
        "charts/statutes/columns/gun/values/1",
        "duplicate",
    ),
    (
        _set("charts/statutes/rows/0/cells/gun", "maybe"),
        "charts/statutes/rows/pc1/cells/gun",
        "unknown_value",
    ),
    (
        _set("charts/statutes/rows/0/cells/gun", ["yes"]),
        "charts/statutes/rows/pc1/cells/gun",
        "type",
    ),
    (
        _set("charts/statutes/rows/0/cells/gun", None),
        "charts/statutes/rows/pc1/cells/gun",
        "type",
    ),
    (
        _set("charts/statutes/rows/0/cells/bullets", "yes"),
        "charts/statutes/rows/pc1/cells/bullets",
        "unknown_column",
    ),
    (
        _set("charts/statutes/rows/0/key", "other"),
        "charts/statutes/rows/other/key",
        "reserved",
    ),
    (_set("thresholds/wait/values", []), "thresholds/wait/values", "empty"),
    (
        _set("thresholds/wait/values/1/from", "1999-01-01"),
        "thresholds/wait/values/1/from",
        "order",
    ),
    (
        _set("thresholds/wait/values/1/from", "2000-01-01"),
        "thresholds/wait/values/1/from",
        "order",
    ),
    (
        _set("thresholds/wait/values/1/value", "2000-01-01"),
        "thresholds/wait/values/1/value",
        "type",
    ),
    (
        _set("thresholds/wait/values/1/value", 100_001),
        "facts/waited/n",
        "range",
    ),
    (
        _set("thresholds/wait/values/1/value", 2**53),
        "thresholds/wait/values/1/value",
        "range",
    ),
    (_set("thresholds/wait/unit", "months"), "facts/waited/n", "unit"),
    (
        _set("thresholds/wait/citations/0/url", "javascript:alert(1)"),
        "thresholds/wait/citations/0/url",
        "format",
    ),
    (
        _set("thresholds/wait/citations/0/url", "//evil.example"),
        "thresholds/wait/citations/0/url",
        "format",
    ),
    (
        _set("facts/0/when", {"op": "fact", "fact": "ready"}),
        "facts/waited",
        "cycle",
    ),
    (_set("facts/0/when", {"op": "fact", "fact": "waited"}), "facts/waited", "cycle"),
    (_add("facts", {"key": "ready", "when": {}}), "facts/ready", "duplicate_key"),
    (
        lambda d: [d["findings"][1].pop("may_apply_when")],
        "findings/other_path/applies_when",
        "missing",
    ),
    (_set("findings", []), "findings", "empty"),
    (_set("findings/0/severity", "urgent!"), "findings/path/severity", "choice"),
    (
        _drop("findings/0/actions/1/url"),
        "findings/path/actions/read/url",
        "missing",
    ),
    (
        _set("findings/0/actions/1/county", "Kern"),
        "findings/path/actions/read/county",
        "unknown_field",
    ),
    (
        _add("findings/0/notes", {"key": "visa", "when": {}}),
        "findings/path/notes",
        "dup",
    ),
    (_set("exclusive/0", ["path", "nobody"]), "exclusive/0", "unknown_finding"),
    (_set("exclusive/0", ["path", "path"]), "exclusive/0/1", "duplicate"),
    (_set("exclusive/0", ["path"]), "exclusive/0", "empty"),
    (_set("locale", "de"), "texts", "missing"),
    (_set("texts", {}), "texts", "empty"),
    (_set("texts/en/title", " "), "texts/en/title", "missing"),
    (
        _drop("texts/en/questions/status/options/visa"),
        "texts/en/questions/status/options/visa",
        "missing",
    ),
    (_drop("texts/en/questions/plea/why"), "texts/en/questions/plea/why", "missing"),
    (_drop("texts/en/findings/path"), "texts/en/findings/path/body", "missing"),
    (_drop("texts/en/facts/ready"), "texts/en/facts/ready/label", "missing"),
    (
        _drop("texts/en/charts/statutes/rows/pc1"),
        "texts/en/charts/statutes/rows",
        "mis",  # codespell:ignore
    ),
    (_set("texts/es/facts", {"no": {"label": "x"}}), "texts/es/facts/no/label", "unk"),
    (
        _set("texts/es/questions", {"status": {"options": {"no": "x"}}}),
        "texts/es/questions/status/options/no",
        "unknown_key",
    ),
    (
        _set("texts/es/charts", {"statutes": {"values": {"gun": {"b": "x"}}}}),
        "texts/es/charts/statutes/values/gun/b",
        "unknown_key",
    ),
    (_set("texts/es/heading", "x"), "texts/es/heading", "unknown_field"),
    (_set("texts/en/title", "{nothing}"), "texts/en/title", "placeholder"),
    (_set("texts/en/title", "{date}"), "texts/en/title", "placeholder"),
    (_set("texts/es/title", "a { b"), "texts/es/title", "placeholder"),
    (_set("texts/es/title", "{ wait }"), "texts/es/title", "placeholder"),
    (
        _set("texts/en/findings/other_path/body", "On {date}."),
        "texts/en/findings/other_path/body",
        "placeholder",
    ),
    (_set("texts/e n", {}), "texts", "key"),
    (_set("texts/en/title", "\ud800"), "texts/en/title", "text"),
]


@pytest.mark.parametrize(("change", "path", "code"), BROKEN)
def test_one_mistake_is_named_by_its_place(change: Break, path: str, code: str) -> None:
    data = sample.release()
    change(data)
    with pytest.raises(ReleaseError) as caught:
        load_release(data)
    places = [(p.path, p.code) for p in caught.value.problems]
    # A list's path, or the start of a code, stands for what begins with it.
    assert any(p.startswith(path) and c.startswith(code) for p, c in places), places
    assert len(places) <= 7


def test_every_mistake_is_named_and_not_only_the_first() -> None:
    data = sample.release()
    data["exclusive"] = [["path", "nobody"]]
    data["findings"][0]["unless"] = {"op": "fact", "fact": "nobody"}
    data["texts"]["en"]["title"] = "{nobody}"
    assert len(check(data)) == 3


def test_limits() -> None:
    def size(**fields: Any) -> list[str]:
        data = sample.release()
        data.update(fields)
        data["texts"]["en"] = {**data["texts"]["en"], **generate.texts(data)}
        return [p.code for p in check(data)]

    part = sample.release()
    asked = [{"key": f"q{n}", "type": "yes_no"} for n in range(194)]
    assert size(questions=part["questions"] + asked[:193]) == []
    assert size(questions=part["questions"] + asked) == ["limit"]
    rows = [
        {**part["charts"]["statutes"]["rows"][0], "key": f"r{n}"} for n in range(2001)
    ]
    columns = part["charts"]["statutes"]["columns"]

    def charts(number: int) -> dict[str, Any]:
        return {
            "statutes": {"columns": columns, "rows": rows[:number]},
            "second": {"columns": columns, "rows": rows[:1000]},
        }

    assert size(charts=charts(1000)) == []
    assert size(charts=charts(1001)) == ["limit"]
    when = {"op": "is", "question": "plea", "value": True}
    facts = part["facts"] + [{"key": f"f{n}", "when": when} for n in range(492)]
    assert size(facts=facts[:-1]) == []  # 493 facts, an ask_when, 6 of findings
    assert size(facts=facts) == ["limit"]

    def nested(level: int) -> dict[str, Any]:
        return {"op": "not", "of": [nested(level - 1)]} if level > 1 else when

    assert size(facts=[*part["facts"], {"key": "f", "when": nested(8)}]) == []
    assert size(facts=[*part["facts"], {"key": "f", "when": nested(9)}]) == ["nesting"]
    wide = {"op": "any", "of": [when] * 64}
    assert size(facts=[*part["facts"], {"key": "f", "when": wide}]) == []
    wide = {"op": "any", "of": [when] * 65}
    assert size(facts=[*part["facts"], {"key": "f", "when": wide}]) == ["limit"]
    large = sample.release()
    large["texts"]["es"]["title"] = "x" * 1_040_000
    assert check(large) == []
    large["texts"]["es"]["title"] = "x" * 1_050_000
    assert [p.code for p in check(large)] == ["size"]


def test_a_chain_of_facts_as_long_as_allowed_runs() -> None:
    first = {"op": "is", "question": "a", "value": True}
    facts = [{"key": "f0", "when": first}]
    for number in range(1, 499):
        below = {"op": "fact", "fact": f"f{number - 1}"}
        facts.append({"key": f"f{number}", "when": {"op": "not", "of": [below]}})
    part = {
        "questions": [{"key": "a", "type": "yes_no"}],
        "facts": facts[::-1],
        "findings": [{"key": "x", "applies_when": {"op": "fact", "fact": "f498"}}],
    }
    release = load_release(vectors.complete(part))
    assert levels(release, {"a": True}, "2026-11-23") == {"x": "applies"}
    finding = evaluate(release, {}, "2026-11-23").findings[0]
    assert len(finding.because) == 2 * 499
    assert [m.question for m in finding.missing] == ["a"]


def test_thresholds_without_a_value_on_the_day_are_named_on_request() -> None:
    assert check(sample.release(), as_of="2000-01-01") == []
    found = check(sample.release(), as_of="1999-12-31")
    assert [(p.path, p.code) for p in found] == [("thresholds/wait/values", "no_value")]


def test_a_release_keeps_a_copy_of_its_own() -> None:
    data = sample.release()
    release = load_release(data)
    data["findings"].clear()
    assert list(release.findings) == ["path", "other_path"]
    assert release.canonical == load_release(sample.release()).canonical


def test_the_canonical_form_is_fixed() -> None:
    data = sample.release()
    data["texts"]["es"]["title"] = "Más “citas”\n\u2028\t\u0001/é"
    release = load_release(data)
    text = release.canonical.decode()
    assert '"title":"Más “citas”\\n\u2028\\t\\u0001/é"' in text
    assert text.startswith('{"charts":{"statutes":{"columns":[{"default":null,"key":')
    assert len(release.sha256) == 64
    assert text == json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
