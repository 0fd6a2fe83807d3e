"""What the law file says of everybody is proven of every set of answers there is.

Each line is a condition on answers and what a finding may come to where it holds. The
engine's search looks for answers that meet the condition and say otherwise; that there
are none counts only where every case was covered.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from screening_block.engine import load_release
from screening_block.engine.levels import level_of
from screening_block.engine.model import LEVEL_CONDITIONS
from screening_block.engine.search.examiner import Examiner
from screening_block.engine.search.narrow import Goal, yes
from tests.california_firearms.test_findings import OFF_FOR_CITIZENS, keys
from tests.law_pack import law_pack

AS_OF = "2026-11-23"
BUDGET = 1_000_000
#: A release has room for so many conditions more.
AT_ONCE = 50
Condition = dict[str, Any]


def all_of(*parts: Condition) -> Condition:
    return {"op": "all", "of": list(parts)}


def any_of(*parts: Condition) -> Condition:
    return {"op": "any", "of": list(parts)}


def no(part: Condition) -> Condition:
    return {"op": "not", "of": [part]}


def one(question: str, *values: Any) -> Condition:
    """The answer is one of these; of a yes-no question the one value."""
    if isinstance(values[0], bool):
        return {"op": "is", "question": question, "value": values[0]}
    return {"op": "in", "question": question, "values": list(values)}


def has(question: str, *values: str) -> Condition:
    return {"op": "has_any", "question": question, "values": list(values)}


def unsure(question: str) -> Condition:
    return {"op": "dont_know", "question": question}


def chart(column: str, *values: str) -> Condition:
    test = "has_any" if column == "also" else "in"
    named = {"question": "offense_statute", "column": column}
    return {"op": "column", **named, "test": test, "values": list(values)}


def at(question: str, cmp: str, value: Any) -> Condition:
    left = {"question": question}
    return {"op": "compare", "left": left, "cmp": cmp, "right": {"value": value}}


def status(*values: str) -> Condition:
    return one("immigration_status", *values)


CITIZEN = status("citizen_born", "citizen_naturalized")
OTHERS = keys("""
    lpr refugee asylee asylum_pending withholding_cat pending_green_card daca tps visa
    visa_waiver u_t_vawa sij parole none
""")
NONCITIZEN = status(*OTHERS)
ADMITTED = status("lpr", "refugee", "visa", "visa_waiver")
NEVER_ADMITTED = all_of(
    one("entry_manner", "unchecked", "paroled"),
    one("admitted_later", False),
    status("none", "daca", "tps", "asylum_pending", "asylee", "parole", "sij"),
)
CONVICTED = one("disposition", "convicted_plea", "convicted_trial")
#: A judgment of guilt for more than a ticket, and nothing a court did later.
STANDS = all_of(
    CONVICTED,
    one("offense_level", "felony", "misdemeanor"),
    has("relief_obtained", "none"),
)
FELONY = all_of(STANDS, one("offense_level", "felony"))
MISDEMEANOR = all_of(STANDS, one("offense_level", "misdemeanor"))
PROGRAM = one("disposition", "charges_dropped", "pretrial_diversion_no_plea")
PENALTY = has("punishment_ordered", "jail", "probation", "fine", "classes")
CLEARED = keys("pc1203_4 pc1203_4a pc1203_41 pc1203_42 pc1203_425")
LEGAL_REASON = all_of(
    has("relief_obtained", "pc1473_7", "other_vacatur"),
    one("relief_reason", "legal_mistake", "immigration_advice_error"),
)
MATCHES = chart("firearm", "special", "federal")
SALE = chart("also", "drug_sale")
THEFT_YEAR = all_of(
    chart("also", "theft", "burglary"), at("sentence_days_imposed", "ge", 365)
)
FILING = has("plans", "naturalization", "green_card", "asylum", "daca_renewal")
TRAVEL = has("plans", "travel")
GROUNDS = keys("""
    firearm_ground agg_felony_firearm agg_felony_violence_1yr agg_felony_drug
    agg_felony_theft_1yr cimt_single cimt_multiple dv_ground drug_ground daca_bar
    tps_bar nonlpr_cancellation_bar asylum_psc natz_permanent_bar
""")
AT_MOST_MAY = keys("""
    path_1473_7 path_1016_5 path_custody_remedies path_236_14_15 path_1203_49 path_18_5
    path_17b path_1203_425 path_1203_41 path_1203_42
""")
NEW_GROUNDS = keys("agg_felony_drug agg_felony_theft_1yr reentry_after_removal")
NEVER, MAYBE, SURE = ("not_apply",), ("may_apply",), ("applies",)
RAISED, DOUBTED = ("applies", "may_apply"), ("may_apply", "not_apply")

Law = tuple[str, Condition, str, tuple[str, ...]]
LAWS: list[Law] = [
    # Who it is
    *[
        ("R32 turns it off", CITIZEN, key, NEVER)
        for key in dict.fromkeys((*OFF_FOR_CITIZENS, *NEW_GROUNDS))
        if key != "federal_gun_possession_ban"
    ],
    ("R54 for every non-citizen", NONCITIZEN, "see_immigration_attorney", SURE),
    ("R51", all_of(NONCITIZEN, has("court_now", "court", "old_order")),
     "removal_proceedings_urgent", SURE),
    ("R47", NEVER_ADMITTED, "never_admitted_note", SURE),
    ("R12 needs an admission", NEVER_ADMITTED, "firearm_ground", NEVER),
    ("R59", all_of(NONCITIZEN, one("removed_before", True),
     one("reentered_after", True)), "reentry_after_removal", MAYBE),
    ("R59 unsure", all_of(NONCITIZEN, unsure("removed_before")),
     "reentry_after_removal", MAYBE),
    ("R59 none", one("removed_before", False), "reentry_after_removal", NEVER),
    ("R33 listed", all_of(status("citizen_naturalized"),
     one("citizenship_disclosure", "before_and_listed")),
     "naturalized_denaturalization", NEVER),
    # What counts as a conviction
    ("R03 beside a plea", all_of(PROGRAM, one("plea_or_admission", True), PENALTY),
     "not_a_conviction", DOUBTED),
    ("R02 of a plea first", all_of(NONCITIZEN, PROGRAM, PENALTY,
     one("plea_or_admission", True)), "conviction_exists", RAISED),
    ("R03 of an open case", one("disposition", "open"), "not_a_conviction", NEVER),
    ("R04", all_of(NONCITIZEN, one("disposition", "open")),
     "conviction_not_final", SURE),
    *[("a plea in doubt", all_of(PROGRAM, unsure("plea_or_admission")), key, DOUBTED)
      for key in GROUNDS],
    *[("a vacatur that holds", all_of(CONVICTED, LEGAL_REASON), key, DOUBTED)
      for key in GROUNDS],
    # Grounds
    ("R12", all_of(ADMITTED, STANDS, MATCHES), "firearm_ground", SURE),
    ("R12 unlisted", all_of(ADMITTED, STANDS, one("item", "knife", "bb_or_replica"),
     any_of(unsure("offense_statute"), one("offense_statute", "other"))),
     "firearm_ground", MAYBE),
    ("R13 beside R29", all_of(NEVER_ADMITTED, STANDS, chart("firearm", "general"),
     has("court_now", "none")), "antique_mismatch_argument", SURE),
    ("R18", all_of(ADMITTED, STANDS, one("victim_protected", True),
     one("offense_act", "assault", "threat", "brandishing")), "dv_ground", MAYBE),
    ("R29", all_of(NEVER_ADMITTED, STANDS, MATCHES), "nonlpr_cancellation_bar", SURE),
    ("R60", all_of(NONCITIZEN, STANDS, SALE), "agg_felony_drug", MAYBE),
    ("R60 simple", one("offense_statute", "hs_11350", "hs_11377"),
     "agg_felony_drug", NEVER),
    ("R61", all_of(NONCITIZEN, STANDS, THEFT_YEAR), "agg_felony_theft_1yr", MAYBE),
    *[(f"R60, R61 feed {key}", all_of(status("lpr"), STANDS, cause, FILING), key,
       RAISED)
      for cause in (SALE, THEFT_YEAR)
      for key in ("lpr_cancellation_barred", "mandatory_detention_risk")],
    *[("R20", all_of(NEVER_ADMITTED, part), "mandatory_detention_risk", MAYBE)
      for part in (all_of(STANDS, MATCHES), chart("also", "theft", "burglary"),
                   one("listed_arrest", True), has("court_now", "ice_custody"))],
    # Status, plans, trips
    ("R43", all_of(status("daca"), MISDEMEANOR, any_of(MATCHES,
     chart("also", "domestic", "sexual", "burglary", "drug_sale", "dui"))),
     "daca_bar", SURE),
    ("R43 felony", all_of(status("daca"), FELONY), "daca_bar", SURE),
    ("R43 expunged", all_of(status("daca"), has("relief_obtained", *CLEARED)),
     "daca_bar", DOUBTED),
    ("R45 felony", all_of(status("tps"), FELONY), "tps_bar", SURE),
    ("R45 two counts", all_of(status("tps"), MISDEMEANOR, one("more_counts", True)),
     "tps_bar", SURE),
    ("R49 felony", FELONY, "federal_gun_possession_ban", SURE),
    ("R49 domestic", all_of(MISDEMEANOR, chart("also", "domestic")),
     "federal_gun_possession_ban", RAISED),
    ("R41", all_of(status(*OTHERS[3:]), FILING), "filing_risk_nta", RAISED),
    ("R41 acquitted", all_of(status("lpr", "refugee", "asylee"),
     one("disposition", "not_guilty", "juvenile_court")), "filing_risk_nta", NEVER),
    ("R35 open", all_of(status("lpr"), TRAVEL, one("disposition", "open")),
     "lpr_travel_risk", SURE),
    ("R35 a drug charge", all_of(status("lpr"), TRAVEL, chart("also", "drug"),
     one("disposition", "charges_dropped", "arrest_no_charges")),
     "lpr_travel_risk", RAISED),
    ("R36", all_of(status(*OTHERS[1:]), TRAVEL), "travel_risk_nonlpr", SURE),
    ("R48", all_of(NONCITIZEN, CONVICTED), "disclosure_required", SURE),
    ("R27", all_of(status("lpr"), one("disposition", "not_guilty",
     "arrest_no_charges")), "lpr_cancellation_possible", NEVER),
    ("R38 early", at("plea_date", "lt", "1990-11-29"), "natz_permanent_bar", NEVER),
    # Clearing a case
    ("R08 never for a gun", MATCHES, "first_drug_exception_pre2011", NEVER),
    ("R08 never for a sale", SALE, "first_drug_exception_pre2011", NEVER),
    ("R09", all_of(has("relief_obtained", "sentence_cut"),
     at("relief_request_date", "le", "2019-10-25")), "sentence_change_limited", NEVER),
    ("no wobbler", one("offense_statute", "pc_30600", "pc_211", "pc_29900"),
     "path_17b", NEVER),
    ("infractions", one("offense_level", "infraction"), "path_1203_4", NEVER),
    ("cleared", has("relief_obtained", *CLEARED), "path_1203_4", NEVER),
    *[("a judge decides", any_of(CITIZEN, NONCITIZEN), key, DOUBTED)
      for key in AT_MOST_MAY],
]  # fmt: skip


def examined(laws: list[Law]) -> dict[int, str]:
    """What is wrong with each law, by its place."""
    found: dict[int, str] = {}
    for first in range(0, len(laws), AT_ONCE):
        some = laws[first : first + AT_ONCE]
        data = law_pack().release()
        # Room for what is to hold: lines in short decide no level.
        del data["short"]
        for said in data["texts"].values():
            del said["short"]
        labels = data["texts"]["en"]["facts"]
        for place, (_name, when, _key, _allowed) in enumerate(some):
            data["facts"].append({"key": f"law_{place}", "when": when})
            labels[f"law_{place}"] = next(iter(labels.values()))
        ex = Examiner(load_release(data), AS_OF, BUDGET, None)
        for place, (_name, _when, key, allowed) in enumerate(some):
            if said := broken(ex, f"facts/law_{place}", key, allowed):
                found[first + place] = said
    return found


def broken(ex: Examiner, when: str, key: str, allowed: tuple[str, ...]) -> str:
    """Answers that break a law, or why it is not proven; "" if it is."""
    met = yes(ex.slot(when))
    if ex.can(met).answers is None:
        return "nobody can meet it"
    slots = [ex.slot(f"findings/{key}/{name}") for name in LEVEL_CONDITIONS]
    for values in product((0, 1, 2), repeat=3):
        if (level := level_of(*values)) in allowed:
            continue
        goals = [Goal(slot, v, v) for slot, v in zip(slots, values, strict=True)]
        verdict = ex.can(met, *goals)
        if verdict.answers is not None:
            return f"{level}: {verdict.answers}"
        if not verdict.proven:
            return f"{level}: not proven"
    return ""


@pytest.fixture(scope="module")
def wrong() -> dict[int, str]:
    return examined(LAWS)


@pytest.mark.parametrize(
    "place", range(len(LAWS)), ids=[f"{name}, {key}" for name, _w, key, _a in LAWS]
)
def test_it_holds_whatever_is_answered(wrong, place):
    assert place not in wrong, wrong[place]


def test_a_law_that_does_not_hold_is_found_out():
    said = examined([("", NONCITIZEN, "firearm_ground", NEVER)])
    assert "'immigration_status': " in said[0]
