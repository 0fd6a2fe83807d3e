"""One question as plain HTML form fields, without script.

`read_posted_answer` turns what was posted into an answer the engine accepts, or a
message for the visitor. A message never repeats what was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language, gettext as _, gettext_lazy

from screening_block import engine
from screening_block.engine.dates import FIRST_YEAR, LAST_YEAR
from screening_block.engine.model import Question
from screening_block.engine.types import (
    AnswerType,
    BadAnswer,
    Number,
    currency_of,
)
from screening_block.engine.wording import Wording

from .stages import get_section_heading

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
    """What was posted is no answer yet; the text says what is wanted.

    `field` is the form field that is at fault, "" where that is its first.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass
class QuestionForm:
    """What the template of a question needs.

    `input` is how its type is asked for (see `engine.types`), or "" where the type's
    plugin is not installed: it has no fields, and “not sure” still goes on.
    """

    key: str
    input: str
    inputmode: str
    label: str
    section: str
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
    #: The name of the field that the error is of, if it is not the first.
    fault: str = ""


def build_question_form(
    release: engine.Release, key: str, w: Wording, answer: Any = None
) -> QuestionForm:
    """Build the form of question `key`, showing `answer` (None for none)."""
    question = release.questions[key]
    answers = question.answers
    form = QuestionForm(
        key=key,
        input=answers.input if answers else "",
        inputmode=get_inputmode(question),
        label=w.raw("questions", key, "label"),
        section=get_section_heading(release, key, w),
        help=w.raw("questions", key, "help"),
        why=w.raw("questions", key, "why"),
        where=w.raw("questions", key, "where"),
        optional=bool(question.data.get("optional")),
        off_paper=bool(question.data.get("off_paper")),
        number=get_number_label(question) if isinstance(answers, Number) else "",
    )
    if answers is None:
        return form
    if answers.input in ("one", "several"):
        picked = answer if isinstance(answer, list) else [answer]
        form.options = [
            {"key": answers.code_of(one), "label": label, "picked": one in picked}
            for one, label in list_options(question, w)
        ]
        form.long = len(form.options) > 20
    elif answers.input == "date":
        form.months = [(str(n), name) for n, name in enumerate(MONTHS, 1)]
        if answer:
            year, month, day = (str(int(part)) for part in answer.split("-"))
            form.given = {"year": year, "month": month, "day": day}
    elif answer is not None:
        form.given = {"number": answers.write_text(question.data, answer)}
    return form


def keep_typed(form: QuestionForm, post: QueryDict, error: NotAnAnswer) -> None:
    """Show again what was typed, where it was no answer, and why."""
    form.error, form.fault = str(error), error.field
    typed = post.getlist("answer")
    for option in form.options:
        option["picked"] = option["key"] in typed
    names = ("number", "year", "month", "day")
    form.given = {name: post.get(name, "")[:40] for name in names}


def list_options(question: Question, w: Wording) -> list[tuple[Any, str]]:
    """Return what a question lists to choose from, each with its words."""
    listed = question.answers.listed(question.options) if question.answers else []
    return [(one, w.option(question.key, one)) for one in listed]


def read_posted_answer(release: engine.Release, key: str, post: QueryDict) -> Any:
    """Return the posted answer to question `key`. Raises `NotAnAnswer`."""
    question = release.questions[key]
    if question.answers is None:
        raise NotAnAnswer(_("This question cannot be answered here right now."))
    value = _READERS[question.answers.input](question, question.answers, post)
    try:
        engine.parse_answers(release, {key: value})
    except engine.AnswerError as error:
        raise NotAnAnswer(describe_limits(question)) from error
    return value


def describe_wanted() -> dict[str, str]:
    """Return what is said where there is no answer, by the type asked for.

    `no_date`: there is one, of a day that does not exist; `no_year`: of a year that
    cannot be meant. `vague`: months or years, where days are counted.
    """
    return {
        "choice": _("Choose one answer, or say that you are not sure."),
        "choices": _("Choose every answer that fits, or say that you are not sure."),
        "yes_no": _("Choose yes or no, or say that you are not sure."),
        "date": _("Enter the month, the day and the year."),
        "no_date": _("That date does not exist. Please check the day and the month."),
        "no_year": _(
            "Write the year with four digits, such as 2016, from 1900 to 2100."
        ),
        "vague": _(
            "Write it in days, because months and years are not all equally long. "
            "Your papers may say the days. If you cannot find out, say that you are "
            "not sure."
        ),
    }


def describe_limits(question: Question) -> str:
    """Say what limits an answer of the right type does not keep."""
    w = _get_wording()
    # As numbers alone: what they count stands beside the field.
    record = {**question.data, "type": question.base, "unit": None}
    low, high = (
        None if limit is None else w.value(record, limit)
        for limit in (question.minimum, question.maximum)
    )
    if low is not None and high is not None:
        return _("Enter a number from %(least)s to %(most)s.") % {
            "least": low,
            "most": high,
        }
    if low is not None:
        return _("Enter a number that is %(least)s or more.") % {"least": low}
    if high is not None:
        return _("Enter a number that is %(most)s or less.") % {"most": high}
    return _("Choose or enter an answer from what is shown.")


def get_number_label(question: Question) -> str:
    """Return what is to be entered in the field of a number."""
    if question.answers and "currency" in question.answers.settings:
        return _("Amount in {unit}").replace("{unit}", currency_of(question.data))
    if not question.unit:
        return _("Number")
    if question.unit == "days":
        return _("Number of days, such as 90, or 2 weeks")
    if question.unit == "months":
        return _("Number of months, such as 18, or 1 year 6 months")
    return _("Number of %(unit)s") % {"unit": _get_unit_label(question.unit)}


def get_inputmode(question: Question) -> str:
    """Return the keyboard that a phone shows: one with letters, where words are typed
    too, such as “2 weeks”."""
    if question.unit in ("days", "months"):
        return "text"
    return question.answers.inputmode if question.answers else ""


def get_number_hint(question: Question, code: str = "type") -> str:
    """Say what is wrong where what was typed is no such number. Hardly anything is
    converted, so the unit is named. `code` is that of the `BadAnswer`."""
    answers = question.answers
    if code == "vague":
        return describe_wanted()["vague"]
    if isinstance(answers, Number) and "currency" in answers.settings:
        minor = 10 ** answers.digits(question.data)
        if minor == 1:
            return _("Enter a whole amount, such as 250.")
        return _("Enter an amount, such as %(whole)s or %(exact)s.") % {
            "whole": "250",
            "exact": answers.write_text(question.data, 250 * minor),
        }
    if not question.unit:
        return _("Enter a whole number, such as 90.")
    unit = _get_unit_label(question.unit)
    return _("Enter a whole number of %(unit)s, such as 90.") % {"unit": unit}


def _get_unit_label(unit: str) -> str:
    forms = _get_wording().s["units"].get(unit, {"other": unit.replace("_", " ")})
    return str(forms["other"]).replace("{n}", "").strip()


def _get_wording() -> Wording:
    return Wording({}, get_language() or "en")


def _read_one(question: Question, answers: AnswerType, post: QueryDict) -> Any:
    try:
        value = answers.parse_text(question.data, post.get("answer", ""), "en")
    except BadAnswer:
        value = ""
    if value == "":
        raise NotAnAnswer(describe_wanted()[answers.key])
    return value


def _read_several(question: Question, answers: AnswerType, post: QueryDict) -> Any:
    values = post.getlist("answer")
    if not values:
        raise NotAnAnswer(describe_wanted()[answers.key])
    if len(values) > 1 and question.exclusive.intersection(values):
        raise NotAnAnswer(
            _("One of these answers cannot be combined with the others. Please check.")
        )
    return values


def _read_number(question: Question, answers: AnswerType, post: QueryDict) -> Any:
    text, locale = post.get("number", ""), get_language() or "en"
    try:
        return answers.parse_text(question.data, text, locale)
    except BadAnswer as error:
        raise NotAnAnswer(get_number_hint(question, error.code)) from None


def _read_date(question: Question, answers: AnswerType, post: QueryDict) -> Any:
    parts = {name: post.get(name, "").strip() for name in ("month", "day", "year")}
    for name, part in parts.items():
        if not re.fullmatch(r"[0-9]{1,4}", part):
            raise NotAnAnswer(describe_wanted()[answers.key], name)
    month, day, year = (int(part) for part in parts.values())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotAnAnswer(describe_wanted()["no_year"], "year")
    try:
        return answers.parse_text({}, f"{year:04d}-{month:02d}-{day:02d}", "en")
    except BadAnswer:
        raise NotAnAnswer(describe_wanted()["no_date"], "day") from None


#: By how a type asks.
_READERS = {
    "one": _read_one,
    "several": _read_several,
    "number": _read_number,
    "date": _read_date,
}
