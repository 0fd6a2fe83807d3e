"""Run scenarios against a release: expected and actual results."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.choices import LEVELS
from screening_block.engine_words import say
from screening_block.models import Scenario, Screener
from screening_block.models.releases import today

from .meaning import hash_data, hash_meaning
from .remembered import ResultCache

#: In place of a finding's key: what is asked next.
NEXT = "next"
#: In place of a level: there is no such finding.
GONE = "gone"


class Mismatch(NamedTuple):
    """One actual result that is not the expected one.

    `about`: a finding's key or `NEXT`. `expected`, `actual`: levels, `GONE`, or for
    `NEXT` a question key or None.
    """

    about: str
    expected: str | None
    actual: str | None


@dataclass(frozen=True)
class CaseResult:
    """The result of a case. `levels` is None where its answers cannot be read."""

    levels: Mapping[str, str] | None
    mismatches: tuple[Mismatch, ...] = ()
    unreadable: tuple[engine.Problem, ...] = ()
    next: str | None = None

    @property
    def passes(self) -> bool:
        return not self.mismatches and not self.unreadable


def run_case(case: Mapping[str, Any], release: engine.Release) -> CaseResult:
    """Run one case (see `Scenario`) against a release."""
    as_of = case.get("as_of") or today(release)
    next_question = None
    try:
        if NEXT in case:
            outcome = engine.evaluate(release, case["answers"], as_of)
            levels: dict[str, str] = {f.key: f.level for f in outcome.findings}
            next_question = outcome.next
        else:
            levels = dict(engine.levels(release, case["answers"], as_of))
    except engine.AnswerError as error:
        return CaseResult(None, unreadable=tuple(error.problems))
    mismatches = [
        Mismatch(key, expected, levels.get(key, GONE))
        for key, expected in case["expect"].items()
        if levels.get(key) != expected
    ]
    if NEXT in case and case[NEXT] != next_question:
        mismatches.append(Mismatch(NEXT, case[NEXT], next_question))
    return CaseResult(levels, tuple(mismatches), next=next_question)


#: By what a release means, and the day: the cases that passed, by their hash.
_passed: ResultCache[set[str]] = ResultCache(64, "passed", dump=sorted, load=set)


class Runner:
    """Runs cases against one release, and none again that passed under its rules."""

    def __init__(self, release: engine.Release):
        self.release = release
        self.key = (hash_meaning(release), today(release))
        self.passed = _passed.get(self.key, set)
        self.known = len(self.passed)

    def passes(self, case: Mapping[str, Any]) -> bool:
        """Whether the case passes, as `run_case` says."""
        name = hash_data(case).hex()[:32]
        if name in self.passed:
            return True
        found = run_case(case, self.release).passes
        if found:
            self.passed.add(name)
        return found

    def keep(self) -> None:
        """Remember what passed here for the first time."""
        if len(self.passed) > self.known:
            _passed.keep(self.key, set(self.passed))


def scenarios_of(screener: Screener) -> list[Scenario]:
    """Return the scenarios of a screener, whatever the language of the page."""
    return list(Scenario.objects.filter(screener=screener.translation_key))


class FailingScenario(NamedTuple):
    scenario: Scenario
    result: CaseResult


def check_scenarios(
    scenarios: Iterable[Scenario], release: engine.Release, *, own: bool
) -> tuple[list[FailingScenario], list[Scenario]]:
    """Return those a release breaks, and those whose proposed case now passes.

    A scenario passes if its case does, or the one proposed for it. A new one, which may
    belong to a draft, has to pass only where the screener's `own` content is published.
    """
    failing = []
    fulfilled = []
    runner = Runner(release)
    for scenario in scenarios:
        proposed = scenario.proposed
        if proposed is not None and runner.passes(proposed):
            fulfilled.append(scenario)
            continue
        if scenario.case is None and not own:
            continue
        if scenario.case is not None and runner.passes(scenario.case):
            continue
        failing.append(FailingScenario(scenario, run_case(scenario.newest, release)))
    runner.keep()
    return failing, fulfilled


def keep_fulfilled(fulfilled: Iterable[Scenario]) -> None:
    """Make the proposed case of each scenario its case: it passes in what is published
    now."""
    for scenario in fulfilled:
        scenario.case, scenario.proposed = scenario.proposed, None
        scenario.save(update_fields=["case", "proposed"])


def save_case(
    scenario: Scenario, case: dict[str, Any], live: engine.Release | None, user: Any
) -> None:
    """Save `case` as the scenario's newest; `live` is the current release, if any.

    What passes already counts at once; anything else waits as a proposal.
    """
    if live is not None and run_case(case, live).passes:
        scenario.case, scenario.proposed = case, None
    elif case == scenario.case:
        scenario.proposed = None
    else:
        scenario.proposed = case
    scenario.changed_by = user
    scenario.save()


def expect_actual(case: Mapping[str, Any], release: engine.Release) -> dict[str, Any]:
    """Return `case` with actual results as expected ones; findings that are gone are
    left out.

    Raises `engine.AnswerError` where its answers cannot be read.
    """
    as_of = case.get("as_of") or today(release)
    outcome = engine.evaluate(release, case["answers"], as_of)
    levels = {finding.key: finding.level for finding in outcome.findings}
    expected = {key: levels[key] for key in case["expect"] if key in levels}
    new = {**case, "expect": expected}
    if NEXT in case:
        new[NEXT] = outcome.next
    return new


@transaction.atomic
def accept_draft_results(
    scenarios: Iterable[Scenario],
    draft: engine.Release,
    live: engine.Release | None,
    user: Any,
) -> list[Scenario]:
    """Expect what the draft gives, and return the scenarios that changed.

    Those whose answers cannot be read stay.
    """
    changed = []
    for scenario in scenarios:
        try:
            case = expect_actual(scenario.newest, draft)
        except engine.AnswerError:
            continue
        if case != scenario.newest:
            save_case(scenario, case, live, user)
            changed.append(scenario)
    return changed


def finding_label(key: str, release: engine.Release | None) -> str:
    """Return a finding as editors know it: its heading with its key."""
    heading = release and release.text(release.locale, "findings", key, "heading")
    if not heading:
        return f"“{key}”"
    return _("“%(heading)s” (%(key)s)") % {"heading": heading, "key": key}


def question_label(key: str | None, release: engine.Release) -> str:
    """Return a question as editors know it; for None, that there is nothing left to
    ask."""
    if key is None:
        return _("no further question")
    return f"“{release.text(release.locale, 'questions', key, 'label') or key}”"


def describe_mismatch(mismatch: Mismatch, release: engine.Release) -> str:
    """Return a mismatch in words."""
    if mismatch.about == NEXT:
        return _("expected %(expected)s next, got %(actual)s") % {
            "expected": question_label(mismatch.expected, release),
            "actual": question_label(mismatch.actual, release),
        }
    words = {
        "finding": finding_label(mismatch.about, release),
        "expected": LEVELS.get(mismatch.expected or "", mismatch.expected),
        "actual": LEVELS.get(mismatch.actual or ""),
    }
    text = _("%(finding)s: expected “%(expected)s”, got “%(actual)s”")
    if mismatch.actual == GONE:
        text = _("%(finding)s: expected “%(expected)s”, but there is no such finding")
    return text % words


def describe_unreadable(problem: engine.Problem) -> str:
    """Return why answers cannot be read; it names the question, never an answer."""
    text = _("its answers cannot be read: %(message)s")
    if problem.path:
        text = _("its answer to “%(question)s” cannot be read: %(message)s")
    return text % {"question": problem.path, "message": say(problem.message)}


def describe_failures(result: CaseResult, release: engine.Release) -> list[str]:
    """Return in words everything that makes a case fail."""
    found = [describe_unreadable(problem) for problem in result.unreadable]
    return found + [describe_mismatch(each, release) for each in result.mismatches]
