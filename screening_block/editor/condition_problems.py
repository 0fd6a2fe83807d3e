"""Describe the problems of a condition, each at its place and with a suggestion."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext, gettext_lazy as _

from screening_block import engine
from screening_block.engine_extensions import get_engine_extensions
from screening_block.engine_words import say

#: By code, or by code and the last name of the path.
MESSAGES: dict[str, Any] = {
    "missing question": _("Choose a question."),
    "missing value": _("Choose an answer."),
    "missing values": _("Choose at least one answer."),
    "empty values": _("Choose at least one answer."),
    "missing column": _("Choose a column of the chart."),
    "missing test": _("Choose a column of the chart."),
    "missing fact": _("Choose a fact."),
    "missing cmp": _("Choose how to compare."),
    "missing left": _("Choose what to compare."),
    "missing right": _("Choose what to compare it with."),
    "missing from": _("Choose the date to count from."),
    "missing until": _("Choose the date to count to."),
    "missing n": _("Say how many."),
    "missing of": _("This group is empty. Add a test, or remove the group."),
    "empty of": _("This group is empty. Add a test, or remove the group."),
    "missing op": _("Choose a question or a fact."),
}
UNKNOWN_MESSAGES: dict[str, Any] = {
    "unknown_question": _("There is no question “%s”."),
    "unknown_fact": _("There is no fact “%s”."),
    "unknown_threshold": _("There is no threshold “%s”."),
    "unknown_option": _("The question has no answer “%s”."),
    "unknown_column": _("The chart has no column “%s”."),
    "unknown_value": _("The column has no value “%s”."),
}


def find_condition_problems(
    condition: Any, draft: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the problems of a condition in a draft (`vocabulary`), in order.

    Each is `{"path", "code", "message", "suggestion"}`: the path leads to the place in
    the condition (`1/0/question`), and the suggestion is the `{"key", "label"}` that
    was probably meant, or None.
    """
    found = engine.check_condition(condition, draft, **get_engine_extensions())
    return [explain_problem(problem, condition, draft) for problem in found]


def explain_problem(
    problem: engine.Problem, condition: Any, draft: Mapping[str, Any]
) -> dict[str, Any]:
    """Return one problem of a condition; its path leads from the condition."""
    steps = problem.path.split("/") if problem.path else []
    node, written = node_and_value_at(condition, steps)
    message, suggestion = say(problem.message), None
    if problem.code in UNKNOWN_MESSAGES and isinstance(written, str):
        message = UNKNOWN_MESSAGES[problem.code] % written
        suggestion = _closest(problem.code, written, node, draft)
        if suggestion:
            meant = gettext("Did you mean “%s”?") % suggestion["label"]
            message = f"{message} {meant}"
    elif problem.path:
        message = str(MESSAGES.get(f"{problem.code} {steps[-1]}", message))
    return {
        "path": problem.path,
        "code": problem.code,
        "message": message,
        "suggestion": suggestion,
    }


def node_and_value_at(node: Any, steps: list[str]) -> tuple[Any, Any]:
    """Return the innermost node on the way, and the value at the end of it."""
    rest = list(steps)
    while rest and rest[0].isdigit() and isinstance(node, dict):
        children = node.get("of")
        if not isinstance(children, list) or int(rest[0]) >= len(children):
            break
        node = children[int(rest.pop(0))]
    value = node
    for step in rest:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return node, None
    if isinstance(value, dict) and len(value) == 1:
        (value,) = value.values()
    return node, value


def _closest(
    code: str, written: str, node: Any, draft: Mapping[str, Any]
) -> dict[str, str] | None:
    """Return what is closest to what is written, by its key or by its label."""
    labels = _labels(code, node, draft)
    by_name = {name.lower(): key for key, name in labels.items()}
    by_name |= {key: key for key in labels}
    close = get_close_matches(written.lower(), by_name, n=1, cutoff=0.6)
    if not close:
        return None
    key = by_name[close[0]]
    return {"key": key, "label": labels[key] or key}


def _labels(code: str, node: Any, draft: Mapping[str, Any]) -> dict[str, str]:
    texts = draft["texts"][draft["locale"]]
    if code == "unknown_question":
        return _named(texts["questions"], (q["key"] for q in draft["questions"]))
    if code == "unknown_fact":
        return _named(texts["facts"], (fact["key"] for fact in draft["facts"]))
    if code == "unknown_threshold":
        return _named(texts["thresholds"], draft["thresholds"])
    asked = node.get("question")
    asked_of = [q for q in draft["questions"] if q["key"] == asked]
    question: Mapping[str, Any] = asked_of[0] if asked_of else {}
    words = texts["charts"].get(question.get("chart"), {})
    if code == "unknown_option" and words:
        return dict(words["rows"])
    if code == "unknown_option":
        return dict(texts["questions"].get(asked, {}).get("options", {}))
    if code == "unknown_column":
        return dict(words.get("columns", {}))
    return dict(words.get("values", {}).get(node.get("column"), {}))


def _named(texts: Mapping[str, Any], keys: Any) -> dict[str, str]:
    return {key: texts.get(key, {}).get("label", "") for key in keys}
