"""Whoever is told to see a lawyer is told by the pack what kind of help that is."""

from typing import Any

import pytest

from screening_block.choices import HELP_SUBJECTS
from screening_block.engine.search.result import result_flags
from screening_block.visitor.pages import describe_parts
from tests.law_pack import law_pack, law_release

FINDINGS: list[dict[str, Any]] = law_pack().parts["findings"]
#: Steps that name a lawyer whom the visitor has, or is yet to find by another step.
NO_CALL = (
    "not_a_conviction",
    "get_records",
    "unsure_followup",
    "usc_not_deportable",
    "expungement_benefits",
    "gun_rights_not_restored",
    "path_not_yet",
)


def help_of(finding: dict[str, Any]) -> list[str]:
    return [a["subject"] for a in finding["actions"] if a["type"] == "help"]


def test_every_urgent_finding_says_who_can_help():
    urgent = [
        finding
        for finding in FINDINGS
        if finding["severity"] == "urgent" or "urgent_when" in finding
    ]
    assert len(urgent) == 8
    assert [finding["key"] for finding in urgent if not help_of(finding)] == []
    flags = result_flags(law_release())
    assert [flag for flag in flags if flag.code == "no_address"] == []


def test_whoever_is_sent_to_a_lawyer_is_sent_to_a_subject_of_the_directory():
    for finding in FINDINGS:
        subjects = help_of(finding)
        assert len(subjects) <= 1, finding["key"]
        assert set(subjects) <= set(HELP_SUBJECTS), finding["key"]
        if finding["key"] not in NO_CALL:
            assert subjects, finding["key"]


@pytest.mark.parametrize(
    ("key", "subject"),
    [
        ("mandatory_detention_risk", "detention"),
        ("removal_proceedings_urgent", "immigration_court"),
        ("naturalized_denaturalization", "immigration"),
        ("see_immigration_attorney", "immigration"),
        ("federal_gun_possession_ban", "find_a_lawyer"),
        ("path_1203_4", "criminal_records"),
        ("path_236_14_15", "victims"),
    ],
)
def test_the_subject_is_that_of_the_finding(key, subject):
    (finding,) = [one for one in FINDINGS if one["key"] == key]
    assert help_of(finding) == [subject]


def test_no_line_in_short_says_again_what_stands_before_it():
    texts = law_pack().release()["texts"]["en"]["short"]
    for part, label in describe_parts().items():
        for line in law_pack().release()["short"][part]:
            assert not texts[line["key"]].startswith(label), line["key"]
