"""Section (f) of the law file: the other ways in California, and R57."""

from __future__ import annotations

from .case import GUN_ITEMS, LEGAL_REASONS, Case, rule
from .clearing import convicted, counts, judged, still_to_clear
from .gates import PROGRAMS
from .logic import NO, YES, every, known, negate, ruled, some
from .thresholds import (
    CA_MISD_364,
    CUSTODY_365_DAYS,
    DEFERRED_ENTRY_FIRST,
    DEFERRED_ENTRY_LAST,
)

IN_CUSTODY = (
    *("state_prison", "county_jail_1170h_straight", "county_jail_1170h_split"),
)


@rule("path_1203_43")
def p1203_43(case: Case) -> int:
    """Dropped charges were dismissed, whatever the visitor calls it. Not once granted,
    nor in a gun case: a law on guns, or a gun, ammunition or an enhancement."""
    law = case.column("firearm", "general", "special", "other", "federal", "ammunition")
    item = case.is_("item", *GUN_ITEMS, "ammunition_only", "enhancement")
    fits = every(
        case.is_("disposition", *PROGRAMS),
        case.is_("program_kind", "pc1000_deferred_entry"),
        some(
            case.is_("disposition", "charges_dropped"),
            case.has("relief_obtained", "dismissed_after_program"),
        ),
        case.number(
            "plea_date", lambda day: DEFERRED_ENTRY_FIRST <= day <= DEFERRED_ENTRY_LAST
        ),
        negate(some(known(law == YES), item)),
        negate(case.has("relief_obtained", "pc1203_43")),
    )
    return ruled(applies=every(fits, case.is_("plea_or_admission", True)), may=fits)


@rule("path_1203_4b")
def p1203_4b(case: Case) -> int:
    """Fire crews, and which serious crimes are listed, are not asked about."""
    return ruled(
        may=every(
            judged(case),
            still_to_clear(case),
            case.is_("sentence_type", *IN_CUSTODY),
        )
    )


def _open_to_attack(case: Case) -> int:
    """A plea in a program hurts only people who are not citizens: for citizens there
    has to be a judgment."""
    return judged(case) if case.noncitizen == NO else counts(case)


@rule("path_1203_49")
def p1203_49(case: Case) -> int:
    """No listed law, no gun and no listed act is prostitution or loitering."""
    return ruled(
        may=every(
            _open_to_attack(case),
            case.unlisted,
            case.is_("offense_act", "other"),
            negate(case.gun_case),
            case.is_("crime_from_trafficking_or_abuse", True),
        )
    )


@rule("path_236_14_15")
def p236_14_15(case: Case) -> int:
    """A serious felony need not be a violent one."""
    return ruled(
        may=every(
            _open_to_attack(case),
            case.is_("crime_from_trafficking_or_abuse", True),
        )
    )


def _in_custody(case: Case) -> int:
    """On probation or parole, or, where there was none, not yet out of jail."""
    later = case.number("sentence_completed_date", lambda day: day > case.today)
    return some(
        case.is_("probation_status", "on_now"),
        every(case.is_("probation_status", "never_granted"), later),
    )


@rule("path_1473_7")
def p1473_7(case: Case) -> int:
    """Of everybody: two of its three reasons have nothing to do with immigration."""
    granted = every(
        case.has("relief_obtained", "pc1473_7"),
        case.is_("relief_reason", *LEGAL_REASONS),
    )
    return ruled(
        may=every(
            _open_to_attack(case),
            negate(_in_custody(case)),
            negate(granted),
        )
    )


@rule("path_1016_5")
def p1016_5(case: Case) -> int:
    """Of people whom a plea can hurt; a ticket is not a plea of this kind."""
    return ruled(
        may=every(
            case.noncitizen,
            _open_to_attack(case),
            negate(case.is_("disposition", "infraction")),
            case.pleaded,
            case.is_("judge_gave_warning", False),
        )
    )


@rule("path_custody_remedies")
def custody(case: Case) -> int:
    return ruled(may=every(_open_to_attack(case), _in_custody(case)))


@rule("path_early_termination")
def r57(case: Case) -> int:
    """Probation: parole and mandatory supervision are not."""
    return ruled(
        may=every(
            judged(case),
            case.is_("probation_status", "on_now"),
            case.is_("sentence_type", "probation"),
        )
    )


@rule("path_17b")
def p17b(case: Case) -> int:
    return ruled(
        may=every(
            convicted(case),
            case.is_("offense_level", "felony"),
            case.column("term", "wobbler"),
            negate(case.has("relief_obtained", "pc17b")),
        )
    )


@rule("path_18_5")
def p18_5(case: Case) -> int:
    """A year or more: the days are those of all counts together."""
    return ruled(
        may=every(
            judged(case),
            case.is_("offense_level", "misdemeanor"),
            case.number("plea_date", lambda day: day < CA_MISD_364),
            case.number("sentence_days_imposed", lambda days: days >= CUSTODY_365_DAYS),
        )
    )
