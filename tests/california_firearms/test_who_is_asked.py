"""No question to people it cannot concern, over every scenario of the pack.

The table says whom a question cannot concern, with the place of the law file that says
so. It is written from the law file and common sense, not from the pack's conditions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from screening_block.engine import evaluate, levels, walk
from tests.california_firearms.people import AS_OF, PEOPLE
from tests.california_firearms.six import SIX
from tests.law_pack import law_pack, law_release

Answers = Mapping[str, Any]

CITIZENS = ("citizen_born", "citizen_naturalized")
#: How a case ends without a judgment of guilt: at once, or after a program.
NOTHING_CAME_OF_IT = ("open", "arrest_no_charges", "not_guilty", "juvenile_court")
ENDED_BEFORE_JUDGMENT = ("charges_dropped", "pretrial_diversion_no_plea")
JAIL = {"jail", "prison"}
SUPERVISION = {"prison", "probation", "mandatory_supervision"}
#: Of a sentence, of probation, and of clearing a conviction.
OF_A_SENTENCE = """
sentence_type judgment_date sentence_completed_date open_cases must_register_290
serious_or_violent_felony
"""


@dataclass(frozen=True)
class Rule:
    """Questions that cannot concern whoever gave such answers before, and why."""

    questions: str
    whom: Callable[[Answers], bool]
    why: str


def is_(key: str, *values: Any) -> Callable[[Answers], bool]:
    return lambda given: key in given and given[key] in values


def ordered_without(given: Answers, penalties: set[str]) -> bool:
    """What was ordered is known, and none of these is in it; or nothing was, for there
    was no plea."""
    if "punishment_ordered" not in given:
        return given.get("plea_or_admission") is False
    ordered = given["punishment_ordered"]
    return ordered is not None and not penalties & set(ordered)


def is_older_than_five_years(given: Answers) -> bool:
    """Both the day of the act and the day of the plea, where there was one."""
    today = dt.date.fromisoformat(given["as_of"])
    then = f"{today.year - 5}{given['as_of'][4:]}"
    act, plea = given.get("offense_date"), given.get("plea_date", "")
    return bool(act and plea is not None and act < then and plea < then)


RULES: dict[str, Rule] = {
    "a citizen": Rule(
        """
        citizen_parent entry_manner admitted_later court_now held_outside_ninth_circuit
        removed_before reentered_after plans trip_days first_admission_date let_in_again
        last_admission_date lpr_since listed_arrest more_counts filing_date
        married_to_citizen_3yrs confinement_days_in_lookback total_sentence_days
        other_moral_turpitude_separate immigration_advice_given judge_gave_warning
        """,
        is_("immigration_status", *CITIZENS),
        "(a) not a citizen; (e) R32 turns the immigration rules off",
    ),
    "a citizen by birth": Rule(
        "citizenship_disclosure oath_date offense_date",
        is_("immigration_status", "citizen_born"),
        "(a) citizen_naturalized; (l)(k)10 the day of the act, for R33",
    ),
    "a citizen by birth without a case that counts": Rule(
        "offense_statute offense_act offense_level item drug_charge",
        lambda given: (
            is_("immigration_status", "citizen_born")(given)
            and is_("disposition", *NOTHING_CAME_OF_IT)(given)
        ),
        "(k)16 offense_statute not for born citizens with an arrest alone",
    ),
    "somebody who took no oath": Rule(
        "citizenship_disclosure oath_date",
        lambda given: given.get("immigration_status") not in (None, CITIZENS[1]),
        "(a) citizen_naturalized",
    ),
    "somebody without a green card": Rule(
        "lpr_since",
        lambda given: given.get("immigration_status") not in (None, "lpr"),
        "(a) lpr",
    ),
    "somebody whose status counts as being let in": Rule(
        "admitted_later listed_arrest",
        is_("immigration_status", "lpr", "refugee", "visa", "visa_waiver"),
        "(l)(k)6 ADMITTED is yes",
    ),
    "somebody who was let in the first time": Rule(
        "admitted_later listed_arrest",
        is_("entry_manner", "let_in"),
        "(l)(k)6 asked of who came unchecked or on parole",
    ),
    "somebody who came in unchecked or on parole": Rule(
        "first_admission_date let_in_again",
        is_("entry_manner", "unchecked", "paroled"),
        "(l)(k)6 let in, or not sure",
    ),
    "somebody who was never removed": Rule(
        "reentered_after", is_("removed_before", False), "(l)(k)6 removed_before is yes"
    ),
    "somebody with no court and no custody": Rule(
        "held_outside_ninth_circuit",
        is_("court_now", ["none"], ["old_order"]),
        "(a) court_now includes court or ice_custody",
    ),
    "somebody without plans": Rule(
        "trip_days filing_date married_to_citizen_3yrs confinement_days_in_lookback",
        is_("plans", ["nothing"]),
        "(a) plans includes travel, or naturalization",
    ),
    "somebody who was arrested or charged, and no more": Rule(
        f"""
        plea_or_admission program_kind punishment_ordered plea_date offense_level
        sentence_days_imposed suspension_type probation_status
        immigration_advice_given judge_gave_warning more_counts victim_protected
        first_drug_case confinement_days_in_lookback crime_from_trafficking_or_abuse
        {OF_A_SENTENCE}
        """,
        is_("disposition", *NOTHING_CAME_OF_IT),
        "(d) CONV is no; (k)16 only where CONV is not no",
    ),
    "somebody who was acquitted": Rule(
        "offense_statute offense_act item drug_charge offense_level",
        is_("disposition", "not_guilty"),
        "(a) always, unless not_guilty",
    ),
    "somebody whose case is still open": Rule(
        "relief_obtained relief_reason relief_request_date",
        is_("disposition", "open"),
        "(l)(k)1 an open case is not decided yet: nothing is cleared or sealed",
    ),
    "somebody whose charges were dropped, or who did a program first": Rule(
        OF_A_SENTENCE,
        is_("disposition", *ENDED_BEFORE_JUDGMENT),
        "(f) no judgment, so no sentence and nothing to clear",
    ),
    "somebody who did not plead, and whose case was dropped": Rule(
        "punishment_ordered sentence_days_imposed suspension_type probation_status "
        "immigration_advice_given judge_gave_warning",
        lambda given: (
            is_("disposition", *ENDED_BEFORE_JUDGMENT)(given)
            and given.get("plea_or_admission") is False
        ),
        "(l)(k)1 no plea: nothing can have been ordered",
    ),
    "somebody whose program ordered no jail": Rule(
        "sentence_days_imposed suspension_type",
        lambda given: (
            is_("disposition", *ENDED_BEFORE_JUDGMENT)(given)
            and ordered_without(given, JAIL)
        ),
        "(a) jail or prison the judge ordered: they said there was none",
    ),
    "somebody whose judgment was put off without jail": Rule(
        "sentence_days_imposed suspension_type",
        lambda given: (
            is_("disposition", "plea_judgment_withheld")(given)
            and ordered_without(given, JAIL)
        ),
        "(a) jail or prison the judge ordered: they said there was none",
    ),
    "somebody whose program ordered no probation": Rule(
        "probation_status",
        lambda given: (
            is_("disposition", *ENDED_BEFORE_JUDGMENT)(given)
            and ordered_without(given, SUPERVISION)
        ),
        "(l)(k)1 the terms of the program are known, and there was no probation",
    ),
    "somebody who is on probation or parole": Rule(
        "sentence_completed_date",
        is_("probation_status", "on_now"),
        "(a) not on_now",
    ),
    "somebody without a felony": Rule(
        "serious_or_violent_felony",
        is_("offense_level", "misdemeanor", "felony_reduced", "infraction"),
        "(a) felony",
    ),
    "somebody without drugs": Rule(
        "first_drug_case", is_("drug_charge", False), "(a) drug_charge"
    ),
    "somebody for whom no court did anything": Rule(
        "relief_reason relief_request_date",
        is_("relief_obtained", ["none"]),
        "(a) a vacatur or a sentence cut",
    ),
    "somebody without other convictions": Rule(
        "other_moral_turpitude_separate total_sentence_days",
        is_("other_convictions", "none"),
        "(a) other_convictions is not none",
    ),
    "somebody convicted at a trial": Rule(
        "immigration_advice_given judge_gave_warning plea_or_admission program_kind",
        is_("disposition", "convicted_trial"),
        "(a) a plea",
    ),
    "somebody who was never locked up": Rule(
        "confinement_days_in_lookback",
        lambda given: (
            given.get("sentence_days_imposed") == 0
            and given.get("other_convictions") == "none"
        ),
        "(e) R39 days locked up because of a conviction: there were none to serve",
    ),
    "somebody whose case is older than the look-back": Rule(
        "filing_date married_to_citizen_3yrs",
        is_older_than_five_years,
        "(e) R37 GMC_5: it is older still on every day that is to come",
    ),
    "somebody without TPS": Rule(
        "more_counts",
        lambda given: (
            given.get("immigration_status") not in (None, "tps")
            and "tps_renewal" not in (given.get("plans") or ["tps_renewal"])
        ),
        "(l)(k)8 status tps or plans tps_renewal",
    ),
}


def finish(answers: Answers, as_of: str) -> dict[str, Any]:
    """Whoever is asked what is in no answer is not sure."""
    given = {**dict.fromkeys(law_release().questions), **answers}
    return {key: given[key] for key in walk(law_release(), given, as_of).asked}


@cache
def visits() -> dict[str, tuple[dict[str, Any], str]]:
    """Everybody's answers in the order in which they were asked, and the day."""
    everybody = {s["name"]: (s["answers"], s["as_of"]) for s in law_pack().scenarios}
    everybody |= {name: (person.answers, AS_OF) for name, person in SIX.items()}
    everybody |= {name: (answers, AS_OF) for name, answers in PEOPLE.items()}
    return {
        name: (finish(answers, as_of), as_of)
        for name, (answers, as_of) in everybody.items()
    }


@cache
def other_endings() -> dict[str, tuple[dict[str, Any], str]]:
    """Some of the scenarios, as if each case had ended in every other way."""
    outcomes = [*law_release().questions["disposition"].options, None]
    some = list(law_pack().scenarios)[::24]
    return {
        f"{s['name']}: {outcome}": (
            finish(s["answers"] | {"disposition": outcome}, s["as_of"]),
            s["as_of"],
        )
        for s in some
        for outcome in outcomes
    }


def list_asked_in_vain(given: Answers, as_of: str) -> Iterator[tuple[str, str]]:
    """The questions that could not concern the person when they were asked, and why."""
    before: dict[str, Any] = {"as_of": as_of}
    for key, answer in given.items():
        for name, rule in RULES.items():
            if key in rule.questions.split() and rule.whom(before):
                yield key, f"{name}: {rule.why}"
        before[key] = answer


@pytest.mark.parametrize("who", [visits, other_endings])
def test_nobody_is_asked_what_cannot_concern_them(who: Callable[[], Any]) -> None:
    asked = {
        (key, why): name
        for name, (given, as_of) in who().items()
        for key, why in list_asked_in_vain(given, as_of)
    }
    assert asked == {}


def test_every_rule_is_about_questions_there_are_and_about_somebody() -> None:
    met = {
        name
        for given, as_of in (*visits().values(), *other_endings().values())
        for name, rule in RULES.items()
        if rule.whom(given | {"as_of": as_of})
    }
    assert met == set(RULES)
    for name, rule in RULES.items():
        assert set(rule.questions.split()) <= set(law_release().questions), name


def test_what_is_not_asked_would_have_changed_no_level() -> None:
    """A scenario's answers to more questions come to the same."""
    changed = []
    for scenario in law_pack().scenarios:
        given, as_of = visits()[scenario["name"]]
        whole = {**given, **scenario["answers"]}
        if levels(law_release(), whole, as_of) != levels(law_release(), given, as_of):
            changed.append(scenario["name"])
    assert changed == []


def test_no_finding_waits_for_an_answer_that_nobody_asks_for() -> None:
    waiting = {
        (finding.key, missing.question): name
        for name, (given, as_of) in visits().items()
        for finding in evaluate(law_release(), given, as_of).findings
        for missing in finding.missing
        if missing.state == "not_asked"
    }
    assert waiting == {}
