"""A citation leads to the law that it names, where one section is named."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.california_firearms.official import find_address
from tests.law_pack import law_pack

LEGINFO = "https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml"
USC = "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title"


def citations(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield from value.get("citations", ())
        for inner in value.values():
            yield from citations(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from citations(inner)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("PC 25400", f"{LEGINFO}?lawCode=PEN&sectionNum=25400."),
        ("PC 1203.4a(a)", f"{LEGINFO}?lawCode=PEN&sectionNum=1203.4a."),
        ("HS 11370.1", f"{LEGINFO}?lawCode=HSC&sectionNum=11370.1."),
        ("VC 23152", f"{LEGINFO}?lawCode=VEH&sectionNum=23152."),
        (
            "INA 237(a)(2)(C)",
            f"{USC}8-section1227&num=0&edition=prelim",
        ),
        ("INA 240A(a)(3)", f"{USC}8-section1229b&num=0&edition=prelim"),
        ("INA 320, 8 USC 1431", f"{USC}8-section1431&num=0&edition=prelim"),
        ("18 USC 922(g)(5), (y)(2)", f"{USC}18-section922&num=0&edition=prelim"),
        (
            "8 CFR 316.10(b)(1)(ii)",
            "https://www.ecfr.gov/current/title-8/section-316.10",
        ),
        ("PC 29800, 29805", ""),
        ("PC 27500 to 27590", ""),
        ("INA 101(f)(7); 8 CFR 316.10(b)(2)(v)", ""),
        ("PC 12021(a)(1) (former)", ""),
        ("PC 1000 (deferred entry of judgment, 1997 to 2017)", ""),
        ("PC 246 is not a crime of violence (reckless)", ""),
        ("Matter of Roldan, 22 I&N Dec. 512 (BIA 1999)", ""),
        ("Lopez-Valencia (9th Cir.) (PC 484, 487)", ""),
    ],
)
def test_the_rule(text, address):
    assert find_address(text) == address


def test_every_citation_of_one_section_leads_to_it():
    found = list(citations(law_pack().release()))
    assert len(found) > 250
    for one in found:
        if address := find_address(one["text"]):
            assert one.get("url"), one["text"]
            official = one["url"] == address
            assert official or "ca.gov" not in one["url"], one["text"]
    assert sum(bool(one.get("url")) for one in found) > 130
