"""R12 to R20, R60 and R61: grounds of deportability, and detention."""

from __future__ import annotations

from .case import Case, rule
from .convictions import AGG_FELONIES
from .logic import NO, NOT, UNKNOWN, YES, every, known, negate, ruled, some, years_after
from .thresholds import AF_TERM_DAYS, CIMT_YEARS


def long_sentence(case: Case) -> int:
    return case.number("sentence_days_imposed", lambda days: days >= AF_TERM_DAYS)


@rule("firearm_ground")
def r12(case: Case) -> int:
    """A law on guns counts whatever the visitor says the thing was; a law on no weapon
    may count where the visitor speaks of a gun or of an enhancement."""
    if NO in (case.admitted, case.conviction) or case.not_gun == YES:
        return NOT
    exact = every(case.column("firearm", "special", "federal"), case.admitted)
    return case.ground(applies=exact, may=every(case.admitted, negate(case.not_gun)))


@rule("antique_mismatch_argument")
def r13(case: Case) -> int:
    """For people never admitted only where the law is, or may be, a general one."""
    general = case.column("firearm", "general")
    barred = every(
        known(case.admitted == NO), case.raised("nonlpr_cancellation_bar"), general
    )
    deportable = every(
        known(case.level("firearm_ground") == 1),
        some(general, case.column("firearm", "other"), case.unlisted),
    )
    outside = case.is_("held_outside_ninth_circuit", True)
    return ruled(
        applies=every(
            case.noncitizen, general, some(barred, deportable), negate(outside)
        ),
        may=some(barred, deportable),
    )


@rule("agg_felony_firearm")
def r14(case: Case) -> int:
    """A sale, or an act that is not sure, where a gun is not ruled out."""
    return case.ground(
        applies=case.column("agg_felony", "federal"),
        may=some(
            case.column("agg_felony", "candidate"),
            case.also("sale"),
            every(case.is_("offense_act", "sale_or_transfer"), negate(case.not_gun)),
        ),
    )


@rule("agg_felony_violence_1yr")
def r15(case: Case) -> int:
    return case.ground(
        may=every(case.column("violence", "candidate"), long_sentence(case))
    )


@rule("agg_felony_drug")
def r60(case: Case) -> int:
    return case.ground(
        may=some(
            case.also("drug_sale") if case.unlisted == NO else NO,
            every(
                case.unlisted,
                some(
                    case.is_("drug_charge", True),
                    case.is_("offense_act", "drug_possession"),
                ),
            ),
        )
    )


@rule("agg_felony_theft_1yr")
def r61(case: Case) -> int:
    return case.ground(may=every(case.also("theft", "burglary"), long_sentence(case)))


def _since_admission(case: Case) -> int:
    """Whether the act was within five years after an admission. The anniversary counts;
    an act before that admission does not. Where no day of one was asked: unknown."""

    def within(key: str) -> int:
        start, act = case.day(key), case.day("offense_date")
        if start is None:
            return case.open(key)
        if act is None:
            return UNKNOWN
        return known(start <= act <= years_after(start, CIMT_YEARS))

    keys = ("first_admission_date", "last_admission_date")
    card = every(
        negate(case.is_("entry_manner", "let_in")),
        within("lpr_since"),
    )
    dates = (*keys, "lpr_since")
    if all(case.day(key) is None and not case.open(key) for key in dates):
        return UNKNOWN
    return some(card, *(within(key) for key in keys))


@rule("cimt_single")
def r16(case: Case) -> int:
    return case.ground(
        may=every(
            case.admitted,
            case.cimt,
            _since_admission(case),
            case.max_one_year,
        )
    )


@rule("cimt_multiple")
def r17(case: Case) -> int:
    """This conviction and another one, whenever that was. This one not if it was before
    the first admission; where the day of that is not asked, it is not ruled out."""
    first, plea = case.day("first_admission_date"), case.day("plea_date")
    sure = case.is_("entry_manner", "let_in") == YES
    before = sure and first and plea and plea < first
    return case.ground(
        may=every(
            case.admitted,
            known(not before),
            case.cimt,
            case.is_("other_moral_turpitude_separate", True),
        )
    )


@rule("dv_ground")
def r18(case: Case) -> int:
    """The rule does not ask for an admission, so neither does this."""
    return case.ground(
        may=every(
            case.is_("victim_protected", True),
            some(
                case.is_(
                    "offense_act", "assault", "threat", "brandishing", "discharge"
                ),
                case.also("domestic"),
            ),
        )
    )


@rule("drug_ground")
def r19(case: Case) -> int:
    """A drug law, an act of possession, or a drug charge in this case or another."""
    return case.ground(may=every(case.admitted, case.drug))


@rule("mandatory_detention_risk")
def r20(case: Case) -> int:
    raised = case.raised(
        "firearm_ground", "cimt_multiple", "drug_ground", *AGG_FELONIES
    )
    outside = negate(case.admitted)
    return ruled(
        may=every(
            case.noncitizen,
            some(
                raised,
                every(outside, case.live, some(case.gun, case.drug, case.cimt)),
                every(
                    outside,
                    some(
                        case.also("theft", "burglary"),
                        case.is_("listed_arrest", True),
                    ),
                ),
                every(outside, case.has("court_now", "ice_custody")),
                every(case.raised("cimt_single"), long_sentence(case)),
            ),
        )
    )
