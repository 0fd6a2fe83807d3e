"""What a visit has around its questions: how long they take, their sections, and when
what is urgent is shown.

The browser's half: `static/screening_block/widget/way.js`, `found.js`, `result.js`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from screening_block import engine
from screening_block.engine.wording import Wording

from .shown_words import list_plural_forms, say_count


def describe_time(release: engine.Release) -> str:
    """Return about how long the questions take; "" where nobody says."""
    minutes = release.data.get("about", {}).get("minutes")
    if minutes is None:
        return ""
    return say_count(list_plural_forms("About 1 minute", "About {n} minutes"), minutes)


def find_section(release: engine.Release, key: str) -> str:
    """Return the key of the section that a question stands in, or ""."""
    section: str = release.questions[key].data.get("section", "")
    return section


def get_section_heading(release: engine.Release, key: str, w: Wording) -> str:
    """Return the heading of that section, or ""."""
    section = find_section(release, key)
    return w.text("sections", section) if section else ""


def group_by_section(
    release: engine.Release, keys: Iterable[str], w: Wording
) -> list[tuple[str, list[str]]]:
    """Return questions below the headings of their sections, as they first come."""
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(find_section(release, key), []).append(key)
    return [(get_section_heading(release, own[0], w), own) for own in groups.values()]


def section_goes_on(release: engine.Release, answered: str, walk: engine.Walk) -> bool:
    """Return whether the next question stands in the section of the one that was
    answered, "" being the last one that was asked.

    Then what is urgent waits: the rest of the section may decide more of it, and what
    frightens comes once. Without sections nothing waits.
    """
    answered = answered or (walk.asked[-1] if walk.asked else "")
    if not answered or walk.next is None:
        return False
    section = find_section(release, walk.next)
    return section != "" and section == find_section(release, answered)


def list_urgent(
    release: engine.Release, answers: Mapping[str, Any], as_of: str
) -> list[str]:
    """Return the findings that are urgent for sure."""
    outcome = engine.evaluate(release, dict(answers), as_of)
    return [
        one.key
        for one in outcome.findings
        if one.level == "applies" and one.severity == "urgent"
    ]
