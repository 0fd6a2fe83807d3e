"""The demo's directory of help: made once, and then the editors' own."""

from datetime import date
from typing import Any

import yaml

from cms.demo.files import CONTENT
from cms.demo.models import DemoPart, was_deleted
from screening_block.help.models import HelpEntry, HelpWords

#: The day on which the sources were read.
CHECKED_ON = date(2026, 11, 30)
CHECKED_BY = "Demo content, from stored copies of public pages"


def read_help() -> list[dict[str, Any]]:
    text = (CONTENT / "help.yaml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    return entries


def make_help_entries(user: Any) -> int:
    """Make and publish the entries that never were there; return how many."""
    there = set(HelpEntry.objects.values_list("key", flat=True))
    known = set(DemoPart.objects.values_list("name", flat=True))
    made = 0
    for data in read_help():
        name = f"help/{data['key']}"
        if name in known:
            continue
        DemoPart.remember(name)
        if data["key"] in there or was_deleted(data["name"]):
            continue
        made += 1
        words = {name: data.pop(f"{name}_es", "") for name in ("name", "note")}
        entry = HelpEntry(
            **{"checked_on": CHECKED_ON, "checked_by": CHECKED_BY, **data}
        )
        entry.words.add(HelpWords(language="es", **words))
        entry.full_clean()
        entry.save()
        entry.save_revision(user=user).publish(user=user)
    return made
