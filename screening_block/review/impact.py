"""What publishing a draft changes for visitors, before it is published.

The release that a publish would make is held against the current one: every scenario
is run through both, and a search looks for answers to which they say something else,
on today's date and on each later one at which a value of the law begins to count.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.choices import LEVELS
from screening_block.models import Scenario
from screening_block.models.releases import today
from screening_block.publishing.assess import ScreenerChange
from screening_block.publishing.gate import describe_flag
from screening_block.publishing.rehearse import rehearse_publish
from screening_block.publishing.release_flags import (
    ResultCache,
    describe_answers,
    find_new_flags,
    hash_rules,
)
from screening_block.publishing.scenario_runs import (
    finding_label,
    run_case,
    scenarios_of,
)

from .offered import offered

#: How far ahead the law is read.
YEARS = 5
MOST_DAYS = 8
#: Steps of the search for today, and for all later days together.
STEPS = 20_000
MOST_LISTED = 20

_kept: ResultCache[engine.Comparison] = ResultCache(64)


@dataclass(frozen=True)
class Move:
    """A finding that comes out otherwise. `before`, `after`: levels in words;
    `lines`: answers of one who sees the difference, as questions and answers."""

    finding: str
    before: str
    after: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Moment:
    """What differs from a day on. `day` is None for today. `unsure`: findings for
    which no difference was found, without proof that there is none."""

    day: dt.date | None
    moves: tuple[Move, ...]
    unsure: tuple[str, ...]

    @property
    def proven_same(self) -> bool:
        return not self.moves and not self.unsure


#: What is proven where only texts differ.
NOTHING = Moment(None, (), ())


@dataclass(frozen=True)
class ScenarioMoves:
    scenario: Scenario
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Section:
    """One screener that the publish concerns. `first`: it is not public yet, so that
    there is nothing to compare. `last_day`: how far ahead was looked. `more` and
    `fewer`: answers that come and go."""

    change: ScreenerChange
    scenarios: tuple[ScenarioMoves, ...] = ()
    total: int = 0
    moments: tuple[Moment, ...] = ()
    notices: tuple[str, ...] = ()
    last_day: dt.date | None = None
    more: tuple[str, ...] = ()
    fewer: tuple[str, ...] = ()

    @property
    def screener(self) -> Any:
        return self.change.screener

    @property
    def problems(self) -> list[str]:
        return list(self.change.error.messages) if self.change.error else []

    @property
    def first(self) -> bool:
        return self.change.old is None

    @property
    def listed(self) -> tuple[ScenarioMoves, ...]:
        return self.scenarios[:MOST_LISTED]

    @property
    def failing(self) -> int:
        return len(self.change.failing)

    @property
    def changes_results(self) -> bool:
        """Whether a visitor may read something else; no only where that is proven."""
        if self.first or self.change.new is None:
            return False
        if self.scenarios or self.more or self.fewer:
            return True
        return not all(moment.proven_same for moment in self.moments)


def impact_of(record: Any) -> dict[str, Any]:
    """What publishing the newest draft of `record` changes, by screener.

    `{"sections": [Section], "problems": whether something refuses it,
    "changes_results": bool, "state": names what was compared}`.
    """
    return told(rehearse_publish(record))


def told(changes: Iterable[ScreenerChange]) -> dict[str, Any]:
    """The context of `impact_of`, of publishes that were rehearsed."""
    sections = [_section(change) for change in changes]
    return {
        "sections": sections,
        "problems": any(section.problems for section in sections),
        "changes_results": any(section.changes_results for section in sections),
        "state": state_of(section.change for section in sections),
    }


def state_of(changes: Iterable[ScreenerChange]) -> str:
    """Names the releases that stand before and after, so that what was read and
    what is then published are the same."""
    parts = [
        f"{change.screener.pk} {change.old and change.old.sha256}"
        f" {change.new and change.new.sha256}"
        for change in changes
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _section(change: ScreenerChange) -> Section:
    old, new = change.old, change.new
    if new is None:
        return Section(change)
    notices = tuple(
        describe_flag(flag, new)
        for flag in find_new_flags(new, old)
        if flag.severity == "warning"
    )
    scenarios = scenarios_of(change.screener)
    if old is None:
        return Section(change, total=len(scenarios), notices=notices)
    if hash_rules(old) == hash_rules(new):
        return Section(change, (), len(scenarios), (NOTHING,), notices, _end(new))
    moved = [
        ScenarioMoves(scenario, moves)
        for scenario in scenarios
        if (moves := _scenario_moves(scenario, old, new))
    ]
    start, end = dt.date.fromisoformat(today(new)), _end(new)
    answers = offered(old, new)
    return Section(
        change,
        tuple(moved),
        len(scenarios),
        tuple(_moments(answers.old, new, start, end)),
        notices,
        end,
        answers.more,
        answers.fewer,
    )


def _end(release: engine.Release) -> dt.date:
    """The last day that is looked at."""
    day = dt.date.fromisoformat(today(release))
    # Of the last of February it is the first of March.
    if (day.month, day.day) == (2, 29):
        return dt.date(day.year + YEARS, 3, 1)
    return day.replace(year=day.year + YEARS)


def _level(level: str | None) -> str:
    return str(LEVELS[level]) if level else _("not there")


def _scenario_moves(
    scenario: Scenario, old: engine.Release, new: engine.Release
) -> tuple[Move, ...]:
    case = scenario.newest
    before = run_case({**case, "expect": {}}, old).levels
    after = run_case({**case, "expect": {}}, new).levels
    if before is None or after is None:
        # Its answers fit only one of both; the gate says so where that matters.
        return ()
    return tuple(
        Move(
            finding_label(key, new if key in after else old),
            _level(before.get(key)),
            _level(after.get(key)),
        )
        for key in dict.fromkeys((*after, *before))
        if before.get(key) != after.get(key)
        # A finding that is new, or gone, and does not apply shows to nobody.
        and {before.get(key), after.get(key)} != {None, "not_apply"}
    )


def _moments(
    old: engine.Release, new: engine.Release, start: dt.date, end: dt.date
) -> list[Moment]:
    """Today, and each later day on which the difference is another than before."""
    days = _days(old, new, start, end)
    moments: list[Moment] = []
    seen: Any = None
    for day in [start, *days]:
        steps = STEPS if day == start else STEPS // len(days)
        found = _compare(old, new, day.isoformat(), steps)
        unsure = tuple(finding_label(key, new) for key in found.none_found)
        now = [(c.finding, c.before, c.after) for c in found.changes], unsure
        if now == seen:
            continue
        seen = now
        moves = tuple(_move(change, old, new) for change in found.changes)
        moments.append(Moment(None if day == start else day, moves, unsure))
    return moments


def _days(
    old: engine.Release, new: engine.Release, start: dt.date, end: dt.date
) -> list[dt.date]:
    """The days ahead on which a value of either release begins to count."""
    if old.sha256 == new.sha256:
        return []
    starts = {
        dt.date.fromisoformat(value["from"])
        for release in (old, new)
        for threshold in release.data["thresholds"].values()
        for value in threshold["values"]
        if value["from"]
    }
    return sorted(day for day in starts if start < day <= end)[:MOST_DAYS]


def _compare(
    old: engine.Release, new: engine.Release, day: str, steps: int
) -> engine.Comparison:
    return _kept.get(
        (old.sha256, new.sha256, day, steps),
        lambda: engine.compare(old, new, day, budget=steps),
    )


def _move(change: engine.Change, old: engine.Release, new: engine.Release) -> Move:
    release = new if change.after is not None else old
    return Move(
        finding_label(change.finding, release),
        _level(change.before),
        _level(change.after),
        tuple(describe_answers(change.answers, release)),
    )
