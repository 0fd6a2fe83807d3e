"""R21 to R31: inadmissibility, waivers, and relief from removal."""

from __future__ import annotations

from .case import Case, rule
from .convictions import AGG_FELONIES
from .gates import may_be_jailed, may_count
from .logic import APPLIES, NO, UNKNOWN, YES, every, known, negate, ruled, some
from .thresholds import (
    AGG_5Y_DAYS,
    LPR_CANCEL_YEARS,
    LPR_RESIDENCE_YEARS,
    PETTY_DAYS,
    PSC_WH_DAYS,
)


@rule("no_firearm_inadmissibility_ground")
def r21(case: Case) -> int:
    """Where the law is not sure, by the thing; ammunition counts as a gun case."""
    return ruled(applies=every(case.noncitizen, case.not_ruled_out, case.gun_case))


@rule("cimt_inadmissibility")
def r22(case: Case) -> int:
    """Without a conviction too: "admitting a crime can be enough"."""
    return ruled(may=every(case.noncitizen, case.cimt))


@rule("petty_offense_exception")
def r23(case: Case) -> int:
    """Without jail there is no sentence that could be too long."""
    none = every(may_count(case), negate(may_be_jailed(case)))
    short = case.number("sentence_days_imposed", lambda days: days <= PETTY_DAYS)
    return ruled(
        may=every(
            case.noncitizen,
            case.cimt,
            negate(case.is_("other_moral_turpitude_separate", True)),
            negate(case.is_("offense_level", "felony")),
            some(short, none),
        )
    )


@rule("drug_inadmissibility")
def r24(case: Case) -> int:
    return case.ground(may=case.drug)


@rule("multiple_sentences_5yr")
def r25(case: Case) -> int:
    """Two other convictions are enough without this one."""
    total = case.number("total_sentence_days", lambda days: days >= AGG_5Y_DAYS)
    two = some(
        case.is_("other_convictions", "two_or_more"),
        every(case.live, case.is_("other_convictions", "one")),
    )
    return ruled(may=every(case.noncitizen, two, total))


@rule("waiver_212h_maybe")
def r26(case: Case) -> int:
    return ruled(may=case.raised("cimt_inadmissibility", "multiple_sentences_5yr"))


@rule("lpr_cancellation_possible")
def r27(case: Case) -> int:
    """Seven years since the first admission; where that day is not asked, not ruled
    out. Whatever the outcome but an acquittal and an arrest alone."""
    barred = any(case.level(key) == APPLIES for key in AGG_FELONIES)
    residence = UNKNOWN
    if case.day("first_admission_date") and case.is_("entry_manner", "let_in") == YES:
        residence = case.waited("first_admission_date", LPR_RESIDENCE_YEARS, more=False)
    return ruled(
        may=every(
            case.lpr,
            case.waited("lpr_since", LPR_CANCEL_YEARS, more=False),
            residence,
            negate(case.is_("disposition", "not_guilty", "arrest_no_charges")),
            known(not barred),
        )
    )


@rule("lpr_cancellation_barred")
def r28(case: Case) -> int:
    level = case.highest(*AGG_FELONIES)
    return ruled(applies=every(case.lpr, level), may=every(case.lpr, level))


@rule("nonlpr_cancellation_bar")
def r29(case: Case) -> int:
    other = negate(case.lpr)
    return case.ground(
        applies=every(other, case.column("firearm", "special", "federal")),
        may=every(other, some(case.gun, case.cimt, case.drug)),
    )


@rule("asylum_psc")
def r30(case: Case) -> int:
    asylum = case.is_("immigration_status", "asylum_pending", "asylee", "refugee")
    return case.ground(
        applies=every(asylum, known(case.highest(*AGG_FELONIES) == APPLIES)),
        may=asylum,
    )


@rule("withholding_psc")
def r31(case: Case) -> int:
    """The total is that of this case where there is no other."""
    concerned = some(
        known(case.has("court_now", "none") != YES and case.noncitizen != NO),
        case.is_(
            "immigration_status",
            *("asylum_pending", "asylee", "refugee", "tps", "none", "withholding_cat"),
        ),
    )
    total = some(
        case.number("total_sentence_days", lambda days: days >= PSC_WH_DAYS),
        case.number("sentence_days_imposed", lambda days: days >= PSC_WH_DAYS),
    )
    felony = known(case.highest(*AGG_FELONIES) == APPLIES)
    return case.ground(applies=every(concerned, felony, total), may=concerned)
