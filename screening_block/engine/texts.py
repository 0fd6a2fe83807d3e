"""A release's texts: complete in the source locale, nothing unknown; those of one
language laid over those of another."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .canonical import Json
from .choices import FOLDED_GROUPS, OF_ONE_LANGUAGE
from .grammar import DATE_NAME, KEY_PATTERN, OTHER
from .model import Question, lines_of
from .shapes import Report

#: What the heading of a group may say: how many findings, how many questions.
COUNTS = frozenset(("n", "questions"))
PLACEHOLDER = re.compile(rf"\{{({KEY_PATTERN})\}}", re.ASCII)


def overlay_texts(base: Json, better: Any) -> dict[str, Any]:
    """Return the texts `base` of one language with those that `better`, of another, has
    as well, and with what a language has for itself alone (`OF_ONE_LANGUAGE`).

    `better` may be as a file has it: what is no text there counts for none.
    """
    given = better if isinstance(better, dict) else {}
    shared = {name: base[name] for name in base if name not in OF_ONE_LANGUAGE}
    own = {name: given[name] for name in OF_ONE_LANGUAGE if given.get(name)}
    return {**_overlay(shared, given), **own}


def _overlay(base: Any, better: Any) -> Any:
    if isinstance(base, dict):
        given = better if isinstance(better, dict) else {}
        return {key: _overlay(base[key], given.get(key)) for key in base}
    return better if isinstance(better, str) and better.strip() else base


def text_problems(
    data: Json,
    questions: Mapping[str, Question],
    dated: frozenset[str],
    report: Report,
) -> None:
    """Report missing texts, texts of things that do not exist and bad placeholders.

    `dated` holds the findings in whose texts `{date}` can have a meaning.
    """
    known = _known(data, questions)
    source = data["locale"]
    if source not in data["texts"]:
        report("texts", "missing", f"There are no texts in “{source}”.")
    else:
        found = data["texts"][source]
        for path in _needed(data, questions):
            value: Any = found
            for name in path:
                value = value.get(name) if isinstance(value, dict) else None
            if not isinstance(value, str) or not value.strip():
                place = f"texts/{source}/{'/'.join(path)}"
                report(place, "missing", "This text is missing.")
    thresholds = frozenset(data["thresholds"])
    for locale, texts in data["texts"].items():
        for path, text in _leaves(texts, ()):
            place = f"texts/{locale}/{'/'.join(path)}"
            if not _is_known(path, known):
                report(place, "unknown_key", "This text belongs to nothing.")
                continue
            names = set(PLACEHOLDER.findall(text))
            allowed = thresholds
            if path[0] == "findings" and path[1] in dated:
                allowed = thresholds | {DATE_NAME}
            if path[0] == "shown":
                allowed = COUNTS
            if re.search(r"[{}]", PLACEHOLDER.sub("", text)) or names - allowed:
                report(
                    place,
                    "placeholder",
                    "Only {n} and {questions} may stand in braces here."
                    if path[0] == "shown"
                    else "Only the key of a threshold may stand in braces"
                    " (and {date} in a finding that depends on time passing).",
                )


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    else:
        yield path, value


def _needed(data: Json, questions: Mapping[str, Question]) -> Iterator[tuple[str, ...]]:
    yield ("title",)
    for question in questions.values():
        for name in ("label", "why"):
            yield "questions", question.key, name
        if section := question.data.get("section"):
            yield "sections", section
        if question.chart is None:
            for option in question.options:
                yield "questions", question.key, "options", option
    for key, chart in data["charts"].items():
        yield "charts", key, "label"
        for part in ("columns", "rows"):
            for entry in chart[part]:
                yield "charts", key, part, entry["key"]
    for key in data["thresholds"]:
        yield "thresholds", key, "label"
    for fact in data["facts"]:
        yield "facts", fact["key"], "label"
    for finding in data["findings"]:
        key = finding["key"]
        for name in ("heading", "body"):
            yield "findings", key, name
        for part in ("notes", "actions"):
            for entry in finding.get(part, ()):
                yield "findings", key, part, entry["key"]
    for _part, line in lines_of(data):
        yield "short", line["key"]
    for group in data.get("shown", {}).get("groups", ()):
        yield "shown", group["key"]


def _known(data: Json, questions: Mapping[str, Question]) -> dict[str, Any]:
    """What may be named, as a tree of keys; None accepts a text."""
    return {
        "questions": {
            key: dict.fromkeys(
                (OTHER,) if question.chart is not None else question.options
            )
            for key, question in questions.items()
        },
        "sections": {
            section: None
            for question in questions.values()
            if (section := question.data.get("section"))
        },
        "charts": {
            key: {
                "columns": {c["key"]: None for c in chart["columns"]},
                "rows": {r["key"]: None for r in chart["rows"]},
                "values": {
                    c["key"]: dict.fromkeys(c["values"]) for c in chart["columns"]
                },
            }
            for key, chart in data["charts"].items()
        },
        "thresholds": dict.fromkeys(data["thresholds"]),
        "facts": {fact["key"]: None for fact in data["facts"]},
        "findings": {
            finding["key"]: {
                part: {entry["key"]: None for entry in finding.get(part, ())}
                for part in ("notes", "actions")
            }
            for finding in data["findings"]
        },
        "short": {line["key"]: None for _part, line in lines_of(data)},
        "shown": dict.fromkeys(
            (
                *FOLDED_GROUPS,
                *(g["key"] for g in data.get("shown", {}).get("groups", ())),
            )
        ),
    }


def _is_known(path: tuple[str, ...], known: Json) -> bool:
    """Whether the thing a text belongs to exists; the shape has been checked."""
    if len(path) == 1:
        return True
    kind, key, *rest = path
    things = known[kind]
    if key not in things:
        return False
    if kind == "questions":
        return rest[0] != "options" or rest[1] in things[key]
    place: Any = things[key]
    if kind in ("charts", "findings") and len(rest) > 1:
        for name in rest:
            if name not in place:
                return False
            place = place[name]
    return True
