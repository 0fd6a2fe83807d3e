"""Nobody is asked what cannot concern them. Twelve invented people are walked through.

What cannot concern whom is transcribed from the law file by hand: from its table of
questions and from its part on who is asked what.
"""

from __future__ import annotations

import pytest

from screening_block.engine import Release
from tests.california_firearms.people import PEOPLE, questions_asked
from tests.law_pack import law_release

#: What only a person with a plea or a verdict can answer.
OF_A_CONVICTION = """
punishment_ordered offense_level plea_date sentence_days_imposed suspension_type
sentence_type probation_status judgment_date sentence_completed_date must_register_290
serious_or_violent_felony relief_reason relief_request_date immigration_advice_given
judge_gave_warning more_counts first_drug_case victim_protected item
confinement_days_in_lookback crime_from_trafficking_or_abuse
"""
OF_A_PROGRAM = "plea_or_admission program_kind"
OF_A_NATURALIZED_CITIZEN = "citizenship_disclosure oath_date"
OF_A_NON_CITIZEN = """
citizen_parent entry_manner admitted_later court_now held_outside_ninth_circuit
removed_before reentered_after plans trip_days first_admission_date let_in_again
last_admission_date lpr_since listed_arrest more_counts filing_date
married_to_citizen_3yrs confinement_days_in_lookback other_convictions
other_moral_turpitude_separate total_sentence_days
"""
OF_A_GREEN_CARD = "lpr_since"
OF_THE_NEVER_ADMITTED = "admitted_later listed_arrest"
OF_THE_ADMITTED = "first_admission_date let_in_again last_admission_date"
#: Of those who named neither a court nor a removal, no plan to file or to travel.
NOTHING_OF_THE_KIND = "held_outside_ninth_circuit reentered_after"
OF_A_TRIP = "trip_days"
OF_NATURALIZATION = """
filing_date married_to_citizen_3yrs confinement_days_in_lookback
"""
OF_A_FELONY = "serious_or_violent_felony"
OF_A_VACATUR = "relief_reason relief_request_date"
OF_A_PRIOR = "other_moral_turpitude_separate total_sentence_days"
OF_TPS = "more_counts"

#: What each must never be asked.
NEVER: dict[str, tuple[str, ...]] = {
    "Citizen by birth, arrest": (
        OF_A_CONVICTION,
        OF_A_PROGRAM,
        OF_A_NON_CITIZEN,
        OF_A_NATURALIZED_CITIZEN,
        "offense_statute offense_act drug_charge offense_date relief_obtained",
    ),
    "Naturalized, old case": (
        OF_A_NON_CITIZEN,
        OF_A_PROGRAM,
        OF_A_FELONY,
        OF_A_VACATUR,
        "first_drug_case",
    ),
    "Green card, dropped charges": (
        OF_A_CONVICTION,
        OF_A_NATURALIZED_CITIZEN,
        OF_THE_NEVER_ADMITTED,
        OF_NATURALIZATION,
        NOTHING_OF_THE_KIND,
        OF_A_PRIOR,
        "offense_date",
    ),
    "Visitor, acquitted": (
        OF_A_CONVICTION,
        OF_A_PROGRAM,
        OF_A_NATURALIZED_CITIZEN,
        OF_A_GREEN_CARD,
        OF_THE_NEVER_ADMITTED,
        OF_THE_ADMITTED,
        OF_NATURALIZATION,
        OF_A_TRIP,
        NOTHING_OF_THE_KIND,
        OF_A_PRIOR,
        "offense_statute offense_act drug_charge offense_date open_cases",
    ),
    "Green card, PC 25850": (
        OF_A_PROGRAM,
        OF_A_NATURALIZED_CITIZEN,
        OF_THE_NEVER_ADMITTED,
        OF_A_TRIP,
        NOTHING_OF_THE_KIND,
        OF_A_PRIOR,
        OF_A_FELONY,
        OF_A_VACATUR,
        OF_TPS,
        "victim_protected first_drug_case",
    ),
    "DACA, domestic violence": (
        OF_A_PROGRAM,
        OF_A_NATURALIZED_CITIZEN,
        OF_A_GREEN_CARD,
        OF_THE_ADMITTED,
        OF_NATURALIZATION,
        OF_A_TRIP,
        NOTHING_OF_THE_KIND,
        OF_A_PRIOR,
        OF_A_FELONY,
        OF_A_VACATUR,
        OF_TPS,
        "first_drug_case",
    ),
    "Undocumented, gun felony": (
        OF_A_PROGRAM,
        OF_A_NATURALIZED_CITIZEN,
        OF_A_GREEN_CARD,
        OF_THE_ADMITTED,
        OF_NATURALIZATION,
        OF_A_TRIP,
        NOTHING_OF_THE_KIND,
        OF_A_VACATUR,
        OF_TPS,
        "first_drug_case",
    ),
    "Refugee, drug case": (
        OF_A_PROGRAM,
        OF_A_NATURALIZED_CITIZEN,
        OF_A_GREEN_CARD,
        OF_THE_NEVER_ADMITTED,
        OF_NATURALIZATION,
        OF_A_TRIP,
        NOTHING_OF_THE_KIND,
        OF_A_PRIOR,
        OF_A_FELONY,
        OF_A_VACATUR,
        OF_TPS,
    ),
    "Asylum asked, open case": (
        OF_A_CONVICTION,
        OF_A_PROGRAM,
        OF_A_NATURALIZED_CITIZEN,
        OF_A_GREEN_CARD,
        OF_THE_ADMITTED,
        OF_NATURALIZATION,
        OF_A_TRIP,
        NOTHING_OF_THE_KIND,
        OF_A_PRIOR,
        "offense_date",
    ),
    "TPS, two counts": (
        OF_A_PROGRAM,
        OF_A_NATURALIZED_CITIZEN,
        OF_A_GREEN_CARD,
        OF_NATURALIZATION,
        OF_A_TRIP,
        NOTHING_OF_THE_KIND,
        OF_A_PRIOR,
        OF_A_FELONY,
        OF_A_VACATUR,
        "first_drug_case victim_protected",
    ),
    "Student visa, juvenile case": (
        OF_A_CONVICTION,
        OF_A_PROGRAM,
        OF_A_NATURALIZED_CITIZEN,
        OF_A_GREEN_CARD,
        OF_THE_NEVER_ADMITTED,
        OF_THE_ADMITTED,
        OF_NATURALIZATION,
        OF_A_TRIP,
        NOTHING_OF_THE_KIND,
        OF_A_PRIOR,
        "offense_date",
    ),
    "U visa asked, unsure of much": (
        OF_A_PROGRAM,
        OF_A_NATURALIZED_CITIZEN,
        OF_A_GREEN_CARD,
        OF_NATURALIZATION,
        OF_A_TRIP,
        "held_outside_ninth_circuit reentered_after",
        OF_A_VACATUR,
        OF_TPS,
    ),
}
#: How many questions each was asked by the pack's first edition, and is now at most.
#: The law asks more of some: whether there was a plea and which program it was where
#: charges were dropped, an old removal, the day of a naturalized citizen's act.
COUNTS = {
    "Citizen by birth, arrest": (3, 2),
    "Naturalized, old case": (13, 15),
    "Green card, dropped charges": (14, 17),
    "Visitor, acquitted": (10, 9),
    "Green card, PC 25850": (28, 28),
    "DACA, domestic violence": (24, 25),
    "Undocumented, gun felony": (26, 26),
    "Refugee, drug case": (25, 27),
    "Asylum asked, open case": (12, 10),
    "TPS, two counts": (24, 24),
    "Student visa, juvenile case": (12, 10),
    "U visa asked, unsure of much": (28, 30),
}
#: Those whose case came to nothing, or is not decided yet: they are asked less than
#: before.
SHORTER = [
    "Citizen by birth, arrest",
    "Visitor, acquitted",
    "Asylum asked, open case",
    "Student visa, juvenile case",
]
#: Findings about the other findings: a question for them alone asks for its own sake.
FOLLOW_UPS = {"unsure_followup", "get_records", "see_immigration_attorney"}
#: Asked after every conviction: a lawyer needs it first, whatever it decides here.
OF_EVERY_CASE = {"sentence_days_imposed"}


@pytest.fixture(scope="module")
def release() -> Release:
    return law_release()


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_is_asked_what_cannot_concern_them(release, name):
    asked = {one.question for one in questions_asked(release, PEOPLE[name])}
    never = {key for words in NEVER[name] for key in words.split()}
    assert never <= set(release.questions)
    assert asked & never == set()


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_is_asked_for_a_follow_up_alone(release, name):
    for one in questions_asked(release, PEOPLE[name]):
        if one.question not in OF_EVERY_CASE:
            assert set(one.wanted_by) - FOLLOW_UPS, one.question


@pytest.mark.parametrize("name", PEOPLE)
def test_the_questionnaire_stays_short(release, name):
    first, most = COUNTS[name]
    assert len(questions_asked(release, PEOPLE[name])) <= most
    assert most < first or name not in SHORTER
