"""When a question is asked: "ask when" in section (a) of the law file, amended.

A gate takes the answers given so far and is yes, no or unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .logic import NO, YES, every, known, negate, some, years_after
from .thresholds import GMC_YEARS

if TYPE_CHECKING:
    from .case import Case

Gate = Callable[["Case"], int]

ADMITTED_STATUSES = ("lpr", "refugee", "visa", "visa_waiver")
CONVICTED = ("convicted_plea", "convicted_trial")
PROGRAMS = ("plea_judgment_withheld", "pretrial_diversion_no_plea", "charges_dropped")
NEVER_PLEADED = ("arrest_no_charges", "not_guilty", "juvenile_court", "open")


def not_citizen(case: Case) -> int:
    return known(case.noncitizen != NO)


def unless(key: str, *options: str) -> Gate:
    """Asked unless this was surely answered."""
    return lambda case: known(case.is_(key, *options) != YES)


def status(*options: str) -> Gate:
    return lambda case: case.is_("immigration_status", *options)


def planned(*options: str) -> Gate:
    return lambda case: case.has("plans", *options)


def may_count(case: Case) -> int:
    return negate(known(case.conviction == NO))


def pleaded_or_found(case: Case) -> int:
    """A plea, a verdict, or not sure; in a program, where the plea is not denied."""
    program = case.is_("disposition", *PROGRAMS[1:])
    never = case.is_("disposition", *NEVER_PLEADED)
    pleaded = some(
        case.is_("plea_or_admission", True), known(case.unsure("plea_or_admission"))
    )
    verdict = known(not program and not never)
    if case.unsure("disposition"):
        verdict = known(True)
    return some(verdict, every(program, pleaded))


def has_plea(case: Case) -> int:
    return case.pleaded


def _ordered(case: Case, *penalties: str) -> int:
    ordered = case.has("punishment_ordered", *penalties) == YES
    return known(ordered or case.unsure("punishment_ordered"))


def may_be_sentenced(case: Case) -> int:
    """Not where the charge was dropped, or a program came before any judgment."""
    return every(may_count(case), unless("disposition", *PROGRAMS[1:])(case))


def may_be_jailed(case: Case) -> int:
    """Without a judgment, what the visitor says was ordered."""
    judged = unless("disposition", *PROGRAMS)(case)
    return every(may_count(case), some(judged, _ordered(case, "jail", "prison")))


def may_be_supervised(case: Case) -> int:
    """Of a program, probation or parole is a term; putting off a judgment is one."""
    term = _ordered(case, "prison", "probation", "mandatory_supervision")
    return every(may_count(case), some(may_be_sentenced(case), term))


def _reaches(case: Case, key: str) -> int:
    """A day that is not sure, or that today does not lie more than five years after."""
    day = case.day(key)
    asked = key in case.answers
    return known(asked and (not day or case.today <= years_after(day, GMC_YEARS)))


def in_reach(case: Case) -> int:
    """Filing is still to come: what is too old today will be so on that day."""
    pleaded = every(may_count(case), _reaches(case, "plea_date"))
    wants = planned("naturalization")(case)
    return some(_reaches(case, "offense_date"), pleaded) if wants == YES else wants


def may_have_been_inside(case: Case) -> int:
    days = case.answers.get("sentence_days_imposed")
    jailed = every(may_be_jailed(case), known(days != 0))
    others = known(case.is_("other_convictions", "none") != YES)
    wants = planned("naturalization")(case)
    return some(jailed, others) if wants == YES else wants
