"""Why a finding came out as it did, in short sentences.

The sentences repeat the visitor's own answers and are for the visitor alone.
"""

import re
from collections.abc import Iterator
from typing import Any

from .answers import Answers, parse_answers, parse_as_of
from .canonical import Json
from .dates import date_text, known_date
from .errors import EngineError, Problem
from .evaluate import AnyAnswers, FindingOutcome
from .grammar import OTHER
from .phrases import Phrases, said_of
from .program import TraceNode
from .release import Release
from .sentences import fill
from .turning import days_ahead, is_wait, plan_of
from .values import NOT_ASKED, UNKNOWN, YES, public_value
from .wording import Wording

#: A stop after what ends in a mark of its own: "Travel outside the U.S." says it all.
_DOUBLED = re.compile(r"([.!?…][”»]?)\.$")


def explain(
    release: Release,
    answers: AnyAnswers,
    finding: FindingOutcome,
    as_of: str,
    locale: str = "en",
) -> list[str]:
    """Sentences for what decided a finding, in the order of its trace, each once.

    Facts between the finding and the answers say nothing: it would make reasons three
    times as long, and the visitor said none of it. The trace has them.
    """
    as_of = parse_as_of(as_of)
    speaker = _Explainer(release, parse_answers(release, answers), as_of, locale)
    found: dict[str, None] = {}
    for trace in finding.because:
        for sentence in speaker.sentences(trace):
            found[_DOUBLED.sub(r"\1", sentence)] = None
    return list(found)


def render_text(
    text: str, release: Release, locale: str, as_of: str, date: str | None = None
) -> str:
    """A text of the release with its placeholders filled.

    `{threshold_key}` becomes the value on `as_of` with its unit, `{date}` the `date`
    given or, without one, "a later date": a text on its own, without anybody's answers.
    For a finding with answers see `finding_words`.
    """
    return Wording(release, locale, parse_as_of(as_of)).render(text, date)


def _node(release: Release, trace: TraceNode) -> Json:
    program = release.program
    number = program.number_of.get(trace.id)
    if number is None:
        raise EngineError([Problem("", "release", "The trace is of another release.")])
    return program.nodes[number]


def _turns(
    release: Release, trace: TraceNode, answers: Answers, as_of: str
) -> int | None:
    """The date key of the first day after `as_of` on which a wait is over."""
    node = _node(release, trace)
    if not is_wait(node):
        return None
    program, today = release.program, known_date(as_of)
    slot = program.slots[program.number_of[trace.id]]
    for day in days_ahead(release, plan_of(release, [node], today), answers, today):
        if program.run(answers.cells, program.law(date_text(day)))[slot] == YES:
            return day
    return None


class _Explainer:
    def __init__(
        self, release: Release, answers: Answers, as_of: str, locale: str
    ) -> None:
        self.release, self.answers, self.as_of = release, answers, as_of
        self.w = Wording(release, locale, as_of)
        self.s: Json = self.w.s["explain"]
        self.phrases = Phrases(self.w, release)

    def sentences(self, trace: TraceNode) -> Iterator[str]:
        node = _node(self.release, trace)
        said = self.phrases.of(node)
        if said:
            yield from self._told(trace, said)
        elif "question" in node:
            yield self._said(node["question"])
            if node["op"] == "column":
                yield from self._column(node, trace.value)

    def _told(self, trace: TraceNode, said: Json) -> Iterator[str]:
        """The phrases of a test, with the answers in their gaps."""
        value = trace.value
        if value == UNKNOWN:
            for question, text in said["open"]:
                if text or self._cell(question) in (None, NOT_ASKED):
                    yield text or self._said(question)
            return
        pieces = list(said["yes" if value == YES else "no"])
        for place in range(1, len(pieces), 2):
            key = pieces[place]
            pieces[place] = self.w.answer(key, self._value(key))
        yield "".join(pieces)
        turns = None if value else _turns(self.release, trace, self.answers, self.as_of)
        if turns is not None:
            yield self.w.date(date_text(turns)).join(said["turns"])

    # -- answers -------------------------------------------------------------------

    def _cell(self, question: str) -> Any:
        return self.answers.cells[self.release.questions[question].index]

    def _value(self, question: str) -> Any:
        return public_value(self.release.questions[question], self._cell(question))

    def _said(self, question: str) -> str:
        cell = self._cell(question)
        about = said_of(self.w, question)
        if cell is None or cell is NOT_ASKED:
            return about["not_sure" if cell is None else "not_asked"]
        value = self.w.answer(question, self._value(question))
        return fill(about["about"], value=value)

    def _column(self, node: Json, value: int) -> Iterator[str]:
        question = self.release.questions[node["question"]]
        cell = self._cell(node["question"])
        chart = question.chart
        if cell is None or cell is NOT_ASKED or chart is None:
            return
        name = node["column"]
        column = self.w.label("charts", chart.key, "columns", name)
        wanted = set(node["values"])
        for row in cell if isinstance(cell, tuple) else (cell,):
            found = chart.cell(row, name)
            if row == OTHER and value == UNKNOWN:
                yield fill(self.s["column_other"], column=column)
            if row == OTHER:
                continue
            # "PC 25400: carrying a firearm" was said with the answer: the number does.
            label = self.w.label("charts", chart.key, "rows", row).split(": ")[0]
            if found is None:
                if value == UNKNOWN:
                    yield fill(self.s["column_unknown"], row=label, column=column)
                continue
            values = found if isinstance(found, tuple) else (found,)
            if value != UNKNOWN and (value == YES) == (not wanted.isdisjoint(values)):
                yield fill(
                    self.s["column"],
                    row=label,
                    column=column,
                    values=self.w.cell(chart.key, name, values, "and"),
                )
