"""Checks of conditions and facts: can each part be yes, and can it be no?"""

from collections.abc import Iterator

from ..values import NO, YES
from .examiner import Examiner
from .flag import Flag

_MESSAGES = {
    YES: ("never_yes", "This can never be yes, whatever the answers."),
    NO: ("never_no", "This can never be no, whatever the answers."),
}


def condition_flags(ex: Examiner) -> Iterator[Flag]:
    """One flag per cause: a condition is left out where a part of it explains it."""
    program = ex.space.programs[0]
    stuck: dict[int, list[int]] = {}
    for slot in range(1, ex.space.size):
        found = []
        for value in (YES, NO):
            verdict = ex.can_be(slot, value)
            if verdict.never:
                found.append(value)
        if found:
            stuck[slot] = found
    told: set[int] = set()
    for number, name in enumerate(program.ids):
        slot = program.slots[number]
        if slot not in stuck or slot in told or program.links[number] >= 0:
            continue
        if any(kid in stuck for kid in _below(ex, slot)):
            continue
        told.add(slot)
        kind, key = name.split("/")[:2]
        for value in stuck[slot]:
            code, message = _MESSAGES[value]
            yield Flag(name, code, message, "warning", (key,) if kind else ())


def _below(ex: Examiner, slot: int) -> list[int]:
    """All slots under a slot."""
    found: list[int] = []
    ahead = [slot]
    while ahead:
        group = ex.space.groups.get(ahead.pop())
        if group is not None:
            found += group.kids
            ahead += group.kids
    return found


def fact_flags(ex: Examiner) -> Iterator[Flag]:
    """Facts that no condition uses."""
    used = {node["fact"] for node in ex.space.programs[0].nodes if node["op"] == "fact"}
    for key in ex.release.facts:
        if key not in used:
            yield Flag(
                f"facts/{key}",
                "unused_fact",
                "No condition uses this fact.",
                "warning",
                (key,),
            )
