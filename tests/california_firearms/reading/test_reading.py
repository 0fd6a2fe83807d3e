"""The pack says what a second reading of its law file says.

`benchmarks/reading.py` compares 20,000 sets of answers and shows what differs.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from screening_block.engine import load_release
from tests.california_firearms.reading.chart import CHART
from tests.california_firearms.reading.compare import all_differences, reading
from tests.california_firearms.reading.generate import answer_sets
from tests.california_firearms.reading.rules import RULES
from tests.law_pack import law_pack, law_release

AS_OF = date(2026, 11, 29)
SETS, SEED = 500, 7


def test_the_pack_says_what_a_second_reading_of_the_law_file_says() -> None:
    release = law_release()
    kinds = Counter(
        (found.rule, found.ours, found.theirs)
        for found in all_differences(release, SEED, SETS, AS_OF)
        if not found.explained
    )
    assert not kinds, f"benchmarks/reading.py --sets {SETS} --seed {SEED} shows them"


def test_each_rule_is_compared_where_it_is_raised_and_where_it_is_not() -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for answers in answer_sets(SEED, SETS, AS_OF):
        for key, level in reading(answers, AS_OF).items():
            seen[key].add(level)
    assert set(seen) == set(RULES)
    assert [key for key, levels in seen.items() if len(levels) < 2] == []


def test_the_chart_is_that_of_the_law_file() -> None:
    chart = law_pack().release()["charts"]["statutes"]
    default = {column["key"]: column["default"] for column in chart["columns"]}
    theirs = {
        row["key"]: {
            key: row["cells"].get(key, value) for key, value in default.items()
        }
        for row in chart["rows"]
    }
    ours = {
        key: {
            "firearm": row.firearm,
            "agg_felony_firearm": row.agg_felony,
            "cimt": row.cimt,
            "violence": row.violence,
            "also": row.also.split(),
            "term": row.term,
        }
        for key, row in CHART.items()
    }
    assert _known(theirs) == _known(ours)


def _known(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Without the cells that leave it open, and lists in one order."""
    return {
        key: {
            column: sorted(cell) if isinstance(cell, list) else cell
            for column, cell in cells.items()
            if cell not in (None, "", "unknown", [])
        }
        for key, cells in rows.items()
    }


def _a_day_more(release: dict[str, Any]) -> None:
    """366 days for an aggravated felony of violence."""
    for dated in release["thresholds"]["af_term"]["values"]:
        dated["value"] += 1


def _a_general_law_as_special(release: dict[str, Any]) -> None:
    rows = release["charts"]["statutes"]["rows"]
    (row,) = (row for row in rows if row["key"] == "pc_25850")
    row["cells"]["firearm"] = "special"


def _citizens_deported(release: dict[str, Any]) -> None:
    (fact,) = (fact for fact in release["facts"] if fact["key"] == "noncitizen")
    fact["when"] = {"op": "not", "of": [fact["when"]]}


@pytest.mark.parametrize(
    "fault", [_a_day_more, _a_general_law_as_special, _citizens_deported]
)
def test_a_fault_in_the_pack_is_found(fault: Callable[[dict[str, Any]], None]) -> None:
    data = law_pack().release()
    fault(data)
    found = all_differences(load_release(data), SEED, SETS, AS_OF)
    assert any(not difference.explained for difference in found)
