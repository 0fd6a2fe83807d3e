"""The law file's tables of questions, thresholds and statutes, held to the letter.

The expected tables below are transcribed from the law file by hand. Where a test here
fails, the pack has left the law file; change the table only when the law file does.
"""

import re
from statistics import median
from typing import Any

import pytest

from screening_block.engine import check, levels, load_release, walk
from screening_block.packs.read import Pack
from screening_block.reports.reading import compute_grade, count_syllables
from tests.law_pack import law_pack

AS_OF = "2026-11-23"

# key: type (and unit) : options; * marks the option that excludes all others
QUESTIONS = """
immigration_status: choice: citizen_born citizen_naturalized lpr refugee asylee
  asylum_pending withholding_cat pending_green_card daca tps visa visa_waiver u_t_vawa
  sij parole none
citizen_parent: yes_no:
entry_manner: choice: let_in unchecked paroled
admitted_later: yes_no:
court_now: choices: court ice_custody old_order none*
held_outside_ninth_circuit: yes_no:
removed_before: yes_no:
reentered_after: yes_no optional:
plans: choices: naturalization green_card renew_green_card daca_renewal tps_renewal
  asylum visa travel nothing*
trip_days: integer days:
disposition: choice: convicted_plea convicted_trial plea_judgment_withheld
  pretrial_diversion_no_plea charges_dropped arrest_no_charges not_guilty
  juvenile_court infraction open on_appeal
plea_or_admission: yes_no:
program_kind: choice: pc1000_deferred_entry pc1001_95 military_or_mental_health other
  no_program
punishment_ordered: choices: jail prison probation mandatory_supervision fine classes
  community_service stay_away_order fine_suspended_unconditionally nothing*
offense_statute: choice statutes:
item: choice: regular_gun assault_weapon short_shotgun machine_gun ammunition_only
  knife bb_or_replica enhancement none
offense_act: choice: possession possession_prohibited_person carry brandishing
  discharge assault threat sale_or_transfer drug_possession other
victim_protected: yes_no:
drug_charge: yes_no:
first_drug_case: yes_no:
offense_level: choice: felony misdemeanor felony_reduced infraction
more_counts: yes_no:
listed_arrest: yes_no:
offense_date: date:
first_admission_date: date:
let_in_again: yes_no:
last_admission_date: date:
lpr_since: date:
citizenship_disclosure: choice: before_and_listed before_not_listed after_oath
oath_date: date:
plea_date: date:
sentence_days_imposed: integer days:
suspension_type: choice: never_set set_then_suspended not_suspended
sentence_type: choice: probation jail_or_fine_no_probation county_jail_1170h_straight
  county_jail_1170h_split state_prison federal_prison
probation_status: choice: completed ended_early on_now violated_but_ended
  never_granted
judgment_date: date:
sentence_completed_date: date:
open_cases: yes_no:
must_register_290: yes_no:
serious_or_violent_felony: yes_no:
relief_obtained: choices: pc1203_4 pc1203_4a pc1203_41 pc1203_42 pc1203_425 pc1203_43
  pc1473_7 other_vacatur pc17b sentence_cut pardon_governor pardon_president
  arrest_sealed dismissed_after_program none*
relief_reason: choice: legal_mistake immigration_advice_error new_innocence_evidence
  good_behavior only_to_help_immigration automatic none_stated
relief_request_date: date:
immigration_advice_given: choice: yes no no_lawyer
judge_gave_warning: yes_no:
other_convictions: choice: none one two_or_more
other_moral_turpitude_separate: yes_no:
total_sentence_days: integer days:
filing_date: date:
married_to_citizen_3yrs: yes_no:
confinement_days_in_lookback: integer days:
crime_from_trafficking_or_abuse: yes_no optional:
"""

# key: value, unit, status
THRESHOLDS = """
af_term 365 days needs_checking
cimt_years 5 years verified
cimt_max 1 years verified
ca_misd_364 2015-01-01 - verified
lujan_cutoff 2011-07-14 - verified
sent_mod 2019-10-25 - needs_checking
gmc_5 5 years verified
gmc_3 3 years verified
confined 180 days verified
af_natz 1990-11-29 - needs_checking
lpr_absence 180 days verified
petty 1 years verified
petty_sentence 180 days verified
agg_5y 1825 days verified
lpr_cancel 5 years needs_checking
lpr_cancel_residence 7 years needs_checking
nonlpr_cancel 10 years verified
psc_wh 1825 days needs_checking
tps_bar 1 - needs_checking
tps_bar_misdemeanors 2 - needs_checking
daca_cust 90 days verified
w_1203_4a 1 years verified
w_1203_41_split 1 years verified
w_1203_41 2 years verified
w_1203_41_prison 2 years verified
w_1203_42 2 years verified
realignment 2011-10-01 - needs_checking
auto_fel 4 years verified
ban_misd 10 years verified
"""
# The others hold as far back as dates go: the law file gives them no beginning.
BEGINS = {
    "sent_mod": "2024-07-29",
    "w_1203_41_prison": "2023-01-01",
    "auto_fel": "2024-10-01",
}

COLUMNS = {
    "firearm": (["general", "special", "other", "federal", "ammunition", "none"], None),
    "agg_felony_firearm": (["federal", "candidate", "no"], None),
    "cimt": (["likely", "uncertain", "unlikely"], None),
    "violence": (["candidate", "no"], "no"),
    "also": (
        ["drug", "drug_sale", "domestic", "sale", "theft", "burglary", "dui", "sexual"],
        [],
    ),
    "term": (["state_prison", "county_jail_felony", "wobbler"], None),
}
# statute | firearm | agg_felony_firearm | cimt | violence | also | term
# Nothing: the column's default. The law file calls a blank `agg_felony_firearm` "no",
# all but two; so "no" is written out, and the default is unknown.
CHART = """
PC 25400|general|no|unlikely|||wobbler
PC 25850|general|no|unlikely|||wobbler
PC 26350|other|no|unlikely|||
PC 26400|other|no|unlikely|||
PC 29800(a)(1)|general|candidate|uncertain|||state_prison
PC 29805|general|no||||wobbler
PC 29815|general|no||||
PC 29825|general|no|||domestic|
PC 29900|general|candidate||||state_prison
PC 29610|general|no||||
PC 417(a)(2)|general|no|uncertain|||
PC 417.4|none|no||||
PC 245(a)(1)|none|no|likely|candidate||wobbler
PC 245(a)(2)|general|no|likely|candidate||wobbler
PC 246|general|no|likely|no||wobbler
PC 246.3(a)|general|no|uncertain|no||
PC 422|none|no|likely|candidate||wobbler
PC 211|none|no|likely|candidate|theft|state_prison
PC 273.5|none|no|likely|candidate|domestic|wobbler
PC 243(e)(1)|none|no|uncertain|no|domestic|
PC 273.6|none|no|uncertain|no|domestic|
PC 243.4|none|no|likely|no|sexual|wobbler
PC 484|none|no|likely||theft|
PC 487|none|no|likely|no|theft|wobbler
PC 459|none|no|uncertain|no|burglary|wobbler
PC 459.5|none|no|likely|no|theft|
PC 496(a)|none|no|uncertain|no|theft|wobbler
VC 23152|none|no|unlikely|no|dui|
PC 626.9|general|no|uncertain|||
PC 12022(c)|general|no|||drug drug_sale|
PC 30600|special|candidate|||sale|county_jail_felony
PC 30605|special|no|unlikely|||wobbler
PC 30610|special|no||||
PC 32625|other|candidate||||
PC 33215|special|no|unlikely|||wobbler
PC 33410|other|||||
PC 18710|other|||||
PC 26500|other|candidate|||sale|
PC 27500 to 27590|other|candidate|||sale|
PC 30305(a)(1)|ammunition|candidate||||
PC 21310|none|no||||
PC 12021(a)(1) (former)|general|candidate|uncertain|||state_prison
PC 12021(c)(1) (former)|general|no|unlikely|||
PC 12025 (former)|general|no|unlikely|||
PC 12031 (former)|general|no|unlikely|||
PC 12280(b) (former)|special|no||||wobbler
HS 11350|none|no|||drug|
HS 11377|none|no|||drug|
HS 11351|none|no|||drug drug_sale|
HS 11352|none|no|likely|no|drug drug_sale|
HS 11378|none|no|likely|no|drug drug_sale|
HS 11379|none|no|likely|no|drug drug_sale|
HS 11370.1|general|no|||drug|
18 USC 922(g)(1)|federal|federal||||
18 USC 922(g)(5)|federal|federal||||
18 USC 922(o)|federal|federal||||
"""
READ_IN_THE_LIVE_CHART = {"PC 29800(a)(1)", "PC 33215", "PC 246"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return law_pack()


@pytest.fixture(scope="module")
def release(pack: Pack) -> dict[str, Any]:
    return pack.release()


def table(text: str) -> list[str]:
    """The lines of a table; an indented line continues the one before."""
    return re.sub(r"\n +", " ", text).strip().splitlines()


def test_questions_options_and_their_order_are_those_of_the_law_file(pack):
    found = []
    for q in pack.parts["questions"]:
        kind = [q["type"], q.get("chart"), q.get("unit")]
        kind += ["optional"] if q.get("optional") else []
        options = [
            o["key"] + "*" * o.get("exclusive", False) for o in q.get("options", [])
        ]
        line = f"{q['key']}: {' '.join(filter(None, kind))}: {' '.join(options)}"
        found.append(line.strip())
    assert found == table(QUESTIONS)


def test_counts_of_days_are_never_below_zero(pack):
    days = [q for q in pack.parts["questions"] if q["type"] == "integer"]
    assert len(days) == 4
    assert all(q["min"] == 0 for q in days)


def test_every_question_says_why_and_court_questions_say_which_paper(pack):
    # Only the visitor knows these; no paper does.
    nowhere = {"plans", "filing_date", "crime_from_trafficking_or_abuse"}
    nowhere.add("reentered_after")
    for q in pack.parts["questions"]:
        assert q["why"].endswith("."), q["key"]
        assert ("where" in q) == (q["key"] not in nowhere), q["key"]
    where = {q["key"]: q.get("where", "") for q in pack.parts["questions"]}
    assert "Resident Since" in where["lpr_since"]
    assert "minute order" in where["punishment_ordered"]
    assert "abstract of judgment" in where["sentence_days_imposed"]


def test_thresholds_are_those_of_the_law_file(pack):
    found = [
        f"{t['key']} {t['values'][-1]['value']} {t.get('unit') or '-'} {t['status']}"
        for t in pack.parts["thresholds"]
    ]
    assert found == table(THRESHOLDS)
    for t in pack.parts["thresholds"]:
        begins = [v["from"] for v in t["values"]]
        assert begins == [BEGINS.get(t["key"], "1900-01-01")]
        assert (t["type"] == "date") == isinstance(t["values"][0]["value"], str)


def test_no_attorney_has_checked_anything_and_nothing_says_otherwise(pack, release):
    assert set(release["review"].values()) == {None}
    assert "drafted by people who are not lawyers" in release["texts"]["en"]["intro"]
    assert "not legal advice" in release["texts"]["en"]["intro"]
    rows = pack.parts["charts"][0]["rows"]
    for item in (*pack.parts["thresholds"], *rows, *pack.parts["findings"]):
        assert item.get("checked_on") is None and item.get("checked_by") is None


def test_what_is_verified_rests_on_a_citation_that_is(pack):
    rows = pack.parts["charts"][0]["rows"]
    for item in (*pack.parts["thresholds"], *rows):
        cited = [c for c in item["citations"] if c["status"] == "verified"]
        assert all("source" in c for c in cited), item["key"]
        if item["status"] == "verified":
            assert cited == item["citations"], item["key"]


INTERNAL = re.compile(
    r"\b(not|never|was|were|as) read\b|\bto be checked\b|\bcheck (it|that)\b"
    r"|\bnot been checked\b|\bcommentary\b|\bversions\b|\blaw file\b|\bstored\b",
    re.IGNORECASE,
)


def test_what_visitors_read_of_the_law_says_nothing_to_editors(pack):
    """That is in notes of their own, which no release has."""
    thresholds, rows = pack.parts["thresholds"], pack.parts["charts"][0]["rows"]
    texts = [c["text"] for item in (*thresholds, *rows) for c in item["citations"]]
    for text in (*texts, *(item["note"] for item in thresholds)):
        assert not INTERNAL.search(text), text
    assert INTERNAL.search("Check that it still exists.")
    assert not any("look_again" in text for text in map(repr, pack.release().values()))


def test_the_statute_chart_is_the_law_files_table_cell_by_cell(pack):
    (chart,) = pack.parts["charts"]
    assert chart["key"] == "statutes"
    found = {c["key"]: (c["values"], c["default"]) for c in chart["columns"]}
    assert found == COLUMNS and list(found) == list(COLUMNS)

    def cell(row: dict[str, Any], column: str) -> str:
        value = row["cells"].get(column, "")
        return value if isinstance(value, str) else " ".join(value)

    lines = []
    for row in chart["rows"]:
        statute = row["label"].partition(":")[0]
        lines.append("|".join([statute, *(cell(row, column) for column in COLUMNS)]))
        assert set(row["cells"]) <= set(COLUMNS)
        assert row["key"] == re.sub("[^a-z0-9]+", "_", statute.lower()).strip("_")
        verified = statute in READ_IN_THE_LIVE_CHART
        assert row["status"] == ("verified" if verified else "needs_checking"), statute
        assert row["citations"]
    assert lines == table(CHART)


# Each gate's truth table: the answers, and whether its questions may then be asked.
UNSURE = None
NEVER_LET_IN = {
    "immigration_status": "none",
    "entry_manner": "unchecked",
    "admitted_later": False,
}
SENTENCED = ("convicted_plea", "convicted_trial", "infraction", "on_appeal")
PLEA_PUT_OFF = {"disposition": "plea_judgment_withheld", "plea_or_admission": True}
PLEA_DROPPED = {"disposition": "charges_dropped", "plea_or_admission": True}
CITIZENSHIP = {"plans": ["naturalization"], "disposition": "convicted_plea"}
TRUTH: dict[str, list[tuple[dict[str, Any], bool]]] = {
    "citizen_parent entry_manner court_now": [
        ({}, False),
        *(({"immigration_status": s}, True) for s in ("lpr", "none", UNSURE)),
        ({"immigration_status": "citizen_born"}, False),
        ({"immigration_status": "citizen_naturalized"}, False),
    ],
    "first_admission_date": [
        ({"immigration_status": "daca"}, False),
        ({"immigration_status": "daca", "entry_manner": "let_in"}, True),
        ({"immigration_status": "daca", "entry_manner": UNSURE}, True),
        ({"immigration_status": "lpr", "entry_manner": "unchecked"}, False),
        ({"immigration_status": "citizen_born", "entry_manner": "let_in"}, False),
    ],
    "admitted_later": [
        ({"immigration_status": "none", "entry_manner": "unchecked"}, True),
        ({"immigration_status": "tps", "entry_manner": "paroled"}, True),
        ({"immigration_status": UNSURE, "entry_manner": "unchecked"}, True),
        ({"immigration_status": "none", "entry_manner": "let_in"}, False),
        ({"immigration_status": "none", "entry_manner": UNSURE}, False),
        *(
            ({"immigration_status": status, "entry_manner": "unchecked"}, False)
            for status in ("lpr", "refugee", "visa", "visa_waiver")
        ),
    ],
    "removed_before": [
        ({"immigration_status": "lpr"}, True),
        ({"immigration_status": UNSURE}, True),
        ({"immigration_status": "citizen_born"}, False),
        ({"immigration_status": "citizen_naturalized"}, False),
    ],
    "reentered_after": [
        ({"removed_before": True}, True),
        ({"removed_before": False}, False),
        ({"removed_before": UNSURE}, False),
    ],
    "listed_arrest": [
        ({"immigration_status": "none", "entry_manner": "let_in"}, False),
        ({"immigration_status": "none", "entry_manner": UNSURE}, True),
        (NEVER_LET_IN, True),
        (NEVER_LET_IN | {"admitted_later": UNSURE}, True),
        (NEVER_LET_IN | {"admitted_later": True}, False),
        ({"immigration_status": "lpr", "entry_manner": "unchecked"}, False),
        ({"immigration_status": "citizen_born", "entry_manner": "unchecked"}, False),
    ],
    "let_in_again": [
        ({"entry_manner": "let_in"}, True),
        ({"entry_manner": "unchecked"}, False),
        ({"entry_manner": UNSURE}, False),
    ],
    "last_admission_date": [
        ({"entry_manner": "let_in", "let_in_again": True}, True),
        (NEVER_LET_IN | {"admitted_later": True}, True),
        ({"entry_manner": "let_in", "let_in_again": False}, False),
        ({"entry_manner": "let_in", "let_in_again": UNSURE}, False),
        (NEVER_LET_IN, False),
    ],
    "more_counts": [
        ({"immigration_status": "tps", "disposition": "convicted_plea"}, True),
        ({"immigration_status": "tps", "disposition": UNSURE}, True),
        ({"immigration_status": "tps", "disposition": "not_guilty"}, False),
        ({"immigration_status": "daca", "disposition": "convicted_plea"}, False),
        (
            {
                "immigration_status": "none",
                "plans": ["tps_renewal"],
                "disposition": "convicted_trial",
            },
            True,
        ),
    ],
    "lpr_since": [
        ({"immigration_status": "lpr"}, True),
        ({"immigration_status": "refugee"}, False),
        ({"immigration_status": UNSURE}, False),
    ],
    "held_outside_ninth_circuit": [
        ({"court_now": ["court"]}, True),
        ({"court_now": ["ice_custody", "old_order"]}, True),
        ({"court_now": ["old_order"]}, False),
        ({"court_now": ["none"]}, False),
        ({"court_now": UNSURE}, False),
    ],
    "plea_or_admission": [
        ({}, False),
        ({"disposition": "plea_judgment_withheld"}, True),
        ({"disposition": "pretrial_diversion_no_plea"}, True),
        ({"disposition": "charges_dropped"}, True),
        ({"disposition": UNSURE}, True),
        ({"disposition": "convicted_plea"}, False),
        ({"disposition": "not_guilty"}, False),
    ],
    "program_kind": [
        ({"disposition": "plea_judgment_withheld"}, True),
        ({"disposition": "pretrial_diversion_no_plea"}, True),
        ({"disposition": "charges_dropped"}, True),
        ({"disposition": "arrest_no_charges"}, False),
        ({"disposition": UNSURE}, False),
    ],
    "punishment_ordered": [
        ({"disposition": "convicted_plea"}, True),
        ({"disposition": "convicted_trial"}, True),
        ({"disposition": "plea_judgment_withheld"}, True),
        ({"disposition": UNSURE}, True),
        ({"disposition": "charges_dropped", "plea_or_admission": True}, True),
        ({"disposition": "charges_dropped", "plea_or_admission": UNSURE}, True),
        ({"disposition": "charges_dropped", "plea_or_admission": False}, False),
        ({"disposition": "arrest_no_charges"}, False),
        ({"disposition": "not_guilty"}, False),
    ],
    "offense_statute": [
        ({}, False),
        ({"disposition": "convicted_plea"}, True),
        ({"disposition": "open"}, True),
        ({"disposition": UNSURE}, True),
        ({"disposition": "not_guilty"}, False),
    ],
    "first_drug_case": [
        ({"drug_charge": True}, True),
        ({"drug_charge": False}, False),
        ({"drug_charge": UNSURE}, False),
    ],
    "sentence_days_imposed": [
        ({}, False),
        *(({"disposition": d}, True) for d in SENTENCED),
        ({"disposition": UNSURE}, True),
        ({"disposition": "charges_dropped", "plea_or_admission": False}, False),
        (PLEA_PUT_OFF | {"punishment_ordered": ["classes", "jail"]}, True),
        (PLEA_PUT_OFF | {"punishment_ordered": UNSURE}, True),
        (PLEA_PUT_OFF | {"punishment_ordered": ["classes", "probation"]}, False),
        (PLEA_DROPPED | {"punishment_ordered": ["jail"]}, True),
        (PLEA_DROPPED | {"punishment_ordered": UNSURE}, True),
        (PLEA_DROPPED | {"punishment_ordered": ["fine"]}, False),
    ],
    "sentence_type": [
        ({}, False),
        *(({"disposition": d}, True) for d in SENTENCED),
        ({"disposition": "plea_judgment_withheld"}, True),
        ({"disposition": UNSURE}, True),
        ({"disposition": "charges_dropped"}, False),
        ({"disposition": "pretrial_diversion_no_plea"}, False),
        ({"disposition": "arrest_no_charges"}, False),
    ],
    "probation_status": [
        ({}, False),
        ({"disposition": "convicted_plea"}, True),
        ({"disposition": "plea_judgment_withheld"}, True),
        ({"disposition": UNSURE}, True),
        ({"disposition": "charges_dropped", "plea_or_admission": False}, False),
        (PLEA_DROPPED | {"punishment_ordered": ["probation"]}, True),
        (PLEA_DROPPED | {"punishment_ordered": UNSURE}, True),
        (PLEA_DROPPED | {"punishment_ordered": ["classes", "fine"]}, False),
    ],
    "sentence_completed_date": [
        ({}, False),
        ({"disposition": "convicted_plea", "probation_status": "completed"}, True),
        ({"disposition": "convicted_plea", "probation_status": "never_granted"}, True),
        ({"disposition": "convicted_plea", "probation_status": UNSURE}, True),
        ({"disposition": "convicted_plea", "probation_status": "on_now"}, False),
        (
            PLEA_DROPPED
            | {"punishment_ordered": ["probation"], "probation_status": "completed"},
            False,
        ),
    ],
    "relief_obtained": [
        ({}, False),
        ({"disposition": "open"}, False),
        ({"disposition": "not_guilty"}, True),
        ({"disposition": "convicted_plea"}, True),
        ({"disposition": UNSURE}, True),
    ],
    "serious_or_violent_felony": [
        ({"offense_level": "felony"}, True),
        ({"offense_level": "felony_reduced"}, False),
        ({"offense_level": "misdemeanor"}, False),
    ],
    "relief_reason": [
        *(
            ({"relief_obtained": [r]}, True)
            for r in ("pc1473_7", "other_vacatur", "pc1203_43", "sentence_cut")
        ),
        ({"relief_obtained": ["pc1203_4", "sentence_cut"]}, True),
        ({"relief_obtained": ["pc1203_4", "pc17b"]}, False),
        ({"relief_obtained": ["none"]}, False),
    ],
    "relief_request_date": [
        ({"relief_obtained": ["sentence_cut"]}, True),
        ({"relief_obtained": ["pc1473_7"]}, False),
    ],
    "immigration_advice_given judge_gave_warning": [
        ({"disposition": "convicted_plea"}, True),
        ({"disposition": "plea_judgment_withheld"}, True),
        ({"disposition": "charges_dropped", "plea_or_admission": True}, True),
        ({"disposition": "charges_dropped", "plea_or_admission": False}, False),
        ({"disposition": "convicted_trial"}, False),
    ],
    "other_moral_turpitude_separate total_sentence_days": [
        ({}, False),
        ({"other_convictions": "one"}, True),
        ({"other_convictions": "two_or_more"}, True),
        ({"other_convictions": UNSURE}, True),
        ({"other_convictions": "none"}, False),
    ],
    "plans": [
        ({}, False),
        ({"immigration_status": "citizen_naturalized"}, True),
        ({"immigration_status": "tps"}, True),
        ({"immigration_status": UNSURE}, True),
        ({"immigration_status": "citizen_born"}, False),
    ],
    "trip_days": [
        ({"plans": ["green_card", "travel"]}, True),
        ({"plans": ["naturalization"]}, False),
        ({"plans": ["nothing"]}, False),
    ],
    # Older than five years today is older still on the day of filing
    "filing_date married_to_citizen_3yrs": [
        (CITIZENSHIP | {"offense_date": "2021-11-23"}, True),
        (CITIZENSHIP | {"offense_date": UNSURE}, True),
        (CITIZENSHIP | {"offense_date": "2021-11-22", "plea_date": UNSURE}, True),
        (CITIZENSHIP | {"offense_date": "2021-11-22", "plea_date": "2021-11-23"}, True),
        (
            CITIZENSHIP | {"offense_date": "2021-11-22", "plea_date": "2021-11-22"},
            False,
        ),
        (
            {
                "plans": ["naturalization"],
                "disposition": "charges_dropped",
                "plea_or_admission": False,
                "program_kind": "no_program",
                "offense_date": "2021-11-22",
            },
            False,
        ),
        (CITIZENSHIP | {"plans": ["travel"], "offense_date": UNSURE}, False),
        (CITIZENSHIP | {"plans": UNSURE, "offense_date": UNSURE}, False),
    ],
    "confinement_days_in_lookback": [
        (CITIZENSHIP | {"sentence_days_imposed": 1}, True),
        (CITIZENSHIP | {"sentence_days_imposed": UNSURE}, True),
        (
            CITIZENSHIP | {"sentence_days_imposed": 0, "other_convictions": "none"},
            False,
        ),
        (CITIZENSHIP | {"sentence_days_imposed": 0, "other_convictions": "one"}, True),
        (CITIZENSHIP | {"sentence_days_imposed": 0, "other_convictions": None}, True),
        (CITIZENSHIP | {"plans": ["travel"], "sentence_days_imposed": 1}, False),
    ],
    "citizenship_disclosure oath_date": [
        ({"immigration_status": "citizen_naturalized"}, True),
        ({"immigration_status": "citizen_born"}, False),
        ({"immigration_status": "lpr"}, False),
    ],
}

GATES = {key: rows for keys, rows in TRUTH.items() for key in keys.split()}


@pytest.fixture(scope="module")
def gates(release):
    """A release whose findings are the gates: one applies when its question may be."""
    finding = release["findings"][0]
    kept = ("group", "severity", "citations", "status", "checked_on")
    base = {name: finding[name] for name in kept} | {"actions": []}
    gated = {q["key"]: q["ask_when"] for q in release["questions"] if "ask_when" in q}
    copy = release | {
        "exclusive": [],
        "facts": release["facts"],
        "findings": [base | {"key": k, "applies_when": g} for k, g in gated.items()],
    }
    texts = release["texts"]["en"] | {
        "findings": {key: {"heading": key, "body": key} for key in gated},
        "facts": {f["key"]: {"label": f["key"]} for f in copy["facts"]},
    }
    return load_release(copy | {"texts": {"en": texts}})


def test_every_gate_has_a_truth_table(gates):
    assert set(GATES) == {finding["key"] for finding in gates.data["findings"]}


@pytest.mark.parametrize("question", GATES)
def test_a_question_waits_exactly_for_what_the_law_file_says(gates, question):
    for answers, asked in GATES[question]:
        level = levels(gates, answers, AS_OF)[question]
        assert (level == "applies") == asked, answers


def test_a_gate_reads_only_questions_that_were_asked_before(release):
    before: set[str] = set()
    for question in release["questions"]:
        condition = repr(question.get("ask_when", {}))
        read = set(re.findall(r"'question': '(\w+)'", condition))
        assert read <= before, question["key"]
        before.add(question["key"])


def test_a_citizen_by_birth_is_asked_nothing_about_immigration(release):
    asked = walk_all(load_release(release), {"immigration_status": "citizen_born"})
    immigration = {
        *("citizen_parent", "entry_manner", "first_admission_date", "lpr_since"),
        *("court_now", "held_outside_ninth_circuit", "plans", "citizenship_disclosure"),
        *("admitted_later", "removed_before", "reentered_after", "listed_arrest"),
        *("let_in_again", "last_admission_date", "more_counts", "oath_date"),
    }
    assert asked and not immigration & set(asked)


def walk_all(release: Any, answers: dict[str, Any]) -> list[str]:
    """Answer "I'm not sure" to whatever comes that ``answers`` does not hold."""
    answers = dict(answers)
    while True:
        step = walk(release, answers, AS_OF)
        if step.next is None:
            return list(step.asked)
        answers[step.next] = None


def test_the_whole_pack_passes_the_engines_checks(release):
    assert check(release, as_of=AS_OF) == []


# ---------------------------------------------------------------- Wording

FORBIDDEN = [
    r"\byou(?:'ll|’ll| will| would| are going to) be (?:deported|removed)",
    r"\byou(?:'re|’re| are) (?:now )?safe\b",
    r"\byou (?:do |now |will )?qualify\b",
    r"\byou (?:don['’]t|do not|need not|never) (?:(?:have|need) to )?disclose",
    r"\byou (?:don['’]t|do not) (?:have|need) to (?:tell|list|report|mention)\b",
    r"\b(?:erased|wiped out|removed) (?:the|your) conviction (?:for|from) immigration",
]
PRIVATE = (
    r"(?i)\b(?:your (?:full )?name|A-number|alien number|address|case number|SSN)\b"
)


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return (
        [s for v in inner for s in strings(v)] if isinstance(value, dict | list) else []
    )


@pytest.mark.parametrize("phrase", FORBIDDEN)
def test_no_text_of_the_pack_promises_an_outcome(pack, phrase):
    said = [s for s in strings(pack.parts) if re.search(phrase, s, re.IGNORECASE)]
    assert said == []


def test_the_forbidden_phrases_are_recognised():
    for text in (
        "You will be deported.",
        "This means you are safe",
        "You qualify for this.",
        "You do not need to disclose it",
    ):
        assert any(re.search(p, text, re.IGNORECASE) for p in FORBIDDEN), text


def test_no_question_asks_who_the_visitor_is(pack):
    for text in strings(pack.parts["questions"]):
        assert not re.search(PRIVATE, text), text


def test_the_reading_grade_tells_plain_from_hard():
    assert compute_grade("The cat sat on the mat.") < 1
    assert compute_grade("Did the judge order jail or a fine?") < 5
    assert [
        count_syllables(w) for w in ("immigration", "judge", "ordered", "paper")
    ] == [*(4, 1, 2, 2)]
    assert (
        compute_grade(
            "Adjudicatory determinations necessitate certified documentation."
        )
        > 15
    )


def test_questions_read_at_school_level(pack):
    grades = {
        (q["key"], part): round(compute_grade(q[part]), 1)
        for q in pack.parts["questions"]
        for part in ("label", "help", "why", "where")
        if part in q
    }
    assert {k: g for k, g in grades.items() if g > 9} == {}
    assert median(grades.values()) <= 7
    labels = [g for (_, part), g in grades.items() if part == "label"]
    assert median(labels) <= 7
