"""Work out what publishing a draft changes for visitors, before it is published.

The release that a publish would make is compared with the current one: every scenario
is run through both, and a search looks for answers that give different results, as of
today and as of each later date on which a value of the law takes effect.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.choices import LEVELS
from screening_block.models import Scenario
from screening_block.models.releases import today, today_in
from screening_block.publishing.assess import ScreenerChange
from screening_block.publishing.gate import describe_flag
from screening_block.publishing.meaning import hash_data, hash_meaning
from screening_block.publishing.rehearse import rehearse_publish
from screening_block.publishing.release_flags import describe_answers, find_new_flags
from screening_block.publishing.remembered import ResultCache
from screening_block.publishing.retelling import TextChange
from screening_block.publishing.scenario_runs import (
    finding_label,
    run_case,
)

from .answer_changes import compare_answers

#: How far ahead the law is read.
YEARS_AHEAD = 5
MAX_DAYS = 8
#: Steps of the search for today, and for all later days together.
MAX_STEPS = 20_000
MAX_LISTED = 20

Change = ScreenerChange | TextChange
#: A finding with its level before and after; None where there is no such finding.
Levels = tuple[str, str | None, str | None]

#: By what both releases mean, the day and the steps.
_comparisons: ResultCache[engine.Comparison] = ResultCache(
    256, "comparison", load=lambda found: _load_comparison(*found)
)
#: By what both releases mean, the day and the cases: the levels that differ, a case.
_moved: ResultCache[list[list[Levels]]] = ResultCache(64, "moved")


@dataclass(frozen=True)
class LevelChange:
    """A finding whose level changes. `before`, `after`: levels in words; `lines`:
    answers that show the difference, as questions and answers."""

    finding: str
    before: str
    after: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Moment:
    """What differs from a day on. `day` is None for today. `unsure`: findings for which
    no difference was found, without proof that there is none."""

    day: dt.date | None
    moves: tuple[LevelChange, ...]
    unsure: tuple[str, ...]

    @property
    def proven_same(self) -> bool:
        return not self.moves and not self.unsure


#: What is proven where only texts differ.
PROVEN_SAME = Moment(None, (), ())


@dataclass(frozen=True)
class ScenarioImpact:
    scenario: Scenario
    moves: tuple[LevelChange, ...]


@dataclass(frozen=True)
class ScreenerImpact:
    """What changes for one screener.

    `first`: it is not public yet, so that there is nothing to compare. `last_day`: how
    far ahead was looked. `more` and `fewer`: answers that are added and removed.
    """

    change: Change
    scenarios: tuple[ScenarioImpact, ...] = ()
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
        error = self.change.error
        return list(error.messages) if error else []

    @property
    def first(self) -> bool:
        return self.change.old_hash is None

    @property
    def listed(self) -> tuple[ScenarioImpact, ...]:
        return self.scenarios[:MAX_LISTED]

    @property
    def failing(self) -> int:
        return len(self.change.failing)

    @property
    def goes_on(self) -> bool:
        """Whether there is a release afterwards."""
        return self.change.new_hash is not None

    @property
    def changes_results(self) -> bool:
        """Whether a visitor may get another result; False only where that is proven."""
        if self.first or not self.goes_on:
            return False
        if self.scenarios or self.more or self.fewer:
            return True
        return not all(moment.proven_same for moment in self.moments)


def impact_of(record: Any) -> dict[str, Any]:
    """Return what publishing the newest draft of `record` changes, by screener.

    `{"sections": [ScreenerImpact], "problems": whether something refuses it,
    "changes_results": bool, "state": names what was compared}`.
    """
    return summarise_impact(rehearse_publish(record))


def summarise_impact(changes: Iterable[Change]) -> dict[str, Any]:
    """Return the result of `impact_of` for publishes that were rehearsed."""
    sections = [_build_impact(change) for change in changes]
    return {
        "sections": sections,
        "problems": any(section.problems for section in sections),
        "changes_results": any(section.changes_results for section in sections),
        "state": hash_state(section.change for section in sections),
    }


def hash_state(changes: Iterable[Change]) -> str:
    """Return a hash of the releases before and after: what is published must be what
    was read."""
    parts = [
        f"{change.screener.pk} {change.old_hash} {change.new_hash}"
        for change in changes
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _build_impact(change: Change) -> ScreenerImpact:
    if isinstance(change, TextChange):
        last = _last_day(today_in(change.retold.time_zone))
        return ScreenerImpact(change, (), change.scenarios, (PROVEN_SAME,), (), last)
    old, new = change.old, change.new
    if new is None:
        return ScreenerImpact(change)
    notices = tuple(
        describe_flag(flag, new)
        for flag in find_new_flags(new, old)
        if flag.severity == "warning"
    )
    scenarios = change.scenarios
    if old is None:
        return ScreenerImpact(change, total=len(scenarios), notices=notices)
    if hash_meaning(old) == hash_meaning(new):
        return ScreenerImpact(
            change, (), len(scenarios), (PROVEN_SAME,), notices, _last_day(today(new))
        )
    moved = [
        ScenarioImpact(scenario, tuple(_say_levels(one, old, new) for one in levels))
        for scenario, levels in zip(
            scenarios, _scenario_changes(scenarios, old, new), strict=True
        )
        if levels
    ]
    start, end = dt.date.fromisoformat(today(new)), _last_day(today(new))
    answers = compare_answers(old, new)
    return ScreenerImpact(
        change,
        tuple(moved),
        len(scenarios),
        tuple(_moments(answers.old, new, start, end)),
        notices,
        end,
        answers.more,
        answers.fewer,
    )


def _last_day(today: str) -> dt.date:
    """Return the last day that is looked at."""
    day = dt.date.fromisoformat(today)
    # Of the last of February it is the first of March.
    if (day.month, day.day) == (2, 29):
        return dt.date(day.year + YEARS_AHEAD, 3, 1)
    return day.replace(year=day.year + YEARS_AHEAD)


def _level(level: str | None) -> str:
    return str(LEVELS[level]) if level else _("not there")


def _scenario_changes(
    scenarios: tuple[Scenario, ...], old: engine.Release, new: engine.Release
) -> list[list[Levels]]:
    """Return the levels that differ, by scenario."""
    cases = [{**scenario.newest, "expect": {}} for scenario in scenarios]
    days = today(old), today(new)
    return _moved.get(
        (hash_meaning(old, new), days, hash_data(cases)),
        lambda: [_compare_case(case, old, new) for case in cases],
    )


def _compare_case(
    case: dict[str, Any], old: engine.Release, new: engine.Release
) -> list[Levels]:
    before, after = run_case(case, old).levels, run_case(case, new).levels
    if before is None or after is None:
        # Its answers fit only one of both; the gate says so where that matters.
        return []
    return [
        (key, before.get(key), after.get(key))
        for key in dict.fromkeys((*after, *before))
        if before.get(key) != after.get(key)
        # A finding that is new, or gone, and does not apply shows to nobody.
        and {before.get(key), after.get(key)} != {None, "not_apply"}
    ]


def _say_levels(
    levels: Levels, old: engine.Release, new: engine.Release
) -> LevelChange:
    key, before, after = levels
    label = finding_label(key, new if after is not None else old)
    return LevelChange(label, _level(before), _level(after))


def _load_comparison(scenarios: Any, changes: Any, *keys: Any) -> engine.Comparison:
    return engine.Comparison(
        tuple(engine.ScenarioChange(*one) for one in scenarios),
        tuple(engine.Change(*one) for one in changes),
        *(tuple(one) for one in keys),
    )


def _moments(
    old: engine.Release, new: engine.Release, start: dt.date, end: dt.date
) -> list[Moment]:
    """Return today, and each later day on which the difference changes."""
    days = _days(old, new, start, end)
    moments: list[Moment] = []
    seen: Any = None
    for day in [start, *days]:
        steps = MAX_STEPS if day == start else MAX_STEPS // len(days)
        found = _compare(old, new, day.isoformat(), steps)
        unsure = tuple(finding_label(key, new) for key in found.none_found)
        now = [(c.finding, c.before, c.after) for c in found.changes], unsure
        if now == seen:
            continue
        seen = now
        moves = tuple(_level_change(change, old, new) for change in found.changes)
        moments.append(Moment(None if day == start else day, moves, unsure))
    return moments


def _days(
    old: engine.Release, new: engine.Release, start: dt.date, end: dt.date
) -> list[dt.date]:
    """Return the days ahead on which a value of either release takes effect."""
    if old.sha256 == new.sha256:
        return []
    starts = {
        dt.date.fromisoformat(value["from"])
        for release in (old, new)
        for threshold in release.data["thresholds"].values()
        for value in threshold["values"]
        if value["from"]
    }
    return sorted(day for day in starts if start < day <= end)[:MAX_DAYS]


def _compare(
    old: engine.Release, new: engine.Release, day: str, steps: int
) -> engine.Comparison:
    return _comparisons.get(
        (hash_meaning(old, new), day, steps),
        lambda: engine.compare(old, new, day, budget=steps),
    )


def _level_change(
    change: engine.Change, old: engine.Release, new: engine.Release
) -> LevelChange:
    release = new if change.after is not None else old
    return LevelChange(
        finding_label(change.finding, release),
        _level(change.before),
        _level(change.after),
        tuple(describe_answers(change.answers, release)),
    )
