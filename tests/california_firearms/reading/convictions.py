"""R01 to R11: whether there is a conviction, and what relief does to it."""

from __future__ import annotations

from .case import LEGAL_REASONS, Case, rule
from .logic import NO, NOT, YES, every, known, negate, ruled, some
from .thresholds import LUJAN_CUTOFF, SENT_MOD

AGG_FELONIES = (
    "agg_felony_firearm",
    "agg_felony_violence_1yr",
    "agg_felony_drug",
    "agg_felony_theft_1yr",
)


def not_born_here(case: Case) -> int:
    """Not surely a citizen by birth."""
    return known(case.is_("immigration_status", "citizen_born") != YES)


@rule("conviction_exists")
def r01_r02(case: Case) -> int:
    """R02 does not say "non-citizen"; the finding is one with R01, which does."""
    return case.ground(applies=case.conviction, may=YES)


@rule("not_a_conviction")
def r03(case: Case) -> int:
    """Of everybody. Never beside R04; never `applies` after a plea, of which a judgment
    withheld speaks by itself, or where the plea is not sure; not at all where known
    answers leave a conviction open."""
    if case.is_("disposition", "open", "on_appeal") == YES:
        return NOT
    none = negate(case.not_ruled_out)
    pleaded = some(
        case.is_("plea_or_admission", True),
        case.is_("disposition", "plea_judgment_withheld"),
    )
    return ruled(applies=every(none, negate(pleaded)), may=none)


@rule("conviction_not_final")
def r04(case: Case) -> int:
    return ruled(
        applies=every(case.is_("disposition", "open", "on_appeal"), not_born_here(case))
    )


@rule("expungement_no_immigration_effect")
def r05(case: Case) -> int:
    relief = some(
        case.expunged, case.opened_for("good_behavior", "only_to_help_immigration")
    )
    return ruled(applies=every(case.noncitizen, known(case.conviction != NO), relief))


@rule("vacatur_may_erase")
def r06(case: Case) -> int:
    """Also where the charge was "dropped": so may end what a court threw out."""
    return ruled(applies=every(case.erased, case.clearable, not_born_here(case)))


@rule("vacatur_reason_unclear")
def r07(case: Case) -> int:
    """A reason that is not sure counts as none stated: section (d) calls both
    "unclear"."""
    itself = case.has("relief_obtained", "pc1203_43")
    unclear = every(
        case.opened,
        some(
            case.is_("relief_reason", "none_stated", "automatic"),
            YES if case.unsure("relief_reason") else NO,
        ),
    )
    good = case.opened_for("good_behavior")
    doubt = some(negate(itself), known(case.unsure("relief_reason")))
    return ruled(
        applies=every(unclear, negate(itself), case.clearable, not_born_here(case)),
        may=every(
            some(every(unclear, doubt), good), case.clearable, not_born_here(case)
        ),
    )


@rule("first_drug_exception_pre2011")
def r08(case: Case) -> int:
    """Not said, but a rule of immigration law: of non-citizens."""
    return ruled(
        may=every(
            case.noncitizen,
            case.live,
            case.is_("first_drug_case", True),
            case.also("drug"),
            negate(case.also("drug_sale")),
            case.column("firearm", "none"),
            case.number("plea_date", lambda day: day < LUJAN_CUTOFF),
            case.rehabilitative,
            negate(case.is_("probation_status", "violated_but_ended")),
        )
    )


@rule("sentence_change_limited")
def r09(case: Case) -> int:
    """No reason stated is no legal defect."""
    return ruled(
        applies=every(
            not_born_here(case),
            case.clearable,
            case.has("relief_obtained", "sentence_cut"),
            case.number("relief_request_date", lambda day: day > SENT_MOD),
            negate(case.is_("relief_reason", *LEGAL_REASONS)),
        )
    )


@rule("pardon_helps_some_grounds")
def r10(case: Case) -> int:
    """The moral-turpitude rules of INA 237, to which the pardon clause belongs."""
    grounds = case.raised(*AGG_FELONIES, "cimt_single", "cimt_multiple")
    return ruled(may=every(case.noncitizen, case.pardon, grounds))


@rule("pardon_not_firearm_ground")
def r11(case: Case) -> int:
    grounds = case.raised("firearm_ground", "drug_ground", "dv_ground")
    return ruled(applies=every(case.noncitizen, case.pardon, grounds))
