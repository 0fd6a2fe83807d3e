"""What a load of a law pack writes, so that an editor's work stays.

Each part's hash is remembered as it was loaded. On a later load a part is

- made, where there is none and there never was;
- updated, where the record still is what the pack wrote;
- kept, where an editor changed (or deleted) it, and this is reported.

What a pack keeps for editors beside a part (see `asides`) is looked at in the same way,
apart from it, as "notes": an editor's note stands in the way of no new rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from screening_block.models import PackPart, Screener
from screening_block.publishing.asides import Aside, told
from screening_block.publishing.parts import Name, Part, digest

#: The kinds of parts beside which something is kept for editors.
KEEPING = ("threshold", "row", "finding")
NOTHING = digest({})


@dataclass
class Report:
    """What a load did, by part."""

    made: list[Name] = field(default_factory=list)
    updated: list[Name] = field(default_factory=list)
    kept: list[Name] = field(default_factory=list)
    left_out: list[Name] = field(default_factory=list)
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

    `parts` are the pack's. `asides` is all it keeps for editors, by kind and key;
    where it is None that is not looked at.
    """

    def __init__(
        self, pack: str, parts: dict[Name, Part], asides: Mapping[Any, Aside] | None
    ):
        self.pack, self.parts = pack, parts
        self.asides: dict[Name, Aside] = {}
        if asides is not None:
            own = [name for name in parts if name.kind in KEEPING]
            self.asides = {name: asides.get(name, {}) for name in own}
        self.report = Report()
        self.baseline = {
            Name(part.kind, part.key): part.sha256
            for part in PackPart.objects.filter(pack=pack)
        }

    def part(self, name: Name, current: Part | None) -> bool:
        """Whether to write the pack's part; `current` is the record's, if there is."""
        now = digest(current) if current else None
        new = digest(self.parts[name])
        return self._decided(name, now, new, self.baseline.get(name))

    def aside(self, name: Name, current: Aside) -> bool:
        """The same of what is kept beside a part that has a record."""
        if name not in self.asides:
            return False
        now, new = digest(told(current)), digest(told(self.asides[name]))
        loaded = self.baseline.get(_notes(name), NOTHING)
        if now == new == loaded == NOTHING:
            return False  # nothing is said, and never was: nothing to report
        return self._decided(_notes(name), now, new, loaded)

    def _decided(
        self, name: Name, now: str | None, new: str, loaded: str | None
    ) -> bool:
        if now == new:
            self.report.same += 1
            return False
        if now == loaded:
            made = now in (None, NOTHING)
            (self.report.made if made else self.report.updated).append(name)
            return True
        if loaded == new:
            # The editor's own version, and the pack has nothing new to say.
            self.report.same += 1
        else:
            self.report.kept.append(name)
        return False

    def remember(self) -> None:
        """Keep the hash of everything the pack says, for the next load."""
        said: dict[Name, Any] = {
            name: part
            for name, part in self.parts.items()
            if name not in self.report.left_out
        }
        for name, aside in self.asides.items():
            if aside or _notes(name) in self.baseline:
                said[_notes(name)] = told(aside)
        PackPart.objects.bulk_create(
            [
                PackPart(pack=self.pack, kind=n.kind, key=n.key, sha256=digest(one))
                for n, one in said.items()
            ],
            batch_size=100,
            update_conflicts=True,
            unique_fields=["pack", "kind", "key"],
            update_fields=["sha256"],
        )


def _notes(name: Name) -> Name:
    """What is kept beside a part, as a part of its own in the report and baseline."""
    return Name("notes", f"{name.kind}/{name.key}")
