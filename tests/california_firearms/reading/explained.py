"""Differences that may stand: where, and why neither side is to be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .case import Case
from .logic import NO, UNKNOWN, YES


class Explained(NamedTuple):
    """`when` takes the answers, this reading's level and the pack's."""

    rule: str
    when: Callable[[Case, str, str], bool]
    why: str


def _open_cell(case: Case) -> bool:
    """The law is in the chart, and the chart leaves open what it comes to."""
    cells = (case.column("cimt", "likely"), case.column("agg_felony", "candidate"))
    return case.unlisted != YES and UNKNOWN in cells


def _others_not_sure(case: Case) -> bool:
    """Whoever is not sure of other convictions is not asked what they were."""
    asked = "other_moral_turpitude_separate" in case.answers
    return case.unsure("other_convictions") and not asked


def _followed_elsewhere(case: Case) -> bool:
    """An answer that is not sure matters only for the state's own clearing of a case
    without probation, or for the antique argument on a law that is not known either."""
    automatic = case.is_("sentence_type", "jail_or_fine_no_probation") == YES
    dates = ("open_cases", "sentence_completed_date")
    place = case.unsure("held_outside_ninth_circuit") and case.unlisted != NO
    return place or (automatic and any(case.unsure(key) for key in dates))


def _same_month(case: Case) -> bool:
    act, oath = case.day("offense_date"), case.day("oath_date")
    return bool(act and oath and oath <= act and act.month == oath.month)


BLANK = (
    "No condition can ask whether a cell is blank or a question was not asked, so what"
    " hangs on one stays open: may_apply."
)
SAME_MONTH = (
    "The law file takes acts in the month of the oath as undecided because days may be"
    " approximate; the questions ask for exact days, and those decide."
)
FOLLOWED = (
    "The law file does not say how little a question may still matter to be named: the"
    " pack names none for what the state decides on its own records, nor the place of"
    " custody before the law of the case."
)
EXPLAINED = (
    Explained(
        "filing_risk_nta",
        lambda case, ours, theirs: (
            (ours, theirs) == ("applies", "may_apply")
            and (_open_cell(case) or _others_not_sure(case))
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
        "unsure_followup",
        lambda case, ours, theirs: ours == "applies" and _followed_elsewhere(case),
        FOLLOWED,
    ),
    Explained(
        "get_records",
        lambda case, ours, theirs: ours == "applies" and _followed_elsewhere(case),
        FOLLOWED,
    ),
    Explained(
        "tps_bar",
        lambda case, ours, theirs: (
            (ours, theirs) == ("not_apply", "may_apply")
            and case.unsure("immigration_status")
        ),
        "Most who are not sure of their status are not asked for counts, so the pack"
        " never rules out a second one for any of them.",
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
