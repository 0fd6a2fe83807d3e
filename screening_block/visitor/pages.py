"""What the result page shows, in the order of `shown`, and how it names things.

The browser's `result.js` lays out the same, in the same words: a test compares them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.choices import SHOWN_LEVELS
from screening_block.engine.wording import Wording

from .lawyer_sheet import build_sheet
from .shown_words import list_plural_forms, say_count

#: Of a group, how many questions or findings are listed at once; the others unfold.
MOST_LISTED = 3


def describe_parts() -> dict[str, str]:
    """Return what each line in short is called."""
    return {
        "meaning": _("What this probably means"),
        "risk": _("The main risk"),
        "action": _("What to do first"),
    }


def describe_more() -> dict[str, dict[str, str]]:
    """Return the titles of what a group has beside its first ones; `{n}`."""
    return {
        "questions": list_plural_forms("1 more question", "{n} more questions"),
        "findings": list_plural_forms("1 more", "{n} more"),
    }


def build_result_page(
    release: engine.Release,
    outcome: dict[str, Any],
    w: Wording,
    answers: Mapping[str, Any],
) -> dict[str, Any]:
    """Build the result template's context from an outcome in the shape of the API.

    `answers` are those of the questions that were asked, in their order. A finding that
    does not apply is not shown; the API lists it. `off` marks what is on the screen and
    not on paper.
    """
    marked = engine.marked_questions(release)

    def ask(key: str) -> dict[str, Any]:
        return {
            "key": key,
            "label": w.question(key),
            "where": w.raw("questions", key, "where"),
            "again": key in answers,
            "off": key in marked,
        }

    by_key = {}
    for finding in outcome["findings"]:
        _mark(finding)
        # A next step fits everybody it is shown to.
        if finding["group"] != "next":
            finding["level_label"] = SHOWN_LEVELS.get(finding["level"])
        finding["unknown"] = [ask(one["question"]) for one in finding["missing"]]
        # In the open it says what it is about and, where that is sure, what to do.
        finding["first"], _gap, finding["rest"] = finding["body"].partition("\n\n")
        finding["sure"] = finding["level"] == "applies"
        finding["starred"] = any(
            one["status"] == "needs_checking" for one in finding["citations"]
        )
        by_key[finding["key"]] = finding
    order = outcome["shown"]
    names = describe_parts()
    opened = [by_key[key] for key in order["open"]]
    groups = [
        {
            "key": group["key"],
            "heading": group["heading"],
            "findings": [by_key[key] for key in group["findings"]],
            "questions": [ask(key) for key in group["questions"]],
        }
        for group in order["groups"]
    ]
    ask_first: list[dict[str, Any]] = []
    more = describe_more()
    for group in groups:
        part = "questions" if group["questions"] else "findings"
        listed = group[part]
        group["first"], group["rest"] = listed[:MOST_LISTED], listed[MOST_LISTED:]
        if part == "questions":
            ask_first = [one for one in group["first"] if one["again"]]
        group["more"] = say_count(more[part], len(group["rest"]))
        group["off"] = all(one["off"] for one in group["findings"])
    return {
        "result": outcome,
        "short": [
            {**line, "label": names[line["part"]], "off": line["off_paper"]}
            for line in order["short"]
        ],
        "ask_first": ask_first,
        "open": opened,
        "open_off": all(one["off"] for one in opened),
        "groups": groups,
        "given_title": say_count(
            list_plural_forms("Your answer", "Your {n} answers"), len(answers)
        ),
        "sheet": build_sheet(release, outcome, w, answers),
    }


def build_urgent_page(outcome: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Build the context of the page with findings that are urgent, shown by themselves:
    what each says and what to do about it."""
    by_key = {finding["key"]: finding for finding in outcome["findings"]}
    urgent = [by_key[key] for key in keys]
    for finding in urgent:
        _mark(finding)
    return {"urgent": urgent}


def _mark(finding: dict[str, Any]) -> None:
    """Say of a finding what stays off paper: `off` is all of it, `apart` its notes,
    which are no part of the body then."""
    finding["off"] = finding["off_paper"] == "finding"
    if finding["off_paper"] == "reasons":
        finding["body"] = finding["body"].removesuffix("\n\n".join(finding["notes"]))
        finding["apart"] = True


def describe_given_answer(
    release: engine.Release, key: str, answer: Any, w: Wording
) -> dict[str, Any]:
    """Return one of the answers so far: question and answer in words, and its mark."""
    return {
        "key": key,
        "label": w.raw("questions", key, "label"),
        "answer": w.answer(key, answer),
        "off": key in engine.marked_questions(release),
    }
