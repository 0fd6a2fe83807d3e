"""One question as plain HTML form fields, without script.

`read` turns what was posted into an answer the engine accepts, or a message for
the visitor. A message never repeats what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.engine.dates import date_key
from screening_block.engine.model import Question
from screening_block.engine.numbers import NumberError, read_answer, write_answer
from screening_block.engine.wording import Wording

#: The types whose answers are typed as numbers.
NUMBERS = ("integer", "money")

MONTHS = [
    gettext_lazy("January"),
    gettext_lazy("February"),
    gettext_lazy("March"),
    gettext_lazy("April"),
    gettext_lazy("May"),
    gettext_lazy("June"),
    gettext_lazy("July"),
    gettext_lazy("August"),
    gettext_lazy("September"),
    gettext_lazy("October"),
    gettext_lazy("November"),
    gettext_lazy("December"),
]


class NotAnAnswer(ValueError):
    """What was posted is no answer yet; the text says what is wanted."""


@dataclass
class QuestionForm:
    """What the template of a question needs."""

    key: str
    type: str
    label: str
    help: str
    why: str
    where: str
    optional: bool
    off_paper: bool
    number: str
    options: list[dict[str, Any]] = field(default_factory=list)
    long: bool = False
    given: dict[str, str] = field(default_factory=dict)
    months: list[tuple[str, Any]] = field(default_factory=list)
    error: str = ""


def question_form(
    release: engine.Release, key: str, texts: Mapping[str, Any], answer: Any = None
) -> QuestionForm:
    """The form of question `key`, showing `answer` (a value, or None for none)."""
    question = release.questions[key]
    words = texts["questions"][key]
    # A type whose plugin is not installed has no fields; “not sure” still goes on.
    kind = question.base or ""
    form = QuestionForm(
        key=key,
        type=kind,
        label=words["label"],
        help=words.get("help", ""),
        why=words.get("why", ""),
        where=words.get("where", ""),
        optional=bool(question.data.get("optional")),
        off_paper=bool(question.data.get("off_paper")),
        number=number_label(question) if kind in NUMBERS else "",
    )
    picked = answer if isinstance(answer, list) else [answer]
    if kind in ("choice", "choices"):
        form.options = [
            {**option, "picked": option["key"] in picked}
            for option in _options(question, texts)
        ]
        form.long = len(form.options) > 20
    elif kind == "yes_no":
        form.options = [
            {"key": "yes", "label": _("Yes"), "picked": answer is True},
            {"key": "no", "label": _("No"), "picked": answer is False},
        ]
    elif kind == "date":
        form.months = [(str(n), name) for n, name in enumerate(MONTHS, 1)]
        if answer:
            year, month, day = (str(int(part)) for part in answer.split("-"))
            form.given = {"year": year, "month": month, "day": day}
    elif answer is not None:
        form.given = {"number": write_answer(question, answer)}
    return form


def keep_typed(form: QuestionForm, post: QueryDict) -> None:
    """Show again what was typed, where it was no answer."""
    typed = post.getlist("answer")
    for option in form.options:
        option["picked"] = option["key"] in typed
    names = ("number", "year", "month", "day")
    form.given = {name: post.get(name, "")[:40] for name in names}


def _options(question: Question, texts: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"key": option, "label": option_label(question, option, texts)}
        for option in question.options
    ]


def option_label(question: Question, option: str, texts: Mapping[str, Any]) -> str:
    """An option as the visitor reads it."""
    if not question.chart:
        return str(texts["questions"][question.key]["options"][option])
    if option == engine.OTHER:
        return _("Not in this list")
    return str(texts["charts"][question.chart.key]["rows"][option])


def read(release: engine.Release, key: str, post: QueryDict) -> Any:
    """The posted answer to question `key`. Raises `NotAnAnswer`."""
    question = release.questions[key]
    if question.base is None:
        raise NotAnAnswer(_("This question cannot be answered here right now."))
    value = _READERS[question.base](question, post)
    try:
        engine.parse_answers(release, {key: value})
    except engine.AnswerError as error:
        raise NotAnAnswer(limits(question)) from error
    return value


def limits(question: Question) -> str:
    """What is said of an answer that has the right type and is refused."""
    w = _wording()
    currency = (question.currency or "USD") if question.base == "money" else None
    least, most = (
        None if limit is None else w.value(limit, None, currency)
        for limit in (question.least, question.most)
    )
    if least is not None and most is not None:
        return _("Enter a number from %(least)s to %(most)s.") % {
            "least": least,
            "most": most,
        }
    if least is not None:
        return _("Enter a number that is %(least)s or more.") % {"least": least}
    if most is not None:
        return _("Enter a number that is %(most)s or less.") % {"most": most}
    return _("Choose or enter an answer from what is shown.")


def number_label(question: Question) -> str:
    """What is to be entered in the field of a number."""
    if question.base == "money":
        return _("Amount in {unit}").replace("{unit}", question.currency or "USD")
    if not question.unit:
        return _("Number")
    return _("Number of %(unit)s") % {"unit": _unit(question.unit)}


def number_hint(question: Question) -> str:
    """What is said where what was typed is no such number. Nothing is converted, so
    the unit is named."""
    if question.base == "money":
        return _("Enter an amount, such as 250 or 250.00.")
    if not question.unit:
        return _("Enter a whole number, such as 90.")
    unit = _unit(question.unit)
    return _("Enter a whole number of %(unit)s, such as 90.") % {"unit": unit}


def _unit(unit: str) -> str:
    forms = _wording().s["units"].get(unit, {"other": unit.replace("_", " ")})
    return str(forms["other"]).replace("{n}", "").strip()


def _wording() -> Wording:
    return Wording({}, get_language() or "en")


def _read_choice(question: Question, post: QueryDict) -> str:
    if not (value := post.get("answer")):
        raise NotAnAnswer(_("Choose one answer, or say that you are not sure."))
    return value


def _read_choices(question: Question, post: QueryDict) -> list[str]:
    values = post.getlist("answer")
    if not values:
        raise NotAnAnswer(
            _("Choose every answer that fits, or say that you are not sure.")
        )
    if len(values) > 1 and question.exclusive.intersection(values):
        raise NotAnAnswer(
            _("One of these answers cannot be combined with the others. Please check.")
        )
    return values


def _read_yes_no(question: Question, post: QueryDict) -> bool:
    value = post.get("answer")
    if value not in ("yes", "no"):
        raise NotAnAnswer(_("Choose yes or no, or say that you are not sure."))
    return value == "yes"


def _read_number(question: Question, post: QueryDict) -> int:
    try:
        return read_answer(question, post.get("number", ""), get_language() or "en")
    except NumberError:
        raise NotAnAnswer(number_hint(question)) from None


def _read_date(question: Question, post: QueryDict) -> str:
    parts = [post.get(name, "").strip() for name in ("year", "month", "day")]
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        raise NotAnAnswer(_("Enter the month, the day and the year."))
    year, month, day = (int(part) for part in parts)
    written = f"{year:04d}-{month:02d}-{day:02d}"
    if date_key(written) is None:
        raise NotAnAnswer(
            _("That date does not exist, or is not between 1900 and 2100.")
        )
    return written


_READERS = {
    "choice": _read_choice,
    "choices": _read_choices,
    "yes_no": _read_yes_no,
    "integer": _read_number,
    "money": _read_number,
    "date": _read_date,
}
