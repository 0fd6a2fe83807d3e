"""Twelve invented people with an answer to everything, and what they are asked.

Each has an answer for every question of the pack, also for those that cannot concern
them: what they are asked is up to the engine alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from screening_block.engine import Release, evaluate

AS_OF = "2026-11-23"

#: Somebody about whom nothing is special, and whose case ended without a conviction.
PLAIN: dict[str, Any] = {
    "immigration_status": "lpr",
    "citizen_parent": False,
    "entry_manner": "let_in",
    "admitted_later": False,
    "court_now": ["none"],
    "held_outside_ninth_circuit": False,
    "removed_before": False,
    "reentered_after": False,
    "plans": ["nothing"],
    "trip_days": 14,
    "disposition": "charges_dropped",
    "plea_or_admission": False,
    "program_kind": "no_program",
    "punishment_ordered": ["nothing"],
    "offense_statute": "pc_25850",
    "item": "regular_gun",
    "offense_act": "carry",
    "victim_protected": False,
    "drug_charge": False,
    "first_drug_case": False,
    "offense_level": "misdemeanor",
    "more_counts": False,
    "listed_arrest": False,
    "offense_date": "2022-03-05",
    "first_admission_date": "2009-06-14",
    "let_in_again": False,
    "last_admission_date": "2009-06-14",
    "lpr_since": "2012-02-20",
    "citizenship_disclosure": "before_and_listed",
    "oath_date": "2018-04-02",
    "plea_date": "2022-06-20",
    "sentence_days_imposed": 0,
    "suspension_type": "not_suspended",
    "sentence_type": "jail_or_fine_no_probation",
    "probation_status": "never_granted",
    "judgment_date": "2022-06-20",
    "sentence_completed_date": "2023-06-20",
    "open_cases": False,
    "must_register_290": False,
    "serious_or_violent_felony": False,
    "relief_obtained": ["none"],
    "relief_reason": "none_stated",
    "relief_request_date": "2024-01-10",
    "immigration_advice_given": "yes",
    "judge_gave_warning": True,
    "other_convictions": "none",
    "other_moral_turpitude_separate": False,
    "total_sentence_days": 0,
    "filing_date": "2026-12-01",
    "married_to_citizen_3yrs": False,
    "confinement_days_in_lookback": 0,
    "crime_from_trafficking_or_abuse": False,
}
#: A plea in court, probation that is over, and no court order since.
CONVICTED: dict[str, Any] = {
    **PLAIN,
    "disposition": "convicted_plea",
    "plea_or_admission": True,
    "punishment_ordered": ["probation", "fine"],
    "sentence_days_imposed": 30,
    "sentence_type": "probation",
    "probation_status": "completed",
}
#: Came in unchecked and was never let in.
UNCHECKED = {"entry_manner": "unchecked", "lpr_since": None}

PEOPLE: dict[str, dict[str, Any]] = {
    "Citizen by birth, arrest": {
        **PLAIN,
        "immigration_status": "citizen_born",
        "disposition": "arrest_no_charges",
    },
    "Naturalized, old case": {
        **CONVICTED,
        "immigration_status": "citizen_naturalized",
        "offense_statute": "pc_12025_former",
        "offense_date": "1999-05-02",
        "plea_date": "1999-09-13",
        "judgment_date": "1999-09-13",
        "sentence_completed_date": "2002-09-13",
        "oath_date": "2008-07-04",
    },
    "Green card, dropped charges": {**PLAIN, "plans": ["travel"]},
    "Visitor, acquitted": {
        **PLAIN,
        "immigration_status": "visa",
        "disposition": "not_guilty",
        "plans": ["visa"],
    },
    "Green card, PC 25850": {**CONVICTED, "plans": ["naturalization"]},
    "DACA, domestic violence": {
        **CONVICTED,
        **UNCHECKED,
        "immigration_status": "daca",
        "offense_statute": "pc_273_5",
        "item": "none",
        "offense_act": "assault",
        "victim_protected": True,
        "plans": ["daca_renewal"],
    },
    "Undocumented, gun felony": {
        **CONVICTED,
        **UNCHECKED,
        "immigration_status": "none",
        "offense_statute": "pc_29800_a_1",
        "offense_act": "possession_prohibited_person",
        "offense_level": "felony",
        "sentence_days_imposed": 180,
        "other_convictions": "one",
        "total_sentence_days": 240,
    },
    "Refugee, drug case": {
        **CONVICTED,
        "immigration_status": "refugee",
        "offense_statute": "hs_11377",
        "item": "none",
        "offense_act": "drug_possession",
        "drug_charge": True,
        "first_drug_case": True,
        "plans": ["green_card"],
    },
    "Asylum asked, open case": {
        **PLAIN,
        "immigration_status": "asylum_pending",
        "disposition": "open",
        "offense_statute": "pc_417_a_2",
        "offense_act": "brandishing",
        "offense_date": "2026-09-10",
        "open_cases": True,
        "plans": ["asylum"],
    },
    "TPS, two counts": {
        **CONVICTED,
        "immigration_status": "tps",
        "offense_statute": "pc_26350",
        "more_counts": True,
        "plans": ["tps_renewal"],
    },
    "Student visa, juvenile case": {
        **PLAIN,
        "immigration_status": "visa",
        "disposition": "juvenile_court",
        "plans": ["visa"],
    },
    "U visa asked, unsure of much": {
        **dict.fromkeys(PLAIN),
        "immigration_status": "u_t_vawa",
        "entry_manner": "unchecked",
        "court_now": ["none"],
        "disposition": "convicted_plea",
        "item": "regular_gun",
        "relief_obtained": ["none"],
        "plans": ["green_card"],
    },
}


@dataclass(frozen=True)
class Asked:
    """A question, and the findings whose level its answer could still change then."""

    question: str
    wanted_by: tuple[str, ...]


def questions_asked(release: Release, person: dict[str, Any]) -> list[Asked]:
    """All questions the person is asked, in order, until none is left.

    An option that the release does not offer is answered as "not sure". Raises
    `KeyError` for a question that the person has no answer to.
    """
    answers: dict[str, Any] = {}
    asked: list[Asked] = []
    while True:
        outcome = evaluate(release, answers, AS_OF)
        if outcome.next is None:
            return asked
        wanting = [
            finding.key
            for finding in outcome.findings
            if any(missing.question == outcome.next for missing in finding.missing)
        ]
        asked.append(Asked(outcome.next, tuple(wanting)))
        question = release.questions[outcome.next]
        answer = person[outcome.next]
        offered = answer is None or question.base != "choice" or question.chart
        known = offered or answer in question.options
        answers[outcome.next] = answer if known else None
