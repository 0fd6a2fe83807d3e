"""What the pack reader promises to those who write packs and those who load them."""

import textwrap
from pathlib import Path

import pytest

from screening_block.engine import levels, load_release
from screening_block.packs.read import PackError, read_pack
from screening_block.packs.strict_yaml import read_yaml

SCREENER = """
key: small-pack
title: A small pack
intro: It asks one thing.
jurisdiction: us-ca
time_zone: America/Los_Angeles
roll: last_day
"""
QUESTIONS = """
- key: told
  type: choices
  label: Were you told?
  why: It matters.
  options:
    - {key: yes, label: "Yes"}
    - {key: no, label: "No", exclusive: true}
- key: law
  type: choice
  chart: laws
  label: Which law?
  why: It matters too.
"""
CHART = """
key: laws
label: Laws
columns:
  - {key: gun, type: choice, values: [yes, no], default: no, label: About a gun}
rows:
  - key: pc_1
    label: PC 1
    cells: {gun: yes}
    citations: [{text: PC 1, status: verified, source: S1}]
    status: verified
"""
THRESHOLDS = """
- key: start
  type: date
  values: [{from: 1900-01-01, value: 2015-01-01}]
  label: The first day
  note: Nothing before counts.
  citations: [{text: PC 2, status: needs_checking}]
  status: needs_checking
"""
FACTS = """
- key: informed
  label: You were told
  when: {op: has_any, question: told, values: [yes]}
"""
FINDINGS = """
- key: gun_case
  rule: R12
  group: risk
  severity: high
  heading: A gun case
  body: It may count from {start} on.
  notes: [{key: told_so, when: {op: fact, fact: informed}, text: You were told.}]
  actions: [{key: ask, type: step, label: Ask a lawyer}]
  citations: []
  status: needs_checking
  # the law is about a gun
  applies_when:
    op: all
    of:
      - {op: fact, fact: informed}
      - {op: column, question: law, column: gun, test: is, values: [yes]}
"""
SCENARIOS = """
- name: Told, gun law
  why: R12 asks for both.
  as_of: 2026-11-23
  answers: {told: [yes], law: pc_1}
  expect: {gun_case: applies}
"""
FILES = {
    "screener.yaml": SCREENER,
    "questions.yaml": QUESTIONS,
    "thresholds.yaml": THRESHOLDS,
    "charts/laws.yaml": CHART,
    "facts.yaml": FACTS,
    "findings/first.yaml": FINDINGS,
    "scenarios/first.yaml": SCENARIOS,
}


@pytest.fixture
def write(tmp_path):
    """Write the small pack, some files replaced (None leaves one out)."""

    def write(**changes: str | None) -> Path:
        named = {name.replace("__", "/") + ".yaml": t for name, t in changes.items()}
        for name, text in (FILES | named).items():
            if text is not None:
                file = tmp_path / name
                file.parent.mkdir(exist_ok=True)
                file.write_text(text.removeprefix("\n"), "utf-8")
        return tmp_path

    return write


def problems(path: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        read_pack(path)
    return caught.value.problems


def test_a_pack_becomes_a_release_that_the_engine_takes_and_scenarios_that_hold(write):
    pack = read_pack(write())
    release = load_release(pack.release())
    (scenario,) = pack.scenarios
    outcome = levels(release, scenario["answers"], scenario["as_of"])
    assert scenario["expect"].items() <= outcome.items()


def test_texts_leave_the_structure_and_nothing_else_does(write):
    release = read_pack(write()).release()
    texts = release.pop("texts")["en"]
    assert texts["questions"]["told"] == {
        "label": "Were you told?",
        "why": "It matters.",
        "options": {"yes": "Yes", "no": "No"},
    }
    assert texts["charts"]["laws"] == {
        "label": "Laws",
        "columns": {"gun": "About a gun"},
        "rows": {"pc_1": "PC 1"},
    }
    assert texts["thresholds"]["start"]["note"] == "Nothing before counts."
    assert texts["facts"] == {"informed": {"label": "You were told"}}
    assert texts["findings"]["gun_case"] == {
        "heading": "A gun case",
        "body": "It may count from {start} on.",
        "notes": {"told_so": "You were told."},
        "actions": {"ask": "Ask a lawyer"},
    }
    question, _ = release["questions"]
    assert question == {
        "key": "told",
        "type": "choices",
        "options": [{"key": "yes"}, {"key": "no", "exclusive": True}],
    }
    (finding,) = release["findings"]
    told = {"op": "fact", "fact": "informed"}
    assert finding["notes"] == [{"key": "told_so", "when": told}]
    assert finding["actions"] == [{"key": "ask", "type": "step"}]
    assert "rule" not in finding
    assert release["thresholds"]["start"]["values"] == [
        {"from": "1900-01-01", "value": "2015-01-01"}
    ]
    assert release["charts"]["laws"]["rows"][0]["checked_on"] is None


def test_what_a_caller_does_to_a_release_reaches_neither_pack_nor_next_release(write):
    pack = read_pack(write())
    first = pack.release()
    first["findings"][0]["citations"].append("x")
    first["texts"]["en"]["questions"].clear()
    assert pack.parts["findings"][0]["heading"] == "A gun case"
    assert pack.release() == read_pack(pack.path).release()


def test_a_pack_can_be_read_while_it_is_being_written(write):
    path = write(facts="", thresholds="# none yet\n", findings__first=None)
    pack = read_pack(path)
    assert pack.parts["facts"] == pack.parts["thresholds"] == []
    assert pack.release()["findings"] == []


def test_how_many_findings_stand_open_is_a_setting_and_a_heading_is_a_text(write):
    few = "shown: {open_most: 2}\n"
    release = read_pack(write(screener=SCREENER + few)).release()
    assert release["shown"] == {"open_most": 2}
    assert "shown" not in release["texts"]["en"]
    assert load_release(release).data["shown"] == {"open_most": 2}
    named = "shown: {open_most: 2, headings: {more: And also}}\n"
    release = read_pack(write(screener=SCREENER + named)).release()
    assert release["shown"] == {"open_most": 2}
    assert load_release(release).data["texts"]["en"]["shown"] == {"more": "And also"}


def test_finding_files_are_read_in_the_order_the_screener_lists(write):
    second = FINDINGS.replace("gun_case", "earlier")
    path = write(
        screener=SCREENER + "findings: [second, first]\n", findings__second=second
    )
    keys = [finding["key"] for finding in read_pack(path).parts["findings"]]
    assert keys == ["earlier", "gun_case"]


def test_a_misspelt_field_is_refused_with_file_and_line(write):
    told = problems(write(facts=FACTS.replace("label", "lable")))  # codespell:ignore
    assert told == [
        "facts.yaml:1: missing field 'label'",
        "facts.yaml:2: unknown field 'lable'",
    ]
    deep = problems(write(charts__laws=CHART.replace("source:", "saurce:")))
    assert "charts/laws.yaml:9: unknown field 'saurce'" in deep


def test_all_problems_of_all_files_are_told_at_once(write):
    told = problems(
        write(
            screener=SCREENER.replace("roll: last_day", "role: last_day"),
            questions=QUESTIONS.replace("label: Were you told?", "label: 5"),
            scenarios__first=SCENARIOS.replace("- name", "  name"),
        )
    )
    assert sorted(told) == [
        "questions.yaml:3: 'label' must be text",
        "scenarios/first.yaml:1: expected a list (lines beginning with -)",
        "screener.yaml:1: missing field 'roll'",
        "screener.yaml:6: unknown field 'role'",
    ]


def test_a_key_used_twice_is_refused_even_across_files(write):
    told = problems(
        write(
            findings__second=FINDINGS,
            facts=FACTS + FACTS,
            charts__laws=CHART + CHART.partition("rows:\n")[2],
        )
    )
    assert "findings/second.yaml:1: 'gun_case' is used twice in findings" in told
    assert "charts/laws.yaml:11: 'pc_1' stands twice" in told
    assert any("'informed' is used twice" in line for line in told)


def test_a_file_that_nobody_would_read_is_refused(write):
    told = problems(write(fact=FACTS, findings__old__deep=None, notes=""))
    assert told == [
        "fact.yaml:1: no part of a law pack has this file name",
        "notes.yaml:1: no part of a law pack has this file name",
    ]


def test_a_folder_without_a_screener_is_no_pack(tmp_path):
    assert "there is no screener.yaml" in problems(tmp_path)[0]


def test_an_empty_screener_and_a_file_in_another_encoding_are_refused(write):
    path = write(screener="# nothing\n")
    (path / "facts.yaml").write_bytes(FACTS.replace("were", "wére").encode("latin-1"))
    assert problems(path) == [
        "facts.yaml:1: this file is not UTF-8 text",
        "screener.yaml:1: the file is empty",
    ]


def test_an_engine_path_leads_to_the_line_a_writer_must_change(write):
    pack = read_pack(write())
    place = "findings/first.yaml:{}".format
    assert pack.place("findings/gun_case") == place(1)
    assert pack.place("findings/gun_case/applies_when/1") == place(16)
    assert pack.place("findings/gun_case/applies_when/1/column") == place(16)
    assert pack.place("findings/gun_case/urgent_when/0") == place(1)
    assert pack.place("questions/law/chart") == "questions.yaml:10"
    assert pack.place("nothing/here") == str(pack.path)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("2026-11-23", "2026-11-23"),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        ("0123", "0123"),
        ("1:30", "1:30"),
        ("1.5", "1.5"),
        ("1_000", "1_000"),
        ("-7", -7),
        ("0", 0),
        ("365", 365),
        ('"365"', "365"),
        ('"null"', "null"),
        ('""', ""),
        ("true", True),
        ("false", False),
        ("null", None),
    ],
)
def test_a_plain_word_means_what_it_says(written, means):
    document = read_yaml(f"value: {written}", "f.yaml")
    assert document.problems == []
    assert document.value == {"value": means}
    assert type(document.value["value"]) is type(means)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3: 'a' stands twice"),
        ("a: 1\nb:\n", "f.yaml:2: empty value"),
        ("a: ~\n", "f.yaml:1: ~ is unclear"),
        ("a: 1\nb: True\n", "f.yaml:2: True is unclear"),
        ("a: &x [1]\nb: *x\n", "f.yaml:2: an alias"),
        ("a: !!python/name:os.system x\n", "f.yaml:1: a tag is not allowed"),
        ("? [a, b]\n: 1\n", "f.yaml:1: a key must be a word"),
        ("a: 1\nb: [1, 2\n", "f.yaml:3: "),
        ("a: 1\n---\nb: 1\n", "f.yaml:2: "),
    ],
)
def test_what_could_be_misread_is_refused_with_its_line(text, told):
    (problem,) = read_yaml(textwrap.dedent(text), "f.yaml").problems
    assert problem.startswith(told)
