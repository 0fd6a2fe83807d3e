"""Running scenarios against a release: what each expects and what comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.choices import LEVELS
from screening_block.models import Scenario, Screener
from screening_block.models.releases import today

#: In place of a finding's key: what is asked next.
NEXT = "next"
#: In place of a level: there is no such finding.
GONE = "gone"


class Miss(NamedTuple):
    """One thing that comes out otherwise than expected.

    `about`: a finding's key or `NEXT`. `expected`, `actual`: levels, `GONE`, or for
    `NEXT` a question key or None.
    """

    about: str
    expected: str | None
    actual: str | None


@dataclass(frozen=True)
class Verdict:
    """What a case comes to. `levels` is None where its answers cannot be read."""

    levels: Mapping[str, str] | None
    misses: tuple[Miss, ...] = ()
    unreadable: tuple[engine.Problem, ...] = ()
    next: str | None = None

    @property
    def holds(self) -> bool:
        return not self.misses and not self.unreadable


def judge(case: Mapping[str, Any], release: engine.Release) -> Verdict:
    """Run one case (see `Scenario`) against a release."""
    as_of = case.get("as_of") or today(release)
    coming = None
    try:
        if NEXT in case:
            outcome = engine.evaluate(release, case["answers"], as_of)
            levels: dict[str, str] = {f.key: f.level for f in outcome.findings}
            coming = outcome.next
        else:
            levels = dict(engine.levels(release, case["answers"], as_of))
    except engine.AnswerError as error:
        return Verdict(None, unreadable=tuple(error.problems))
    misses = [
        Miss(key, expected, levels.get(key, GONE))
        for key, expected in case["expect"].items()
        if levels.get(key) != expected
    ]
    if NEXT in case and case[NEXT] != coming:
        misses.append(Miss(NEXT, case[NEXT], coming))
    return Verdict(levels, tuple(misses), next=coming)


def scenarios_of(screener: Screener) -> list[Scenario]:
    """The scenarios of a screener, whatever the language of the page."""
    return list(Scenario.objects.filter(screener=screener.translation_key))


class Failing(NamedTuple):
    scenario: Scenario
    verdict: Verdict


def breaking(
    screener: Screener, release: engine.Release, *, own: bool
) -> tuple[list[Failing], list[Scenario]]:
    """The scenarios a release breaks, and those whose proposed cases now hold.

    A scenario is kept if its case holds, or else what was proposed for it. A new one,
    which may belong to a draft, is only asked for where the screener's `own` content
    is published.
    """
    failing = []
    came_true = []
    for scenario in scenarios_of(screener):
        proposed = scenario.proposed
        if proposed is not None and judge(proposed, release).holds:
            came_true.append(scenario)
            continue
        if scenario.case is None and not own:
            continue
        if scenario.case is not None and judge(scenario.case, release).holds:
            continue
        failing.append(Failing(scenario, judge(scenario.newest, release)))
    return failing, came_true


def settle(came_true: Iterable[Scenario]) -> None:
    """Proposed cases that hold in what is being published are the ones to keep."""
    for scenario in came_true:
        scenario.case, scenario.proposed = scenario.proposed, None
        scenario.save(update_fields=["case", "proposed"])


def write(
    scenario: Scenario, case: dict[str, Any], live: engine.Release | None, user: Any
) -> None:
    """Save `case` as the scenario's newest; `live` is the current release, if any.

    What is so already counts at once; anything else waits as a proposal.
    """
    if live is not None and judge(case, live).holds:
        scenario.case, scenario.proposed = case, None
    elif case == scenario.case:
        scenario.proposed = None
    else:
        scenario.proposed = case
    scenario.changed_by = user
    scenario.save()


def accepted(case: Mapping[str, Any], release: engine.Release) -> dict[str, Any]:
    """`case` with what comes out as what is expected; findings gone are left out.

    Raises `engine.AnswerError` where its answers cannot be read.
    """
    as_of = case.get("as_of") or today(release)
    outcome = engine.evaluate(release, case["answers"], as_of)
    levels = {finding.key: finding.level for finding in outcome.findings}
    new = {
        **case,
        "expect": {key: levels[key] for key in case["expect"] if key in levels},
    }
    if NEXT in case:
        new[NEXT] = outcome.next
    return new


@transaction.atomic
def accept(
    scenarios: Iterable[Scenario],
    draft: engine.Release,
    live: engine.Release | None,
    user: Any,
) -> list[Scenario]:
    """Expect what the draft gives; those whose answers cannot be read stay.

    Returns what was changed.
    """
    changed = []
    for scenario in scenarios:
        try:
            case = accepted(scenario.newest, draft)
        except engine.AnswerError:
            continue
        if case != scenario.newest:
            write(scenario, case, live, user)
            changed.append(scenario)
    return changed


def finding_name(key: str, release: engine.Release | None) -> str:
    """A finding as editors know it: its heading with its key."""
    heading = (
        release.text(release.locale, "findings", key, "heading") if release else ""
    )
    return (
        _("“%(heading)s” (%(key)s)") % {"heading": heading, "key": key}
        if (heading)
        else f"“{key}”"
    )


def question_name(key: str | None, release: engine.Release) -> str:
    """A question as editors know it; None: there is nothing left to ask."""
    if key is None:
        return _("no further question")
    return f"“{release.text(release.locale, 'questions', key, 'label') or key}”"


def say_miss(miss: Miss, release: engine.Release) -> str:
    """A miss in words."""
    if miss.about == NEXT:
        return _("expected %(expected)s next, got %(actual)s") % {
            "expected": question_name(miss.expected, release),
            "actual": question_name(miss.actual, release),
        }
    name = finding_name(miss.about, release)
    expected = LEVELS.get(miss.expected or "", miss.expected)
    if miss.actual == GONE:
        return _(
            "%(finding)s: expected “%(expected)s”, but there is no such finding"
        ) % {
            "finding": name,
            "expected": expected,
        }
    return _("%(finding)s: expected “%(expected)s”, got “%(actual)s”") % {
        "finding": name,
        "expected": expected,
        "actual": LEVELS[miss.actual or ""],
    }


def say_unreadable(problem: engine.Problem) -> str:
    """Why answers cannot be read; names the question, never an answer."""
    if not problem.path:
        return _("its answers cannot be read: %(message)s") % {
            "message": problem.message
        }
    return _("its answer to “%(question)s” cannot be read: %(message)s") % {
        "question": problem.path,
        "message": problem.message,
    }


def say_verdict(verdict: Verdict, release: engine.Release) -> list[str]:
    """Everything that keeps a case from holding, in words."""
    return [say_unreadable(problem) for problem in verdict.unreadable] + [
        say_miss(miss, release) for miss in verdict.misses
    ]
