"""Check a screener while it is edited.

Finds everything that would stop its publish, and what deserves a look, each at its
place. Nothing is saved or published.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale

from screening_block import engine
from screening_block.engine.model import lines_of
from screening_block.engine_words import say
from screening_block.fields.condition_field import NOT_FINISHED
from screening_block.models import Scenario, Screener
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.content import source_of
from screening_block.publishing.from_models import RULES
from screening_block.publishing.gate import (
    MAX_NAMED,
    SECTION_LABELS,
    ProblemsError,
    describe_more_failing,
    examine,
    value_at as _written,
)
from screening_block.publishing.parts import LISTS
from screening_block.publishing.release_flags import describe_answers, find_flags
from screening_block.publishing.scenario_runs import (
    check_scenarios,
    describe_failures,
    scenarios_of,
)

from .condition_problems import explain_problem, node_and_value_at
from .places import Place, Places, block_label
from .vocabulary import load_law


class Several(Enum):
    SEVERAL = "several"


SEVERAL = Several.SEVERAL


class PlacedProblem(NamedTuple):
    """One problem (`error`) or warning (`warning`).

    `example`: invented answers that show it, one line each. `scenario`: one that fails,
    or `SEVERAL`.
    """

    severity: Literal["error", "warning"]
    place: Place
    message: str
    example: tuple[str, ...] = ()
    scenario: Scenario | Several | None = None


@dataclass(frozen=True)
class CheckResult:
    """The problems found, errors first.

    `searched`: whether everything was checked; where a form or a rule is broken, what
    depends on it cannot be.
    """

    screener: Screener
    problems: list[PlacedProblem] = field(default_factory=list)
    searched: bool = True

    @property
    def errors(self) -> int:
        return sum(1 for one in self.problems if one.severity == "error")

    @property
    def warnings(self) -> int:
        return len(self.problems) - self.errors


def check_screener(screener: Screener) -> CheckResult:
    """Check a screener as it is in memory, with the law as published."""
    source = source_of(screener)
    release = compile_screener(screener)
    places = Places(source, release)
    try:
        compiled = examine(release)
    except ProblemsError as error:
        problems = list(_engine_problems(error.problems, places, release))
        return CheckResult(source, problems, searched=False)
    problems = [
        PlacedProblem(
            flag.severity,
            places.of(flag.path),
            _name_findings(flag, compiled),
            tuple(describe_answers(flag.answers, compiled)) if flag.answers else (),
        )
        for flag in find_flags(compiled)
    ]
    failing, _came_true = check_scenarios(scenarios_of(source), compiled, own=True)
    for scenario, verdict in failing[:MAX_NAMED]:
        place = Place(_("Scenario “%s”") % scenario.name)
        said = "; ".join(describe_failures(verdict, compiled))
        problems.append(PlacedProblem("error", place, said, scenario=scenario))
    if (more := len(failing) - MAX_NAMED) > 0:
        place, text = Place(_("Scenarios")), describe_more_failing(more)
        problems.append(PlacedProblem("error", place, text, scenario=SEVERAL))
    problems.sort(key=lambda one: one.severity != "error")
    return CheckResult(source, problems)


def _name_findings(flag: engine.Flag, release: engine.Release) -> str:
    """Return the flag's message, with headings where it quotes the keys of findings."""
    message = say(flag.message)
    for key in flag.keys:
        if heading := release.text(release.locale, "findings", key, "heading"):
            message = message.replace(f"“{key}”", f"“{heading}”")
    return message


def _engine_problems(
    problems: list[engine.Problem], places: Places, release: dict[str, Any]
) -> Iterator[PlacedProblem]:
    yield from (twice := list(_duplicate_keys(places.screener)))
    draft = _draft(release)
    conditions = _conditions(release)
    said = set()
    for problem in problems:
        path, message = problem.path, say(problem.message)
        if twice and path.split("/")[-1] in LISTS.values():
            continue  # The same once more, by the name that kept the two apart.
        for root, condition in conditions.items():
            if path == root or path.startswith(f"{root}/"):
                steps = [step for step in path[len(root) + 1 :].split("/") if step]
                message = _condition_message(problem, steps, condition, draft)
                if not steps and root.split("/")[0] in ("facts", "short"):
                    path += "/when"
                break
        if problem.code == "choice" and not _written(release, path.split("/")):
            message = _("Choose one.")
        if problem.code == "unknown_finding":
            known = {finding["key"] for finding in release["findings"]}
            pair = _written(release, path.split("/")) or []
            unknown = ", ".join(f"“{key}”" for key in pair if key not in known)
            message = _("There is no finding %s.") % unknown
        if (path, message) not in said:
            said.add((path, message))
            yield PlacedProblem("error", places.of(path), message)


def _duplicate_keys(screener: Screener) -> Iterator[PlacedProblem]:
    """Yield the parts whose key an earlier part of the same kind has."""
    for room in LISTS.values():
        seen = set()
        for child in getattr(screener, room):
            key = child.value["key"]
            if key in seen:
                where = f"{SECTION_LABELS[room]} “{block_label(child.value)}”"
                place = Place(where, f"{room}.{child.id}.key")
                said = _("The key “%s” is taken already. Choose a different one.") % key
                yield PlacedProblem("error", place, said)
            seen.add(key)


def _draft(release: dict[str, Any]) -> dict[str, Any]:
    """Return the release with all of the law, drafts included."""
    locale = release["locale"]
    known = load_law(Locale.objects.get(language_code=locale), drafts=True)
    words = {name: known.texts[name] for name in ("thresholds", "charts")}
    return {
        **release,
        "thresholds": known.thresholds,
        "charts": known.charts,
        "texts": {locale: {**release["texts"][locale], **words}},
    }


def _condition_message(
    problem: engine.Problem,
    steps: list[str],
    condition: Any,
    draft: dict[str, Any],
) -> str:
    """Return the condition editor's message; `steps` lead there from the condition."""
    if not isinstance(condition, dict):
        return _("Add a condition.") if not condition else str(NOT_FINISHED)
    if not steps:
        return say(problem.message)
    _node, written = node_and_value_at(condition, steps)
    if problem.code == "unknown_threshold" and written in draft["thresholds"]:
        return _("The threshold is not published yet. Publish it first.")
    inner = problem._replace(path="/".join(steps))
    return str(explain_problem(inner, condition, draft)["message"])


def _conditions(release: dict[str, Any]) -> dict[str, Any]:
    """Return the conditions by their paths, of a release that may not be sound."""
    found: dict[str, Any] = {}
    for question in release["questions"]:
        if "ask_when" in question:
            found[f"questions/{question['key']}/ask_when"] = question["ask_when"]
    for fact in release["facts"]:
        found[f"facts/{fact['key']}"] = fact["when"]
    for finding in release["findings"]:
        place = f"findings/{finding['key']}"
        found |= {f"{place}/{rule}": finding[rule] for rule in RULES if rule in finding}
        for note in finding.get("notes", ()):
            found[f"{place}/notes/{note['key']}"] = note["when"]
    for part, line in lines_of(release):
        if "when" in line:
            found[f"short/{part}/{line['key']}"] = line["when"]
    return found


def check_form(form: Any) -> CheckResult:
    """Return what keeps a validated form from being saved even as a draft."""
    screener = form.instance
    problems = []
    for name, errors in form.errors.as_data().items():
        fields = form.fields
        if name not in fields:
            place = Place(_("Screener"))
            problems += [PlacedProblem("error", place, _error_text(e)) for e in errors]
            continue
        block = getattr(fields[name], "block", None)
        label = str(fields[name].label or name)
        value = None
        if block is not None:
            read = fields[name].widget.value_from_datadict
            value = read(form.data, form.files, form.add_prefix(name))
        for error in errors:
            for labels, ids, message in _leaves(error, value):
                where = [label]
                if labels:
                    where = [f"{SECTION_LABELS[name]} {labels[0]}", *labels[1:]]
                place = Place(", ".join(where), ".".join([name, *ids]))
                problems.append(PlacedProblem("error", place, message))
    return CheckResult(screener, problems, searched=False)


def _leaves(error: Any, value: Any) -> Iterator[tuple[list[str], list[str], str]]:
    """Yield `(labels, content path steps, message)` of each error in an error."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        yield [], [], _error_text(error)
        return
    for general in getattr(error, "non_block_errors", ()):
        yield [], [], _error_text(general)
    for name, below in inner.items():
        child, label, step = None, str(name), str(name)
        if isinstance(name, int):
            children = getattr(value, "bound_blocks", None) or value or ()
            child = children[name] if name < len(children) else None
            step = getattr(child, "id", None) or step
            inside = getattr(child, "value", None)
            named = block_label(inside) if isinstance(inside, Mapping) else inside
            label = f"“{named}”"
        elif value is not None:
            child = value.bound_blocks.get(name)
            label = str(child.block.label) if child is not None else label
        for labels, ids, message in _leaves(below, getattr(child, "value", None)):
            yield [label, *labels], [step, *ids], message


def _error_text(error: Any) -> str:
    messages = error.messages if isinstance(error, ValidationError) else [str(error)]
    return " ".join(str(message) for message in messages)
