"""Decide what a load of a law pack writes, so that an editor's work stays.

The hash of each part is stored as it was loaded. On a later load a part is

- created, if there is none and there never was;
- updated, if the record still is what the pack wrote;
- kept, if an editor changed (or deleted) it, and this is reported.

Editor notes (see `editor_notes`) are treated in the same way, apart from their part, as
"notes": an editor's note does not stand in the way of a new rule.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from screening_block.models import PackPart, Screener
from screening_block.publishing.editor_notes import EditorNotes, drop_checker
from screening_block.publishing.parts import Part, PartName, hash_part

#: The kinds of parts beside which something is kept for editors.
KINDS_WITH_NOTES = ("threshold", "row", "finding")
EMPTY_HASH = hash_part({})


@dataclass
class LoadReport:
    """What a load did, by part."""

    made: list[PartName] = field(default_factory=list)
    updated: list[PartName] = field(default_factory=list)
    kept: list[PartName] = field(default_factory=list)
    left_out: list[PartName] = field(default_factory=list)
    same: int = 0
    screener: Screener | None = None

    def counts(self) -> Counter:
        return Counter(
            made=len(self.made),
            updated=len(self.updated),
            kept=len(self.kept),
            same=self.same,
        )


class Decisions:
    """The decisions of one load, noted in `report`.

    `parts` are the pack's. `notes_by_part` holds all its editor notes by kind and key;
    where it is None, notes are left alone.
    """

    def __init__(
        self,
        pack: str,
        parts: dict[PartName, Part],
        notes_by_part: Mapping[Any, EditorNotes] | None,
    ):
        self.pack, self.parts = pack, parts
        self.notes_by_part: dict[PartName, EditorNotes] = {}
        if notes_by_part is not None:
            own = [name for name in parts if name.kind in KINDS_WITH_NOTES]
            self.notes_by_part = {name: notes_by_part.get(name, {}) for name in own}
        self.report = LoadReport()
        self.baseline = {
            PartName(part.kind, part.key): part.sha256
            for part in PackPart.objects.filter(pack=pack)
        }

    def part(self, name: PartName, current: Part | None) -> bool:
        """Whether to write the pack's part; `current` is the record's, if any."""
        now = hash_part(current) if current else None
        new = hash_part(self.parts[name])
        return self._decided(name, now, new, self.baseline.get(name))

    def notes(self, name: PartName, current: EditorNotes) -> bool:
        """Whether to write the editor notes of a part that has a record."""
        if name not in self.notes_by_part:
            return False
        both = current, self.notes_by_part[name]
        now, new = (hash_part(drop_checker(notes)) for notes in both)
        loaded = self.baseline.get(_notes_name(name), EMPTY_HASH)
        if now == new == loaded == EMPTY_HASH:
            return False  # nothing is said, and never was: nothing to report
        return self._decided(_notes_name(name), now, new, loaded)

    def _decided(
        self, name: PartName, now: str | None, new: str, loaded: str | None
    ) -> bool:
        if now == new:
            self.report.same += 1
            return False
        if now == loaded:
            made = now in (None, EMPTY_HASH)
            (self.report.made if made else self.report.updated).append(name)
            return True
        if loaded == new:
            # The editor's own version, and the pack has nothing new to say.
            self.report.same += 1
        else:
            self.report.kept.append(name)
        return False

    def remember(self) -> None:
        """Store the hash of everything the pack says, for the next load."""
        left_out = self.report.left_out
        said = {name: part for name, part in self.parts.items() if name not in left_out}
        for name, notes in self.notes_by_part.items():
            if notes or _notes_name(name) in self.baseline:
                said[_notes_name(name)] = drop_checker(notes)
        PackPart.objects.bulk_create(
            [
                PackPart(pack=self.pack, kind=n.kind, key=n.key, sha256=hash_part(one))
                for n, one in said.items()
            ],
            batch_size=100,
            update_conflicts=True,
            unique_fields=["pack", "kind", "key"],
            update_fields=["sha256"],
        )


def _notes_name(name: PartName) -> PartName:
    """Return the name of a part's notes in the report and baseline."""
    return PartName("notes", f"{name.kind}/{name.key}")
