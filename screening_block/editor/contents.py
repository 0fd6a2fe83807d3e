"""A screener's table of contents: its parts, and what uses what."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from screening_block.choices import FINDING_GROUPS
from screening_block.models import Chart, Screener, Threshold
from screening_block.publishing.parts import LISTS, PartName
from screening_block.publishing.uses import read_uses

from .places import block_label
from .problems import PlacedProblem

LAW: dict[str, Any] = {"threshold": Threshold, "chart": Chart}


@dataclass(frozen=True)
class ContentsEntry:
    """One question, fact or finding. `used`: the thresholds and charts it uses, as
    `kind:key`; `uses`: how many places use it (None for findings)."""

    room: str
    anchor: str
    label: str
    key: str
    kind: str
    used: tuple[str, ...]
    uses: int | None
    unchecked: bool
    problems: int


def list_contents(
    screener: Screener, problems: Iterable[PlacedProblem]
) -> list[ContentsEntry]:
    """Return the parts of a screener as it is in memory, in order."""
    version = read_uses(screener)
    used: dict[PartName, dict[str, None]] = defaultdict(dict)
    uses: dict[PartName, set[tuple]] = defaultdict(set)
    for use in version.uses:
        kind, key = use.used
        if kind in ("row", "column"):
            kind, key = "chart", key.split("/")[0]
        if kind in LAW:
            used[use.at][f"{kind}:{key}"] = None
        elif use.used != use.at:
            uses[use.used].add((use.at, use.field, use.key))
    counts: dict[str, int] = defaultdict(int)
    for problem in problems:
        if problem.place.anchor:
            counts[".".join(problem.place.anchor.split(".")[:2])] += 1
    entries = []
    children = [child for room in LISTS.values() for child in getattr(screener, room)]
    for child, (name, anchor) in zip(children, version.anchors.items(), strict=True):
        piece = version.parts[name]["piece"]
        group = FINDING_GROUPS.get(piece.get("group", ""))
        entries.append(
            ContentsEntry(
                LISTS[name.kind],
                anchor,
                block_label(child.value),
                str(piece["key"]),
                str(group or child.block.label),
                tuple(used[name]),
                None if name.kind == "finding" else len(uses[name]),
                _unchecked(piece),
                counts[anchor],
            )
        )
    return entries


def _unchecked(piece: dict[str, Any]) -> bool:
    """Whether somebody still has to read its source."""
    claims = [piece, *piece.get("citations", ())] if "status" in piece else []
    return any(claim.get("status") != "verified" for claim in claims)


def law_used(entries: Iterable[ContentsEntry]) -> dict[str, list[tuple[str, str]]]:
    """Return `(kind:key, label)` of the thresholds and the charts that are used, by
    kind."""
    keys = {key for entry in entries for key in entry.used}
    found = {}
    for kind, model in LAW.items():
        own = [key.partition(":")[2] for key in keys if key.startswith(f"{kind}:")]
        labels = dict(model.objects.filter(key__in=own).values_list("key", "label"))
        listed = [(f"{kind}:{key}", str(labels.get(key, key))) for key in own]
        found[kind] = sorted(listed, key=lambda one: one[1].lower())
    return found
