"""The form of a scenario: an answer field a question, a level a finding."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext as _, gettext_lazy, override
from wagtail.admin.widgets import AdminDateInput

from screening_block import engine
from screening_block.choices import LEVELS
from screening_block.engine.model import Question
from screening_block.engine.wording import Wording
from screening_block.engine_words import say
from screening_block.models import Scenario
from screening_block.models.releases import texts_in
from screening_block.publishing.scenario_runs import NEXT, CaseResult
from screening_block.visitor.forms import list_options

from .answer_cells import CellError, read_cell, write_cell

UNSURE = "?"
GIVEN = "given"
NOTHING_LEFT = "-"
NOT_ASKED = gettext_lazy("Not asked")
NOT_SURE = gettext_lazy("I’m not sure")


class _Select(forms.Select):
    """A list of what a release says, in its language, below what the form says."""

    def __init__(self, locale: str, said: Collection[str]) -> None:
        super().__init__()
        self.locale, self.said = locale, said

    def create_option(
        self, name: str, value: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.said:
            option["attrs"]["lang"] = self.locale
        return option


class ScenarioForm(forms.Form):
    """Edits a case (see `Scenario`) against a release, whose questions it lists.

    Answers to questions and levels of findings that the release no longer has are
    in `gone`; saving takes them out. `case` is what was typed, once it is valid.
    """

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=160,
        help_text=gettext_lazy("A sentence that sets this case apart from the others."),
    )
    note = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What it shows, and by which law."),
    )
    as_of = forms.DateField(
        label=gettext_lazy("Law as of"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy(
            "The law of this day counts. Empty: of the day it is checked, so the "
            "result may change over time."
        ),
    )
    next = forms.ChoiceField(label=gettext_lazy("Asked next"), required=False)

    def __init__(
        self,
        scenario: Scenario,
        release: engine.Release,
        data: Mapping[str, Any] | None = None,
        *,
        case: Mapping[str, Any] | None = None,
    ):
        self.scenario = scenario
        self.release = release
        self.texts = texts_in(release, release.locale)
        self.w = Wording(release, release.locale)
        self.given = dict(case or scenario.newest)
        self.case: dict[str, Any] = {}
        super().__init__(
            data,
            initial={
                "name": scenario.name,
                "note": scenario.note,
                "as_of": self.given.get("as_of"),
                "next": _next_initial(self.given),
            },
        )
        self.fields["next"].widget = self._select(release.questions)
        self.fields["next"].choices = [  # type: ignore[attr-defined]
            ("", _("Does not matter")),
            (NOTHING_LEFT, _("Nothing: all is answered")),
            *((key, self.label_of(key)) for key in release.questions),
        ]
        for question in release.questions.values():
            self._add_question(question, self.given["answers"])
        for key in release.findings:
            self.fields[f"e-{key}"] = forms.ChoiceField(
                label=self.texts["findings"][key]["heading"],
                choices=[("", _("Does not matter")), *LEVELS.items()],
                required=False,
                initial=self.given["expect"].get(key, ""),
            )
        self.gone = [
            key for key in self.given["answers"] if key not in release.questions
        ] + [key for key in self.given["expect"] if key not in release.findings]

    def _select(self, said: Collection[str]) -> _Select:
        return _Select(self.release.locale, said)

    def label_of(self, key: str) -> str:
        return str(self.texts["questions"][key]["label"])

    def _add_question(self, question: Question, answers: Mapping[str, Any]) -> None:
        key, kind = question.key, question.answers
        asked, answer = key in answers, answers.get(key)
        if kind is None:
            return
        options = [
            (kind.code_of(one), label) for one, label in list_options(question, self.w)
        ]
        spoken = dict(options)
        if kind.input == "one" and kind.holds(answer):
            answer = kind.code_of(answer)
        for value in answer if isinstance(answer, list) else [answer]:
            if value is not None and options and value not in dict(options):
                # An option taken away: shown, and refused when it is saved.
                options.append((value, _("%(key)s (no longer there)") % {"key": value}))
        states = [("", str(NOT_ASKED)), (UNSURE, str(NOT_SURE))]
        label = self.label_of(key)
        if kind.input == "one":
            self.fields[f"a-{key}"] = forms.ChoiceField(
                label=label,
                choices=states + options,
                widget=self._select(spoken),
                required=False,
                initial=UNSURE if asked and answer is None else answer or "",
            )
            return
        state = (UNSURE if answer is None else GIVEN) if asked else ""
        with override(self.release.locale):
            named = _("%(question)s: state") % {"question": label}
        self.fields[f"s-{key}"] = forms.ChoiceField(
            label=named,
            choices=[*states, (GIVEN, _("Answered"))],
            required=False,
            initial=state,
        )
        if kind.input == "several":
            self.fields[f"a-{key}"] = forms.MultipleChoiceField(
                label=label,
                choices=options,
                required=False,
                initial=answer or [],
                widget=forms.CheckboxSelectMultiple,
            )
        else:
            self.fields[f"a-{key}"] = forms.CharField(
                label=label,
                required=False,
                initial="" if answer is None else write_cell(question, answer),
                widget=forms.TextInput(
                    attrs={
                        "placeholder": "2026-11-23" if kind.input == "date" else "",
                        "inputmode": kind.inputmode or "text",
                    }
                ),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        answers = {}
        for question in self.release.questions.values():
            try:
                asked, answer = self._answer(question, data)
                if asked:
                    engine.parse_answers(self.release, {question.key: answer})
                    answers[question.key] = answer
            except CellError as error:
                self.add_error(f"a-{question.key}", str(error))
            except engine.AnswerError as error:
                if question.base is None:
                    answers[question.key] = answer
                else:
                    self.add_error(f"a-{question.key}", say(error.problems[0].message))
        name = data.get("name", "")
        same = Scenario.objects.filter(screener=self.scenario.screener, name=name)
        if same.exclude(pk=self.scenario.pk).exists():
            self.add_error("name", _("Another scenario has this name."))
        as_of = data.get("as_of")
        self.case = {
            "answers": answers,
            "as_of": as_of.isoformat() if as_of else None,
            "expect": {
                key: data[f"e-{key}"]
                for key in self.release.findings
                if data.get(f"e-{key}")
            },
        }
        if picked := data.get("next"):
            self.case[NEXT] = None if picked == NOTHING_LEFT else picked
        return data

    def _answer(self, question: Question, data: Mapping[str, Any]) -> tuple[bool, Any]:
        """Return whether there is an answer, and which. Raises `CellError`."""
        key, kind = question.key, question.answers
        if kind is None:
            return key in self.given["answers"], self.given["answers"].get(key)
        value = data.get(f"a-{key}")
        if kind.input == "one":
            if value in (None, ""):
                return False, None
            if value == UNSURE:
                return True, None
            return True, read_cell(question, value)
        state = data.get(f"s-{key}")
        if value:
            if state == UNSURE:
                raise CellError(_("Either not sure, or an answer."))
            if kind.input == "several":
                return True, value
            return True, read_cell(question, value, get_language() or "en")
        if state == GIVEN:
            if kind.input != "several":
                raise CellError(_("Enter the answer."))
            return True, []
        return state == UNSURE, None

    def question_rows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return the questions that have an answer (or an error), and the others."""
        answered: list[dict[str, Any]] = []
        others: list[dict[str, Any]] = []
        for key in self.release.questions:
            if f"a-{key}" not in self.fields:
                continue
            field = self[f"a-{key}"]
            state = self[f"s-{key}"] if f"s-{key}" in self.fields else None
            row = {"key": key, "field": field, "state": state}
            filled = field.value() or (state is not None and state.value())
            (answered if filled or field.errors else others).append(row)
        return answered, others

    def finding_rows(self, verdict: CaseResult | None) -> list[dict[str, Any]]:
        """Return the findings with their actual result, expected ones first."""
        levels = (verdict.levels if verdict else None) or {}
        rows = [
            {
                "key": key,
                "field": self[f"e-{key}"],
                "actual": LEVELS.get(levels.get(key, ""), ""),
                "missed": bool(
                    levels
                    and self[f"e-{key}"].value()
                    and self[f"e-{key}"].value() != levels.get(key)
                ),
            }
            for key in self.release.findings
        ]
        return sorted(rows, key=lambda row: not row["field"].value())


def _next_initial(case: Mapping[str, Any]) -> str:
    if NEXT not in case:
        return ""
    return case[NEXT] or NOTHING_LEFT
