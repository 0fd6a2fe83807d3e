"""Where findings stand, in what order and which stand open is decided once."""

from __future__ import annotations

from typing import Any

import pytest

from screening_block import engine
from screening_block.engine.choices import FINDING_GROUPS
from screening_block.engine.presented import SECTIONS, is_open, sections
from tests.reassuring import as_json, check

from . import vectors

FIELDS = ("key", "group", "severity", "level")


def finding(given: list[Any]) -> dict[str, Any]:
    """A finding of a vector, as an outcome has it."""
    missing = [{"question": f"q{n}", "state": "not_asked"} for n in range(given[4])]
    return {**dict(zip(FIELDS, given[:4], strict=True)), "missing": missing}


@pytest.mark.parametrize("case", vectors.load("presented")["cases"], ids=repr)
def test_findings_stand_where_the_vectors_have_them(case: dict[str, Any]) -> None:
    found = sections(map(finding, case["findings"]))
    keys = [[name, [one["key"] for one in members]] for name, members in found]
    assert keys == case["sections"]
    every = [one for _name, members in found for one in members]
    assert [one["key"] for one in every if is_open(one)] == case["open"]


@pytest.mark.parametrize("case", vectors.load("presented")["shown"], ids=repr)
def test_a_result_is_in_the_order_of_the_vectors(case: dict[str, Any]) -> None:
    data, answers = vectors.with_shown(case)
    found = as_json(check(engine.load_release(data), answers, vectors.AS_OF))
    assert vectors.picture_of(case, found) == vectors.expected(case)


def test_every_group_is_a_section() -> None:
    assert set(FINDING_GROUPS) < set(SECTIONS)
