"""Differences that may stand: where, and why neither side is to be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .case import Case
from .logic import UNKNOWN, YES


class Explained(NamedTuple):
    """`when` takes the answers, this reading's level and the pack's."""

    rule: str
    when: Callable[[Case, str, str], bool]
    why: str


def _open_cell(case: Case) -> bool:
    """The law is in the chart, and the chart leaves open what it comes to."""
    cells = (case.column("cimt", "likely"), case.column("agg_felony", "candidate"))
    return case.unlisted != YES and UNKNOWN in cells


def _same_month(case: Case) -> bool:
    act, oath = case.day("offense_date"), case.day("oath_date")
    return bool(act and oath and oath <= act and act.month == oath.month)


BLANK = "No condition can ask whether a cell is blank, so what hangs on one stays open."
SAME_MONTH = (
    "The law file takes acts in the month of the oath as undecided because days may be"
    " approximate; the questions ask for exact days, and those decide."
)
EXPLAINED = (
    Explained(
        "filing_risk_nta",
        lambda case, ours, theirs: (
            (ours, theirs) == ("applies", "may_apply") and _open_cell(case)
        ),
        BLANK,
    ),
    Explained(
        "unsure_followup",
        lambda case, ours, theirs: (
            (ours, theirs) == ("applies", "may_apply") and _open_cell(case)
        ),
        BLANK,
    ),
    Explained(
        "naturalized_denaturalization",
        lambda case, ours, theirs: (
            (ours, theirs) == ("may_apply", "not_apply") and _same_month(case)
        ),
        SAME_MONTH,
    ),
    Explained(
        "see_immigration_attorney",
        lambda case, ours, theirs: (
            (ours, theirs) == ("applies", "not_apply") and _same_month(case)
        ),
        "It stands wherever naturalized_denaturalization is raised: see there.",
    ),
)


def is_explained(rule: str, case: Case, ours: str, theirs: str) -> bool:
    return any(
        entry.rule == rule and entry.when(case, ours, theirs) for entry in EXPLAINED
    )
