"""Reading and checking a release: whatever is not sound is refused, each place named.

`load_release` accepts JSON text or data. Shape is `grammar`'s matter, conditions are
`conditions`', texts are `texts`'; here stands what concerns the whole.
"""

from collections.abc import Mapping
from typing import Any

from .canonical import Json, JSONProblem, canonical, parse_json, plain
from .choices import FOLDED_GROUPS
from .conditions import Checker, chart_problems
from .dates import date_key
from .errors import MOST_PROBLEMS, Problem, ReleaseError
from .grammar import (
    DATE_NAME,
    FORMAT,
    MAX_BYTES,
    MAX_CHART_ROWS,
    MAX_CONDITIONS,
    RELEASE,
)
from .model import (
    LEVEL_CONDITIONS,
    Question,
    build_charts,
    build_questions,
    build_thresholds,
    lines_of,
    roots,
)
from .plugins import Operator, QuestionType
from .program import sort_facts
from .release import Release
from .shapes import Problems, Report
from .texts import text_problems
from .types import TYPES

#: What is said of a setting that a question of another type has.
_SETTINGS = {
    "options": "Only a choice has options.",
    "chart": "Only a choice has options.",
    "min": "Only a number has limits.",
    "max": "Only a number has limits.",
    "unit": "Only a number has a unit.",
    "currency": "Only money has a currency.",
}


def load_release(
    data: bytes | str | Json,
    *,
    operators: Mapping[str, Operator] | None = None,
    question_types: Mapping[str, QuestionType] | None = None,
    as_of: str | None = None,
) -> Release:
    """The release, or `ReleaseError` with every problem that `check` finds.

    `operators` and `question_types` are what plugins add, by their key. What is not
    installed is no error here: see `Release.missing_plugins`.
    """
    release, problems = _load(data, operators or {}, question_types or {}, as_of)
    if release is None or problems:
        raise ReleaseError(problems) from None
    return release


def check(
    data: bytes | str | Json,
    *,
    operators: Mapping[str, Operator] | None = None,
    question_types: Mapping[str, QuestionType] | None = None,
    as_of: str | None = None,
) -> list[Problem]:
    """Everything that is wrong with a release; never raises.

    With `as_of` also the thresholds that have no value on that day.
    """
    return _load(data, operators or {}, question_types or {}, as_of)[1]


def check_condition(
    condition: Any,
    data: Json,
    *,
    operators: Mapping[str, Operator] | None = None,
    question_types: Mapping[str, QuestionType] | None = None,
) -> list[Problem]:
    """What is wrong with one condition, as it would stand in the draft `data`.

    Of `data` only questions, charts, thresholds and facts are read; each must have
    the shape a release gives it, and the whole need not be sound. Paths begin at the
    condition: `1/question`. Cycles of facts show only in a whole release.
    """
    report = Problems()
    charts = build_charts(data)
    checker = Checker(
        questions=build_questions(data, charts, question_types or {}),
        charts=charts,
        thresholds=build_thresholds(data),
        facts=frozenset(fact["key"] for fact in data["facts"]),
        operators=operators or {},
        report=report,
    )
    checker.check(condition, "")
    return report[:MOST_PROBLEMS]


def _load(
    source: Any,
    operators: Mapping[str, Operator],
    question_types: Mapping[str, QuestionType],
    as_of: str | None,
) -> tuple[Release | None, list[Problem]]:
    report = Problems()
    try:
        if isinstance(source, (str, bytes, bytearray)):
            source = parse_json(source)
        elif isinstance(source, Mapping) and not isinstance(source, dict):
            source = dict(source)
        data = plain(source)
    except JSONProblem as error:
        return None, list(error.problems)
    number = data.get("format") if type(data) is dict else None
    if type(number) is int and number != FORMAT:
        # Nothing else of another format can be judged.
        report("format", "format", f"Only format {FORMAT} is known.")
        return None, report
    if not RELEASE.check(data, "", report):
        return None, report[:MOST_PROBLEMS]
    if len(canonical(data)) > MAX_BYTES:
        report("", "size", "The release is larger than 1 MB.")
        return None, report
    _key_problems(data, report)
    if report:
        # Two things of one name cannot be told apart by the checks that follow.
        return None, report[:MOST_PROBLEMS]
    release = Release(data, operators, question_types)
    _check_parts(release, report)
    _check_conditions(release, report)
    if as_of is not None:
        day = date_key(as_of)
        for key, threshold in release.thresholds.items():
            if day is None or threshold.value(day) is None:
                place = f"thresholds/{key}/values"
                report(place, "no_value", "There is no value today.")
    return release, report[:MOST_PROBLEMS]


def _key_problems(data: Json, report: Report) -> None:
    """Keys that stand twice among their like, and the limits on numbers of things."""
    lists = [(name, data[name]) for name in ("questions", "facts", "findings")]
    for question in data["questions"]:
        place = f"questions/{question['key']}/options"
        lists.append((place, question.get("options", [])))
    rows = 0
    for key, chart in data["charts"].items():
        lists.append((f"charts/{key}/columns", chart["columns"]))
        lists.append((f"charts/{key}/rows", chart["rows"]))
        rows += len(chart["rows"])
    for finding in data["findings"]:
        for part in ("notes", "actions"):
            place = f"findings/{finding['key']}/{part}"
            lists.append((place, finding.get(part, [])))
    # One text has one key, whatever part it is in.
    lists.append(("short", [line for _part, line in lines_of(data)]))
    lists.append(("shown/groups", data.get("shown", {}).get("groups", [])))
    for place, entries in lists:
        seen: set[str] = set()
        for entry in entries:
            key = entry["key"]
            if key in seen:
                report(f"{place}/{key}", "duplicate_key", "This key appears twice.")
            seen.add(key)
    if rows > MAX_CHART_ROWS:
        report("charts", "limit", f"No more than {MAX_CHART_ROWS} rows in all charts.")
    if sum(1 for _ in roots(data)) > MAX_CONDITIONS:
        report("", "limit", f"No more than {MAX_CONDITIONS} conditions.")


def _check_parts(release: Release, report: Report) -> None:
    data = release.data
    for question in release.questions.values():
        _check_question(question, release, report)
    for key, chart in release.charts.items():
        chart_problems(chart, f"charts/{key}", report)
    for key, record in data["thresholds"].items():
        _check_threshold(key, record, report)
    for finding in data["findings"]:
        place = f"findings/{finding['key']}"
        if "applies_when" not in finding and "may_apply_when" not in finding:
            message = "A finding needs a condition under which it applies or may apply."
            report(f"{place}/applies_when", "missing", message)
        for action in finding["actions"]:
            if action["type"] == "link" and "url" not in action:
                url = f"{place}/actions/{action['key']}/url"
                report(url, "missing", "A link needs it.")
    for index, pair in enumerate(data.get("exclusive", ())):
        for key in pair:
            if key not in release.findings:
                report(f"exclusive/{index}", "unknown_finding", "No such finding.")
    _check_short(data, report)


def _check_short(data: dict[str, Any], report: Report) -> None:
    """A line that is always shown must be the last of its part: none after it ever is.
    One that reassures is skipped while something graver may apply."""
    always = set()
    for part, line in lines_of(data):
        if part in always:
            report(
                f"short/{part}/{line['key']}",
                "unreachable",
                "The line before it is always shown, so this one never is.",
            )
        if "when" not in line and not line.get("reassures"):
            always.add(part)
    for group in data.get("shown", {}).get("groups", ()):
        if group["key"] in FOLDED_GROUPS:
            report(
                f"shown/groups/{group['key']}",
                "reserved",
                "Every result has a group of this name; its heading alone can be set.",
            )


def _check_question(question: Question, release: Release, report: Report) -> None:
    place = f"questions/{question.key}"
    record = question.data

    def refuse(name: str, message: str, code: str = "unknown_field") -> None:
        report(f"{place}/{name}", code, message)

    if "chart" in record and question.chart is None:
        refuse("chart", "There is no such chart.", "unknown_chart")
    answers = question.answers
    if answers is None:
        return
    if answers.has_options and ("options" in record) == ("chart" in record):
        refuse("options", "This needs either options or a chart.", "missing")
    if answers.input != "several" and question.exclusive:
        refuse("options", "Only one of several choices can exclude the others.")
    for name, message in _SETTINGS.items():
        if name in record and name not in answers.settings:
            refuse(name, message)
    if (
        question.minimum is not None
        and question.maximum is not None
        and question.minimum > question.maximum
    ):
        refuse("max", "The largest answer is below the smallest.", "range")


def _check_threshold(key: str, record: Json, report: Report) -> None:
    place = f"thresholds/{key}"
    if key == DATE_NAME:
        report(place, "reserved", "“date” stands for something else in texts.")
    answers = TYPES[record["type"]]
    if record["unit"] is not None and "unit" not in answers.settings:
        report(f"{place}/unit", "type", _SETTINGS["unit"])
    before = ""
    for index, entry in enumerate(record["values"]):
        at = f"{place}/values/{index}"
        if not answers.holds(entry["value"]):
            report(f"{at}/value", "type", "The value is of another type.")
        if entry["from"] <= before:
            message = "Start dates must be in order, each only once."
            report(f"{at}/from", "order", message)
        before = entry["from"]


def _check_conditions(release: Release, report: Report) -> None:
    data = release.data
    checker = Checker(
        questions=release.questions,
        charts=release.charts,
        thresholds=release.thresholds,
        facts=frozenset(release.facts),
        operators=release.operators,
        report=report,
    )
    for path, node in roots(data):
        checker.check(node, path)
    missing = [
        (f"questions/{question.key}/type", question.type)
        for question in release.questions.values()
        if question.answers is None
    ]
    release.missing_plugins = (*missing, *checker.missing_plugins)
    uses = {key: sorted(checker.facts_used[f"facts/{key}"]) for key in release.facts}
    for key in sort_facts(uses)[1]:
        if key in _reach(uses[key], uses):
            report(f"facts/{key}", "cycle", "This fact depends on itself.")
    for key in release.questions:
        path = f"questions/{key}/ask_when"
        if path in checker.questions_used:
            read = set(checker.questions_used[path])
            for fact in _reach(checker.facts_used[path], uses):
                read |= checker.questions_used[f"facts/{fact}"]
            if key in read:
                report(path, "self", "A question cannot decide whether it is asked.")
    turning = {path for path, node in roots(data) if _turns(node)}
    dated = set()
    for finding in release.findings:
        for name in LEVEL_CONDITIONS:
            path = f"findings/{finding}/{name}"
            if path in turning or any(
                f"facts/{fact}" in turning
                for fact in _reach(checker.facts_used.get(path, ()), uses)
            ):
                dated.add(finding)
    text_problems(data, release.questions, frozenset(dated), report)


def _reach(start: Any, uses: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    ahead = list(start)
    while ahead:
        key = ahead.pop()
        if key not in found:
            found.add(key)
            ahead.extend(uses.get(key, ()))
    return found


def _turns(node: Any) -> bool:
    """Whether a condition holds a test that time alone can turn."""
    if type(node) is not dict:
        return False
    if node.get("op") in ("compare", "elapsed"):
        sides = [node.get(side) for side in ("left", "right", "from", "until", "n")]
        return any(type(s) is dict and {"today", "threshold"} & s.keys() for s in sides)
    children = node.get("of")
    return isinstance(children, list) and any(map(_turns, children))
