"""How findings are presented: where each stands, in what order, which stand open.

Decided here alone, for the page without script and (`presented.js`) for the browser,
from findings as `evaluate` gives them with their `group`. What does not apply is not
shown. `tests/vectors/presented.json` holds for both halves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from .choices import FINDING_GROUPS, LEVELS, SEVERITIES

#: What is urgent for sure, then the groups.
SECTIONS = ("urgent", *FINDING_GROUPS)
#: The sections whose findings need not be folded.
_OPEN = ("urgent", "case", "risk")
_GRAVE = ("urgent", "high")

Finding = Mapping[str, Any]
F = TypeVar("F", bound=Finding)


def section_of(finding: Finding) -> str:
    """Return the section a finding stands in."""
    urgent = finding["severity"] == "urgent" and finding["level"] == "applies"
    return "urgent" if urgent else str(finding["group"])


def is_open(finding: Finding) -> bool:
    """Tell whether a finding stands open; any other unfolds on demand.

    Open is what fits, or is grave and hangs on no answer that is missing; or the page
    would be twenty screens long on a phone.
    """
    grave = finding["severity"] in _GRAVE and not finding["missing"]
    fits = finding["level"] == "applies" or grave
    return fits and section_of(finding) in _OPEN


def sections(findings: Iterable[F]) -> list[tuple[str, list[F]]]:
    """Return the sections that have findings, with these, the gravest and then the
    surest first."""
    shown = [finding for finding in findings if finding["level"] != "not_apply"]
    shown.sort(key=_rank)
    found = [
        (name, [finding for finding in shown if section_of(finding) == name])
        for name in SECTIONS
    ]
    return [(name, members) for name, members in found if members]


def _rank(finding: Finding) -> tuple[int, int]:
    return -SEVERITIES.index(finding["severity"]), LEVELS.index(finding["level"])
