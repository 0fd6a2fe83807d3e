"""When a question is asked: "ask when" in section (a) of the law file, amended.

A gate takes the answers given so far and is yes, no or unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .logic import NO, YES, every, known, negate, some

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
