"""Why a finding came out as it did, in short sentences.

The sentences repeat the visitor's own answers and are for the visitor alone.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .answers import Answers, parse_as_of
from .canonical import Json
from .dates import date_text, known_date
from .errors import EngineError, Problem
from .grammar import OTHER
from .program import TraceNode
from .release import Release
from .sentences import fill
from .turning import days_ahead, is_wait, plan_of
from .values import NOT_ASKED, UNKNOWN, YES, public_value
from .voice import MUTE, Voice
from .wording import Wording

#: A stop after what ends in a mark of its own: "Travel outside the U.S." says it all.
_DOUBLED = re.compile(r"([.!?…][”»]?)\.$")
_ENDED = tuple(f"{mark}." for mark in ".!?…”»")


def render_text(
    text: str, release: Release, locale: str, as_of: str, date: str | None = None
) -> str:
    """A text of the release with its placeholders filled.

    `{threshold_key}` becomes the value on `as_of` with its unit, `{date}` the `date`
    given or, without one, "a later date": a text on its own, without anybody's answers.
    For a finding with answers see `finding_words`.
    """
    return Wording(release, locale, parse_as_of(as_of)).render(text, date)


def _end_once(sentence: str) -> str:
    # Few end so, and there are hundreds of sentences.
    if sentence.endswith(_ENDED):
        return _DOUBLED.sub(r"\1", sentence)
    return sentence


class Explainer:
    """Says what decided the findings of one set of answers, each thing once."""

    def __init__(
        self, voice: Voice, release: Release, answers: Answers, as_of: str
    ) -> None:
        self.w, self.release, self.answers = voice, release, answers
        self.today = known_date(as_of)
        self.s: Json = voice.s["explain"]
        # By test: in one evaluation its value is always the same.
        self._told: dict[int, tuple[str, ...]] = {MUTE: ()}
        self._said_of: dict[str, str] = {}

    def explain(self, because: Iterable[TraceNode]) -> list[str]:
        """Return the sentences for a trace, in its order, each once."""
        slots, told, found = self.w.slots, self._told, dict[str, None]()
        for trace in because:
            try:
                slot = slots[trace.id]
            except KeyError:
                message = "The trace is of another release."
                raise EngineError([Problem("", "release", message)]) from None
            said = told.get(slot)
            if said is None:
                said = told[slot] = tuple(map(_end_once, self._tell(trace)))
            for sentence in said:
                found[sentence] = None
        return list(found)

    def _tell(self, trace: TraceNode) -> Iterator[str]:
        program = self.release.program
        number = program.number_of[trace.id]
        node, phrases = program.nodes[number], self.w.phrases[number]
        if phrases:
            yield from self._fill(trace, node, phrases)
        else:
            yield self._said(node["question"])
            if node["op"] == "column":
                yield from self._column(node, trace.value)

    def _fill(self, trace: TraceNode, node: Json, phrases: Json) -> Iterator[str]:
        """Put the answers into the gaps of what is said of a test."""
        value = trace.value
        if value == UNKNOWN:
            for question, text in phrases["open"]:
                if text or self._cell(question) in (None, NOT_ASKED):
                    yield text or self._said(question)
            return
        pieces = list(phrases["yes" if value == YES else "no"])
        for place in range(1, len(pieces), 2):
            key = pieces[place]
            pieces[place] = self.w.answer(key, self._value(key))
        yield "".join(pieces)
        turns = None if value else self._turns(trace, node)
        if turns is not None:
            yield self.w.date(date_text(turns)).join(phrases["turns"])

    def _turns(self, trace: TraceNode, node: Json) -> int | None:
        """Return the date key of the first day after today on which a wait is over."""
        if not is_wait(node):
            return None
        program, cells = self.release.program, self.answers.cells
        slot = program.slots[program.number_of[trace.id]]
        plan = plan_of(self.release, [node], self.today)
        for day in days_ahead(self.release, plan, self.answers, self.today):
            if program.run(cells, program.law(date_text(day)))[slot] == YES:
                return day
        return None

    # -- answers -------------------------------------------------------------------

    def _cell(self, question: str) -> Any:
        return self.answers.cells[self.release.questions[question].index]

    def _value(self, question: str) -> Any:
        return public_value(self.release.questions[question], self._cell(question))

    def _said(self, question: str) -> str:
        if question not in self._said_of:
            self._said_of[question] = self._say(question)
        return self._said_of[question]

    def _say(self, question: str) -> str:
        cell = self._cell(question)
        about = self.w.about[question]
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
