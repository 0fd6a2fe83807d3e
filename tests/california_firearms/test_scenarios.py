"""Every case of the pack comes out as the law file says, and the cases are enough.

The cases were written from the law file alone, without reading the rules. The tables
below are transcribed from the law file too: which levels a finding can have, and which
pairs of cases stand on the two sides of each number or date.
"""

import copy
import datetime
import json
import re
from typing import Any

import pytest

from screening_block.engine import (
    Release,
    evaluate,
    levels,
    load_release,
    turning_date,
)
from tests.law_pack import law_pack, law_release

SCENARIOS: list[dict[str, Any]] = list(law_pack().scenarios)
BY_NAME = {scenario["name"]: scenario for scenario in SCENARIOS}


def _words(text: str) -> list[str]:
    return text.split()


# Rules the law file words as "may_apply, else not_apply": they never apply outright.
NEVER_FIRM = _words("""
first_drug_exception_pre2011 pardon_helps_some_grounds agg_felony_violence_1yr
cimt_single cimt_multiple dv_ground drug_ground mandatory_detention_risk
cimt_inadmissibility petty_offense_exception drug_inadmissibility
multiple_sentences_5yr waiver_212h_maybe lpr_cancellation_possible
naturalized_denaturalization possible_citizenship path_early_termination
agg_felony_drug agg_felony_theft_1yr reentry_after_removal
path_1203_41 path_1203_42 path_1203_425 path_1203_4b path_1203_49 path_236_14_15
path_1473_7 path_1016_5 path_custody_remedies path_17b path_18_5
""")
# Rules that can be shown on firm answers, stay open on unknown ones, or not fit.
ALL_LEVELS = _words("""
conviction_exists not_a_conviction conviction_not_final
expungement_no_immigration_effect vacatur_may_erase vacatur_reason_unclear
sentence_change_limited pardon_not_firearm_ground firearm_ground
antique_mismatch_argument agg_felony_firearm no_firearm_inadmissibility_ground
lpr_cancellation_barred nonlpr_cancellation_bar asylum_psc withholding_psc
usc_not_deportable lpr_travel_risk travel_risk_nonlpr natz_gmc_period
natz_permanent_bar natz_180_days natz_on_probation filing_risk_nta
green_card_application_review daca_bar daca_expunged_case_by_case tps_bar
visa_holder_risk never_admitted_note disclosure_required federal_gun_possession_ban
gun_rights_not_restored removal_proceedings_urgent expungement_benefits get_records
see_immigration_attorney unsure_followup path_not_yet path_1203_4 path_1203_4a
path_1203_43
""")
ALLOWED = {(key, level) for key in NEVER_FIRM for level in ("may_apply", "not_apply")}
ALLOWED |= {
    (key, level)
    for key in ALL_LEVELS
    for level in ("applies", "may_apply", "not_apply")
}

# line of the law's threshold table: finding, the answers that carry the step (or
# "as_of"), the case on one side, the case on the other side one day or unit further.
EDGES: dict[str, tuple[str, str, str, str]] = {
    "AF_TERM": (
        "agg_felony_violence_1yr",
        "sentence_days_imposed",
        "Green card, assault with a firearm, 364 days imposed",
        "Green card, assault with a firearm, 365 days imposed",
    ),
    "CIMT_YEARS": (
        "cimt_single",
        "offense_date",
        "Assault with a firearm on the fifth anniversary of admission",
        "Assault with a firearm the day after the fifth anniversary",
    ),
    "CIMT_YEARS, leap day": (
        "cimt_single",
        "offense_date",
        "Let in on a leap day, offense on 2017-02-28",
        "Let in on a leap day, offense on 2017-03-01",
    ),
    "CA_MISD_364": (
        "cimt_single",
        "plea_date",
        "Brandishing, misdemeanor, convicted on the last day of the one-year maximum",
        "Brandishing, misdemeanor, convicted on the first day of the 364-day maximum",
    ),
    "CA_MISD_364, 18.5": (
        "path_18_5",
        "plea_date",
        "Misdemeanor, convicted 2014-12-31, 365 days imposed",
        "Misdemeanor, convicted 2015-01-01, 365 days imposed",
    ),
    "18.5, 365 days": (
        "path_18_5",
        "sentence_days_imposed",
        "Misdemeanor, convicted 2014-12-31, 364 days imposed",
        "Misdemeanor, convicted 2014-12-31, 365 days imposed",
    ),
    "LUJAN_CUTOFF": (
        "first_drug_exception_pre2011",
        "plea_date",
        "First small drug case, plea the day before the cut-off, later expunged",
        "First small drug case, plea on the cut-off day",
    ),
    "SENT_MOD": (
        "sentence_change_limited",
        "relief_request_date",
        "Sentence cut for good behavior, asked for on the last day of the old rule",
        "Sentence cut for good behavior, asked for the day after",
    ),
    "GMC_5": (
        "natz_gmc_period",
        "offense_date",
        "Offense and plea on 2021-11-22, filing on 2026-11-23",
        "Offense and plea on 2021-11-23, filing on 2026-11-23",
    ),
    "GMC_3": (
        "natz_gmc_period",
        "offense_date",
        "Offense and plea on 2023-11-22, married to a citizen, filing on 2026-11-23",
        "Offense and plea on 2023-11-23, married to a citizen, filing on 2026-11-23",
    ),
    "CONFINED": (
        "natz_180_days",
        "confinement_days_in_lookback",
        "Locked up 179 days in the look-back",
        "Locked up 180 days in the look-back",
    ),
    "AF_NATZ": (
        "natz_permanent_bar",
        "plea_date",
        "Former PC 12021(a)(1), convicted 1990-11-28",
        "Former PC 12021(a)(1), convicted 1990-11-29",
    ),
    "LPR_ABSENCE": (
        "lpr_travel_risk",
        "trip_days",
        "Green card, charges dropped, trip of 180 days",
        "Green card, charges dropped, trip of 181 days",
    ),
    "PETTY": (
        "petty_offense_exception",
        "sentence_days_imposed",
        "Brandishing misdemeanor, 180 days imposed",
        "Brandishing misdemeanor, 181 days imposed",
    ),
    "AGG_5Y": (
        "multiple_sentences_5yr",
        "total_sentence_days",
        "Two convictions, 1824 days in all",
        "Two convictions, 1825 days in all",
    ),
    "LPR_CANCEL, 5 years": (
        "lpr_cancellation_possible",
        "lpr_since",
        "Resident since 2021-11-23, carrying case",
        "Resident since 2021-11-24, carrying case",
    ),
    "LPR_CANCEL, seen a day earlier": (
        "lpr_cancellation_possible",
        "as_of",
        "Resident for five years, seen a day earlier",
        "Resident since 2021-11-23, carrying case",
    ),
    "LPR_CANCEL, 7 years": (
        "lpr_cancellation_possible",
        "first_admission_date",
        "Let in on 2019-11-23, resident since early 2021, carrying case",
        "Let in on 2019-11-24, resident since early 2021, carrying case",
    ),
    "PSC_WH": (
        "withholding_psc",
        "total_sentence_days",
        "Asylum applicant, federal gun convictions, 1824 days in total",
        "Asylum applicant, federal gun convictions, 1825 days in total",
    ),
    "DACA_CUST": (
        "daca_bar",
        "sentence_days_imposed",
        "DACA, one theft misdemeanor, 90 days to serve",
        "DACA, one theft misdemeanor, 91 days to serve",
    ),
    "W_1203_4A": (
        "path_1203_4a",
        "judgment_date",
        "Misdemeanor without probation, judgment on 2025-11-22",
        "Misdemeanor without probation, judgment on 2025-11-23",
    ),
    "W_1203_4A, seen a day earlier": (
        "path_1203_4a",
        "as_of",
        "Misdemeanor without probation, seen a day earlier",
        "Misdemeanor without probation, judgment on 2025-11-22",
    ),
    "W_1203_41, split": (
        "path_1203_41",
        "sentence_completed_date",
        "Felony, split county sentence, finished on 2025-11-22",
        "Felony, split county sentence, finished on 2025-11-23",
    ),
    "W_1203_41, straight": (
        "path_1203_41",
        "sentence_completed_date",
        "Felony, straight county sentence, finished on 2024-11-22",
        "Felony, straight county sentence, finished on 2024-11-23",
    ),
    "W_1203_41, prison": (
        "path_1203_41",
        "sentence_completed_date",
        "Felony, state prison sentence, finished on 2024-11-22",
        "Felony, state prison sentence, finished on 2024-11-23",
    ),
    "W_1203_42": (
        "path_1203_42",
        "sentence_completed_date",
        "Prison sentence before Realignment, finished on 2024-11-22",
        "Prison sentence before Realignment, finished on 2024-11-23",
    ),
    "W_1203_42, Realignment": (
        "path_1203_42",
        "judgment_date",
        "Prison sentence pronounced 2011-09-30",
        "Prison sentence pronounced 2011-10-01",
    ),
    "AUTO_FEL": (
        "path_1203_425",
        "sentence_completed_date",
        "Felony without probation, finished on 2022-11-23",
        "Felony without probation, finished on 2022-11-24",
    ),
    "AUTO_FEL, since 2005": (
        "path_1203_425",
        "plea_date",
        "Felony without probation, convicted 2004-12-31",
        "Felony without probation, convicted 2005-01-01",
    ),
    "1203.43, first day": (
        "path_1203_43",
        "plea_date",
        "Drug program with a plea on 1996-12-31, completed and dismissed",
        "Drug program with a plea on 1997-01-01, completed and dismissed",
    ),
    "1203.43, last day": (
        "path_1203_43",
        "plea_date",
        "Drug program with a plea on 2017-12-31, completed and dismissed",
        "Drug program with a plea on 2018-01-01, completed and dismissed",
    ),
}
EDGES |= {
    "GMC_5, conviction": (
        "natz_gmc_period",
        "plea_date",
        "Older offense, plea on 2021-11-22",
        "Older offense, plea on 2021-11-23",
    ),
    "GMC_3, conviction": (
        "natz_gmc_period",
        "plea_date",
        "Older offense, plea on 2023-11-22, married to a citizen",
        "Older offense, plea on 2023-11-23, married to a citizen",
    ),
    "GMC_5, no conviction": (
        "natz_gmc_period",
        "offense_date",
        "Green card, arrested the day before the look-back, asking for citizenship",
        "Green card, arrested on the look-back's first day, asking for citizenship",
    ),
    "CIMT_YEARS, a later admission": (
        "cimt_single",
        "last_admission_date",
        "Let in again on 2012-05-02, assault with a firearm on 2017-05-02",
        "Let in again on 2012-05-01, assault with a firearm on 2017-05-02",
    ),
    "CIMT_YEARS, the green card as admission": (
        "cimt_single",
        "lpr_since",
        "Crossed unchecked, green card on 2012-05-02, assault with a firearm in 2017",
        "Crossed unchecked, green card on 2012-05-01, assault with a firearm in 2017",
    ),
    "AF_TERM, theft": (
        "agg_felony_theft_1yr",
        "sentence_days_imposed",
        "Green card, petty theft before 2015, 364 days",
        "Green card, petty theft before 2015, 365 days",
    ),
    "AF_TERM, detention": (
        "mandatory_detention_risk",
        "sentence_days_imposed",
        "Green card, sexual battery within five years of admission, 364 days",
        "Green card, sexual battery within five years of admission, 365 days",
    ),
    "LPR_ABSENCE, not guilty": (
        "lpr_travel_risk",
        "trip_days",
        "Green card, found not guilty, trip of 180 days",
        "Green card, found not guilty, trip of 181 days",
    ),
    "1203.425, since 1973": (
        "path_1203_425",
        "plea_date",
        "Misdemeanor with probation, convicted 1972-12-31",
        "Misdemeanor with probation, convicted 1973-01-01",
    ),
}
EDGES |= {
    "the oath": (
        "naturalized_denaturalization",
        "offense_date",
        "Act on the day of the oath",
        "Act a day after the oath",
    ),
}
# case, finding, whether the law file calls it urgent on these answers
URGENCY = [
    ("Case still open, visa holder in no court", "conviction_not_final", True),
    ("Case still open, visa holder in no court", "see_immigration_attorney", True),
    ("Case on appeal, green card", "conviction_not_final", False),
    ("Case on appeal, green card", "see_immigration_attorney", True),
    ("Green card, detained inside the Ninth Circuit", "mandatory_detention_risk", True),
    (
        "Green card, detained inside the Ninth Circuit",
        "removal_proceedings_urgent",
        True,
    ),
    ("Green card, drug possession, no gun", "mandatory_detention_risk", False),
    ("Green card, drug possession, no gun", "see_immigration_attorney", True),
    ("Green card, no travel planned", "see_immigration_attorney", True),
    (
        "Asylum applicant filing with a gun conviction",
        "see_immigration_attorney",
        True,
    ),
    ("DACA, felony theft", "see_immigration_attorney", True),
    (
        "DACA, driving under the influence, first misdemeanor",
        "see_immigration_attorney",
        False,
    ),
    (
        "Green card renewal with an old theft and no ground raised",
        "see_immigration_attorney",
        False,
    ),
    ("DACA holder planning a trip", "travel_risk_nonlpr", True),
    # The ban rests on status or a felony, and a gun was part of the case
    ("Visa holder, theft and no gun", "federal_gun_possession_ban", False),
    (
        "Visa holder found not guilty of a gun case",
        "federal_gun_possession_ban",
        True,
    ),
    (
        "Green card, gun felony, still on probation",
        "federal_gun_possession_ban",
        True,
    ),
    ("Green card, felony theft and no gun", "federal_gun_possession_ban", False),
    (
        "Citizen by birth, pointed a gun at a partner",
        "federal_gun_possession_ban",
        False,
    ),
    (
        "Act before the oath, arrest after it",
        "naturalized_denaturalization",
        True,
    ),
    ("Act before the oath, arrest after it", "see_immigration_attorney", True),
    (
        "No status, an old order and nothing else",
        "removal_proceedings_urgent",
        True,
    ),
    (
        "Never let in, held by ICE, loaded gun misdemeanor",
        "mandatory_detention_risk",
        True,
    ),
    (
        "Never let in, gun charge dropped, held by ICE outside the western states",
        "mandatory_detention_risk",
        True,
    ),
    (
        "Never let in, no immigration case yet, assault weapon felony",
        "mandatory_detention_risk",
        False,
    ),
    (
        "Never let in, no immigration case yet, assault weapon felony",
        "see_immigration_attorney",
        True,
    ),
    (
        "Never let in, gun charge dropped, no other arrest",
        "see_immigration_attorney",
        False,
    ),
    ("Removed once and came back unchecked", "reentry_after_removal", True),
]
# case, the day that "it is too early" names: the latest of every wait and the end of
# the sentence; none while another case is open or a day is not known
DAYS = [
    (
        "Misdemeanor without probation, the sentence outlasts the year",
        "2027-05-15",
    ),
    (
        "Misdemeanor without probation, the year outlasts the sentence",
        "2027-03-01",
    ),
    (
        "Misdemeanor without probation, the year is over and the sentence is not",
        "2027-02-01",
    ),
    ("Misdemeanor without probation, waiting, another case open", None),
    ("Misdemeanor without probation, everything over, another case open", None),
    (
        "Misdemeanor without probation, waiting, not sure when the sentence ends",
        None,
    ),
    ("Split county sentence, one year not over yet", "2027-03-11"),
    ("Straight county sentence that ends next year", "2029-02-02"),
    ("Citizen by birth, on probation for a misdemeanor", None),
]
# case, finding, the notes that go with it: what is said must be true for this visitor
NOTES = [
    # An order alone leaves no hearing to go to
    ("No status, an old order and nothing else", "removal_proceedings_urgent", "order"),
    (
        "Green card, felon in possession, in immigration court",
        "removal_proceedings_urgent",
        "court",
    ),
    (
        "Never admitted, carrying case, held by ICE and not sure where",
        "removal_proceedings_urgent",
        "custody",
    ),
    ("Green card, machine gun", "antique_mismatch_argument", "weaker"),
    ("Green card, silencer", "antique_mismatch_argument", "weaker"),
    (
        "Green card, ammunition under a law not in the list",
        "antique_mismatch_argument",
        "unknown_law",
    ),
    (
        "Never admitted, carrying a loaded gun",
        "antique_mismatch_argument",
        "strong never_admitted",
    ),
    ("Act before the oath, arrest after it", "usc_not_deportable", "questioned"),
    ("Act after the oath", "usc_not_deportable", ""),
    ("Citizen by birth, found not guilty", "get_records", "citizen"),
    (
        "Citizen by birth, injury to a partner, misdemeanor",
        "federal_gun_possession_ban",
        "family",
    ),
    (
        "Green card, gun felony, still on probation",
        "federal_gun_possession_ban",
        "felony",
    ),
    (
        "Visa holder found not guilty of a gun case",
        "federal_gun_possession_ban",
        "status",
    ),
    (
        "Let in on a visa waiver, found not guilty",
        "federal_gun_possession_ban",
        "status_open",
    ),
]
# Dates that move together with the one that carries the step.
FOLLOWERS = {"plea_date", "judgment_date", "offense_date", "sentence_completed_date"}


def got(scenario: dict[str, Any], of: Release | None = None) -> dict[str, str]:
    return levels(of or law_release(), scenario["answers"], scenario["as_of"])


def _told(scenario: dict[str, Any]) -> str:
    """What came out otherwise, and why."""
    lines = []
    outcome = evaluate(law_release(), scenario["answers"], scenario["as_of"])
    for finding in outcome.findings:
        expected = scenario["expect"].get(finding.key, finding.level)
        if expected != finding.level:
            nodes = ", ".join(f"{node.id}={node.value}" for node in finding.because)
            lines.append(
                f"  {finding.key}: expected {expected}, got {finding.level}"
                f"\n  because {nodes}\n  missing {finding.missing}"
            )
    return "\n".join(lines)


def _step(one: Any, other: Any) -> int:
    if isinstance(one, int):
        return abs(other - one)
    days = [datetime.date.fromisoformat(day) for day in (one, other)]
    return abs((days[1] - days[0]).days)


def test_every_case_comes_out_as_the_law_file_says() -> None:
    wrong = []
    for scenario in SCENARIOS:
        if not scenario["expect"].items() <= got(scenario).items():
            wrong.append(f"{scenario['name']}: {scenario['why']}\n{_told(scenario)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("name", "key", "urgent"), URGENCY)
def test_urgent_is_what_the_law_file_calls_urgent(
    name: str, key: str, urgent: bool
) -> None:
    scenario = BY_NAME[name]
    outcome = evaluate(law_release(), scenario["answers"], scenario["as_of"])
    severity = next(f.severity for f in outcome.findings if f.key == key)
    assert (severity == "urgent") is urgent


@pytest.mark.parametrize(("name", "key", "notes"), NOTES)
def test_a_text_says_what_is_true_for_the_visitor(
    name: str, key: str, notes: str
) -> None:
    scenario = BY_NAME[name]
    outcome = evaluate(law_release(), scenario["answers"], scenario["as_of"])
    finding = next(f for f in outcome.findings if f.key == key)
    assert set(finding.notes) == set(_words(notes))


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_too_early_names_the_day_on_which_every_wait_is_over(
    name: str, day: str | None
) -> None:
    scenario = BY_NAME[name]
    outcome = evaluate(law_release(), scenario["answers"], scenario["as_of"])
    finding = next(f for f in outcome.findings if f.key == "path_not_yet")
    shown = turning_date(law_release(), finding, scenario["answers"], scenario["as_of"])
    assert shown == day


def test_names_are_unique_and_every_case_says_why() -> None:
    assert len(BY_NAME) == len(SCENARIOS) >= 90
    for scenario in SCENARIOS:
        assert re.search(r"\bR\d\d\b|section", scenario["why"]), scenario["name"]
        assert len(scenario["expect"]) >= 3, scenario["name"]


def test_every_finding_is_covered_at_every_level_the_law_file_allows() -> None:
    keys = {finding["key"] for finding in law_release().data["findings"]}
    assert keys == {key for key, _ in ALLOWED}
    expected = {pair for s in SCENARIOS for pair in s["expect"].items()}
    assert expected - ALLOWED == set()
    assert ALLOWED - expected == set()


def test_no_case_gets_a_level_the_law_file_does_not_know() -> None:
    for scenario in SCENARIOS:
        assert set(got(scenario).items()) <= ALLOWED, scenario["name"]


@pytest.mark.parametrize("line", EDGES)
def test_two_neighbouring_cases_stand_on_the_two_sides_of_the_line(line: str) -> None:
    finding, carrier, one_name, other_name = EDGES[line]
    one, other = BY_NAME[one_name], BY_NAME[other_name]
    assert one["expect"][finding] != other["expect"][finding]
    a = one["answers"] | {"as_of": one["as_of"]}
    b = other["answers"] | {"as_of": other["as_of"]}
    differing = {key for key in a.keys() | b.keys() if a.get(key) != b.get(key)}
    assert carrier in differing
    assert differing <= {carrier} | (FOLLOWERS if carrier in FOLLOWERS else set())
    assert _step(a[carrier], b[carrier]) == 1


def test_every_number_a_rule_uses_matters_to_a_case_in_both_directions() -> None:
    data = law_release().data
    rules = json.dumps([data[part] for part in ("questions", "facts", "findings")])
    used = [key for key in data["thresholds"] if f'"threshold": "{key}"' in rules]
    assert len(used) >= 20
    holding = [s for s in SCENARIOS if s["expect"].items() <= got(s).items()]
    silent = []
    for key in used:
        for step in (-1, 1):
            moved = copy.deepcopy(data)
            for dated in moved["thresholds"][key]["values"]:
                value = dated["value"]
                if isinstance(value, int):
                    dated["value"] = value + step
                else:
                    day = datetime.date.fromisoformat(value)
                    dated["value"] = str(day + datetime.timedelta(days=step))
            altered = load_release(moved)
            if all(s["expect"].items() <= got(s, altered).items() for s in holding):
                silent.append((key, step))
    assert silent == []
