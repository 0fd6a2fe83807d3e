"""The demo's directory of help: made once, and then the editors' own."""

from datetime import date
from typing import Any

import yaml

from cms.demo.files import CONTENT
from cms.demo.models import NOT_OURS, DemoPart, hash_texts, was_deleted
from screening_block.help.models import HelpEntry, HelpWords

#: The day on which the sources were read.
CHECKED_ON = date(2026, 11, 30)
CHECKED_BY = "Demo content, from stored copies of public pages"


def read_help() -> list[dict[str, Any]]:
    text = (CONTENT / "help.yaml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    return entries


def make_help_entries(user: Any) -> int:
    """Make and publish the entries that never were there, and bring up to date those
    that no editor has saved since; return how many."""
    done = 0
    parts = {
        part.name: part for part in DemoPart.objects.filter(name__startswith="help/")
    }
    for data in read_help():
        name, sha256 = f"help/{data['key']}", hash_texts(data)
        entry = HelpEntry.objects.filter(key=data["key"]).first()
        part = parts.get(name)
        if part is not None and part.sha256:
            ours = part.revision
        else:
            # From before it was remembered: one revision is the demo's own.
            ours = entry.latest_revision_id if entry else None
            if was_deleted(data["name"]) or (entry and entry.revisions.count() > 1):
                ours = NOT_OURS
        if part is not None and (part.sha256 == sha256 or entry is None):
            continue
        if (entry.latest_revision_id if entry else None) != ours:
            continue
        entry = entry or HelpEntry(key=data["key"])
        _fill(entry, data)
        entry.save_revision(user=user).publish(user=user)
        entry.refresh_from_db()
        DemoPart.remember(name, None, entry.latest_revision_id, sha256)
        done += 1
    return done


def _fill(entry: HelpEntry, data: dict[str, Any]) -> None:
    words = {name: data.get(f"{name}_es", "") for name in ("name", "note")}
    facts = {name: said for name, said in data.items() if not name.endswith("_es")}
    for name, said in {
        "checked_on": CHECKED_ON,
        "checked_by": CHECKED_BY,
        **facts,
    }.items():
        setattr(entry, name, said)
    entry.words = [HelpWords(language="es", **words)]
    entry.full_clean()
    entry.save()
