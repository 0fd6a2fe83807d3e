"""Six invented people whose results were once walked through by hand, and what was
found: too much to read, and the gravest thing folded. They are measured ever since.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Measured:
    """A result on a phone 360 pixels wide: what is seen before anything is unfolded."""

    words: int
    height: int
    #: A4 pages of the sheet for a lawyer; 0: nobody looked.
    sheet: int


@dataclass(frozen=True)
class Person:
    """Whoever is asked what stands in no answer is not sure."""

    about: str
    #: With script, on the day the six were first walked through.
    before: Measured
    answers: dict[str, Any] = field(default_factory=dict)


SIX = {
    "Maria": Person(
        "green card, PC 25400 dismissed under PC 1203.4, wants citizenship and a trip",
        Measured(867, 7438, 5),
        {
            "immigration_status": "lpr",
            "citizen_parent": False,
            "entry_manner": "let_in",
            "court_now": ["none"],
            "removed_before": False,
            "plans": ["naturalization", "travel"],
            "trip_days": 14,
            "disposition": "convicted_plea",
            "punishment_ordered": ["jail", "probation", "fine"],
            "offense_statute": "pc_25400",
            "item": "regular_gun",
            "offense_act": "carry",
            "drug_charge": False,
            "offense_level": "misdemeanor",
            "more_counts": False,
            "offense_date": "2016-05-02",
            "first_admission_date": "2012-03-01",
            "let_in_again": False,
            "lpr_since": "2012-03-01",
            "plea_date": "2016-09-01",
            "sentence_days_imposed": 10,
            "suspension_type": "never_set",
            "sentence_type": "probation",
            "probation_status": "completed",
            "judgment_date": "2016-09-01",
            "sentence_completed_date": "2019-09-01",
            "open_cases": False,
            "must_register_290": False,
            "relief_obtained": ["pc1203_4"],
            "immigration_advice_given": "no",
            "judge_gave_warning": True,
            "other_convictions": "none",
            "filing_date": "2027-02-01",
            "married_to_citizen_3yrs": False,
            "confinement_days_in_lookback": 0,
            "crime_from_trafficking_or_abuse": False,
        },
    ),
    "José": Person(
        "no status, PC 29800 felony with 365 days, held by ICE in Texas",
        Measured(1130, 9307, 0),
        {
            "immigration_status": "none",
            "citizen_parent": False,
            "entry_manner": "unchecked",
            "admitted_later": False,
            "court_now": ["ice_custody"],
            "held_outside_ninth_circuit": True,
            "removed_before": False,
            "plans": ["nothing"],
            "disposition": "convicted_plea",
            "punishment_ordered": ["jail", "probation"],
            "offense_statute": "pc_29800_a_1",
            "item": "regular_gun",
            "offense_act": "possession_prohibited_person",
            "drug_charge": False,
            "offense_level": "felony",
            "more_counts": False,
            "listed_arrest": False,
            "offense_date": "2021-04-10",
            "plea_date": "2021-08-20",
            "sentence_days_imposed": 365,
            "suspension_type": "not_suspended",
            "sentence_type": "probation",
            "probation_status": "completed",
            "judgment_date": "2021-08-20",
            "sentence_completed_date": "2024-08-20",
            "open_cases": False,
            "must_register_290": False,
            "serious_or_violent_felony": False,
            "relief_obtained": ["none"],
            "immigration_advice_given": "no",
            "judge_gave_warning": True,
            "other_convictions": "one",
            "other_moral_turpitude_separate": False,
            "total_sentence_days": 425,
            "crime_from_trafficking_or_abuse": False,
        },
    ),
    "Rosa": Person("not sure of anything", Measured(1874, 16011, 12)),
    "Luis": Person(
        "DACA, PC 246.3 lowered to a misdemeanor and cleared by the state, no dates",
        Measured(955, 8225, 0),
        {
            "immigration_status": "daca",
            "citizen_parent": False,
            "entry_manner": "unchecked",
            "admitted_later": False,
            "court_now": ["none"],
            "removed_before": False,
            "plans": ["daca_renewal"],
            "disposition": "convicted_plea",
            "punishment_ordered": ["probation"],
            "offense_statute": "pc_246_3_a",
            "item": "regular_gun",
            "offense_act": "discharge",
            "drug_charge": False,
            "offense_level": "felony_reduced",
            "more_counts": False,
            "listed_arrest": False,
            "sentence_days_imposed": 30,
            "suspension_type": "never_set",
            "sentence_type": "probation",
            "probation_status": "completed",
            "open_cases": False,
            "must_register_290": False,
            "relief_obtained": ["pc17b", "pc1203_425"],
            "relief_reason": "automatic",
            "immigration_advice_given": "no",
            "other_convictions": "none",
            "crime_from_trafficking_or_abuse": False,
        },
    ),
    "Chen": Person(
        "naturalized, did not list the case that came before",
        Measured(367, 3382, 3),
        {
            "immigration_status": "citizen_naturalized",
            "disposition": "convicted_plea",
            "punishment_ordered": ["probation", "fine"],
            "offense_statute": "pc_25850",
            "item": "regular_gun",
            "drug_charge": False,
            "offense_date": "2010-03-05",
            "citizenship_disclosure": "before_not_listed",
            "oath_date": "2018-04-02",
            "offense_level": "misdemeanor",
            "plea_date": "2010-06-20",
            "sentence_days_imposed": 0,
            "sentence_type": "probation",
            "probation_status": "completed",
            "sentence_completed_date": "2013-06-20",
            "open_cases": False,
            "must_register_290": False,
            "relief_obtained": ["pc1203_4"],
            "immigration_advice_given": "yes",
            "judge_gave_warning": True,
            "crime_from_trafficking_or_abuse": False,
        },
    ),
    "Amir": Person(
        "on a visa, charges dropped, wants a green card; an imitation gun",
        Measured(530, 4497, 0),
        {
            "immigration_status": "visa",
            "citizen_parent": False,
            "entry_manner": "let_in",
            "court_now": ["none"],
            "removed_before": False,
            "plans": ["green_card"],
            "disposition": "charges_dropped",
            "plea_or_admission": False,
            "program_kind": "no_program",
            "punishment_ordered": ["nothing"],
            "offense_statute": "pc_417_4",
            "item": "bb_or_replica",
            "offense_act": "brandishing",
            "drug_charge": False,
            "offense_date": "2024-06-01",
            "listed_arrest": False,
            "other_convictions": "none",
        },
    ),
}
