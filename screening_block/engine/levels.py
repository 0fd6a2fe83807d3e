"""The level of a finding, by the values of its three conditions.

The formula, where an absent condition counts as no:

- not_apply if `unless` is yes;
- otherwise applies if `applies_when` is yes and `unless` is no;
- otherwise may_apply if `applies_when` or `may_apply_when` is yes or unknown;
- otherwise not_apply.
"""

from itertools import product
from typing import NamedTuple

from .canonical import Json
from .choices import Level
from .model import LEVEL_CONDITIONS
from .program import Program
from .values import NO, UNKNOWN, YES


def level_of(applies: int, may_apply: int, unless: int) -> Level:
    """The formula; an absent condition counts as no."""
    if unless == YES:
        return "not_apply"
    if applies == YES and unless == NO:
        return "applies"
    if applies or may_apply:
        return "may_apply"
    return "not_apply"


def _open_parts(values: tuple[int, int, int]) -> tuple[int, ...]:
    """The unknown conditions that can still change the level, by position.

    One can if, for some replacement of the other unknowns by no or yes, the level
    depends on it. Some can exactly where the finding is undecided.
    """
    choices = [(NO, YES) if value == UNKNOWN else (value,) for value in values]
    found = []
    for part in range(3):
        if values[part] != UNKNOWN:
            continue
        for others in product(*choices):
            no, yes = list(others), list(others)
            no[part], yes[part] = NO, YES
            if level_of(*no) != level_of(*yes):
                found.append(part)
                break
    return tuple(found)


def _deciding_parts(applies: int, may_apply: int, unless: int) -> tuple[int, ...]:
    """The conditions that decided the level, by position (those that are present)."""
    level = level_of(applies, may_apply, unless)
    if level == "applies":
        return 0, 2
    if level == "may_apply":
        return tuple(
            part
            for part, decides in enumerate((applies > 0, may_apply > 0, unless > 0))
            if decides
        )
    return (2,) if unless == YES else (0, 1)


_STATES = (NO, UNKNOWN, YES)
_VALUES = list(product(_STATES, _STATES, _STATES))
LEVEL: list[Level] = [level_of(*values) for values in _VALUES]
OPEN = [_open_parts(values) for values in _VALUES]
DECIDING = [_deciding_parts(*values) for values in _VALUES]


class FindingPlan(NamedTuple):
    """A finding, ready: the slots of its three conditions (0 if absent), their nodes
    (-1), the slot that makes it urgent, its notes with their slots."""

    key: str
    severity: str
    slots: tuple[int, int, int]
    nodes: tuple[int, int, int]
    urgent: int
    notes: tuple[tuple[str, int], ...]


def finding_plans(program: Program) -> tuple[FindingPlan, ...]:
    """Prepare the findings of a program's data, in order."""
    return tuple(_plan(program, f) for f in program.model.data["findings"])


def _plan(program: Program, finding: Json) -> FindingPlan:
    place = f"findings/{finding['key']}"

    def slot(name: str) -> int:
        node = program.roots.get(f"{place}/{name}", -1)
        return program.slots[node] if node >= 0 else 0

    a, m, u = LEVEL_CONDITIONS
    nodes = [program.roots.get(f"{place}/{name}", -1) for name in (a, m, u)]
    return FindingPlan(
        finding["key"],
        finding["severity"],
        (slot(a), slot(m), slot(u)),
        (nodes[0], nodes[1], nodes[2]),
        slot("urgent_when"),
        tuple((n["key"], slot(f"notes/{n['key']}")) for n in finding.get("notes", ())),
    )
