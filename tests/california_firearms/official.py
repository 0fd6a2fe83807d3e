"""Where the text of a law stands that a citation of the pack names: by one rule.

The addresses are those of the California Legislature, of the United States Code (Office
of the Law Revision Counsel) and of the eCFR. They lead to the law as it is today, so a
law that is not in force any more gets none.
"""

import re

_CODES = {"PC": "PEN", "HS": "HSC", "VC": "VEH"}
#: Sections of the Immigration and Nationality Act as title 8 of the U.S. Code has them.
_INA = {
    "101": "1101",
    "208": "1158",
    "212": "1182",
    "236": "1226",
    "237": "1227",
    "238": "1228",
    "240A": "1229b",
    "241": "1231",
    "244": "1254a",
    "316": "1427",
    "319": "1430",
    "320": "1431",
    "340": "1451",
}
_LAW = re.compile(
    r"\b(?P<law>PC|HS|VC|INA|(?:8|18) (?:USC|CFR)) "
    r"(?P<sections>\d[\w.]*(?:\([^ )]+\))*"
    r"(?:(?:, | to )\d[\w.]*\b(?! USC| CFR)(?:\([^ )]+\))*)*)"
)
_SECTION = re.compile(r"(?:^|, | to )(\d+(?:\.\d+)?[a-zA-Z]?)")
#: Of what the law was once, and of what is said about a law and not in it.
_NOT_THE_LAW = re.compile(
    r"former| is | reaches | and |\d{4} to \d{4}|chart|has no |lists no |assume|:| v\. "
)


def find_address(text: str) -> str:
    """Return where the one section that a citation names stands; "" where it names
    none, or several, or something else too."""
    if _NOT_THE_LAW.search(text) or not _LAW.match(text) or ";" in text:
        return ""
    found = {
        _write_address(law["law"], section)
        for law in _LAW.finditer(text)
        for section in _SECTION.findall(law["sections"])
    }
    return found.pop() if len(found) == 1 else ""


def _write_address(law: str, section: str) -> str:
    if law in _CODES:
        return (
            "https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml"
            f"?lawCode={_CODES[law]}&sectionNum={section}."
        )
    title, _space, kind = law.rpartition(" ")
    if kind == "CFR":
        return f"https://www.ecfr.gov/current/title-{title}/section-{section}"
    if kind == "INA":
        title, section = "8", _INA[section]
    return (
        "https://uscode.house.gov/view.xhtml?req=granuleid:"
        f"USC-prelim-title{title}-section{section}&num=0&edition=prelim"
    )
