"""The rules of the first law pack: complete, hedged, and never stuck on a visitor.

The lists and the edge cases below are transcribed from the law file by hand. What the
rules say on whole cases is the business of the pack's scenarios; here stands what must
hold whatever the case.
"""

import datetime
import random
import re
from statistics import median
from typing import Any

import pytest

from screening_block.engine import (
    Outcome,
    Release,
    check,
    evaluate,
    explain,
    finding_words,
    levels,
    parse_answers,
    walk,
)
from screening_block.engine.model import roots
from screening_block.packs.read import Pack
from screening_block.reports.reading import compute_grade
from tests.law_pack import law_pack, law_release

AS_OF = "2026-11-23"
VISITORS = 200


def keys(text: str) -> list[str]:
    return text.split()


# The finding keys of the law file, sections (e) and (f), by rule
R01_TO_R11 = keys("""
conviction_exists not_a_conviction conviction_not_final
expungement_no_immigration_effect vacatur_may_erase vacatur_reason_unclear
first_drug_exception_pre2011 sentence_change_limited pardon_helps_some_grounds
pardon_not_firearm_ground
""")
R12_TO_R20 = keys("""
firearm_ground antique_mismatch_argument agg_felony_firearm agg_felony_violence_1yr
agg_felony_drug agg_felony_theft_1yr
cimt_single cimt_multiple dv_ground drug_ground mandatory_detention_risk
""")
R21_TO_R31 = keys("""
no_firearm_inadmissibility_ground cimt_inadmissibility petty_offense_exception
drug_inadmissibility multiple_sentences_5yr waiver_212h_maybe
lpr_cancellation_possible lpr_cancellation_barred nonlpr_cancellation_bar asylum_psc
withholding_psc
""")
R32_TO_R34 = keys(
    "usc_not_deportable naturalized_denaturalization possible_citizenship"
)
R35_TO_R49 = keys("""
lpr_travel_risk travel_risk_nonlpr natz_gmc_period natz_permanent_bar natz_180_days
natz_on_probation filing_risk_nta green_card_application_review daca_bar
daca_expunged_case_by_case tps_bar visa_holder_risk never_admitted_note
disclosure_required federal_gun_possession_ban
""")
R50_TO_R58 = keys("""
gun_rights_not_restored removal_proceedings_urgent expungement_benefits get_records
see_immigration_attorney unsure_followup
""")
R59 = ["reentry_after_removal"]
PATHS = keys("""
path_1203_4 path_1203_4a path_1203_41 path_1203_42 path_1203_425 path_1203_43
path_1203_4b path_1203_49 path_236_14_15 path_1473_7 path_1016_5
path_custody_remedies path_17b path_18_5 path_not_yet path_early_termination
""")
# R49, the gun bans, are for citizens too.
OFF_FOR_CITIZENS = [*R12_TO_R20, *R21_TO_R31, *R35_TO_R49[:-1], *R59]
ALL = [*R01_TO_R11, *OFF_FOR_CITIZENS, R35_TO_R49[-1], *R32_TO_R34, *R50_TO_R58, *PATHS]

# The facts that section (d) names
FACTS = keys(
    "noncitizen admitted conviction vacated erased live rehabilitative max_one_year"
)

# Findings that rest on a conviction which is not ruled out (LIVE, or CONV is not no)
NEED_A_CONVICTION = keys("""
conviction_exists expungement_no_immigration_effect pardon_not_firearm_ground
firearm_ground antique_mismatch_argument agg_felony_firearm agg_felony_violence_1yr
agg_felony_drug agg_felony_theft_1yr cimt_single cimt_multiple dv_ground drug_ground
no_firearm_inadmissibility_ground petty_offense_exception drug_inadmissibility
lpr_cancellation_barred nonlpr_cancellation_bar asylum_psc withholding_psc
natz_gmc_period natz_permanent_bar natz_180_days natz_on_probation daca_bar tps_bar
visa_holder_risk
path_1203_4 path_1203_4a path_1203_41 path_1203_42 path_1203_425 path_1203_4b
path_1203_49 path_236_14_15 path_1473_7 path_1016_5 path_custody_remedies path_17b
path_18_5 path_not_yet path_early_termination
""")

# Grounds and bars that rest on the conviction: each says what a vacatur may do
GROUNDS = keys("""
firearm_ground agg_felony_firearm agg_felony_violence_1yr cimt_single cimt_multiple
dv_ground drug_ground mandatory_detention_risk cimt_inadmissibility
drug_inadmissibility multiple_sentences_5yr lpr_cancellation_barred
nonlpr_cancellation_bar asylum_psc withholding_psc natz_permanent_bar daca_bar tps_bar
visa_holder_risk
""")

FORBIDDEN = re.compile(
    r"you (?:will|are going to|shall) be (?:deported|removed)|you are safe|you qualify"
    r"|you (?:do not|don't) (?:need|have) to (?:disclose|tell|list|report)"
    r"|expungement (?:erases|erased)|dismissal (?:erases|erased)|is erased for immigra",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return law_pack()


@pytest.fixture(scope="module")
def release(pack: Pack) -> Release:
    return law_release()


# ---------------------------------------------------------------- Complete, readable


def test_the_rules_load_without_a_problem(pack):
    assert check(pack.release(), as_of=AS_OF) == []


def test_every_rule_and_pathway_of_the_law_file_is_a_finding(pack, release):
    assert sorted(release.findings) == sorted(ALL)
    named = {
        number
        for finding in pack.parts["findings"]
        for number in re.findall(r"R\d\d", finding["rule"])
    }
    assert named == {f"R{n:02}" for n in range(1, 62)}
    assert set(FACTS) <= set(release.facts)


def test_the_pack_keeps_well_below_the_limit_of_500_conditions(release):
    assert sum(1 for _ in roots(release.data)) < 470


def test_every_fact_and_threshold_is_used(release):
    used = repr([node for _, node in roots(release.data)])
    said = repr(release.data["texts"]["en"]["findings"])
    for key in release.facts:
        assert f"'fact': '{key}'" in used, key
    for key in release.thresholds:
        assert f"'threshold': '{key}'" in used or f"{{{key}}}" in said, key


def test_every_finding_says_something_cites_something_and_owns_its_doubts(pack):
    for finding in pack.parts["findings"]:
        key = finding["key"]
        assert 10 < len(finding["heading"]) < 75 and finding["body"], key
        assert not finding["heading"].endswith("."), key
        assert finding["actions"] and finding["citations"], key
        assert finding["checked_on"] is None, key
        statuses = {c["status"] for c in finding["citations"]}
        assert finding["status"] == "needs_checking" or "verified" in statuses, key
        for citation in finding["citations"]:
            assert citation["status"] == "needs_checking" or citation["source"], key


def test_no_text_says_what_the_product_must_never_say(release):
    def strings(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        return [text for inner in value.values() for text in strings(inner)]

    texts = release.data["texts"]["en"]
    for text in strings(texts["findings"]) + strings(texts["facts"]):
        assert not FORBIDDEN.search(text), text
    assert FORBIDDEN.search("In that case you qualify.")


def test_findings_read_at_school_level(release):
    grades = {}
    for key, texts in release.data["texts"]["en"]["findings"].items():
        grades[key, "body"] = compute_grade(texts["body"])
        for name, text in texts.get("notes", {}).items():
            grades[key, name] = compute_grade(text)
    assert {k: round(g, 1) for k, g in grades.items() if g > 9} == {}
    assert median(grades.values()) < 7


def test_every_ground_says_what_a_court_order_may_do_to_it(release):
    for key in GROUNDS:
        notes = {n["key"]: n["when"] for n in release.findings[key]["notes"]}
        assert notes["order_holds"] == {"op": "fact", "fact": "erased"}
        text = release.text("en", "findings", key, "notes", "order_holds")
        assert text == "If the court order holds, this may not apply."


# ---------------------------------------------------------------- Whoever it is


def test_with_nothing_answered_everything_may_apply(release):
    assert set(levels(release, {}, AS_OF).values()) == {"may_apply"}


@pytest.mark.parametrize("status", ["citizen_born", "citizen_naturalized"])
def test_a_citizen_sees_no_immigration_ground_whatever_else_is_open(release, status):
    found = levels(release, {"immigration_status": status}, AS_OF)
    assert found["usc_not_deportable"] == "applies"
    for key in (*OFF_FOR_CITIZENS, "possible_citizenship"):
        assert found[key] == "not_apply", key


def test_an_acquittal_ends_everything_that_needs_a_conviction(release):
    found = levels(release, {"disposition": "not_guilty"}, AS_OF)
    assert found["not_a_conviction"] == "applies"
    for key in NEED_A_CONVICTION:
        assert found[key] == "not_apply", key


def test_an_acquitted_citizen_by_birth_answers_two_questions(release):
    answers = {"immigration_status": "citizen_born", "disposition": "not_guilty"}
    outcome = evaluate(release, answers, AS_OF)
    assert outcome.complete
    applies = {f.key for f in outcome.findings if f.level == "applies"}
    assert applies == {"usc_not_deportable", "not_a_conviction", "get_records"}
    assert all(f.level != "may_apply" for f in outcome.findings)


def test_not_sure_never_rules_a_ground_out(release):
    """R58: with "not sure" everywhere, nothing but the gated questions is settled."""
    answers: dict[str, Any] = {}
    while (following := evaluate(release, answers, AS_OF).next) is not None:
        answers[following] = None
    found = levels(release, answers, AS_OF)
    assert found["unsure_followup"] == found["get_records"] == "applies"
    always = {"unsure_followup", "get_records", "see_immigration_attorney"}
    assert found["see_immigration_attorney"] == "applies"
    others = set(ALL) - always
    assert {found[key] for key in others} == {"may_apply"}


# ---------------------------------------------------------------- A walk to the end


def answer_for(question: Any, unsure: float, rng: random.Random) -> Any:
    """A random answer near the numbers that the rules turn on, or "not sure"."""
    if rng.random() < unsure:
        return None
    if question.base == "choice":
        listed = [*question.options, "other"] if question.chart else question.options
        return rng.choice(list(listed))
    if question.base == "choices":
        alone = [o for o in question.options if o in question.exclusive]
        if rng.random() < 0.4:
            return [rng.choice(alone)]
        several = [o for o in question.options if o not in question.exclusive]
        return rng.sample(several, min(len(several), rng.choice([1, 1, 2, 3])))
    if question.base == "yes_no":
        return rng.random() < 0.5
    if question.base == "integer":
        return rng.choice([0, 30, 90, 91, 179, 180, 181, 364, 365, 1824, 1825, 2500])
    year = rng.choice([1985, 1995, 2005, 2010, 2014, 2018, 2021, 2023, 2024, 2025])
    return f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def visit(
    release: Release, rng: random.Random, unsure: float
) -> tuple[dict[str, Any], Outcome]:
    """Ask only what comes `next`, to the end; checks that no result flips on the way.

    What applies and what does not apply is final: only "may apply" may still move.
    """
    answers: dict[str, Any] = {}
    final: dict[str, str] = {}
    while True:
        outcome = evaluate(release, answers, AS_OF)
        now = {f.key: f.level for f in outcome.findings}
        for key, level in final.items():
            assert now[key] == level, (key, answers)
        final = {key: level for key, level in now.items() if level != "may_apply"}
        if outcome.next is None:
            return answers, outcome
        question = release.questions[outcome.next]
        answers[question.key] = answer_for(question, unsure, rng)


@pytest.fixture(scope="module")
def visits(release: Release) -> list[tuple[float, dict[str, Any], Outcome]]:
    rng = random.Random(20261123)
    found = []
    for number in range(VISITORS):
        unsure = (0, 0.1, 0.4)[number % 3]
        found.append((unsure, *visit(release, rng, unsure)))
    return found


def test_a_walk_ends_complete_and_needs_no_hidden_question(visits):
    for _, answers, outcome in visits:
        assert outcome.complete
        for finding in outcome.findings:
            hidden = [m.question for m in finding.missing if m.state == "not_asked"]
            assert not hidden, (finding.key, hidden, answers)


def test_a_walk_ends_where_all_its_answers_at_once_do(release, visits):
    for _, answers, outcome in visits:
        replay = walk(release, answers, AS_OF)
        assert list(replay.asked) == list(answers)
        assert (replay.next, replay.dropped) == (None, ())
        assert levels(release, replay.answers, AS_OF) == {
            f.key: f.level for f in outcome.findings
        }


def test_who_is_sure_of_everything_is_left_with_no_open_question(visits):
    """What then may apply, may apply by law (or by a blank cell of the chart)."""
    for unsure, answers, outcome in visits:
        if not unsure:
            for finding in outcome.findings:
                assert finding.missing == (), (finding.key, answers)
            found = {f.key: f.level for f in outcome.findings}
            assert found["unsure_followup"] == "not_apply"


def test_questions_nobody_needs_are_not_asked(release, visits):
    assert max(len(answers) for _, answers, _ in visits) < len(release.questions)
    assert median(len(answers) for _, answers, _ in visits) < 24


def test_whoever_was_unsure_of_something_that_still_matters_is_told_so(visits):
    """R58. Plans and what a visitor may skip are no court paper's business."""
    aside = {"plans", "married_to_citizen_3yrs", "suspension_type", "filing_date"}
    aside |= {"crime_from_trafficking_or_abuse"}
    told = 0
    for _, answers, outcome in visits:
        found = {f.key: f for f in outcome.findings}
        open_ones = {m.question for f in outcome.findings for m in f.missing} - aside
        if open_ones:
            assert found["unsure_followup"].level == "applies", (open_ones, answers)
            assert found["unsure_followup"].notes, open_ones
            told += 1
    assert told > VISITORS / 3


# ---------------------------------------------------------------- The edges of the law

# A green-card holder convicted by plea of a wobbler with the general definition, and
# everything answered, so that each edge below can turn on one answer.
CASE: dict[str, Any] = {
    "immigration_status": "lpr",
    "citizen_parent": False,
    "entry_manner": "let_in",
    "first_admission_date": "2010-05-20",
    "admitted_later": False,
    "let_in_again": False,
    "lpr_since": "2012-05-20",
    "court_now": ["none"],
    "removed_before": False,
    "listed_arrest": False,
    "more_counts": False,
    "disposition": "convicted_plea",
    "plea_or_admission": True,
    "program_kind": "other",
    "punishment_ordered": ["probation"],
    "offense_statute": "pc_25400",
    "item": "regular_gun",
    "offense_act": "carry",
    "victim_protected": False,
    "drug_charge": False,
    "first_drug_case": False,
    "offense_level": "misdemeanor",
    "offense_date": "2020-03-01",
    "plea_date": "2020-09-01",
    "sentence_days_imposed": 30,
    "suspension_type": "not_suspended",
    "sentence_type": "probation",
    "probation_status": "completed",
    "judgment_date": "2020-09-01",
    "sentence_completed_date": "2022-09-01",
    "open_cases": False,
    "must_register_290": False,
    "serious_or_violent_felony": False,
    "relief_obtained": ["none"],
    "relief_reason": "none_stated",
    "relief_request_date": "2020-01-01",
    "immigration_advice_given": "yes",
    "judge_gave_warning": True,
    "other_convictions": "none",
    "other_moral_turpitude_separate": False,
    "total_sentence_days": 30,
    "plans": ["nothing"],
    "trip_days": 10,
    "filing_date": AS_OF,
    "married_to_citizen_3yrs": False,
    "confinement_days_in_lookback": 0,
    "citizenship_disclosure": "after_oath",
    "oath_date": "2018-05-20",
    "crime_from_trafficking_or_abuse": False,
}
UNCHECKED = {"immigration_status": "none", "entry_manner": "unchecked"}
NATURALIZED = {
    "immigration_status": "citizen_naturalized",
    "offense_date": "2018-05-20",
}
FELONY = {"offense_level": "felony", "plea_date": "2014-06-01"}
FEDERAL = {**FELONY, "offense_statute": "18_usc_922_g_1"}
MATCH = {"offense_statute": "pc_33215"}
ASSAULT = {"offense_statute": "pc_245_a_2", "offense_act": "assault"}
NATZ = {"plans": ["naturalization"]}
TRIP = {"plans": ["travel"]}
CUT = {"relief_obtained": ["sentence_cut"], "relief_reason": "good_behavior"}
VACATED = {"relief_obtained": ["pc1473_7"], "relief_reason": "legal_mistake"}
DRUG_2010 = {
    "offense_statute": "hs_11350",
    "item": "none",
    "drug_charge": True,
    "first_drug_case": True,
    "relief_obtained": ["pc1203_4"],
}
NO_PROBATION = {
    "sentence_type": "jail_or_fine_no_probation",
    "probation_status": "never_granted",
}
# Judgment on 2026-02-28: the year of 1203.4a is over on 2027-03-01
LATE_END = NO_PROBATION | {
    "judgment_date": "2026-02-28",
    "sentence_completed_date": "2027-05-15",
}
PRISON = {
    "offense_statute": "pc_30605",
    "offense_level": "felony",
    "sentence_type": "state_prison",
}
OLD_PRISON = {**PRISON, "plea_date": "2004-01-01", "judgment_date": "2011-09-30"}
SPLIT = {**PRISON, "sentence_type": "county_jail_1170h_split"}
STRAIGHT = {**PRISON, "sentence_type": "county_jail_1170h_straight"}
DEJ = {
    "disposition": "plea_judgment_withheld",
    "program_kind": "pc1000_deferred_entry",
    "offense_statute": "hs_11377",
    "item": "none",
    "relief_obtained": ["dismissed_after_program"],
}
OLD_PLEA = {"plea_date": "2012-02-02"}
WITHHELD = {"disposition": "plea_judgment_withheld"}
DROPPED = {"disposition": "charges_dropped", "punishment_ordered": ["classes"]}

EDGES = """
conviction_exists applies
conviction_exists may_apply VACATED
conviction_exists not_apply DROPPED {"plea_or_admission": False}
conviction_exists applies DROPPED
conviction_exists may_apply DROPPED {"plea_or_admission": None}
conviction_exists may_apply DROPPED {"punishment_ordered": None}
conviction_exists not_apply DROPPED {"punishment_ordered": ["nothing"]}
conviction_exists may_apply DROPPED {"plea_or_admission": False} \
  {"program_kind": "pc1000_deferred_entry"}
conviction_exists may_apply DROPPED {"disposition": "pretrial_diversion_no_plea"} \
  {"punishment_ordered": ["nothing"]}
not_a_conviction not_apply DROPPED
not_a_conviction applies DROPPED {"plea_or_admission": False}
not_a_conviction may_apply DROPPED {"punishment_ordered": ["nothing"]}
not_a_conviction not_apply {"disposition": "open"}
conviction_exists may_apply {"disposition": "infraction"}
conviction_exists may_apply {"offense_level": "infraction"}
conviction_exists applies WITHHELD
conviction_exists not_apply WITHHELD {"plea_or_admission": False}
conviction_exists may_apply WITHHELD {"punishment_ordered": ["nothing"]}
conviction_exists may_apply WITHHELD \
  {"punishment_ordered": ["fine_suspended_unconditionally"]}
not_a_conviction not_apply {"disposition": "infraction"}
not_a_conviction applies {"disposition": "juvenile_court"}
expungement_no_immigration_effect applies {"relief_obtained": ["pc1203_425"]}
expungement_no_immigration_effect not_apply {"relief_obtained": ["pc17b"]}
expungement_no_immigration_effect applies VACATED {"relief_reason": "good_behavior"}
vacatur_may_erase applies VACATED
vacatur_may_erase may_apply VACATED {"relief_reason": None}
vacatur_reason_unclear applies VACATED {"relief_reason": None}
vacatur_reason_unclear not_apply VACATED
first_drug_exception_pre2011 may_apply DRUG_2010 {"plea_date": "2011-07-13"}
first_drug_exception_pre2011 not_apply DRUG_2010 {"plea_date": "2011-07-14"}
first_drug_exception_pre2011 not_apply DRUG_2010 {"plea_date": "2011-07-13"} \
  {"offense_statute": "pc_25400"}
sentence_change_limited not_apply CUT {"relief_request_date": "2019-10-25"}
sentence_change_limited applies CUT {"relief_request_date": "2019-10-26"}
sentence_change_limited not_apply CUT {"relief_reason": "legal_mistake"}
firearm_ground may_apply
firearm_ground applies MATCH
firearm_ground may_apply MATCH VACATED
firearm_ground applies MATCH {"relief_obtained": ["pc1203_4"]}
firearm_ground may_apply MATCH {"immigration_status": "daca", "entry_manner": None}
firearm_ground not_apply MATCH {"immigration_status": "daca"} \
  {"entry_manner": "unchecked"}
firearm_ground not_apply {"offense_statute": "pc_21310", "item": "knife"}
firearm_ground may_apply {"offense_statute": "other", "item": "bb_or_replica"}
firearm_ground not_apply {"offense_statute": "pc_484", "item": "bb_or_replica"}
firearm_ground may_apply {"offense_statute": "pc_211"}
antique_mismatch_argument applies
antique_mismatch_argument not_apply MATCH
antique_mismatch_argument may_apply {"offense_statute": "pc_32625"}
antique_mismatch_argument may_apply \
  {"court_now": ["court"], "held_outside_ninth_circuit": True}
agg_felony_firearm not_apply
agg_felony_firearm applies FEDERAL
agg_felony_firearm may_apply {"offense_statute": "pc_30305_a_1"}
agg_felony_firearm may_apply {"offense_act": "sale_or_transfer"}
agg_felony_violence_1yr not_apply ASSAULT {"sentence_days_imposed": 364}
agg_felony_violence_1yr may_apply ASSAULT {"sentence_days_imposed": 365}
cimt_single may_apply ASSAULT FELONY {"offense_date": "2015-05-20"}
cimt_single not_apply ASSAULT FELONY {"offense_date": "2015-05-21"}
cimt_single not_apply ASSAULT FELONY {"offense_date": "2010-05-19"}
cimt_single not_apply ASSAULT {"offense_date": "2015-01-01", "plea_date": "2015-01-01"}
cimt_single may_apply ASSAULT {"offense_date": "2014-12-01", "plea_date": "2014-12-31"}
cimt_multiple may_apply ASSAULT \
  {"other_convictions": "one", "other_moral_turpitude_separate": True}
cimt_multiple not_apply ASSAULT {"other_convictions": "one"}
dv_ground may_apply {"victim_protected": None, "offense_act": "threat"}
dv_ground not_apply {"offense_act": "threat"}
drug_ground may_apply {"offense_statute": "hs_11370_1"}
no_firearm_inadmissibility_ground applies
cimt_inadmissibility not_apply
cimt_inadmissibility may_apply ASSAULT
petty_offense_exception may_apply ASSAULT {"sentence_days_imposed": 180}
petty_offense_exception not_apply ASSAULT {"sentence_days_imposed": 181}
multiple_sentences_5yr not_apply \
  {"other_convictions": "one", "total_sentence_days": 1824}
multiple_sentences_5yr may_apply \
  {"other_convictions": "one", "total_sentence_days": 1825}
lpr_cancellation_possible may_apply
lpr_cancellation_possible may_apply {"lpr_since": "2021-11-23"}
lpr_cancellation_possible not_apply {"lpr_since": "2021-11-24"}
lpr_cancellation_possible not_apply FEDERAL
lpr_cancellation_barred applies FEDERAL
nonlpr_cancellation_bar applies MATCH {"immigration_status": "none"}
nonlpr_cancellation_bar may_apply {"immigration_status": "none"}
asylum_psc may_apply {"immigration_status": "asylee"}
asylum_psc applies {"immigration_status": "asylee"} FEDERAL
withholding_psc not_apply FEDERAL {"sentence_days_imposed": 1825}
withholding_psc may_apply FEDERAL {"court_now": ["court"]} \
  {"sentence_days_imposed": 1824}
withholding_psc applies FEDERAL {"court_now": ["court"]} \
  {"sentence_days_imposed": 1825}
lpr_travel_risk may_apply TRIP {"trip_days": 180}
lpr_travel_risk applies TRIP {"trip_days": 181}
lpr_travel_risk applies TRIP ASSAULT
lpr_travel_risk not_apply TRIP DROPPED {"plea_or_admission": False, "trip_days": 180}
lpr_travel_risk applies TRIP {"disposition": "open"}
lpr_travel_risk may_apply TRIP ASSAULT {"disposition": "arrest_no_charges"}
lpr_travel_risk not_apply TRIP ASSAULT {"disposition": "not_guilty"}
natz_gmc_period may_apply NATZ {"offense_date": "2015-01-01"} FELONY
natz_gmc_period applies NATZ FELONY {"offense_date": "2021-11-23"}
natz_gmc_period may_apply NATZ FELONY {"offense_date": "2021-11-23"} \
  {"married_to_citizen_3yrs": True}
natz_permanent_bar not_apply FEDERAL {"plea_date": "1990-11-28"}
natz_permanent_bar applies FEDERAL {"plea_date": "1990-11-29"}
natz_180_days not_apply NATZ {"confinement_days_in_lookback": 179}
natz_180_days applies NATZ {"confinement_days_in_lookback": 180}
natz_on_probation applies {"probation_status": "on_now"}
filing_risk_nta applies {"plans": ["renew_green_card"]}
filing_risk_nta not_apply
daca_bar applies {"immigration_status": "daca"}
daca_bar may_apply {"immigration_status": "daca", "relief_obtained": ["pc1203_4"]}
daca_bar applies {"immigration_status": "daca", "offense_statute": "pc_273_5"} \
  {"item": "none"}
daca_bar not_apply {"immigration_status": "daca", "offense_statute": "pc_484"} \
  {"item": "none"}
mandatory_detention_risk not_apply {"offense_statute": "pc_484", "item": "none"}
mandatory_detention_risk may_apply UNCHECKED {"offense_statute": "pc_484"} \
  {"item": "none"}
mandatory_detention_risk not_apply UNCHECKED {"disposition": "not_guilty"}
mandatory_detention_risk may_apply UNCHECKED {"disposition": "not_guilty"} \
  {"listed_arrest": True}
reentry_after_removal may_apply {"removed_before": None}
reentry_after_removal may_apply {"removed_before": True, "reentered_after": None}
reentry_after_removal not_apply {"removed_before": True, "reentered_after": False}
agg_felony_drug may_apply {"offense_statute": "hs_11351"}
agg_felony_drug not_apply {"offense_statute": "hs_11350"}
agg_felony_theft_1yr may_apply {"offense_statute": "pc_484"} \
  {"sentence_days_imposed": 365}
agg_felony_theft_1yr not_apply {"offense_statute": "pc_484"} \
  {"sentence_days_imposed": 364}
naturalized_denaturalization may_apply NATURALIZED
naturalized_denaturalization not_apply NATURALIZED {"offense_date": "2018-05-21"}
naturalized_denaturalization not_apply NATURALIZED \
  {"citizenship_disclosure": "before_and_listed"}
antique_mismatch_argument applies UNCHECKED
antique_mismatch_argument not_apply UNCHECKED {"offense_statute": "pc_32625"}
tps_bar not_apply {"immigration_status": "tps"}
tps_bar applies {"immigration_status": "tps", "other_convictions": "one"}
tps_bar applies {"immigration_status": "tps", "more_counts": True}
tps_bar may_apply {"immigration_status": "tps", "offense_statute": "pc_484"}
tps_bar not_apply {"immigration_status": "tps", "offense_level": "infraction"}
never_admitted_note applies UNCHECKED
never_admitted_note not_apply UNCHECKED {"admitted_later": True}
never_admitted_note may_apply UNCHECKED {"immigration_status": "u_t_vawa"}
cimt_single may_apply ASSAULT FELONY {"first_admission_date": "2000-01-01"} \
  {"let_in_again": True, "last_admission_date": "2016-01-01"}
disclosure_required applies
disclosure_required may_apply {"disposition": "juvenile_court"}
federal_gun_possession_ban not_apply
federal_gun_possession_ban applies FELONY
federal_gun_possession_ban applies FELONY {"immigration_status": "citizen_born"}
federal_gun_possession_ban may_apply FELONY VACATED
federal_gun_possession_ban may_apply {"offense_statute": "pc_273_5"}
federal_gun_possession_ban may_apply {"immigration_status": "tps"}
path_1203_4 applies
path_1203_4 may_apply {"probation_status": "violated_but_ended"}
path_1203_4 may_apply {"must_register_290": True}
path_1203_4 may_apply {"offense_statute": "vc_23152"}
path_1203_4 may_apply {"offense_statute": "other"}
path_1203_4 may_apply WITHHELD
path_1203_4 may_apply {"disposition": "on_appeal"}
path_1203_4 not_apply {"offense_level": "infraction"}
path_1203_4 not_apply {"disposition": "infraction"}
path_1203_4 not_apply {"open_cases": True}
path_1203_4a applies NO_PROBATION {"judgment_date": "2025-11-22"}
path_1203_4a not_apply NO_PROBATION {"judgment_date": "2025-11-23"}
path_1203_4a may_apply NO_PROBATION {"other_convictions": "one"}
path_1203_4a may_apply NO_PROBATION {"offense_level": "felony_reduced"}
path_1203_4a applies NO_PROBATION {"disposition": "infraction"}
path_1203_4a may_apply NO_PROBATION {"disposition": "infraction"} \
  {"offense_statute": "other"}
path_1203_4a not_apply NO_PROBATION {"sentence_completed_date": "2026-11-24"}
path_1203_41 may_apply SPLIT {"sentence_completed_date": "2025-11-22"}
path_1203_41 not_apply SPLIT {"sentence_completed_date": "2025-11-23"}
path_1203_41 not_apply STRAIGHT {"sentence_completed_date": "2025-11-22"}
path_1203_41 may_apply STRAIGHT {"sentence_completed_date": "2024-11-22"}
path_1203_41 may_apply PRISON {"sentence_completed_date": "2024-11-22"}
path_1203_41 not_apply SPLIT {"sentence_type": None} \
  {"sentence_completed_date": "2025-11-23"}
path_1203_41 not_apply PRISON {"must_register_290": True}
path_1203_42 may_apply OLD_PRISON
path_1203_42 not_apply OLD_PRISON {"judgment_date": "2011-10-01"}
path_1203_42 not_apply OLD_PRISON {"offense_statute": "pc_29800_a_1"}
path_1203_42 may_apply OLD_PRISON {"offense_statute": "pc_30600"}
path_1203_425 may_apply
path_1203_425 may_apply NO_PROBATION {"offense_level": "felony_reduced"}
path_1203_425 not_apply STRAIGHT {"sentence_completed_date": "2022-11-24"}
path_1203_425 may_apply STRAIGHT {"sentence_completed_date": "2022-11-23"}
path_1203_425 not_apply STRAIGHT {"serious_or_violent_felony": True}
path_1203_425 not_apply STRAIGHT {"serious_or_violent_felony": True} \
  {"disposition": None}
path_1203_425 not_apply FELONY NO_PROBATION {"serious_or_violent_felony": True} \
  {"disposition": None}
path_1203_43 applies DEJ {"plea_date": "2017-12-31"}
path_1203_43 not_apply DEJ {"plea_date": "2018-01-01"}
path_1203_43 applies DEJ OLD_PLEA {"disposition": "charges_dropped"}
path_1203_43 applies DEJ OLD_PLEA {"disposition": "pretrial_diversion_no_plea"}
path_1203_43 may_apply DEJ OLD_PLEA {"disposition": "charges_dropped"} \
  {"plea_or_admission": None}
path_1203_43 may_apply DEJ OLD_PLEA {"disposition": "pretrial_diversion_no_plea"} \
  {"plea_or_admission": False}
path_1203_43 applies DEJ OLD_PLEA {"disposition": "charges_dropped"} \
  {"relief_obtained": ["none"]}
path_1203_43 not_apply DEJ OLD_PLEA {"relief_obtained": ["none"]}
path_1203_43 not_apply DEJ OLD_PLEA {"item": "regular_gun"}
path_1203_43 may_apply DEJ OLD_PLEA {"item": None}
path_1203_43 may_apply OLD_PLEA {"disposition": None} \
  {"item": "none", "offense_statute": "hs_11377"}
path_1203_43 not_apply DEJ OLD_PLEA {"disposition": "charges_dropped"} \
  {"program_kind": "pc1001_95"}
path_1203_4b may_apply STRAIGHT
path_1203_4b not_apply
path_1203_4b not_apply NO_PROBATION
path_236_14_15 may_apply {"crime_from_trafficking_or_abuse": True}
path_1473_7 may_apply
path_1473_7 may_apply {"immigration_advice_given": "no"}
path_1473_7 not_apply {"probation_status": "on_now"}
path_1473_7 not_apply VACATED
path_1473_7 may_apply VACATED {"relief_reason": "good_behavior"}
path_1473_7 may_apply VACATED {"relief_reason": "only_to_help_immigration"}
path_1473_7 may_apply VACATED {"relief_reason": "automatic"}
path_1473_7 may_apply VACATED {"relief_reason": "none_stated"}
path_1473_7 may_apply VACATED {"relief_reason": None}
path_1473_7 may_apply DEJ OLD_PLEA {"disposition": "charges_dropped"}
path_1473_7 not_apply DEJ OLD_PLEA {"disposition": "charges_dropped"} \
  {"immigration_status": "citizen_born"}
path_1203_4 not_apply DEJ OLD_PLEA {"disposition": "charges_dropped"}
path_1016_5 may_apply {"judge_gave_warning": False}
path_1016_5 may_apply {"disposition": "on_appeal"}
path_1016_5 may_apply {"disposition": "charges_dropped"} {"plea_or_admission": None}
path_1016_5 not_apply {"immigration_status": "citizen_born"} \
  {"judge_gave_warning": False}
path_custody_remedies may_apply {"probation_status": "on_now"}
path_custody_remedies not_apply
path_17b may_apply FELONY
path_17b not_apply FELONY {"offense_statute": "pc_29800_a_1"}
path_17b not_apply FELONY {"offense_statute": "pc_30600"}
path_17b not_apply FELONY {"offense_statute": "pc_211"}
path_17b may_apply FELONY {"offense_statute": "pc_417_a_2"}
path_18_5 may_apply {"plea_date": "2014-12-31", "sentence_days_imposed": 365}
path_18_5 not_apply {"plea_date": "2014-12-31", "sentence_days_imposed": 364}
path_not_yet applies {"probation_status": "on_now"}
path_not_yet not_apply
path_not_yet may_apply LATE_END {"disposition": "on_appeal"}
path_not_yet not_apply STRAIGHT {"sentence_type": None}
path_not_yet may_apply STRAIGHT {"sentence_type": None} \
  {"sentence_completed_date": "2025-06-01"}
path_not_yet applies STRAIGHT {"sentence_completed_date": "2024-11-24"} \
  {"probation_status": None}
path_early_termination may_apply {"probation_status": "on_now"}
path_early_termination not_apply
path_early_termination not_apply SPLIT {"probation_status": "on_now"}
path_1203_4 not_apply FEDERAL
""".replace("\\\n", "").strip()


def the_case(changes: str) -> dict[str, Any]:
    """CASE with the named and the literal changes, one after the other."""
    names = {k: v for k, v in globals().items() if k.isupper() and isinstance(v, dict)}
    answers = dict(CASE)
    for part in re.findall(r"[A-Z_0-9]+(?=\s|$)|\{.*?\}(?=\s|$)", changes):
        answers |= eval(part, {}, names)  # our own table above
    return answers


@pytest.mark.parametrize("line", EDGES.splitlines())
def test_the_edges_of_the_law_are_where_the_law_file_puts_them(release, line):
    key, level, *changes = line.split(None, 2)
    answers = the_case(changes[0] if changes else "")
    assert levels(release, answers, AS_OF)[key] == level


def severity_of(release: Release, key: str, **changes: Any) -> str:
    outcome = evaluate(release, CASE | changes, AS_OF)
    return next(f.severity for f in outcome.findings if f.key == key)


def test_what_is_urgent_is_urgent(release):
    assert severity_of(release, "removal_proceedings_urgent") == "urgent"
    for disposition, severity in [("open", "urgent"), ("on_appeal", "high")]:
        found = severity_of(release, "conviction_not_final", disposition=disposition)
        assert found == severity
    for answer, severity in [("none", "high"), ("old_order", "urgent")]:
        found = severity_of(release, "mandatory_detention_risk", court_now=[answer])
        assert found == severity
    assert severity_of(release, "see_immigration_attorney") == "urgent"
    quiet = {"offense_statute": "pc_21310", "item": "knife"}
    assert severity_of(release, "see_immigration_attorney", **quiet) == "caution"
    for unsure in ("disposition", "court_now", "item"):
        changes = (quiet if unsure != "item" else {}) | {unsure: None}
        found = severity_of(release, "see_immigration_attorney", **changes)
        assert found == "urgent", unsure


@pytest.mark.parametrize(
    ("changes", "date"),
    [
        (
            NO_PROBATION
            | {"judgment_date": "2026-03-01", "sentence_completed_date": "2026-04-01"},
            "2027-03-02",
        ),
        (LATE_END, "2027-05-15"),
        (LATE_END | {"judgment_date": "2025-06-30"}, "2027-05-15"),
        (SPLIT | {"sentence_completed_date": "2026-06-01"}, "2027-06-02"),
        (STRAIGHT | {"sentence_completed_date": "2025-06-01"}, "2027-06-02"),
        (OLD_PRISON | {"sentence_completed_date": "2025-06-01"}, "2027-06-02"),
        (LATE_END | {"open_cases": True}, None),
        (LATE_END | {"open_cases": None}, None),
        (LATE_END | {"sentence_completed_date": None}, None),
        (LATE_END | {"judgment_date": None}, None),
        (LATE_END | {"probation_status": "on_now"}, None),
        (LATE_END | {"disposition": "on_appeal"}, None),
        ({"probation_status": "on_now"}, None),
        ({"open_cases": True}, None),
    ],
)
def test_too_early_names_the_last_day_of_every_wait_or_none(release, changes, date):
    """R56: a petition that is filed before all of it is over is refused."""
    answers = CASE | changes
    outcome = evaluate(release, answers, AS_OF)
    finding = next(f for f in outcome.findings if f.key == "path_not_yet")
    words = finding_words(release, finding, answers, AS_OF)
    said = [words.body, *words.notes, *words.actions.values()]
    assert finding.level != "not_apply"
    assert sum("ask later" in text for text in said) == 1
    assert [text for text in said if re.search(r"\d{4}", text)] == (
        [f"The earliest date on these answers is {day_in_words(date)}."] if date else []
    )
    if date:
        before = levels(release, answers, day_before(date))
        after = levels(release, answers, date)
        paths = ("path_1203_4a", "path_1203_41", "path_1203_42")
        assert {before[key] for key in paths} == {"not_apply"}
        assert {after[key] for key in paths} != {"not_apply"}
        assert after["path_not_yet"] == "not_apply"


def test_too_early_tells_of_the_wait_that_counts_and_no_other(release):
    answers = CASE | SPLIT | {"sentence_completed_date": "2026-06-01"}
    outcome = evaluate(release, answers, AS_OF)
    finding = next(f for f in outcome.findings if f.key == "path_not_yet")
    said = " ".join(explain(release, answers, finding, AS_OF, "en"))
    assert "1 year or less" in said
    assert "June 2, 2027" in said
    assert "2 years" not in said


def day_before(date: str) -> str:
    return str(datetime.date.fromisoformat(date) - datetime.timedelta(days=1))


def day_in_words(date: str) -> str:
    day = datetime.date.fromisoformat(date)
    return f"{day:%B} {day.day}, {day.year}"


@pytest.mark.parametrize(
    "relief", keys("pc1203_4 pc1203_4a pc1203_41 pc1203_42 pc1203_425 pc1203_43")
)
def test_what_was_cleared_once_is_not_cleared_again(release, relief):
    """Any relief of the family, or a vacatur, closes every path of the family."""
    for case in ({}, NO_PROBATION, SPLIT, STRAIGHT, OLD_PRISON):
        for granted in ([relief], ["other_vacatur"], ["pc1473_7"]):
            answers = CASE | case | {"relief_obtained": granted}
            found = levels(release, answers, AS_OF)
            for key in (*EXPUNGEMENTS, "path_not_yet"):
                assert found[key] == "not_apply", (key, granted)


EXPUNGEMENTS = keys("""
path_1203_4 path_1203_4a path_1203_41 path_1203_42 path_1203_425 path_1203_4b
""")
CLEARING_QUESTIONS = set(
    keys("""
sentence_type probation_status judgment_date sentence_completed_date open_cases
must_register_290 serious_or_violent_felony
""")
)


def asked_by_paths(release: Release, **answers: Any) -> set[str]:
    """The questions about clearing a record that a path still needs on these answers,
    of a citizen by birth: only the paths concern them."""
    case = {k: v for k, v in CASE.items() if k not in CLEARING_QUESTIONS} | answers
    outcome = evaluate(release, case | {"immigration_status": "citizen_born"}, AS_OF)
    paths = [finding for finding in outcome.findings if finding.key in PATHS]
    return {m.question for f in paths for m in f.missing} & CLEARING_QUESTIONS


@pytest.mark.parametrize(
    "ended", keys("arrest_no_charges not_guilty juvenile_court open charges_dropped")
)
def test_who_has_no_conviction_is_asked_nothing_about_clearing_one(release, ended):
    """A plea in a program is none for the state, which dismissed the charge."""
    assert asked_by_paths(release)
    assert not asked_by_paths(release, disposition=ended, plea_or_admission=True)


def test_no_path_asks_an_infraction_about_crimes_that_are_left_out(release):
    """Sex crimes and serious felonies are not infractions, whatever else is open."""
    for infraction in ({"disposition": "infraction"}, {"offense_level": "infraction"}):
        for case in (NO_PROBATION, {"sentence_type": None}, {}):
            asked = asked_by_paths(release, **infraction, **case)
            assert not asked & {"must_register_290", "serious_or_violent_felony"}
        assert {"judgment_date", "open_cases"} <= asked


def test_only_a_non_citizen_who_pleaded_is_asked_about_advice(release):
    """It shuts no path, but a missing explanation is the first thing to tell."""
    citizen = walk(release, CASE | {"immigration_status": "citizen_born"}, AS_OF)
    assert "immigration_advice_given" not in citizen.asked
    told = CASE | {"immigration_advice_given": "no_lawyer"}
    replay = walk(release, told, AS_OF)
    assert "immigration_advice_given" in replay.asked
    outcome = evaluate(release, replay.answers, AS_OF)
    motion = next(f for f in outcome.findings if f.key == "path_1473_7")
    assert "no_advice" in motion.notes


def test_a_path_never_lowers_a_ground(release):
    """No ground reads a path: taking any ordinary dismissal changes no ground."""
    before = levels(release, CASE | MATCH, AS_OF)
    for relief in ("pc1203_4", "pc1203_4a", "pc1203_41", "pc1203_42", "pc1203_425"):
        after = levels(release, CASE | MATCH | {"relief_obtained": [relief]}, AS_OF)
        for key in (*R12_TO_R20, *R21_TO_R31):
            assert after[key] == before[key], (relief, key)


def test_live_is_exactly_a_conviction_that_is_settled_or_not(release):
    """`live` is written out in the pack: it must not drift from its two halves."""
    program, checked = release.program, 0
    for disposition in release.questions["disposition"].options:
        for level in release.questions["offense_level"].options:
            for ordered in (["jail"], ["fine_suspended_unconditionally"], ["nothing"]):
                for plea in (True, False):
                    case = CASE | {
                        "disposition": disposition,
                        "offense_level": level,
                        "punishment_ordered": ordered,
                        "plea_or_admission": plea,
                    }
                    cells = parse_answers(release, case).cells
                    values = program.run(cells, program.law(AS_OF))
                    live, settled, unsettled = (
                        values[program.slots[program.roots[f"facts/{key}"]]]
                        for key in ("live", "conviction", "conviction_unsettled")
                    )
                    assert live == max(settled, unsettled)
                    assert not (settled and unsettled)
                    checked += 1
    assert checked == 11 * 4 * 3 * 2
