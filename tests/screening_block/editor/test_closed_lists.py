"""A member of a closed list is known, and has its words, wherever one must be."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import screening_block
from screening_block import choices, engine
from screening_block.editor.strings import editor_strings
from screening_block.editor.vocabulary import answer_types
from screening_block.engine import choices as lists
from screening_block.engine.operators import GROUP_OPS, NODES
from screening_block.engine.search.proof import exact
from screening_block.engine.search.slots import Pair
from screening_block.engine.sentences import sentences
from screening_block.models import Threshold
from screening_block.models.fields import Status
from screening_block.question_types import BLOCKS

HERE = Path(screening_block.__file__).parent
STATIC = HERE / "static/screening_block"
LOCALES = ("en", "es")


def own_sentences(locale: str) -> dict:
    """What a language says itself, not what it takes from English."""
    file = Path(engine.__file__).parent / f"sentences.{locale}.json"
    return json.loads(file.read_text("utf-8"))


@pytest.mark.parametrize(
    ("labels", "members"),
    [
        (choices.ANSWER_TYPES, lists.ANSWER_TYPES),
        (choices.COLUMN_TYPES, lists.COLUMN_TYPES),
        (choices.UNITS, lists.UNITS),
        (choices.LEVELS, lists.LEVELS),
        (choices.SHOWN_LEVELS, lists.LEVELS[:2]),
        (choices.SEVERITIES, lists.SEVERITIES),
        (choices.FINDING_GROUPS, lists.FINDING_GROUPS),
        (choices.RESULT_SECTIONS, ("urgent", *lists.FINDING_GROUPS)),
        (choices.STATUSES, lists.STATUSES),
        (choices.ACTION_TYPES, lists.ACTION_TYPES),
        (BLOCKS, lists.ANSWER_TYPES),
    ],
)
def test_each_member_has_one_label_in_the_order_of_the_list(labels, members):
    assert tuple(labels) == tuple(members)


def test_the_columns_of_the_database_know_the_same_members():
    assert set(Threshold.Kind.values) == set(lists.THRESHOLD_TYPES)
    assert set(Threshold.Unit.values) == {"", *lists.UNITS}
    assert set(Status.values) == set(lists.STATUSES)


@pytest.mark.parametrize("op", NODES)
def test_an_operator_is_known_to_the_browser_and_has_its_sentences(op):
    halves = [
        (STATIC / "engine" / name).read_text("utf-8")
        for name in ("atoms.js", "program.js")
    ]
    # A group of all or any is what is no `not` and no `at_least`.
    assert any(re.search(rf"\b{op}\b", text) for text in halves)
    model = (STATIC / "admin/condition_model.js").read_text("utf-8")
    own = re.search(r"const OWN = new Set\(\[(.*?)\]\)", model, re.DOTALL)
    assert own is not None
    assert set(re.findall(r'"(\w+)"', own[1])) == set(NODES)
    for locale in LOCALES:
        said = own_sentences(locale)["describe"]
        assert op in said or op in ("not", "column"), locale
        if op == "compare":
            phrases = own_sentences(locale)["phrases"]
            for phrase in phrases.values():
                assert set(phrase) == {*lists.COMPARATORS, "ne"}


def test_every_test_that_the_editor_offers_has_its_words():
    said = editor_strings()
    offered = {
        (test, known["input"])
        for known in answer_types().values()
        for test in known["tests"]
    }
    tests = {test.removeprefix("!") for test, _input in offered}
    single = set(NODES) - {*GROUP_OPS, "compare", "elapsed", "fact"}
    assert tests == single | set(lists.COMPARATORS)
    for test, input_ in offered:
        name = test.removeprefix("!")
        if name in lists.COMPARATORS:
            kind = "cmp_date_" if input_ == "date" else "cmp_"
        else:
            kind = "test_"
        for denied in ("", "not_"):
            assert f"{denied}{kind}{name}" in said, (test, input_)


@pytest.mark.parametrize("unit", lists.UNITS)
def test_a_unit_has_its_forms_in_each_language_and_its_words_in_the_editor(unit):
    for locale in LOCALES:
        forms = own_sentences(locale)["units"][unit]
        assert set(forms) == {"other", *sentences(locale)["plural"].values()}
    assert f"unit_{unit}" in editor_strings()
    assert engine.shift("2026-11-23", 1, unit) > "2026-11-23"


def test_a_unit_that_nobody_knows_shifts_no_date():
    with pytest.raises(NotImplementedError):
        engine.dates.shift_key(20261123, 1, "weeks", False)


@pytest.mark.parametrize("name", ["units", "rolls"])
def test_the_calendar_of_the_browser_knows_the_same_members(name):
    text = (STATIC / "engine/calendar.js").read_text("utf-8")
    listed = re.search(rf"const {name} = (\[.*?\]);", text)
    assert listed is not None
    assert tuple(json.loads(listed[1])) == getattr(lists, name.upper())


def test_a_proof_takes_a_new_unit_for_one_of_uneven_length():
    """As months are: a way round through both of them and days proves nothing."""
    uneven = [unit for unit in (*lists.UNITS, "weeks") if unit != "days"]
    for unit in uneven:
        space = SimpleNamespace(
            carried=9,
            leaves={n: Pair(n, 0, None, True, 0, 1, {}) for n in (0, 1)},
            nodes={0: {"unit": "days"}, 1: {"unit": unit}},
            whole=[True, True],
            read_by=lambda _slot: (0, 1),
        )
        assert not exact(space, (0, 1), leaned=True), unit
