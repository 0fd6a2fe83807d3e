"""What must hold before anything is published, described for editors."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, gettext_lazy as _, ngettext

from screening_block import engine
from screening_block.choices import SHORT_LISTS
from screening_block.engine_extensions import get_engine_extensions
from screening_block.engine_words import say
from screening_block.models import Scenario, Screener
from screening_block.models.publishing import GateError

from .meaning import hash_data
from .release_flags import describe_example
from .remembered import ResultCache
from .scenario_runs import FailingScenario, describe_failures

#: At most so many failing scenarios are named; the others are counted.
MAX_NAMED = 8
SECTION_LABELS = {
    "questions": _("Question"),
    "sections": _("Question"),
    "facts": _("Fact"),
    "findings": _("Finding"),
    "short": _("In short"),
    **SHORT_LISTS,
    "shown": _("Groups that unfold"),
    "thresholds": _("Threshold"),
    "charts": _("Chart"),
    "texts": _("Texts"),
    "exclusive": _("Findings that exclude each other"),
}


class ProblemsError(GateError):
    """The release is not sound; `problems` name each place.

    The same problem in many places is described once: an import can break every row.
    """

    def __init__(self, release: dict[str, Any], problems: list[engine.Problem]):
        self.problems = problems
        super().__init__(describe_problems(problems, release))


class FlagsError(GateError):
    """The release contradicts itself; `flags` say where, most with an example."""

    def __init__(self, release: engine.Release, flags: Sequence[engine.Flag]):
        self.flags = flags
        super().__init__([describe_flag(flag, release) for flag in flags[:MAX_NAMED]])


class ScenariosError(GateError):
    """The release breaks scenarios; `failing` has each with its result.

    `lines`: the messages, each with its scenario, or None for those only counted.
    """

    def __init__(
        self,
        screener: Screener,
        release: engine.Release,
        failing: Sequence[FailingScenario],
    ):
        self.screener = screener
        self.failing = failing
        self.lines: list[tuple[Scenario | None, str]] = []
        for scenario, result in failing[:MAX_NAMED]:
            misses = describe_failures(result, release)
            self.lines.append((scenario, _describe_failing(scenario.name, misses)))
        if (more := len(failing) - MAX_NAMED) > 0:
            self.lines.append((None, describe_more_failing(more)))
        super().__init__([text for _scenario, text in self.lines])


def describe_more_failing(more: int) -> str:
    """Return the message that so many more scenarios fail than are named."""
    text = ngettext(
        "%(number)s more scenario fails.", "%(number)s more scenarios fail.", more
    )
    return text % {"number": more}


def _describe_failing(name: str, mismatches: Sequence[str]) -> str:
    return gettext("Scenario “%(name)s”: %(misses)s") % {
        "name": name,
        "misses": "; ".join(mismatches),
    }


#: By content, day and what plugins add: a publish checks what its rehearsal has checked
#: only where that differs.
_examined: ResultCache[tuple[engine.Release, list[Any]]] = ResultCache(8)


def examine(release: dict[str, Any]) -> engine.Release:
    """The compiled release, or `GateError` with every problem found."""
    extensions = get_engine_extensions()
    now = dt.datetime.now(ZoneInfo(release["time_zone"])).date().isoformat()
    added = [one for its in extensions.values() for one in its.items()]
    # What they add is held with the result, so that nothing else takes its id.
    key = hash_data(release), now, tuple((name, id(one)) for name, one in added)
    return _examined.get(key, lambda: (_examine(release, extensions, now), added))[0]


def _examine(
    release: dict[str, Any], extensions: dict[str, Any], now: str
) -> engine.Release:
    try:
        compiled = engine.load_release(release, as_of=now, **extensions)
    except engine.ReleaseError as error:
        raise ProblemsError(release, list(error.problems)) from None
    missing = gettext("Its plugin is not installed.")
    problems = [
        engine.Problem(path, "missing_plugin", missing)
        for path, _key in compiled.missing_plugins
    ]
    if problems:
        raise ProblemsError(release, problems)
    return compiled


def describe_problems(
    problems: Iterable[engine.Problem], release: dict[str, Any]
) -> list[str]:
    """Return messages for problems and their places; one message for many alike."""
    alike: dict[str, list[tuple[str, str]]] = {}
    for problem in problems:
        alike.setdefault(say(problem.message), []).append(
            _describe_place(problem, release)
        )
    lines = []
    for message, places in alike.items():
        if (more := len(places) - MAX_NAMED) > 0:
            others = ngettext("%(number)s more place", "%(number)s more places", more)
            named = [where + quoted for where, quoted in places[:MAX_NAMED]]
            named.append(others % {"number": more})
            lines.append(f"{'; '.join(named)}: {message}")
        else:
            lines += [f"{where}: {message}{quoted}" for where, quoted in places]
    return lines


def describe_problem(problem: engine.Problem, release: dict[str, Any]) -> str:
    """Return a message with the place of a problem: section, key and what is written
    there."""
    where, quoted = _describe_place(problem, release)
    return f"{where}: {say(problem.message)}{quoted}"


def _describe_place(
    problem: engine.Problem, release: dict[str, Any]
) -> tuple[str, str]:
    """Return the place of a problem in words, and in quotes what is written there, if
    short."""
    section, _slash, rest = problem.path.partition("/")
    if section in SECTION_LABELS and rest:
        key, _slash, place = rest.partition("/")
        where = f"{SECTION_LABELS[section]} “{key}”" + (f", {place}" if place else "")
    else:
        where = problem.path or gettext("Screener")
    steps = problem.path.split("/")
    if section == "facts" and len(steps) > 2:
        # A fact's path leads straight into its condition.
        steps.insert(2, "when")
    written = value_at(release, steps)
    quoted = f" (“{written}”)" if isinstance(written, str) and written else ""
    return where, quoted


def describe_flag(flag: engine.Flag, release: engine.Release) -> str:
    """Return a message for a flag, with its place and, if there is one, an example."""
    problem = engine.Problem(flag.path, flag.code, flag.message)
    message = describe_problem(problem, release.data)
    return f"{message} {describe_example(flag, release)}".rstrip()


def value_at(value: Any, path: list[str]) -> Any:
    """Return the value at a path of a release; None if the path leads nowhere."""
    for step in path:
        if isinstance(value, dict) and step not in value and step.isdigit():
            value = value.get("of")
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            keyed = {str(i): item for i, item in enumerate(value)}
            dicts = [v for v in value if isinstance(v, dict)]
            keyed |= {v["key"]: v for v in dicts if isinstance(v.get("key"), str)}
            value = keyed.get(step)
        else:
            return None
    if isinstance(value, dict) and len(value) == 1:
        # An operand, such as {"threshold": key}.
        (value,) = value.values()
    return value
