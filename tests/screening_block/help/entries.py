"""Help entries that nobody offers: numbers that are never given out."""

import datetime as dt
from typing import Any

from screening_block.help.models import HelpEntry

TODAY = dt.date(2026, 11, 30)


def build_entry(key: str = "hotline", **fields: Any) -> HelpEntry:
    given: dict[str, Any] = {
        "name": "The hotline",
        "subjects": ["detention", "immigration"],
        "note": "Answers people who are held.",
        "languages": ["en", "es"],
        "areas": "us",
        "phones": "Hotline: 1-800-555-0100\n213-555-0101 ext. 2",
        "hours": "Mon-Fri 9:00-12:00, 13:00-17:00",
        "source": "https://example.org/hotline",
        "checked_on": TODAY,
        "checked_by": "An editor",
    }
    return HelpEntry(key=key, **given | fields)


def make_entry(key: str = "hotline", **fields: Any) -> HelpEntry:
    entry = build_entry(key, **fields)
    entry.full_clean()
    entry.save()
    entry.save_revision().publish()
    return HelpEntry.objects.get(pk=entry.pk)
