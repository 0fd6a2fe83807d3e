"""R32 to R34, R48 to R54 and R59: citizens, conduct and what to do."""

from __future__ import annotations

from .case import CITIZENS, Case, rule
from .gates import CONVICTED
from .logic import (
    APPLIES,
    NO,
    every,
    known,
    negate,
    ruled,
    some,
)

FAMILY_PATHS = (
    *("path_1203_4", "path_1203_4a", "path_1203_41", "path_1203_42"),
    "path_1203_425",
)


@rule("usc_not_deportable")
def r32(case: Case) -> int:
    return ruled(applies=case.is_("immigration_status", *CITIZENS))


@rule("naturalized_denaturalization")
def r33(case: Case) -> int:
    """The same month is not told apart, because either day may be approximate."""
    act, oath = case.day("offense_date"), case.day("oath_date")
    later = act and oath and (act.year, act.month) > (oath.year, oath.month)
    return ruled(
        may=every(
            case.is_("immigration_status", "citizen_naturalized"),
            negate(case.is_("citizenship_disclosure", "before_and_listed")),
            known(not later),
        )
    )


@rule("possible_citizenship")
def r34(case: Case) -> int:
    return ruled(may=every(case.noncitizen, case.is_("citizen_parent", True)))


@rule("disclosure_required")
def r48(case: Case) -> int:
    """Of every outcome, as each begins with an arrest."""
    juvenile = case.is_("disposition", "juvenile_court")
    sealed = every(
        case.has("relief_obtained", "arrest_sealed"), negate(case.not_ruled_out)
    )
    return ruled(
        applies=every(case.noncitizen, negate(juvenile), negate(sealed)),
        may=case.noncitizen,
    )


@rule("federal_gun_possession_ban")
def r49(case: Case) -> int:
    bans = case.is_("immigration_status", "none", "visa")
    perhaps = case.is_(
        "immigration_status",
        *("daca", "tps", "asylum_pending", "parole", "pending_green_card"),
        *("sij", "withholding_cat", "u_t_vawa", "visa_waiver"),
    )
    felony = case.is_("offense_level", "felony")
    domestic = some(
        case.also("domestic"),
        case.hurt_protected,
        every(case.is_("victim_protected", True), case.is_("offense_act", "discharge")),
    )
    sure = every(
        case.is_("disposition", *CONVICTED),
        felony,
        negate(case.erased),
        negate(case.pardon),
    )
    doubtful = every(
        case.live,
        some(
            felony,
            case.is_("offense_level", "felony_reduced"),
            every(case.is_("offense_level", "misdemeanor"), domestic),
        ),
    )
    return ruled(applies=some(bans, sure), may=some(perhaps, doubtful))


@rule("gun_rights_not_restored")
def r50(case: Case) -> int:
    """As sure as the relief, or as the path that fits."""
    return ruled(
        applies=some(every(case.expunged, case.clearable), case.highest(*FAMILY_PATHS))
    )


@rule("removal_proceedings_urgent")
def r51(case: Case) -> int:
    """Not of people who are surely citizens."""
    return ruled(
        applies=every(
            known(case.noncitizen != NO),
            case.has("court_now", "court", "ice_custody", "old_order"),
        )
    )


@rule("expungement_benefits")
def r52(case: Case) -> int:
    """As sure as the relief, or as the path that fits."""
    return ruled(
        applies=some(every(case.expunged, case.clearable), case.highest(*FAMILY_PATHS))
    )


@rule("get_records")
def r53(case: Case) -> int:
    """But for answers that are not sure, which `compare` looks after: they count while
    they still matter, as for R58."""
    citizen = case.is_("immigration_status", *CITIZENS)
    return ruled(applies=some(citizen, case.not_ruled_out))


@rule("see_immigration_attorney")
def r54(case: Case) -> int:
    if case.unsure("immigration_status"):
        return APPLIES
    return ruled(
        applies=some(case.noncitizen, case.raised("naturalized_denaturalization"))
    )


@rule("reentry_after_removal")
def r59(case: Case) -> int:
    return ruled(
        may=every(
            case.noncitizen,
            case.is_("removed_before", True),
            case.is_("reentered_after", True),
        )
    )
