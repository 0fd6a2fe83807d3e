"""The law of a result's order: no sentence that reassures stands before a graver
finding that may apply.

It is read off a result as people get it, in the order of the document, and asks
nothing of what put it in that order.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from screening_block import engine
from screening_block.engine.choices import SEVERITIES, SHORT_PARTS
from tests.screening_block.engine import generate


class Told(NamedTuple):
    """One thing that a result tells: a line in short, or a finding with its notes."""

    name: str
    severity: str
    #: Whether a sentence of it reassures.
    reassures: bool
    may_apply: bool


def read(release: engine.Release, outcome: engine.Outcome, shown: Any) -> list[Told]:
    """All that is told, from top to bottom; `shown` is the engine's, or JSON."""
    if not isinstance(shown, Mapping):
        shown = as_json(shown)
    data = release.data
    found = {one.key: one for one in outcome.findings}
    records = {one["key"]: one for one in data["findings"]}
    told = []
    for line in shown["short"]:
        every = data.get("short", {}).get(line["part"], ())
        good = any(one["key"] == line["key"] and one.get("reassures") for one in every)
        told.append(Told(f"short {line['part']}", "info", good, False))
        if line["finding"] is not None:
            one = records[line["finding"]]
            good = bool(one.get("reassures"))
            told.append(Told(f"short {one['key']}", "info", good, False))
    order = [*shown["open"], *(k for g in shown["groups"] for k in g["findings"])]
    for key in order:
        one, record = found[key], records[key]
        notes = [n for n in record.get("notes", ()) if n["key"] in one.notes]
        good = bool(record.get("reassures")) or any(n.get("reassures") for n in notes)
        told.append(Told(key, one.severity, good, one.level == "may_apply"))
    return told


def breaks(told: list[Told]) -> list[tuple[str, str]]:
    """What reassures too early, each with the first graver finding that comes after."""
    found = []
    for place, one in enumerate(told):
        if one.reassures:
            weight = SEVERITIES.index(one.severity)
            after = (
                other.name
                for other in told[place + 1 :]
                if other.may_apply and SEVERITIES.index(other.severity) > weight
            )
            if (name := next(after, None)) is not None:
                found.append((one.name, name))
    return found


def check(release: engine.Release, answers: Any, as_of: str) -> engine.Shown:
    """Assert the law for answers, and that everything is shown once."""
    outcome = engine.evaluate(release, answers, as_of)
    shown = engine.shown(release, answers, outcome)
    told = read(release, outcome, shown)
    assert breaks(told) == []
    every = [*shown.open, *(key for group in shown.groups for key in group.findings)]
    assert sorted(every) == sorted(
        one.key for one in outcome.findings if one.level != "not_apply"
    )
    assert "action" in [line.part for line in shown.short]
    return shown


def as_json(shown: engine.Shown) -> dict[str, Any]:
    """The engine's result in the shape of the browser's half."""
    return {
        "short": [line._asdict() for line in shown.short],
        "open": list(shown.open),
        "groups": [
            {
                "key": group.key,
                "findings": list(group.findings),
                "questions": list(group.questions),
            }
            for group in shown.groups
        ],
    }


def add_shown(data: dict[str, Any]) -> None:
    """Give a random release marks of what reassures, lines in short and groups.

    What is drawn hangs on the release alone.
    """
    rng = random.Random(len(repr(data)))
    texts = data["texts"]["en"]
    conditions = [*_conditions(data)]
    for finding in data["findings"]:
        finding["group"] = rng.choice(("case", "case", "risk", "risk", "help", "next"))
        finding["severity"] = rng.choice(("info", "info", "caution", "high", "urgent"))
        for one in (finding, *finding.get("notes", ())):
            if rng.random() < 0.3:
                one["reassures"] = True
    if rng.random() < 0.8:
        short: dict[str, Any] = {}
        for part in SHORT_PARTS:
            lines = [
                {"key": f"{part}_{number}", "when": rng.choice(conditions)}
                for number in range(rng.randrange(4))
            ]
            if rng.random() < 0.5:
                lines.append({"key": f"{part}_else"})
            for line in lines:
                if rng.random() < 0.4:
                    line["reassures"] = True
            if lines:
                short[part] = lines
        data["short"] = short
        texts["short"] = {
            line["key"]: "So it is." for lines in short.values() for line in lines
        }
    if rng.random() < 0.6:
        of = rng.sample(("case", "risk", "next"), rng.randint(1, 3))
        groups = [{"key": f"g{n}", "of": [group]} for n, group in enumerate(of)]
        data["shown"] = {"open_most": rng.randint(1, 4), "groups": groups}
        texts["shown"] = {f"g{number}": "{n} more" for number in range(len(of))}


def _conditions(data: dict[str, Any]) -> Iterator[Any]:
    for finding in data["findings"]:
        for name in ("applies_when", "may_apply_when", "unless"):
            if name in finding:
                yield finding[name]


def random_release(rng: random.Random, size: generate.Size) -> dict[str, Any]:
    """A random release with all that the law speaks of."""
    data = generate.release(rng, size)
    add_shown(data)
    return data
