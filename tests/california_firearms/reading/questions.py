"""Section (a) of the law file, with its amendments: what is asked, and of whom.

A question is asked where its gate is yes, or has none. `often` says which options are
drawn more often, `near` close to which numbers.
"""

from __future__ import annotations

from typing import NamedTuple

from .chart import CHART
from .gates import (
    ADMITTED_STATUSES,
    CONVICTED,
    NEVER_PLEADED,
    PROGRAMS,
    Gate,
    has_plea,
    in_reach,
    may_be_jailed,
    may_be_sentenced,
    may_be_supervised,
    may_count,
    may_have_been_inside,
    not_citizen,
    planned,
    pleaded_or_found,
    status,
    unless,
)
from .logic import YES, every, known, negate, some


class Question(NamedTuple):
    """`alone`: options that exclude the others."""

    key: str
    kind: str
    gate: Gate | None = None
    alone: tuple[str, ...] = ()
    optional: bool = False
    often: tuple[str, ...] = ()
    near: tuple[int, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        return (*CHART, "other") if self.kind == "statute" else OPTIONS[self.key]


CHOICES = """
immigration_status: citizen_born citizen_naturalized lpr refugee asylee
    asylum_pending daca tps visa u_t_vawa none pending_green_card parole
    withholding_cat sij visa_waiver
entry_manner: let_in unchecked paroled
court_now: court ice_custody old_order none
plans: naturalization green_card renew_green_card daca_renewal tps_renewal
    asylum visa travel nothing
disposition: convicted_plea convicted_trial plea_judgment_withheld
    pretrial_diversion_no_plea charges_dropped arrest_no_charges not_guilty
    juvenile_court open infraction on_appeal
program_kind: pc1000_deferred_entry pc1001_95 military_or_mental_health other
    no_program
punishment_ordered: jail prison probation mandatory_supervision fine classes
    community_service stay_away_order fine_suspended_unconditionally nothing
item: regular_gun assault_weapon short_shotgun machine_gun ammunition_only knife
    bb_or_replica enhancement none
offense_act: possession possession_prohibited_person carry brandishing discharge
    assault threat sale_or_transfer drug_possession other
offense_level: felony misdemeanor felony_reduced infraction
suspension_type: never_set set_then_suspended not_suspended
sentence_type: probation jail_or_fine_no_probation county_jail_1170h_straight
    county_jail_1170h_split state_prison federal_prison
probation_status: completed ended_early on_now violated_but_ended never_granted
relief_obtained: pc1203_4 pc1203_4a pc1203_41 pc1203_42 pc1203_425 pc1203_43
    pc1473_7 other_vacatur pc17b sentence_cut pardon_governor pardon_president
    arrest_sealed dismissed_after_program none
relief_reason: legal_mistake immigration_advice_error new_innocence_evidence
    good_behavior only_to_help_immigration automatic none_stated
immigration_advice_given: yes no no_lawyer
other_convictions: none one two_or_more
citizenship_disclosure: before_and_listed before_not_listed after_oath
"""
OPTIONS = {
    key: tuple(words.split())
    for key, _, words in (
        entry.partition(":") for entry in CHOICES.replace("\n    ", " ").splitlines()
    )
}

QUESTIONS = (
    Question(
        "immigration_status",
        "choice",
        often=("lpr", "lpr", "none", "citizen_naturalized", "daca", "tps"),
    ),
    Question("citizen_parent", "yes_no", gate=not_citizen),
    Question("entry_manner", "choice", not_citizen),
    Question(
        "admitted_later",
        "yes_no",
        gate=lambda case: every(
            not_citizen(case),
            case.is_("entry_manner", "unchecked", "paroled"),
            unless("immigration_status", *ADMITTED_STATUSES)(case),
        ),
    ),
    Question(
        "first_admission_date",
        "date",
        gate=lambda case: every(
            not_citizen(case),
            some(
                case.is_("entry_manner", "let_in"), known(case.unsure("entry_manner"))
            ),
        ),
    ),
    Question("lpr_since", "date", gate=status("lpr")),
    Question(
        "court_now",
        "choices",
        not_citizen,
        alone=("none",),
        often=("none",) * 5,
    ),
    Question(
        "held_outside_ninth_circuit",
        "yes_no",
        gate=lambda case: case.has("court_now", "court", "ice_custody"),
    ),
    Question("removed_before", "yes_no", gate=not_citizen),
    Question(
        "reentered_after",
        "yes_no",
        gate=lambda case: case.is_("removed_before", True),
        optional=True,
    ),
    Question(
        "plans",
        "choices",
        unless("immigration_status", "citizen_born"),
        alone=("nothing",),
        often=("naturalization", "travel", "nothing"),
    ),
    Question("disposition", "choice", often=(*CONVICTED,) * 7),
    Question(
        "program_kind",
        "choice",
        lambda case: case.is_("disposition", *PROGRAMS),
        often=("pc1000_deferred_entry",) * 2,
    ),
    Question(
        "plea_or_admission",
        "yes_no",
        gate=lambda case: case.is_("disposition", *PROGRAMS),
    ),
    Question(
        "punishment_ordered",
        "choices",
        pleaded_or_found,
        alone=("nothing",),
        often=("fine_suspended_unconditionally", "nothing", "nothing"),
    ),
    Question(
        "offense_statute",
        "statute",
        lambda case: every(
            known(case.is_("disposition", "not_guilty") != YES),
            negate(
                every(
                    known(case.is_("immigration_status", "citizen_born") == YES),
                    known(case.is_("disposition", "arrest_no_charges") == YES),
                )
            ),
        ),
        often=("other",) * 4,
    ),
    Question("item", "choice", often=("none",) * 4),
    Question(
        "offense_act",
        "choice",
    ),
    Question("victim_protected", "yes_no"),
    Question("drug_charge", "yes_no"),
    Question(
        "first_drug_case", "yes_no", gate=lambda case: case.is_("drug_charge", True)
    ),
    Question(
        "listed_arrest",
        "yes_no",
        gate=lambda case: every(not_citizen(case), known(case.admitted != YES)),
    ),
    Question(
        "offense_level",
        "choice",
        often=("felony", "misdemeanor", "misdemeanor") * 3,
    ),
    Question(
        "more_counts", "yes_no", gate=lambda case: every(may_count(case), case.tps)
    ),
    Question("offense_date", "date"),
    Question(
        "let_in_again", "yes_no", gate=lambda case: case.is_("entry_manner", "let_in")
    ),
    Question(
        "last_admission_date",
        "date",
        gate=lambda case: some(
            case.is_("let_in_again", True), case.is_("admitted_later", True)
        ),
    ),
    Question("plea_date", "date", gate=unless("disposition", *NEVER_PLEADED)),
    Question(
        "sentence_days_imposed",
        "integer",
        gate=may_be_jailed,
        near=(0, 90, 180, 364, 365, 1825),
    ),
    Question("suspension_type", "choice", may_count),
    Question(
        "sentence_type",
        "choice",
        may_be_sentenced,
        often=("probation",) * 3,
    ),
    Question(
        "probation_status",
        "choice",
        may_be_supervised,
        often=("completed",) * 2,
    ),
    Question("judgment_date", "date", gate=may_count),
    Question(
        "sentence_completed_date",
        "date",
        gate=lambda case: every(
            may_be_sentenced(case), unless("probation_status", "on_now")(case)
        ),
    ),
    Question("open_cases", "yes_no", gate=may_count),
    Question("must_register_290", "yes_no", gate=may_count),
    Question(
        "serious_or_violent_felony",
        "yes_no",
        gate=lambda case: case.is_("offense_level", "felony"),
    ),
    Question(
        "relief_obtained",
        "choices",
        unless("disposition", "open"),
        alone=("none",),
        often=("none",) * 8 + ("pc1203_4", "pc1473_7", "other_vacatur"),
    ),
    Question(
        "relief_reason",
        "choice",
        lambda case: case.has(
            "relief_obtained", "pc1473_7", "other_vacatur", "pc1203_43", "sentence_cut"
        ),
    ),
    Question(
        "relief_request_date",
        "date",
        gate=lambda case: case.has("relief_obtained", "sentence_cut"),
    ),
    Question(
        "immigration_advice_given",
        "choice",
        has_plea,
    ),
    Question("judge_gave_warning", "yes_no", gate=has_plea),
    Question(
        "other_convictions",
        "choice",
    ),
    Question(
        "other_moral_turpitude_separate",
        "yes_no",
        gate=lambda case: case.is_("other_convictions", "one", "two_or_more"),
    ),
    Question(
        "total_sentence_days",
        "integer",
        gate=lambda case: case.is_("other_convictions", "one", "two_or_more"),
        near=(0, 180, 365, 1825, 1826, 1827),
    ),
    Question("trip_days", "integer", gate=planned("travel"), near=(180, 181, 30)),
    Question("filing_date", "date", gate=in_reach),
    Question("married_to_citizen_3yrs", "yes_no", gate=in_reach),
    Question(
        "confinement_days_in_lookback",
        "integer",
        gate=may_have_been_inside,
        near=(0, 1, 179, 180, 181),
    ),
    Question(
        "citizenship_disclosure",
        "choice",
        status("citizen_naturalized"),
    ),
    Question("oath_date", "date", gate=status("citizen_naturalized")),
    Question("crime_from_trafficking_or_abuse", "yes_no", optional=True),
)

BY_KEY = {question.key: question for question in QUESTIONS}
