"""What the result page groups and how it names things."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.engine.wording import Wording

from .forms import NUMBERS, option_label

SEVERITIES = ("urgent", "high", "caution", "info")

GROUPS = [
    ("urgent", gettext_lazy("Please act on this first")),
    ("case", gettext_lazy("How immigration law may see your case")),
    ("risk", gettext_lazy("What may affect you")),
    ("help", gettext_lazy("What may help")),
    ("next", gettext_lazy("What to do next")),
]

GRAVE = ("urgent", "high")
OPEN_GROUPS = ("urgent", "case", "risk")

LEVELS = {
    "applies": gettext_lazy("This fits your answers"),
    "may_apply": gettext_lazy("This may fit"),
}


def result_page(
    release: engine.Release,
    outcome: dict[str, Any],
    texts: Mapping[str, Any],
) -> dict[str, Any]:
    """Context of the result template: groups, unknowns and papers to get.

    A finding that does not apply is not shown; the API lists it. `off` marks what is
    on the screen and not on paper.
    """
    marked = engine.marked_questions(release)
    shown = [f for f in outcome["findings"] if f["level"] != "not_apply"]
    for finding in shown:
        finding["off"] = finding["off_paper"] == "finding"
        if finding["off_paper"] == "reasons":
            finding["body"] = finding["body"].removesuffix(
                "\n\n".join(finding["notes"])
            )
            finding["apart"] = True
        finding["level_label"] = LEVELS[finding["level"]]
        # What fits, or is grave and hangs on no answer still open, stands open; the
        # rest unfolds on demand, or the page would be twenty screens long on a phone.
        grave = finding["severity"] in GRAVE and not finding["missing"]
        fits = finding["level"] == "applies" or grave
        finding["folded"] = not (fits and _group(finding) in OPEN_GROUPS)
        finding["unknown"] = [
            {
                **_question_words(texts, missing["question"]),
                "off": missing["question"] in marked,
            }
            for missing in finding["missing"]
        ]
    groups = []
    for group, title in GROUPS:
        members = [f for f in shown if _group(f) == group]
        members.sort(key=lambda f: (SEVERITIES.index(f["severity"]), _doubt(f)))
        if members:
            off = all(finding["off"] for finding in members)
            groups.append(
                {"key": group, "title": title, "findings": members, "off": off}
            )
    unsure = {m["question"] for f in shown for m in f["missing"]}
    on_paper = {m["question"] for f in shown if not f["off"] for m in f["missing"]}
    on_paper -= marked
    return {
        "result": outcome,
        "groups": groups,
        "unsure": [
            {**_question_words(texts, key), "off": key not in on_paper}
            for key in release.questions
            if key in unsure
        ],
        "unsure_off": not on_paper,
        "as_of": dt.date.fromisoformat(outcome["as_of"]),
    }


def _group(finding: dict[str, Any]) -> str:
    urgent = finding["severity"] == "urgent" and finding["level"] == "applies"
    return "urgent" if urgent else finding["group"]


def _doubt(finding: dict[str, Any]) -> int:
    return 0 if finding["level"] == "applies" else 1


def _question_words(texts: Mapping[str, Any], key: str) -> dict[str, str]:
    words = texts["questions"][key]
    return {"label": words["label"], "where": words.get("where", "")}


def given_answer(
    release: engine.Release, key: str, answer: Any, texts: Mapping[str, Any]
) -> dict[str, Any]:
    """One of the answers so far: question and answer in words, and its mark."""
    return {
        "key": key,
        "label": texts["questions"][key]["label"],
        "answer": answer_label(release, key, answer, texts),
        "off": key in engine.marked_questions(release),
    }


def answer_label(
    release: engine.Release, key: str, answer: Any, texts: Mapping[str, Any]
) -> str:
    """An answer as the visitor reads it."""
    question = release.questions[key]
    kind = question.base
    if answer is None:
        return _("I’m not sure")
    if kind == "yes_no":
        return _("Yes") if answer else _("No")
    if kind == "choice":
        return option_label(question, answer, texts)
    if kind == "choices":
        labels = [option_label(question, option, texts) for option in answer]
        return ", ".join(labels) or _("None of these")
    if kind == "date":
        return formats.date_format(dt.date.fromisoformat(answer), "DATE_FORMAT")
    if kind in NUMBERS:
        # In the words of the browser's half, not in Django's: they can be typed again.
        currency = (question.currency or "USD") if kind == "money" else None
        w = Wording(release.data, get_language() or "en")
        return w.value(answer, question.unit, currency)
    return str(answer)
