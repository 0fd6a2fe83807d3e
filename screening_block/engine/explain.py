"""Why a finding came out as it did, in short sentences; and when time will change it.

The sentences repeat the visitor's own answers and are for the visitor alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .answers import Answers, parse_answers, parse_as_of, public_value
from .dates import (
    LAST_YEAR,
    date_text,
    day_key,
    key_day,
    known_date,
    shift_key,
)
from .errors import EngineError, Problem
from .evaluate import AnyAnswers, FindingOutcome
from .grammar import OTHER
from .phrases import Phrases, said_of, steps
from .program import NOT_ASKED, UNKNOWN, YES, TraceNode, leaves_of
from .release import Release
from .wording import Wording, fill


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
        found.update(dict.fromkeys(speaker.sentences(trace)))
    return list(found)


def render_text(
    text: str, release: Release, locale: str, as_of: str, date: str | None = None
) -> str:
    """A text of the release with its placeholders filled.

    `{threshold_key}` becomes the value on `as_of` with its unit, `{date}` the `date`
    given (see `turning_date`) or, without one, "a later date".
    """
    return Wording(release.data, locale, parse_as_of(as_of)).render(text, date)


def turning_date(
    release: Release,
    where: FindingOutcome | TraceNode | Mapping[str, Any],
    answers: AnyAnswers,
    as_of: str,
) -> str | None:
    """The earliest day on which a wait that is not over yet will be.

    Looks at the `elapsed` atoms until today (ge, gt) that are no now: those that
    decided a finding, one node of a trace, or all in a condition. None if there is
    none, or if none turns before the calendar of the engine ends. A condition must be
    one of the release's.
    """
    as_of = parse_as_of(as_of)
    given = parse_answers(release, answers)
    if isinstance(where, FindingOutcome):
        nodes = [_node(release, t) for t in where.because if t.op == "elapsed"]
    elif isinstance(where, TraceNode):
        nodes = [_node(release, where)]
    else:
        nodes = [node for node in leaves_of(where) if node["op"] == "elapsed"]
    found = [key for node in nodes if (key := _turns(release, node, given, as_of))]
    return date_text(min(found)) if found else None


def _node(release: Release, trace: TraceNode) -> Mapping[str, Any]:
    program = release.program
    number = program.number_of.get(trace.id)
    if number is None:
        raise EngineError([Problem("", "release", "The trace is of another release.")])
    return program.nodes[number]


def _turns(
    release: Release, node: Mapping[str, Any], answers: Answers, as_of: str
) -> int | None:
    """The date key of the first day after `as_of` on which the atom is yes."""
    today = known_date(as_of)
    next_day = node.get("roll", release.roll) == "next_day"
    found = steps(release, node, today)
    for place, (first, period, fixed) in enumerate(found):
        since = fixed
        if "question" in node["from"]:
            cell = answers.cells[release.questions[node["from"]["question"]].index]
            since = cell if type(cell) is int else None
        if since is None or period is None:
            continue
        day = shift_key(since, period, node["unit"], next_day)
        if node["cmp"] == "gt":
            day = day_key(key_day(day) + 1)
        day = max(day, first)
        last = place + 1 == len(found)
        if last or day < found[place + 1].first:
            # Yes already today: time has nothing left to turn.
            return day if today < day <= LAST_YEAR * 10000 + 1231 else None
    return None


class _Explainer:
    def __init__(
        self, release: Release, answers: Answers, as_of: str, locale: str
    ) -> None:
        self.release, self.answers, self.as_of = release, answers, as_of
        self.w = Wording(release.data, locale, as_of)
        self.s: Mapping[str, Any] = self.w.s["explain"]
        self.phrases = Phrases(self.w, release)

    def sentences(self, trace: TraceNode) -> Iterator[str]:
        node = _node(self.release, trace)
        said = self.phrases.of(node)
        if said:
            yield from self._told(node, said, trace.value)
        elif "question" in node:
            yield self._said(node["question"])
            if node["op"] == "column":
                yield from self._column(node, trace.value)

    def _told(
        self, node: Mapping[str, Any], said: Mapping[str, Any], value: int
    ) -> Iterator[str]:
        """The phrases of a test, with the answers in their gaps."""
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
        turns = None if value else _turns(self.release, node, self.answers, self.as_of)
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
        value = self._value(question)
        # "Green card" speaks for itself; "Yes", "None" and "5" do not.
        picked = value if isinstance(value, list) else [value]
        general = {OTHER, *self.release.questions[question].exclusive}
        options = self.release.questions[question].allowed - general
        speaks = picked and options.issuperset(picked)
        said = self.s["said"] if speaks else about["about"]
        return fill(said, value=self.w.answer(question, value))

    def _column(self, node: Mapping[str, Any], value: int) -> Iterator[str]:
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
            label = self.w.label("charts", chart.key, "rows", row)
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
