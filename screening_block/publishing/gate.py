"""What must hold before anything is published, said in an editor's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from screening_block import engine
from screening_block.engine_extensions import get_engine_extensions
from screening_block.models import Scenario, Screener
from screening_block.models.publishing import GateError

from .flagged import example
from .scenario_runs import Failing, say_verdict

#: So many scenarios that fail are named; the others are counted.
MOST_NAMED = 8
ROOMS = {
    "questions": _("Question"),
    "facts": _("Fact"),
    "findings": _("Finding"),
    "thresholds": _("Threshold"),
    "charts": _("Chart"),
    "texts": _("Texts"),
    "exclusive": _("Findings that exclude each other"),
}


class ProblemsError(GateError):
    """The release is not sound; `problems` name each place.

    What is wrong in many places is said once: an import can break every row.
    """

    def __init__(self, release: dict[str, Any], problems: list[engine.Problem]):
        self.problems = problems
        super().__init__(say_all(problems, release))


class FlagsError(GateError):
    """The release contradicts itself; `flags` say where, most with an example."""

    def __init__(self, release: engine.Release, flags: Sequence[engine.Flag]):
        self.flags = flags
        super().__init__([say_flag(flag, release) for flag in flags[:MOST_NAMED]])


class ScenariosError(GateError):
    """The release breaks scenarios; `failing` has each with its verdict.

    `lines`: what is said, each with its scenario, or None for those only counted.
    """

    def __init__(
        self, screener: Screener, release: engine.Release, failing: Sequence[Failing]
    ):
        self.screener = screener
        self.failing = failing
        self.lines: list[tuple[Scenario | None, str]] = [
            (scenario, _said(scenario.name, say_verdict(verdict, release)))
            for scenario, verdict in failing[:MOST_NAMED]
        ]
        if (more := len(failing) - MOST_NAMED) > 0:
            self.lines.append((None, more_fail(more)))
        super().__init__([text for _scenario, text in self.lines])


def more_fail(more: int) -> str:
    """That so many scenarios fail besides those that are named."""
    said = ngettext(
        "%(number)s more scenario fails.", "%(number)s more scenarios fail.", more
    )
    return said % {"number": more}


def _said(name: str, misses: Sequence[str]) -> str:
    return gettext("Scenario “%(name)s”: %(misses)s") % {
        "name": name,
        "misses": "; ".join(misses),
    }


def examine(release: dict[str, Any]) -> engine.Release:
    """The compiled release, or `GateError` with every problem found."""
    extensions = get_engine_extensions()
    now = dt.datetime.now(ZoneInfo(release["time_zone"])).date().isoformat()
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


def say_all(problems: Iterable[engine.Problem], release: dict[str, Any]) -> list[str]:
    """Problems with their places; what is wrong in more than a few is one text."""
    alike: dict[str, list[tuple[str, str]]] = {}
    for problem in problems:
        alike.setdefault(problem.message, []).append(_place(problem, release))
    said = []
    for message, places in alike.items():
        if (more := len(places) - MOST_NAMED) > 0:
            others = ngettext("%(number)s more place", "%(number)s more places", more)
            named = [where + quoted for where, quoted in places[:MOST_NAMED]]
            named.append(others % {"number": more})
            said.append(f"{'; '.join(named)}: {message}")
        else:
            said += [f"{where}: {message}{quoted}" for where, quoted in places]
    return said


def say(problem: engine.Problem, release: dict[str, Any]) -> str:
    """A problem with the place it stands at: the room, the key, what is written."""
    where, quoted = _place(problem, release)
    return f"{where}: {problem.message}{quoted}"


def _place(problem: engine.Problem, release: dict[str, Any]) -> tuple[str, str]:
    """Where a problem stands, and what is written there in quotes, if that is short."""
    room, _slash, rest = problem.path.partition("/")
    if room in ROOMS and rest:
        key, _slash, place = rest.partition("/")
        where = f"{ROOMS[room]} “{key}”" + (f", {place}" if place else "")
    else:
        where = problem.path or gettext("Screener")
    steps = problem.path.split("/")
    if room == "facts" and len(steps) > 2:
        # A fact's path leads straight into its condition.
        steps.insert(2, "when")
    written = written_at(release, steps)
    quoted = f" (“{written}”)" if isinstance(written, str) and written else ""
    return where, quoted


def say_flag(flag: engine.Flag, release: engine.Release) -> str:
    """A flag with its place and, if there is one, an example."""
    problem = engine.Problem(flag.path, flag.code, flag.message)
    return " ".join(filter(None, [say(problem, release.data), example(flag, release)]))


def written_at(value: Any, path: list[str]) -> Any:
    """What stands at a path of a release; None if the path leads nowhere."""
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
