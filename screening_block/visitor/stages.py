"""What a visit has around its questions: how long they take, in which sections.

The browser's half is `static/screening_block/widget/screens.js`.
"""

from __future__ import annotations

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
