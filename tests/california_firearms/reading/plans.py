"""R35 to R47: what a plan, or a status with rules of its own, brings up."""

from __future__ import annotations

from .case import Case, rule
from .convictions import AGG_FELONIES
from .logic import (
    NO,
    UNKNOWN,
    YES,
    every,
    known,
    negate,
    ruled,
    some,
    years_after,
)
from .thresholds import (
    AF_NATZ,
    CONFINED_DAYS,
    DACA_CUSTODY_DAYS,
    GMC_SPOUSE_YEARS,
    GMC_YEARS,
    LPR_ABSENCE_DAYS,
)

FILINGS = (
    *("naturalization", "green_card", "renew_green_card", "daca_renewal"),
    *("tps_renewal", "asylum", "visa"),
)


@rule("lpr_travel_risk")
def r35(case: Case) -> int:
    """An open case is this one; any conviction may matter, whatever it was for."""
    trip = every(case.noncitizen, case.lpr, case.has("plans", "travel"))
    offense = some(case.drug, case.column("cimt", "likely"))
    undecided = case.is_(
        "disposition",
        *("arrest_no_charges", "charges_dropped", "pretrial_diversion_no_plea"),
    )
    sure = some(
        case.number("trip_days", lambda days: days > LPR_ABSENCE_DAYS),
        case.is_("disposition", "open"),
        every(case.live, negate(case.erased), offense),
    )
    return ruled(
        applies=every(trip, sure),
        may=every(trip, some(case.live, every(undecided, some(case.drug, case.cimt)))),
    )


@rule("travel_risk_nonlpr")
def r36(case: Case) -> int:
    return ruled(
        applies=every(case.noncitizen, negate(case.lpr), case.has("plans", "travel"))
    )


def _in_period(case: Case, key: str) -> int:
    """Whether a day lies in the five (three) years before filing, or after it. Filing
    is today where its day is not known; where it is not sure, nothing is ruled out."""
    filing, day = case.day("filing_date") or case.today, case.day(key)
    if day is None:
        return case.open(key)
    three = known(filing <= years_after(day, GMC_SPOUSE_YEARS))
    five = known(filing <= years_after(day, GMC_YEARS))
    open_day = min(case.number("filing_date", lambda _: False), UNKNOWN)
    spouse = case.is_("married_to_citizen_3yrs", False)
    return some(three, every(five, spouse), open_day)


@rule("natz_gmc_period")
def r37(case: Case) -> int:
    """Without a conviction: only the three outcomes that are named."""
    planned = every(case.noncitizen, case.has("plans", "naturalization"))
    inside = some(
        _in_period(case, "offense_date"),
        _in_period(case, "plea_date"),
        case.number("confinement_days_in_lookback", lambda days: days > 0),
    )
    undecided = case.is_("disposition", "open", "arrest_no_charges", "charges_dropped")
    return ruled(
        applies=every(planned, case.not_ruled_out, inside),
        may=every(
            planned,
            some(
                case.not_ruled_out, every(undecided, _in_period(case, "offense_date"))
            ),
        ),
    )


@rule("natz_permanent_bar")
def r38(case: Case) -> int:
    """Said of everybody, not only of those who plan to file."""
    level = case.highest(*AGG_FELONIES)
    since = case.number("plea_date", lambda day: day >= AF_NATZ)
    return ruled(applies=every(level, since))


@rule("natz_180_days")
def r39(case: Case) -> int:
    served = case.number(
        "confinement_days_in_lookback", lambda days: days >= CONFINED_DAYS
    )
    planned = case.has("plans", "naturalization")
    return ruled(applies=every(case.noncitizen, planned, case.not_ruled_out, served))


@rule("natz_on_probation")
def r40(case: Case) -> int:
    """Said of everybody, not only of those who plan to file."""
    now = case.is_("probation_status", "on_now")
    return ruled(applies=every(case.noncitizen, case.not_ruled_out, now))


@rule("filing_risk_nta")
def r41(case: Case) -> int:
    """R13 is an argument for the visitor and raises nothing."""
    planned = every(case.noncitizen, case.has("plans", *FILINGS))
    raised = case.raised(
        *("firearm_ground", "cimt_single", "cimt_multiple", "dv_ground"),
        *("drug_ground", *AGG_FELONIES),
    )
    settled = case.is_("immigration_status", "lpr", "refugee", "asylee")
    undecided = case.is_(
        "disposition",
        *("open", "arrest_no_charges", "charges_dropped"),
        "pretrial_diversion_no_plea",
    )
    return ruled(
        applies=every(planned, raised),
        may=every(planned, some(negate(settled), undecided, case.not_ruled_out)),
    )


@rule("green_card_application_review")
def r42(case: Case) -> int:
    """Whatever the case came to."""
    return ruled(applies=every(case.noncitizen, case.has("plans", "green_card")))


def _holds_daca(case: Case) -> int:
    """Or surely means to renew it: the rule says only "DACA"."""
    renewal = known(case.has("plans", "daca_renewal") == YES)
    return every(
        known(case.noncitizen != NO),
        some(case.is_("immigration_status", "daca"), renewal),
    )


def _infraction(case: Case) -> bool:
    """By the level; where that is not sure, by the outcome."""
    level = case.is_("offense_level", "infraction")
    return level == YES or (
        level == UNKNOWN and case.is_("disposition", "infraction") == YES
    )


@rule("daca_bar")
def r43(case: Case) -> int:
    """Days count where the sentence was not suspended, and perhaps where it was (jail
    may be a term of probation). A gun may count under a law that asks for none. An
    infraction counts as nothing; two other convictions still may."""
    several = case.is_("other_convictions", "two_or_more")
    if _infraction(case):
        return ruled(may=every(_holds_daca(case), case.live, several))
    misdemeanor = case.is_("offense_level", "misdemeanor")
    listed = some(
        case.column("firearm", "general", "special", "other", "federal"),
        case.also("domestic", "sexual", "burglary", "drug_sale", "dui"),
    )
    served = every(
        misdemeanor,
        case.number("sentence_days_imposed", lambda days: days > DACA_CUSTODY_DAYS),
        some(case.is_("suspension_type", "not_suspended"), UNKNOWN),
    )
    felony = case.is_("offense_level", "felony")
    bars = some(felony, every(misdemeanor, listed), served)
    depends = some(
        case.column("firearm", "ammunition"),
        every(misdemeanor, negate(case.not_gun)),
        case.is_("offense_level", "felony_reduced"),
        case.hurt_protected,
        several,
        known(case.conviction == UNKNOWN),
    )
    return ruled(
        applies=every(
            _holds_daca(case),
            case.conviction,
            bars,
            negate(case.expunged),
            negate(case.erased),
        ),
        may=every(_holds_daca(case), case.live, some(bars, depends)),
    )


@rule("daca_expunged_case_by_case")
def r44(case: Case) -> int:
    return ruled(applies=every(_holds_daca(case), case.expunged))


@rule("tps_bar")
def r45(case: Case) -> int:
    """A conviction that is not sure matters only where it would bar, as every unknown.
    A reduced felony is one or the other. An infraction is neither; other
    convictions still may bar."""
    renewal = known(case.has("plans", "tps_renewal") == YES)
    holds = every(
        known(case.noncitizen != NO),
        some(case.is_("immigration_status", "tps"), renewal),
    )
    ticket = every(
        case.is_("disposition", "infraction"),
        negate(case.is_("offense_level", "felony", "felony_reduced")),
    )
    if _infraction(case) or ticket == YES:
        others = case.is_("other_convictions", "one", "two_or_more")
        return ruled(may=every(holds, case.live, others))
    more = some(
        case.is_("more_counts", True),
        case.is_("other_convictions", "one", "two_or_more"),
    )
    misdemeanor = case.is_("offense_level", "misdemeanor")
    reduced = case.is_("offense_level", "felony_reduced")
    bars = some(
        case.is_("offense_level", "felony"), every(some(misdemeanor, reduced), more)
    )
    one = every(misdemeanor, some(case.drug, negate(case.column("cimt", "unlikely"))))
    depends = some(
        one,
        reduced,
    )
    return ruled(
        applies=every(holds, case.conviction, negate(case.erased), bars),
        may=every(holds, case.live, some(bars, depends)),
    )


@rule("visa_holder_risk")
def r46(case: Case) -> int:
    return case.ground(applies=case.is_("immigration_status", "visa", "visa_waiver"))


@rule("never_admitted_note")
def r47(case: Case) -> int:
    return ruled(applies=every(case.noncitizen, negate(case.admitted)))
