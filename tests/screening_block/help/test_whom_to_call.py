"""Whom a result names to be called, case by case: see `tests/vectors/README.md`."""

import datetime as dt

import pytest

from screening_block.visitor.whom_to_call import find_asked, pick_entry
from tests.screening_block.engine.vectors import load

VECTORS = load("whom_to_call")


@pytest.mark.parametrize("case", VECTORS["picked"], ids=lambda case: case["why"])
def test_who_is_named(case):
    entries = [{"name": name, **VECTORS["entries"][name]} for name in case["entries"]]
    now = dt.datetime.fromisoformat(case["now"])
    found = pick_entry(entries, case["subject"], case["urgent"], now)
    assert (found and found["name"]) == case["named"]


@pytest.mark.parametrize("case", VECTORS["asked"], ids=lambda case: case["why"])
def test_what_is_asked_for_first(case):
    assert list(find_asked(case["findings"])) == case["asked"]
